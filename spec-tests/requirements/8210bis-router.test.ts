import { encodePdu, type Pdu } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { lines, note } from '../rtr/harness.js';
import { end, OTHER, play, prefix, response, SKI, VRP } from '../rtr/play.js';
import { followed, settled } from './8210bis-router-world.js';

const notify = (serial: number, sessionId = 7): Pdu => ({ type: 'serial-notify', sessionId, serial });
const key = (ski: number, spki: number, asn = 64496): Pdu => ({
  type: 'router-key',
  announce: true,
  key: { asn, ski: new Uint8Array(20).fill(ski), spki: new Uint8Array(8).fill(spki) },
});

describe('8210bis, router: session ID and Serial Notify', () => {
  it('§5.1: a Serial Notify of the same session is no reason to end it, during an answer or not', () => {
    requirement('8210bis:5.1:session-mismatch-router', '!8210bis:5.1:session-mismatch-flush');
    const { client, seen, give } = settled();
    note(seen, client.tick(100));
    give(100, 2, notify(2), response(), notify(2), end(2), notify(2));
    expect(client.status).toMatchObject({ phase: 'established', session: { serial: 2 } });
  });

  it('§5.1: a Serial Notify of another session ends it with error 0 also during an answer', () => {
    requirement('!8210bis:5.1:session-mismatch-router');
    for (const before of [[], [response()]]) {
      const { client, seen, give, last } = settled();
      note(seen, client.tick(100));
      give(100, 2, ...before, notify(2, 8));
      expect(last('error-sent')).toMatchObject({ errorCode: 0, code: 'rtr-session-id' });
      expect(seen.disconnects).toBe(1);
      expect(lines(client.payloads())).toEqual([]);
    }
  });

  it('§5.1: a Reset Query may bring a new session ID, notified before or after the Cache Response', () => {
    requirement('8210bis:5.1:session-told', '8210bis:5.1:session-mismatch-router');
    const { client, seen, give } = settled();
    note(seen, client.tick(100));
    give(100, 2, { type: 'cache-reset' }, notify(5, 8), response(8), notify(5, 8), end(5, 8));
    expect(client.status).toMatchObject({ phase: 'established', session: { id: 8, serial: 5 } });
  });

  it('§5.1: the Cache Response to a Serial Query must keep the session ID', () => {
    requirement(
      '!8210bis:5.1:session-told',
      '!8210bis:5.1:session-mismatch-router',
      '!8210bis:5.5:session-confirmed',
    );
    const { client, seen, give, last } = settled();
    note(seen, client.tick(100));
    give(100, 2, response(8));
    expect(last('error-sent')).toMatchObject({ errorCode: 0, code: 'rtr-session-id' });
    expect(client.status.phase).toBe('idle');
  });

  it('§5.1: the same session ID in a lower version is another session', () => {
    requirement('!8210bis:5.1:session-per-version-router');
    const { client, seen, open, last } = settled();
    note(seen, client.closed(1));
    open(60);
    expect(seen.sent.at(-1)).toMatchObject({ type: 'serial-query', sessionId: 7, serial: 1 });
    note(seen, client.received(encodePdu(response(), 1), 60));
    expect(last('error-sent')).toMatchObject({ errorCode: 0, code: 'rtr-session-id' });
    open(200);
    expect(seen.sent.at(-1)).toEqual({ type: 'reset-query' });
  });

  it('§7: ignores a Serial Notify of any version, known or not, until the version is agreed on', () => {
    requirement(
      '8210bis:5.2:ignored-at-start',
      '!8210bis:5.2:ignored-at-start',
      '8210bis:7:ignore-notify',
      '!8210bis:7:ignore-notify',
      '8210bis:7:bear-early-notify',
    );
    const { client, seen, open, give } = play();
    open(0);
    for (const version of [0, 1, 2, 3, 255]) {
      const octets = encodePdu(notify(9, 99), 2).slice();
      octets[0] = version;
      note(seen, client.received(octets, 0));
    }
    expect(seen.sent).toEqual([{ type: 'reset-query' }]);
    expect(seen.events).toEqual([]);
    give(1, 2, response(), prefix(VRP), end(1));
    expect(client.status).toMatchObject({ phase: 'established', session: { serial: 1 } });
    expect(seen.sent.length).toBe(1);
  });
});

