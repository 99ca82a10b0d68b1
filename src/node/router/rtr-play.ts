import { setTimeout } from 'node:timers/promises';
import type {
  Fields,
  RtrObservation,
  RtrObservations,
  RtrSession,
  ShownRoute,
} from '../../conformance/index.js';
import { PDU_TYPE } from '../../rtr/index.js';
import type { Lab } from './lab.js';
import { readShown, type ShowPlace } from './rtr-shown.js';
import { createWireTalk, type WireTalk } from './rtr-talk.js';
import type { RtrWire } from './rtr-wire.js';
import { isQuery, lastWord, lastWordShown, newsAfter, serialAsked } from './rtr-words.js';

/** How sessions of RTR are played. */
export interface RtrPlayOptions extends ShowPlace {
  /** What the router marks. */
  readonly kinds: ReadonlySet<ShownRoute['kind']>;
  /** Session ID of the first session; those after it count up. */
  readonly sessionId: number;
  /** Brings a router back that has ended by itself; false where that cannot be. */
  readonly revive: () => Promise<boolean>;
  readonly signal?: AbortSignal;
  /** After each session, with the number of those that are done. */
  readonly onSession?: (done: number) => void;
}

/** What came of the sessions. */
export interface PlayedSessions {
  readonly observations: RtrObservations;
  /** What a reader should know beside them. */
  readonly notes: readonly string[];
}

/** So many sessions in a row that cannot begin end the run. */
const MOST_LOST = 3;
/** Milliseconds without a word after which a router is asked whether it has ended the session; the answer decides, not the time. */
const QUIET = 1_000;
/** Milliseconds between two readings of verdicts; each is a question that the router answers at once. */
const BETWEEN = 100;

/**
 * Plays sessions of RTR as their cache, octet by octet (docs/decisions/conformance.md D-router-rtr): each begins with a router that
 * holds nothing and sends a Reset Query, and ends when the verdicts of routes have shown what it holds.
 */
export async function playRtrSessions(
  lab: Lab,
  wire: RtrWire,
  sessions: readonly RtrSession[],
  options: RtrPlayOptions,
): Promise<PlayedSessions> {
  const { onSession, revive, sessionId, signal } = options;
  const observations = new Map<string, RtrObservation>();
  const notes: string[] = [];
  const talk = createWireTalk(lab, wire, sessionId);
  let lost = 0;
  for (const [i, one] of sessions.entries()) {
    const { id } = one.question.vector;
    const isThere = lost < MOST_LOST && !signal?.aborted && (!lab.patience.isGone || (await revive()));
    const why = signal?.aborted ? 'the run was interrupted' : 'the router was lost before';
    const observation: RtrObservation = isThere
      ? await playSession(lab, talk, one, options)
      : { kind: 'not-asked', note: why };
    if (observation.kind === 'timeout' && ++lost === MOST_LOST)
      notes.push(`RTR: ${MOST_LOST} sessions in a row could not begin: ${observation.note}`);
    if (observation.kind === 'seen' || observation.kind === 'not-playable') lost = 0;
    const interrupted = { kind: 'not-asked', note: 'the run was interrupted' } as const;
    observations.set(id, signal?.aborted ? interrupted : fateOf(one, observation));
    onSession?.(i + 1);
  }
  return { observations, notes };
}

/** In version 0, which has no intervals, a router may stay away as long as it likes. */
function fateOf({ version }: RtrSession, observation: RtrObservation): RtrObservation {
  return observation.kind === 'timeout' && version === 0
    ? { ...observation, kind: 'not-asked' }
    : observation;
}

