import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readAhead } from '../../src/cli/bgp/inject-ahead.js';
import {
  type Feed,
  guessTarget,
  type Outlet,
  Stopped,
  type Target,
} from '../../src/cli/bgp/inject-target.js';
import { ownAddressTowards } from '../../src/node/own-address.js';

const TARGET: Target = {
  ...{ localAs: 64499, peerAs: 0, peerKind: 'external', neighborRole: undefined, families: [1, 2] },
  ...{ nextHop4: Uint8Array.of(127, 0, 0, 1), nextHop6: undefined, asnSize: 4 },
  ...{ unsigned: { 1: '', 2: '' }, extendedMessages: false },
};
const MEBIBYTE = 1 << 20;

/** An outlet that keeps what it is given. */
function keeper(): { readonly outlet: Outlet; readonly kept: number[]; drained(): number } {
  const kept: number[] = [];
  let drained = 0;
  const outlet: Outlet = {
    put: (message, routes) => void kept.push(message[0] ?? routes),
    async drain() {
      drained++;
    },
  };
  return { outlet, kept, drained: () => drained };
}

/** A feed of messages that begin with these octets, and how often it began. */
function feedOf(...octets: readonly number[]): { readonly feed: Feed; readonly targets: Target[] } {
  const targets: Target[] = [];
  return {
    targets,
    async feed(target, outlet) {
      targets.push(target);
      for (const octet of octets) {
        outlet.put(Uint8Array.of(octet), 1);
        await outlet.drain();
      }
      await outlet.drain(true);
      return { skipped: new Map([['withdrawal', targets.length]]), code: 0 };
    },
  };
}

describe('what is read ahead of a session', () => {
  it('goes to a peer that is as guessed, and is read once', async () => {
    const { feed, targets } = feedOf(1, 2, 3);
    const ahead = readAhead(feed, TARGET);
    await ahead.ready;
    const { outlet, kept, drained } = keeper();
    const { skipped } = await ahead.feed({ ...TARGET, peerAs: 64500 }, outlet);
    expect(kept).toEqual([1, 2, 3]);
    expect([drained(), targets.length, skipped.get('withdrawal')]).toEqual([1, 1, 1]);
  });

  it.each<[string, Partial<Target>]>([
    ['internal', { peerKind: 'internal' }],
    ['a customer', { neighborRole: 'customer' }],
    ['of one family', { families: [1] }],
    ['of other families', { families: [1, 1] }],
    ['of two octets for an AS', { asnSize: 2 }],
    ['reached from elsewhere', { nextHop4: Uint8Array.of(127, 0, 0, 2) }],
    ['reached over IPv6', { nextHop6: new Uint8Array(16) }],
  ])('is read anew for a peer that is %s', async (_, other) => {
    const { feed, targets } = feedOf(1, 2);
    const ahead = readAhead(feed, TARGET);
    await ahead.ready;
    const { outlet, kept } = keeper();
    const real = { ...TARGET, ...other };
    await ahead.feed(real, outlet);
    expect(kept).toEqual([1, 2]);
    expect([targets.length, targets[1]]).toEqual([2, real]);
  });

  it('is a few MiB at most, and the rest is made as the peer takes it', async () => {
    let [made, gone] = [0, 0];
    const ahead = readAhead(async (_, outlet) => {
      for (; made < 20; made++) {
        outlet.put(new Uint8Array(MEBIBYTE), 1);
        await outlet.drain();
      }
      return { skipped: new Map(), code: 0 };
    }, TARGET);
    await ahead.ready;
    await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBe(3); // the fourth waits
    await ahead.feed(TARGET, { put: () => void gone++, drain: async () => {} });
    expect([made, gone]).toEqual([20, 20]);
  });

  it('ends where much is read of which nothing comes', async () => {
    let pieces = 0;
    const ahead = readAhead(async (_, outlet) => {
      for (;;) {
        pieces++;
        await outlet.drain();
      }
    }, TARGET);
    await ahead.ready;
    await ahead.stop();
    expect(pieces).toBe(256);
  });

  it('has short messages until the peer says that it takes long ones; a route that needs one is read anew', async () => {
    const seen: boolean[] = [];
    const long: Feed = async (target, outlet) => {
      seen.push(target.extendedMessages);
      if (!target.extendedMessages) outlet.misguessed?.();
      outlet.put(Uint8Array.of(7), 1);
      await outlet.drain(true);
      return { skipped: new Map(), code: 0 };
    };
    const ahead = readAhead(long, TARGET);
    await ahead.ready;
    const { outlet, kept } = keeper();
    await ahead.feed({ ...TARGET, extendedMessages: true }, outlet);
    expect([seen, kept]).toEqual([[false, true], [7]]);

    const { feed, targets } = feedOf(1);
    const short = readAhead(feed, TARGET);
    await short.ready;
    await short.feed({ ...TARGET, extendedMessages: true }, keeper().outlet);
    expect([targets.length, targets[0]?.extendedMessages]).toEqual([1, true]);
  });

  it('tells what went wrong with it to whoever takes it, and to nobody else', async () => {
    const broken: Feed = async () => {
      throw new RangeError('broken');
    };
    const taken = readAhead(broken, TARGET);
    await taken.ready;
    await expect(taken.feed(TARGET, keeper().outlet)).rejects.toThrow('broken');
    const left = readAhead(broken, TARGET);
    await left.ready;
    await left.stop();
    const under = readAhead(async (_, outlet) => {
      for (;;) await outlet.drain();
    }, TARGET);
    await under.stop();
    const { feed } = feedOf(1);
    const ahead = readAhead(feed, TARGET);
    await ahead.ready;
    const stopping = { put: () => {}, drain: () => Promise.reject(new Stopped()) };
    await expect(ahead.feed(TARGET, stopping)).rejects.toThrow(Stopped);
  });
});

describe('the guess of a peer', () => {
  it('is what this side offers, with the address that the system connects from', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    expect(await ownAddressTowards('127.0.0.1', port)).toBe('127.0.0.1');
    expect(await ownAddressTowards('peer.example', port)).toBeUndefined();
    const session = {
      localAs: 64499,
      routerId: 1,
      role: 'provider',
      families: [{ afi: 1, safi: 1 }],
    } as const;
    const peer = { session, address: '127.0.0.1', port };
    expect(await guessTarget(peer, {})).toMatchObject({
      ...{ localAs: 64499, peerKind: 'external', neighborRole: 'customer', families: [1] },
      ...{ nextHop4: Uint8Array.of(127, 0, 0, 1), asnSize: 4, extendedMessages: false },
    });
    const inside = { ...peer, session: { ...session, peerAs: 64499 }, localAddress: '127.0.0.9' };
    const named = { nextHop4: Uint8Array.of(192, 0, 2, 1) };
    expect(await guessTarget(inside, named)).toMatchObject({
      ...{ peerKind: 'internal', neighborRole: undefined, ...named },
      nextHop6: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 9),
    });
    expect(await guessTarget({ ...peer, address: 'peer.example' }, {})).toBeUndefined();
  });
});
