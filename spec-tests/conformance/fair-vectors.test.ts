import { decodeUpdate } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { type Json, judgeReply, questionsOf } from 'pathsec/conformance';
import { readVectorFiles } from 'pathsec/node';
import { describe, expect, it } from 'vitest';

/** What no vector may ask of an implementation that does all that the specifications demand. */
const questions = questionsOf(readVectorFiles());
const rtr = questions.filter(({ suite }) => suite === 'rtr');

/** Every text in a value that is a member `name`, or an element of a list that is. */
function textsOf(value: Json | undefined, name: string, own = ''): string[] {
  if (typeof value === 'string') return own === name ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one: Json) => textsOf(one, name, own));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsOf(one as Json, name, key));
}

/** The keys of the Router Key PDUs (type 9) in octets that are PDUs one after the other. */
function keysOf(stream: string): string[] {
  const keys: string[] = [];
  for (let at = 0; at + 16 <= stream.length; ) {
    const length = 2 * Number.parseInt(stream.slice(at + 8, at + 16), 16);
    if (stream.slice(at + 2, at + 4) === '09') keys.push(stream.slice(at + 64, at + length));
    if (length < 16) break;
    at += length;
  }
  return keys;
}

const P256 = /^3059301306072a8648ce3d020106082a8648ce3d03010703420004[0-9a-f]{128}$/;

describe('RTR vectors', () => {
  it('have router keys of P-256 alone, but for one case that says so', () => {
    const short = new Set<string>();
    let seen = 0;
    for (const { request, vector } of rtr) {
      const steps = textsOf(request.steps, 'octets').join('');
      const streams = [steps, ...textsOf({ request, vector } as unknown as Json, 'octets')];
      const keys = [
        ...textsOf({ request, vector } as unknown as Json, 'spki'),
        ...[...streams, ...textsOf(vector.expected, 'pdus')].flatMap(keysOf),
      ].filter((key) => key !== ''); // A Router Key PDU without key is a case of its own.
      seen += keys.length;
      if (keys.some((key) => !P256.test(key))) short.add(vector.id);
    }
    expect([...short]).toEqual(['rtr/session-key-short']);
    const flagged = rtr.filter(({ vector }) => vector.flags.includes('short-key'));
    expect(flagged.map(({ vector }) => vector.id)).toEqual([...short]);
    expect(seen).toBeGreaterThan(100);
  });

  it('of the operations receive and respond are there for each version, for programs that speak no higher one', () => {
    for (const [op, member] of [
      ['receive', 'version'],
      ['respond', 'highestVersion'],
    ] as const) {
      const asked = rtr.filter(({ request }) => request.op === op).map(({ request }) => request[member] ?? 2);
      for (const version of [0, 1, 2]) {
        expect([op, version, asked.filter((one) => one === version).length > 12]).toEqual([
          op,
          version,
          true,
        ]);
      }
    }
  });
});

describe('ASPA vectors of whole UPDATEs', () => {
  const updates = questions.filter(
    ({ request, suite }) => suite === 'aspa' && request.op === 'verify-update',
  );

  it('are of sessions that can exist: a neighbour with a 4-octet number has 4-octet numbers, none is AS_TRANS', () => {
    // RFC 6793 §3 and §4.1: who has a number of more than 16 bits announces it, and AS_TRANS is nobody's.
    const impossible = updates.filter(({ request: { asnSize, neighborAs } }) => {
      return neighborAs === 23456 || (asnSize === 2 && Number(neighborAs) > 0xffff);
    });
    expect(impossible.map(({ vector }) => vector.id)).toEqual([]);
    expect(updates.filter(({ request }) => request.asnSize === 2).length).toBeGreaterThan(5);
  });

  it('demand no entry for a family that need not be negotiated', () => {
    type Routes = readonly { readonly family: string }[];
    const isUnicast = ({ family }: Routes[number]): boolean => /^ipv[46]-unicast$/.test(family);
    let seen = 0;
    for (const { vector } of updates) {
      const routes = vector.expected.routes as unknown as Routes;
      const unicast = routes.filter(isUnicast);
      if (unicast.length === routes.length) continue;
      seen++;
      const without = { kind: 'answer', fields: { routes: unicast as unknown as Json } } as const;
      expect([vector.id, judgeReply(vector, without).verdict]).toEqual([vector.id, 'acceptable']);
    }
    expect(seen).toBeGreaterThan(2);
  });

  it('take routes of an AS_PATH that is empty or has an AS_SET as withdrawn (RFC 7606 §7.2, RFC 9774 §3)', () => {
    let seen = 0;
    for (const { request, vector } of updates) {
      if (request.session !== 'external') continue;
      const { asPath } = decodeUpdate(fromHex(String(request.message)), {
        asnSize: request.asnSize === 2 ? 2 : 4,
        peer: 'external',
      });
      if (asPath === undefined || (asPath.length > 0 && asPath.every(({ type }) => type !== 1))) continue;
      seen++;
      const withdrawn = judgeReply(vector, { kind: 'answer', fields: { routes: [] } });
      expect([vector.id, withdrawn.verdict]).toEqual([vector.id, 'acceptable']);
    }
    expect(seen).toBe(2);
  });

  it('take the routes in any order', () => {
    const several = updates.filter(({ vector }) => (vector.expected.routes as readonly Json[]).length > 1);
    for (const { vector } of several) {
      const routes = (vector.expected.routes as readonly Json[]).toReversed();
      const { verdict } = judgeReply(vector, { kind: 'answer', fields: { routes } });
      expect([vector.id, verdict]).toEqual([vector.id, 'passed']);
    }
    expect(several.length).toBeGreaterThan(5);
  });

  it('carry LOCAL_PREF where they come from an internal peer, and only there (RFC 4271 §5.1.5)', () => {
    let seen = 0;
    for (const { request, vector } of updates) {
      const internal = request.session === 'internal';
      const { values } = decodeUpdate(fromHex(String(request.message)), { asnSize: 4, peer: 'internal' });
      if (internal) seen++;
      expect([vector.id, values.localPref !== undefined]).toEqual([vector.id, internal]);
    }
    expect(seen).toBeGreaterThan(2);
  });
});

it('BGPsec vectors from an internal peer carry LOCAL_PREF (RFC 4271 §5.1.5)', () => {
  const inside = questions.filter(({ request, suite }) => {
    const { kind } = (request.session ?? {}) as { kind?: string };
    return suite === 'bgpsec' && kind === 'internal' && typeof request.message === 'string';
  });
  const without = inside.filter(({ request }) => !String(request.message).includes('400504000000'));
  expect(without.map(({ vector }) => vector.id)).toEqual([]);
  expect(inside.length).toBeGreaterThan(10);
});