async function playSession(
  lab: Lab,
  talk: WireTalk,
  one: RtrSession,
  options: RtrPlayOptions,
): Promise<RtrObservation> {
  const { patience } = lab;
  const { steps, version } = one;
  const show = (routes: readonly ShownRoute[]): Promise<Fields> => readShown(lab, routes, options);
  /** Reads verdicts until they are as they may be, or `isOver`, or nothing comes of it. */
  const showUntil = async (
    routes: readonly ShownRoute[],
    right: readonly Fields[],
    isOver: () => boolean = () => false,
  ): Promise<Fields> => {
    const giveUp = performance.now() + 1000 * patience.seconds;
    for (;;) {
      const isLast =
        isOver() || performance.now() > giveUp || patience.isGone || options.signal?.aborted === true;
      const held = await show(routes);
      if (isLast || right.some((fields) => JSON.stringify(fields) === JSON.stringify(held))) return held;
      await setTimeout(BETWEEN);
    }
  };
  const isShown = async (routes: readonly ShownRoute[], verdicts: Fields): Promise<boolean> =>
    JSON.stringify(await showUntil(routes, [verdicts])) === JSON.stringify(verdicts);

  const crashed = { kind: 'crashed', note: 'the router ended by itself' } as const;
  const wrong = await talk.begin(one, () => isShown(one.shows, one.empty));
  if (wrong !== undefined) return patience.isGone ? crashed : wrong;

  /** How many PDUs the router had sent when the last answer ended. */
  let answered = 0;
  /** Whether the cache stands between two answers. */
  let isWhole = true;
  for (const [i, step] of steps.entries()) {
    const { act, isClosed, isEnd, notify, sent } = step;
    if ('octets' in act) {
      await talk.send(act.octets);
      isWhole = step.isWhole;
    } else if (act.event === 'close') talk.end();
    else if (act.event === 'connect') {
      await talk.follow();
      isWhole = true;
    } else if (notify) await talk.send(newsAfter(version, notify));
    if (isEnd) answered = talk.sent().length;
    if (i === steps.length - 1) break;
    await patience.until(() => talk.sent().length >= sent || !talk.isOpen);
    if (isClosed) await patience.until(() => !talk.isOpen);
  }
  const last = steps.at(-1) ?? { sent: 1, isClosed: false };
  if (last.isClosed) await patience.quiet(QUIET, () => !talk.isOpen);
  else await patience.until(() => talk.sent().length >= last.sent || !talk.isOpen);

  const frozen = talk.sent().length;
  const isAnswered = !talk.sent().slice(answered).some(isQuery);
  /** What the router sent before it was asked anything for our own sake. */
  const own = (): readonly Uint8Array[] => {
    const all = talk.sent();
    let end = frozen;
    while (all[end]?.[1] === PDU_TYPE.errorReport) end++;
    return all.slice(0, end);
  };
  const rightHeld = [
    one.question.vector.expected,
    ...(one.question.vector.acceptable ?? []).map((a) => a.expected),
  ].map(({ held }) => held as Fields);

  const spoken = talk.version ?? version;
  let asked: Uint8Array | undefined;
  if (talk.isOpen && isAnswered && one.end) {
    await talk.send(newsAfter(spoken, one.end));
    await patience.until(() => talk.sent().slice(frozen).some(isQuery) || !talk.isOpen);
    asked = talk.sent().slice(frozen).find(isQuery);
  } else if (talk.isOpen && last.isClosed) await patience.until(() => !talk.isOpen);

  const asking = asked && serialAsked(asked);
  if (talk.isOpen && asking) {
    const { neighbor } = options.session;
    const [octets, told] = lastWord(spoken, asking, neighbor.as);
    await talk.send(octets);
    const kinds = new Set([...options.kinds].filter((kind) => kind === 'rov' || spoken === 2));
    const shown = lastWordShown(neighbor.as, kinds, options.afis);
    await isShown(shown, Object.fromEntries(shown.map(({ name }) => [name, 'valid'])));
    talk.rest(told);
    const held = await show(one.shows);
    return patience.isGone ? crashed : { kind: 'seen', state: 'synchronized', sent: own(), held };
  }
  const state = talk.isOpen ? (isAnswered ? 'synchronized' : 'pending') : 'closed';
  const isBack = (): boolean => !talk.isOpen && talk.hasNewQuery;
  const held = await showUntil(one.shows, rightHeld, isBack);
  await talk.leave(isWhole);
  if (patience.isGone) return crashed;
  return { kind: 'seen', state, sent: own(), held };
}
