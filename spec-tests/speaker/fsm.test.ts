import {
  createSpeakerSession,
  EVENT_NAMES,
  SPEAKER_STATES,
  type SpeakerEvent,
  type SpeakerOutput,
  type SpeakerSession,
  type SpeakerState,
  transitionOf,
} from 'pathsec/speaker';
import { describe, expect, it } from 'vitest';
import { didOf, KEEPALIVE, notification, OWN_AS, OWN_ID, peerOpen, rawMessage, update4 } from './peer.js';

/** How an event is brought about at `now`; undefined where it cannot be, as a timer that does not run. */
const PROVOKE: Partial<
  Record<SpeakerEvent, (session: SpeakerSession, now: number) => SpeakerOutput[] | undefined>
> = {
  1: (session, now) => session.start(now),
  2: (session, now) => session.stop(now),
  8: (session, now) => session.cease(now, 1),
  9: (session) => session.tick(RETRY_AT),
  10: (session) => session.tick(HOLD_AT),
  11: (session) => session.tick(KEEPALIVE_AT),
  16: (session, now) => session.connected(now, 'own'),
  17: (session, now) => session.connected(now, 'peer'),
  18: (session, now) => session.closed(now),
  19: (session, now) => session.received(peerOpen(), now),
  21: (session, now) => session.received(rawMessage(9, []), now),
  22: (session, now) => session.received(rawMessage(1, [3, ...new Array(9).fill(1)]), now),
  23: (session, now) => session.dump(now),
  24: (session, now) => session.received(notification(2, 1), now),
  25: (session, now) => session.received(notification(6, 4), now),
  26: (session, now) => session.received(KEEPALIVE, now),
  27: (session, now) => session.received(update4(['192.0.2.0/24']), now),
  28: (session, now) => session.received(rawMessage(2, [0, 9, 0, 0]), now),
  29: (session) => session.tick(SEND_HOLD_AT),
};

const NOW = 100;
// Each later than the ones before, and each the first of its session where it is used.
const KEEPALIVE_AT = 111;
const HOLD_AT = 100_000;
const RETRY_AT = 250;
const SEND_HOLD_AT = 107;

/**
 * A session in `state` at {@link NOW}, whose ConnectRetryCounter is 1: it failed before and went on by itself. What it sent
 * was sent, unless it is `stuck`.
 */
function sessionIn(state: SpeakerState, stuck = false): SpeakerSession {
  const session = createSpeakerSession({
    localAs: OWN_AS,
    routerId: OWN_ID,
    peerAs: 64499,
    idleHold: [10, 10],
    sendHoldTime: stuck ? 7 : 1_000_000,
  });
  session.start(0);
  session.connected(0, 'own');
  session.received(rawMessage(9, []), 0);
  if (state !== 'Idle') session.tick(NOW);
  if (['Active', 'OpenSent', 'OpenConfirm', 'Established'].includes(state)) session.connected(NOW, 'own');
  if (state === 'Active') session.closed(NOW);
  if (state === 'OpenConfirm' || state === 'Established') session.received(peerOpen(), NOW);
  if (state === 'Established') session.received(KEEPALIVE, NOW);
  if (!stuck) session.sent(session.status.queued, NOW);
  expect(session.status).toMatchObject({ state, connectRetryCounter: 1 });
  return session;
}

type Row = readonly [events: readonly SpeakerEvent[], to: SpeakerState, counter: number, ...did: string[]];

/**
 * RFC 4271 §8.2.2 by hand: the new state, ConnectRetryCounter (1 before), and what is sent and done. Events that are not
 * named are ignored in the state, or cannot happen in it.
 */
