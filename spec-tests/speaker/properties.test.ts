import fc from 'fast-check';
import { encodeMessage, makeOpen } from 'pathsec/bgp';
import {
  createSpeakerSession,
  type SpeakerOptions,
  type SpeakerOutput,
  type SpeakerSession,
} from 'pathsec/speaker';
import { describe, expect, it } from 'vitest';
import {
  didOf,
  END_OF_RIB,
  establish,
  KEEPALIVE,
  notification,
  OWN_AS,
  OWN_ID,
  PEER_AS,
  PEER_ID,
  peerOpen,
  rawMessage,
  reportOf,
  update4,
  update6,
} from './peer.js';

/** Two sessions over a wire that keeps order, cuts octets anywhere, and lets time pass whenever it likes. */
function wire(left: Partial<SpeakerOptions>, right: Partial<SpeakerOptions>) {
  const ends = [
    createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, peerAs: PEER_AS, ...left }),
    createSpeakerSession({ localAs: PEER_AS, routerId: PEER_ID, passive: true, ...right }),
  ] as const;
  const flying: [Uint8Array[], Uint8Array[]] = [[], []];
  const reports: [string[], string[]] = [[], []];
  let now = 0;
  let closed = false;
  const perform = (at: 0 | 1, outputs: readonly SpeakerOutput[]): void => {
    reports[at].push(...reportOf(outputs));
    for (const output of outputs) {
      if (output.kind === 'send') flying[at].push(output.octets);
      if (output.kind === 'disconnect') closed = true;
    }
  };
  perform(1, ends[1].start(now));
  perform(0, ends[0].start(now));
  perform(1, ends[1].connected(now, 'peer'));
  perform(0, ends[0].connected(now, 'own'));
  return {
    ends,
    reports,
    get quiet() {
      return flying.every((list) => list.length === 0);
    },
    get closed() {
      return closed;
    },
    /** Carries up to `size` octets from one end to the other. */
    carry(from: 0 | 1, size: number) {
      const head = flying[from][0];
      if (!head) return;
      const piece = head.subarray(0, size);
      if (piece.length === head.length) flying[from].shift();
      else flying[from][0] = head.subarray(size);
      perform(from, ends[from].sent(piece.length, now));
      const to = from === 0 ? 1 : 0;
      perform(to, ends[to].received(piece, now));
    },
    pass(seconds: number) {
      now += seconds;
      for (const at of [0, 1] as const) perform(at, ends[at].tick(now));
    },
    send(from: 0 | 1, message: Uint8Array) {
      const outputs = ends[from].send(message, now);
      if (outputs) perform(from, outputs);
      return outputs !== undefined;
    },
  };
}

const step = fc.oneof(
  fc.record({ carry: fc.constantFrom<0 | 1>(0, 1), size: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ pass: fc.double({ min: 0, max: 0.5, noNaN: true }) }),
);

describe('two sessions', () => {
  it('reach Established and stay, whatever the chunks and however time passes between them', () => {
    const hold = fc.constantFrom(0, 3, 9, 90);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), hold, hold, (steps, holdLeft, holdRight) => {
        const both = wire({ holdTime: holdLeft }, { holdTime: holdRight });
        for (const one of steps) {
          if ('pass' in one) {
            // What is under way gets there before anybody loses patience.
            while (!both.quiet) for (const at of [0, 1] as const) both.carry(at, 7);
            both.pass(one.pass);
          } else both.carry(one.carry, one.size);
        }
        for (let i = 0; i < 40; i++) {
          while (!both.quiet) for (const at of [0, 1] as const) both.carry(at, 1000);
          both.pass(0.4);
        }
        expect(both.ends.map(({ status }) => status.state)).toEqual(['Established', 'Established']);
        expect(both.closed).toBe(false);
      }),
    );
  });

  it('deliver UPDATEs whole, once and in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 }),
        (octets, sizes) => {
          const both = wire({}, {});
          while (!both.quiet) for (const at of [0, 1] as const) both.carry(at, 1000);
          for (const octet of octets) both.send(0, update4([`10.0.${octet}.0/24`]));
          both.send(0, END_OF_RIB);
          for (let i = 0; !both.quiet; i++) both.carry(0, sizes[i % sizes.length] as number);
          expect(both.reports[1].filter((line) => /^\+|rib/.test(line))).toEqual([
            ...octets.map((octet) => `+10.0.${octet}.0/24`),
            'end-of-rib 1/1',
          ]);
        },
      ),
    );
  });

  it('hand as much as they like through a small queue, without loss', () => {
    const both = wire({ maxQueued: 200 }, {});
    while (!both.quiet) for (const at of [0, 1] as const) both.carry(at, 1000);
    let sent = 0;
    let most = 0;
    while (sent < 500) {
      if (both.send(0, update4([`10.${sent >> 8}.${sent & 255}.0/24`]))) sent++;
      else both.carry(0, 60);
      most = Math.max(most, both.ends[0].status.queued);
    }
    while (!both.quiet) both.carry(0, 60);
    expect(both.reports[1].filter((line) => line.startsWith('+'))).toHaveLength(500);
    expect(most).toBeLessThan(300);
  });
});

const MESSAGES: readonly Uint8Array[] = [
  peerOpen(),
  peerOpen([], { holdTime: 0 }),
  encodeMessage(makeOpen(23456, 1, [], 3)),
  KEEPALIVE,
  update4(['192.0.2.0/24'], ['203.0.113.0/24']),
  update6(['2001:db8::/32']),
  END_OF_RIB,
  notification(6, 2),
  notification(2, 1),
  rawMessage(5, [0, 1, 0, 1]),
  rawMessage(9, []),
  rawMessage(2, [0, 9, 0, 0]),
];