describe('8210bis, router: records', () => {
  it('§5.11: keys that differ in SKI, AS or SubjectPublicKeyInfo alone are no duplicates', () => {
    requirement('8210bis:5.11:compare-keys');
    const { client, open, give } = play();
    open(0);
    give(0, 2, response(), key(1, 1), key(1, 1, 64497), key(1, 2), key(2, 1), end(1));
    expect(client.payloads().routerKeys.length).toBe(4);
  });

  it('§5.11: the same SKI, AS and SubjectPublicKeyInfo twice is error 7', () => {
    requirement('8210bis:5.11:duplicate', '!8210bis:5.11:compare-keys');
    const { open, give, last } = play();
    open(0);
    give(0, 2, response(), key(1, 1), key(1, 2), key(1, 1));
    expect(last('error-sent')).toMatchObject({ errorCode: 7, code: 'rtr-duplicate' });
  });

  it('§5.12: a withdrawal removes all providers of its customer and of no other', () => {
    requirement('8210bis:5.12:withdrawal-removes');
    const aspa = (customer: number, ...providers: number[]): Pdu => ({
      type: 'aspa',
      announce: providers.length > 0,
      customer,
      providers,
    });
    const { client, seen, open, give } = play();
    open(0);
    give(0, 2, response(), aspa(64500, 1, 2, 3), aspa(64501, 1), end(1));
    note(seen, client.tick(100));
    give(100, 2, response(), aspa(64500), end(2));
    expect(lines(client.payloads())).toEqual(['aspa 64501: 1']);
  });

  it('§11.3: what a failed response brought is not applied, and comes again with the next one', () => {
    requirement('!8210bis:4:poll-serial', '!8210bis:11.3:at-end', '8210bis:11.3:revert');
    const { client, seen, open, give } = settled();
    note(seen, client.tick(100));
    give(100, 2, response(), prefix(OTHER));
    note(seen, client.closed(101));
    expect(lines(client.payloads())).toEqual(['vrp c0000200/24-24 64496']);
    open(160);
    expect(seen.sent.at(-1)).toEqual({ type: 'serial-query', sessionId: 7, serial: 1 });
    give(160, 2, response(), prefix(OTHER), end(2));
    expect(lines(client.payloads()).length).toBe(2);
    expect(followed(seen)).toEqual(lines(client.payloads()));
  });
});

describe('8210bis, router: what it reports', () => {
  it('§5.8: an error that a PDU caused encloses the whole PDU', () => {
    requirement(
      '8210bis:5.8:enclosed',
      '!8210bis:5.8:generic',
      '!8210bis:5.8:truncated',
      '!8210bis:5.8:four-octets',
    );
    const { seen, give } = settled();
    give(1, 2, prefix(OTHER));
    const wrong = encodePdu(prefix(OTHER), 2);
    expect(seen.sent.at(-1)).toMatchObject({ type: 'error-report', errorCode: 0, erroneousPdu: wrong });
  });

  it('§5.8: an Internal Error, and a stall, enclose no PDU', () => {
    requirement(
      '!8210bis:5.8:enclosed',
      '8210bis:5.8:generic',
      '8210bis:9:stall-report',
      '8210bis:12:error-10-transport',
    );
    const full = play({ limits: { maxPayloads: 1 } });
    full.open(0);
    full.give(0, 2, response(), prefix(VRP), prefix(OTHER));
    const { client, seen } = play();
    note(seen, [...client.tick(0), ...client.opened(0), ...client.tick(600)]);
    for (const [sent, errorCode] of [
      [full.seen.sent, 1],
      [seen.sent, 10],
    ] as const) {
      expect(sent.at(-1)).toMatchObject({ errorCode, erroneousPdu: new Uint8Array(0) });
    }
  });

  it('§5.8: at least the header of a PDU that is never read whole is enclosed', () => {
    requirement('8210bis:5.8:four-octets', '!8210bis:5.8:four-octets');
    const { client, seen } = settled();
    const header = Uint8Array.of(2, 11, 1, 0, 0, 1, 0, 0);
    note(seen, client.received(header, 1));
    expect(seen.sent.at(-1)).toMatchObject({ type: 'error-report', errorCode: 0, erroneousPdu: header });
  });

  it('§8.1: a router that is never answered asks again, periodically', () => {
    requirement(
      '!8210bis:8.1:query-first',
      '8210bis:8.1:periodically',
      '!8210bis:8.1:periodically',
      '8210bis:8.2:periodically',
      '!8210bis:8.2:periodically',
      '8210bis:11.4:bounded-wait',
    );
    const { client, seen, open, give } = play();
    for (const now of [0, 650, 1300]) {
      open(now);
      note(seen, client.tick(now + 600));
    }
    expect(seen.events.filter(({ kind }) => kind === 'stalled').length).toBe(3);
    expect(seen.sent.filter(({ type }) => type === 'reset-query').length).toBe(3);
    open(2000);
    give(2000, 2, response(), key(1, 1), end(1));
    for (const now of [2100, 2200, 2300]) {
      note(seen, client.tick(now));
      expect(seen.sent.at(-1)).toMatchObject({ type: 'serial-query' });
      give(now, 2, response(), end(1));
    }
    expect(client.payloads().routerKeys.map(({ ski }) => ski)).toEqual([SKI]);
  });
});