const ROWS: Readonly<Record<SpeakerState, readonly Row[]>> = {
  Idle: [[[1], 'Connect', 0, 'connect']],
  Connect: [
    [[2], 'Idle', 0, 'disconnect'],
    [[8, 23], 'Idle', 2, 'disconnect'],
    [[9], 'Connect', 1, 'disconnect', 'connect'],
    [[16, 17], 'OpenSent', 1, 'OPEN'],
    [[18], 'Idle', 1, 'disconnect'],
  ],
  Active: [
    [[2], 'Idle', 0, 'disconnect'],
    [[8, 18, 23], 'Idle', 2, 'disconnect'],
    [[9], 'Connect', 1, 'connect'],
    [[16, 17], 'OpenSent', 1, 'OPEN'],
  ],
  OpenSent: [
    [[2], 'Idle', 0, 'NOTIFICATION 6/2', 'disconnect'],
    [[8], 'Idle', 2, 'NOTIFICATION 6/1', 'disconnect'],
    [[10], 'Idle', 2, 'NOTIFICATION 4/0', 'disconnect'],
    [[18], 'Active', 1, 'disconnect'],
    [[19], 'OpenConfirm', 1, 'KEEPALIVE'],
    [[21], 'Idle', 2, 'NOTIFICATION 1/3', 'disconnect'],
    [[22], 'Idle', 2, 'NOTIFICATION 2/1', 'disconnect'],
    [[23], 'Idle', 2, 'NOTIFICATION 6/7', 'disconnect'],
    [[24], 'Idle', 1, 'disconnect'],
    [[25, 26, 27], 'Idle', 2, 'NOTIFICATION 5/1', 'disconnect'],
    [[29], 'Idle', 2, 'NOTIFICATION 8/0', 'abort'],
  ],
  OpenConfirm: [
    [[2], 'Idle', 0, 'NOTIFICATION 6/2', 'disconnect'],
    [[8], 'Idle', 2, 'NOTIFICATION 6/1', 'disconnect'],
    [[10], 'Idle', 2, 'NOTIFICATION 4/0', 'disconnect'],
    [[11], 'OpenConfirm', 1, 'KEEPALIVE'],
    [[18, 25], 'Idle', 2, 'disconnect'],
    // RFC 6608 §4 names an OPEN here.
    [[19, 27], 'Idle', 2, 'NOTIFICATION 5/2', 'disconnect'],
    [[21], 'Idle', 2, 'NOTIFICATION 1/3', 'disconnect'],
    [[22], 'Idle', 2, 'NOTIFICATION 2/1', 'disconnect'],
    [[23], 'Idle', 2, 'NOTIFICATION 6/7', 'disconnect'],
    [[24], 'Idle', 1, 'disconnect'],
    [[26], 'Established', 1],
    [[29], 'Idle', 2, 'NOTIFICATION 8/0', 'abort'],
  ],
  Established: [
    [[2], 'Idle', 0, 'NOTIFICATION 6/2', 'disconnect'],
    [[8], 'Idle', 2, 'NOTIFICATION 6/1', 'disconnect'],
    [[10], 'Idle', 2, 'NOTIFICATION 4/0', 'disconnect'],
    [[11], 'Established', 1, 'KEEPALIVE'],
    [[18, 24, 25], 'Idle', 2, 'disconnect'],
    [[19, 22], 'Idle', 2, 'NOTIFICATION 5/3', 'disconnect'],
    // §6.1 demands it; §8.2.2 lists it among the errors of the state machine.
    [[21], 'Idle', 2, 'NOTIFICATION 1/3', 'disconnect'],
    [[23], 'Idle', 2, 'NOTIFICATION 6/7', 'disconnect'],
    [[26, 27], 'Established', 1],
    [[28], 'Idle', 2, 'NOTIFICATION 3/1', 'disconnect'],
    [[29], 'Idle', 2, 'NOTIFICATION 8/0', 'abort'],
  ],
};

const cells = SPEAKER_STATES.flatMap((state) =>
  Object.keys(PROVOKE).map((key) => ({ state, event: Number(key) as SpeakerEvent })),
);
/** Timers that run in no more than these states; an UPDATE is read where it may come. */
const RUNNING: Partial<Record<SpeakerEvent, readonly SpeakerState[]>> = {
  9: ['Connect', 'Active'],
  10: ['OpenSent', 'OpenConfirm', 'Established'],
  11: ['OpenConfirm', 'Established'],
  28: ['Idle', 'Connect', 'Active', 'Established'],
  29: ['OpenSent', 'OpenConfirm', 'Established'],
};

describe('RFC 4271 §8.2.2, every state with every event that can be brought about', () => {
  it.each(cells.filter(({ state, event }) => RUNNING[event]?.includes(state) ?? true))(
    '$state, event $event',
    ({ state, event }) => {
      const row = ROWS[state].find(([events]) => events.includes(event));
      const [, to, counter, ...did] = row ?? [[], state, 1];
      const session = sessionIn(state, event === 29);
      const outputs = PROVOKE[event]?.(session, NOW) ?? [];
      expect(didOf(outputs)).toEqual(did);
      expect(session.status).toMatchObject({ state: to, connectRetryCounter: counter });
      const states = outputs.filter(({ kind }) => kind === 'state');
      if (to === state) expect(states).toEqual([]);
      else expect(states).toMatchObject([{ state: to, was: state, event: Number(event) }]);
    },
  );

  it('has no row for what cannot be brought about', () => {
    const named = Object.values(ROWS).flatMap((rows) => rows.flatMap(([events]) => events));
    expect(named.filter((event) => PROVOKE[event] === undefined)).toEqual([]);
  });
});