type Call = (session: SpeakerSession, now: number) => SpeakerOutput[] | undefined;
const octetsIn = fc
  .oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.constantFrom(...MESSAGES),
    fc.tuple(fc.constantFrom(...MESSAGES), fc.nat(), fc.nat(255)).map(([message, at, octet]) => {
      const copy = message.slice();
      copy[at % copy.length] = octet;
      return copy;
    }),
    fc
      .tuple(fc.constantFrom(...MESSAGES), fc.nat())
      .map(([message, at]) => message.slice(0, at % message.length)),
  )
  .map(
    (octets): Call =>
      (session, now) =>
        session.received(octets, now),
  );
const call = fc.oneof(
  { weight: 6, arbitrary: octetsIn },
  fc.constantFrom<Call>(
    (session, now) => session.start(now),
    (session, now) => session.stop(now, 'bye'),
    (session, now) => session.cease(now, 1),
    (session, now) => session.connected(now, 'own'),
    (session, now) => session.connected(now, 'peer'),
    (session, now) => session.closed(now),
    (session, now) => session.dump(now),
    (session, now) => session.tick(now),
    (session, now) => session.sent(30, now),
    (session, now) => session.send(update4(['192.0.2.0/24']), now),
  ),
);

describe('any calls in any order', () => {
  it('throw nothing, keep what is queued bounded, and never send on a connection that was given up', () => {
    const play = fc.array(fc.tuple(call, fc.double({ min: 0, max: 200, noNaN: true })), { maxLength: 60 });
    fc.assert(
      fc.property(play, fc.boolean(), (calls, passive) => {
        const session = createSpeakerSession({
          ...{ localAs: OWN_AS, routerId: OWN_ID, passive, maxQueued: 500 },
          idleHold: [1, 8],
        });
        let now = 0;
        let connected = false;
        for (const [one, seconds] of calls) {
          now += seconds;
          const before = session.status.state;
          const outputs = one(session, now) ?? [];
          for (const output of outputs) {
            if (output.kind === 'disconnect') connected = false;
            if (output.kind !== 'send') continue;
            if (output.octets[18] === 1) connected = true; // an OPEN begins a connection
            expect(connected).toBe(true);
          }
          // Octets by themselves never make a connection or begin a session.
          if (before === 'Idle' && session.status.state !== 'Idle') {
            expect(['connect', '']).toContain(didOf(outputs).join());
          }
          expect(session.status.queued).toBeLessThan(1500);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('chunks change nothing', () => {
    const stream = fc.array(fc.constantFrom(...MESSAGES), { maxLength: 8 });
    fc.assert(
      fc.property(stream, fc.integer({ min: 1, max: 60 }), (messages, size) => {
        const octets = Uint8Array.of(...messages.flatMap((message) => [...message]));
        const run = (chunk: number): unknown[] => {
          const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID });
          const outputs = [...session.start(0), ...session.connected(0, 'own')];
          for (let at = 0; at < octets.length; at += chunk) {
            outputs.push(...session.received(octets.subarray(at, at + chunk), 1));
          }
          return [didOf(outputs), reportOf(outputs), session.status.state];
        };
        expect(run(size)).toEqual(run(octets.length || 1));
      }),
    );
  });
});

describe('a hostile peer', () => {
  const fresh = (): SpeakerSession => createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID });

  it('that sends garbage is told what is wrong with the first 19 octets', () => {
    const session = fresh();
    session.start(0);
    session.connected(0, 'own');
    const outputs = session.received(new Uint8Array(70_000).fill(0x47), 0);
    expect(didOf(outputs)).toEqual(['NOTIFICATION 1/1', 'disconnect']);
  });

  it('that announces a message and trickles it is cut off by the hold time of OpenSent', () => {
    const session = fresh();
    session.start(0);
    session.connected(0, 'own');
    const open = peerOpen();
    let now = 0;
    while (session.status.state === 'OpenSent') {
      const at = Math.min(now / 10, open.length - 2);
      session.received(open.subarray(at, at + 1), now);
      session.sent(session.status.queued, now);
      now += 10;
      session.tick(now);
    }
    expect([session.status.state, now]).toEqual(['Idle', 240]);
  });

  it('that sends OPEN after OPEN gets one error', () => {
    const session = fresh();
    const endless = Uint8Array.of(...new Array(50).fill([...peerOpen()]).flat());
    session.start(0);
    const outputs = [...session.connected(0, 'own'), ...session.received(endless, 0)];
    expect(didOf(outputs)).toEqual(['OPEN', 'KEEPALIVE', 'NOTIFICATION 5/2', 'disconnect']);
  });

  it('with hold time 0 that says nothing more holds the session, and one message of memory', () => {
    const session = fresh();
    establish(session, peerOpen([], { holdTime: 0 }));
    session.sent(session.status.queued, 0);
    const huge = rawMessage(2, new Array(60_000).fill(0));
    for (let at = 0; at < huge.length - 1; at += 997) {
      expect(session.received(huge.subarray(at, Math.min(at + 997, huge.length - 1)), at)).toEqual([]);
    }
    expect(session.status).toMatchObject({ state: 'Established', queued: 0 });
  });

  it('that sends longer messages than this side offered to take is refused by their header', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, extendedMessages: false });
    establish(session);
    const header = rawMessage(2, new Array(4100).fill(0)).subarray(0, 19);
    expect(didOf(session.received(header, 1))).toEqual(['NOTIFICATION 1/2', 'disconnect']);
  });
});
