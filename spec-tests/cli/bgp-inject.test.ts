import { encodeMultiExitDisc, encodeNlri, encodeOnlyToCustomer, pathAttribute } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { attributes, message, nlri, update } from '../routes/fixtures.js';
import { inject, receiver } from './bgp-inject-peer.js';
import { shape } from './bgp-peer.js';
import { run, temporaryFile } from './run.js';
import { until } from './running.js';

const text = (...lines: readonly string[]): string => temporaryFile('routes', `${lines.join('\n')}\n`);
const FOUR = '192.0.2.0/24|64498 64496|64498';
const SIX = '2001:db8::/32|64498 64497|64498';

describe('pathsec bgp inject', () => {
  it('announces routes, holds them until it is stopped, withdraws them and ends with Cease', async () => {
    const peer = await receiver();
    const command = inject(peer, '--routes', text(FOUR, SIX, '198.51.100.0/24|64498 64496|64498', '64496'));
    await command.until({ type: 'announced' });
    await until(() => peer.heard.includes('end-of-rib 2/1'));
    expect(Object.fromEntries(peer.held)).toEqual({
      '192.0.2.0/24': '64499 64498 64496',
      '198.51.100.0/24': '64499 64498 64496',
      '2001:db8::/32': '64499 64498 64497',
    });
    expect(peer.updates.map(({ nlri }) => nlri.length)).toEqual([2, 0]);
    // The next hop is the own address, mapped for IPv6 (D-inject-next-hop).
    expect(peer.updates[0]?.values.nextHop).toEqual(Uint8Array.of(127, 0, 0, 1));
    expect(peer.updates[1]?.values.mpReach?.nextHop).toEqual(
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1),
    );
    const { code, lines } = await command.stop();
    await until(() => peer.heard.includes('6/2'));
    expect(code).toBe(0);
    expect([...peer.held]).toEqual([]);
    expect(peer.heard.filter((one) => one.startsWith('fault'))).toEqual([]);
    const who = { address: '127.0.0.1', as: 64500, id: '192.0.2.1' };
    expect(lines.map(shape).filter(({ type }) => type !== 'session')).toEqual([
      {
        ...{ type: 'announced', peer: who, routes: 3, prefixes: 3, updates: 2 },
        ...{ octets: expect.any(Number), skipped: { 'no-prefix': 1 }, malformed: {} },
      },
      {
        ...{ type: 'end', peer: null },
        counts: { sessions: 1, routes: 3, updates: 2, withdrawals: 3, faults: 0 },
      },
    ]);
  });

  it('with --as-received leaves the path as it stands; next hops are those that are named', async () => {
    const peer = await receiver();
    const hops = ['--next-hop', '192.0.2.77', '--next-hop', '2001:db8::77'];
    const command = inject(peer, '--as-received', ...hops, '--routes', text(FOUR, SIX));
    await until(() => peer.held.size === 2);
    expect(peer.held.get('192.0.2.0/24')).toBe('64498 64496');
    expect(peer.updates[0]?.values.nextHop).toEqual(Uint8Array.of(192, 0, 2, 77));
    expect(peer.updates[1]?.values.mpReach?.nextHop.at(-1)).toBe(0x77);
    await command.stop();
  });

  it('announces with the attributes of the input, LOCAL_PREF to an internal peer alone', async () => {
    const more = [
      pathAttribute(4, encodeMultiExitDisc(7)),
      pathAttribute(5, Uint8Array.of(0, 0, 0, 200)),
      pathAttribute(8, Uint8Array.of(0xfb, 0xf0, 0, 1)),
      pathAttribute(200, Uint8Array.of(1, 2)),
    ];
    const file = temporaryFile(
      'update.mrt',
      message(
        update({
          attributes: [...attributes('64498 64496'), ...more],
          nlri: encodeNlri(nlri('192.0.2.0/24'), false),
        }),
      ),
    );
    const codes = async (localAs: number): Promise<number[] | undefined> => {
      const peer = await receiver({ localAs });
      const command = inject(peer, '--routes', file);
      await until(() => peer.held.size === 1);
      await command.stop();
      return peer.updates[0]?.message.attributes.map(({ code }) => code);
    };
    expect(await codes(64500)).toEqual([1, 2, 3, 4, 8, 200]);
    expect(await codes(64499)).toEqual([1, 2, 3, 4, 5, 8, 200]);
  });

  it('with a role keeps to the OTC egress procedure (RFC 9234 §5)', async () => {
    const otc = pathAttribute(35, encodeOnlyToCustomer(64498));
    const leak = update({
      attributes: [...attributes('64498 64496'), otc],
      nlri: encodeNlri(nlri('192.0.2.0/24'), false),
    });
    const plain = update({
      attributes: attributes('64498 64496'),
      nlri: encodeNlri(nlri('198.51.100.0/24'), false),
    });
    const files = [
      '--routes',
      temporaryFile('leak.mrt', message(leak)),
      temporaryFile('plain.mrt', message(plain)),
    ];
    const up = await receiver({ role: 'provider' });
    const upward = inject(up, '--role', 'customer', ...files);
    await upward.until({ type: 'announced', routes: 1, skipped: { 'route-leak': 1 } });
    expect(up.updates[0]?.values.onlyToCustomer).toBeUndefined();
    await upward.stop();
    const down = await receiver({ role: 'customer' });
    const downward = inject(down, '--role', 'provider', ...files);
    await downward.until({ type: 'announced', routes: 2 });
    await until(() => down.held.size === 2);
    expect(down.updates.map(({ values }) => values.onlyToCustomer).toSorted()).toEqual([64498, 64499]);
    await downward.stop();
  });

  it('writes messages as long as the peer takes them, also what was read before it said so', async () => {
    const long = update({
      attributes: [...attributes('64498 64496'), pathAttribute(200, new Uint8Array(5000))],
      nlri: encodeNlri(nlri('192.0.2.0/24'), false),
    });
    const short = temporaryFile('short.txt', '198.51.100.0/24|64498|64498\n');
    const files = ['--routes', temporaryFile('long.mrt', message(long)), short];
    const taking = await receiver();
    const whole = inject(taking, ...files);
    await whole.until({ type: 'announced', routes: 2, skipped: {} });
    await until(() => taking.held.size === 2);
    await whole.stop();
    const other = await receiver({ extendedMessages: false });
    const rest = inject(other, ...files);
    await rest.until({ type: 'announced', routes: 1, skipped: { 'message-too-long': 1 } });
    await rest.stop();
  });

  it('sends malformed attributes as they are, and tells of how many routes', async () => {
    const attribute = (code: number, length: number) => pathAttribute(code, new Uint8Array(length).fill(1));
    const route = (prefixes: string[], ...others: ReturnType<typeof attribute>[]): Uint8Array =>
      message(
        update({
          attributes: [...attributes('64498 64496'), ...others],
          nlri: encodeNlri(nlri(...prefixes), false),
        }),
      );
    const file = temporaryFile(
      'malformed.mrt',
      Buffer.concat([
        route(['192.0.2.0/24', '198.51.100.0/24'], attribute(8, 3), attribute(8, 5)),
        route(['203.0.113.0/24'], attribute(7, 5)),
        route(['203.0.113.0/25'], attribute(7, 8), attribute(8, 4)),
      ]),
    );
    const peer = await receiver();
    const command = inject(peer, '--routes', file);
    const malformed = { 'communities-length': 2, 'aggregator-length': 1 };
    await command.until({ type: 'announced', routes: 4, malformed });
    await command.stop();
    expect(peer.heard.filter((one) => one.startsWith('fault'))).toEqual(['fault communities-length']);
    const written = temporaryFile('written', '');
    const { stdout } = await run([
      'bgp',
      'inject',
      '--local-as',
      '1',
      '--routes',
      file,
      '--write',
      written,
      '--text',
    ]);
    expect(stdout).toMatch(
      /; malformed: 2 routes \(communities-length\); malformed: 1 route \(aggregator-length\)\n$/,
    );
  });

  it('says which routes belong to a family that was not negotiated', async () => {
    const peer = await receiver({ families: [{ afi: 1, safi: 1 }] });
    const command = inject(peer, '--text', '--routes', text(FOUR, SIX));
    await until(() => command.printed().includes('announced'));
    await command.stop();
    expect(command.printed()).toMatch(
      /announced {2}1 route of 1 prefix in 1 UPDATE, \d+ octets; passed over: 1 of a family that was not negotiated\n/,
    );
    expect(command.printed()).toMatch(/1 sessions, 1 routes, 1 updates, 1 withdrawals, 0 faults\n$/);
  });

  it('with --rate sends UPDATEs one by one', async () => {
    const peer = await receiver();
    const command = inject(peer, '--rate', '2000', '--routes', text(FOUR, SIX));
    await command.until({ type: 'announced', updates: 2 });
    await command.stop();
  });
});