describe('the table of transitions', () => {
  const events = Object.keys(EVENT_NAMES).map(Number) as SpeakerEvent[];

  it.each(SPEAKER_STATES)(
    '%s: an event that ends the session drops the connection, but for Idle',
    (state) => {
      for (const event of events) {
        const transition = transitionOf(state, event);
        if (transition?.to === 'Idle') expect(transition.actions, `${event}`).toContain('drop');
      }
    },
  );

  it.each(['OpenSent', 'OpenConfirm', 'Established'] as const)(
    '%s ignores start events and 14 to 17',
    (state) => {
      expect(
        [1, 3, 4, 5, 6, 7, 14, 15, 16, 17].map((event) => transitionOf(state, event as SpeakerEvent)),
      ).toEqual(new Array(10).fill(undefined));
    },
  );

  it('Idle knows start events alone', () => {
    expect(events.filter((event) => transitionOf('Idle', event))).toEqual([1, 3, 4, 5, 6, 7]);
  });
});

describe('timers', () => {
  it('a message restarts the HoldTimer, and the KeepaliveTimer is a third of the hold time', () => {
    const session = sessionIn('Established');
    expect(session.nextWake()).toBe(NOW + 10);
    expect(didOf(session.tick(NOW + 10))).toEqual(['KEEPALIVE']);
    session.received(KEEPALIVE, NOW + 29);
    expect(didOf(session.tick(NOW + 31))).toEqual(['KEEPALIVE']);
    expect(didOf(session.tick(NOW + 59))).toEqual(['NOTIFICATION 4/0', 'disconnect']);
  });

  it('an UPDATE that is sent restarts the KeepaliveTimer', () => {
    const session = sessionIn('Established');
    session.send(update4(['192.0.2.0/24']), NOW + 5);
    expect(session.nextWake()).toBe(NOW + 15);
  });

  it('octets of a message that never ends do not restart the HoldTimer', () => {
    const session = sessionIn('Established');
    const message = update4(['192.0.2.0/24']);
    for (let i = 0; i < 29; i++) session.received(message.subarray(i, i + 1), NOW + i);
    session.sent(session.status.queued, NOW + 29);
    expect(didOf(session.tick(NOW + 30))).toContain('NOTIFICATION 4/0');
  });

  it('while nobody reads the HoldTimer stands and KEEPALIVEs go on', () => {
    const session = sessionIn('Established');
    session.reading(false, NOW + 1);
    for (let now = NOW + 10; now < NOW + 200; now += 10) {
      expect(didOf(session.tick(now))).toEqual(['KEEPALIVE']);
      session.sent(19, now);
    }
    session.reading(true, NOW + 200);
    expect(didOf(session.tick(NOW + 229))).toEqual(['KEEPALIVE']);
    expect(didOf(session.tick(NOW + 230))).toEqual(['NOTIFICATION 4/0', 'disconnect']);
  });

  it('hold time 0 of either side stops both timers', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID });
    session.start(0);
    session.connected(0, 'own');
    session.received(peerOpen([], { holdTime: 0 }), 0);
    session.received(KEEPALIVE, 0);
    session.sent(session.status.queued, 0);
    expect([session.status.state, session.nextWake()]).toEqual(['Established', Number.POSITIVE_INFINITY]);
  });

  it('jitter makes them shorter by up to a quarter (§10)', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, random: () => 0 });
    session.start(0);
    expect(session.nextWake()).toBe(90);
  });

  it('D-speaker-idle-hold: the time in Idle doubles with each failure, and a session starts it anew', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, idleHold: [5, 15] });
    const waits: number[] = [];
    session.start(0);
    for (let i = 0; i < 4; i++) {
      session.closed(1000 * i);
      waits.push(session.nextWake() - 1000 * i);
      session.tick(1000 * i + 500);
    }
    expect(waits).toEqual([5, 10, 15, 15]);
    session.connected(5000, 'own');
    session.received(peerOpen(), 5000);
    session.received(KEEPALIVE, 5000);
    session.closed(5001);
    expect(session.nextWake()).toBe(5006);
  });

  it('a stop ends the attempts, and so does a collision', () => {
    for (const end of ['stop', 'dump'] as const) {
      const session = sessionIn('Established');
      session[end](NOW);
      expect(session.nextWake()).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('D-speaker-passive: a passive session waits without end and connects to nobody', () => {
    const session = createSpeakerSession({ localAs: OWN_AS, routerId: OWN_ID, passive: true });
    expect(didOf(session.start(0))).toEqual([]);
    expect([session.status.state, session.nextWake()]).toEqual(['Active', Number.POSITIVE_INFINITY]);
    expect(didOf(session.connected(9, 'peer'))).toEqual(['OPEN']);
    expect(session.nextWake()).toBe(249);
  });
});
