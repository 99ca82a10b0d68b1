import { concatOctets, DecodeError, fromHex, toHex } from '../../bytes/index.js';
import type { Vrp } from '../../payload/index.js';
import { type Place, readList } from '../../questions/index.js';
import type { RtrVersion } from '../../rtr/index.js';
import { answerReceive } from '../answer-rtr-receive.js';
import type { Question } from '../requests.js';
import { readAspa, readVrp } from '../rtr-pdu-fields.js';
import { outOfScope } from '../scope.js';
import type { Fields, Json, Request, VectorCase } from '../vector.js';
import type { RouterAbilities } from './abilities.js';
import {
  type EndOfData,
  endsIn,
  isWholeIn,
  lastEndIn,
  payloadsIn,
  withoutKeys,
  withShortRetry,
} from './rtr-octets.js';
import { type HeldPayloads, type ShownRoute, shownRoutes, shownVerdicts } from './rtr-shown.js';

/** What a cache does next in a session that is played over the wire. */
export interface RtrStep {
  /** `poll`: the router is brought to ask; `close`: the cache closes; `connect`: the router connects anew. */
  readonly act: { readonly octets: Uint8Array } | { readonly event: 'poll' | 'close' | 'connect' };
  /** What a Serial Notify has to say so that the router asks; absent where it asks by itself. */
  readonly notify?: EndOfData;
  /** Whether the cache is at the end of a PDU then, and has begun no answer that it has not ended. */
  readonly isWhole: boolean;
  /** Whether an answer ends with it. */
  readonly isEnd: boolean;
  /** How many PDUs a right router has sent after it, from the first query on. */
  readonly sent: number;
  /** Whether a right router has closed then. */
  readonly isClosed: boolean;
}

/** A case of the suite `rtr` as a router can be shown it: a session, and routes that show what the router holds at its end. */
export interface RtrSession {
  /** With `held`, the verdicts of `shows` by name, in place of the payloads. */
  readonly question: Question;
  /** The version in which the router has to ask first. */
  readonly version: RtrVersion;
  /** Whether that has to be the first query of a connection, because the cache answers in another version. */
  readonly isFresh: boolean;
  readonly steps: readonly RtrStep[];
  /** What the last answer ended with; absent where none did. */
  readonly end?: EndOfData;
  readonly shows: readonly ShownRoute[];
  /** The verdicts of `shows` where the router holds nothing. */
  readonly empty: Fields;
}

const NOT_SHOWN: Readonly<Record<string, string>> = {
  respond: 'a router asks a cache and answers none',
  'decode-pdu': 'what a router makes of one PDU shows in sessions alone',
  'encode-pdu': 'a router sends nothing but queries and Error Reports',
};

/** A session for a case of the suite `rtr`; a text for why there is none. */
export function stageRtr(question: Question, abilities: RouterAbilities): RtrSession | string {
  const { request, suite, vector } = question;
  const { families, rtr } = abilities;
  if (rtr === undefined) return 'nothing is known of the RTR session of the router';
  if (request.op !== 'receive') return NOT_SHOWN[request.op] ?? `no session shows ${request.op}`;
  if (request.dialect !== undefined) return 'the layout of 8210bis-10 is a matter of configuration';
  const reason = outOfScope({ families }, question);
  if (reason !== undefined) return reason;
  const version = Number(request.version ?? 2) as RtrVersion;
  if (!rtr.versions.includes(version)) return `the router speaks no version ${version} of RTR`;
  const steps = readSteps(request);
  if (steps.some((step) => step.event === 'expire'))
    return 'data expire after ten minutes at the least (8210bis §6)';
  const lowest = Math.min(...rtr.versions);
  if (!isAlike(answerReceive({ ...request, lowestVersion: lowest }), answerReceive(request)))
    return `it is about a router whose lowest version of RTR is ${request.lowestVersion ?? 0}, not ${lowest}`;
  const keys = keysFault(request, rtr.routerKeys);
  if (keys !== undefined) return keys;
  const shows = shownRoutes(payloadsOf(request, vector), abilities);
  const projected = projectCase(vector, shows);
  if (projected === undefined) return 'no routes show what the router is to hold';
  const [first] = steps;
  const end = lastEndIn(concatOctets(quickened(steps)));
  return {
    question: { request, suite, vector: projected },
    version,
    isFresh: first?.octets !== undefined && fromHex(first.octets)[0] !== version,
    steps: stepsOf(request, steps),
    ...(end && { end }),
    shows,
    empty: shownVerdicts(shows, { vrps: [], aspas: [] }),
  };
}

type StepFields = Fields & {
  readonly octets?: string;
  readonly event?: 'poll' | 'close' | 'connect' | 'expire';
};

function readSteps({ steps }: Request): readonly StepFields[] {
  return Array.isArray(steps) ? (steps as readonly StepFields[]) : [];
}

/** Whether two answers are of one course: what is sent, and how it ends. */
function isAlike(one: Fields, other: Fields): boolean {
  const course = ({ errorCode, sent, state }: Fields): string => JSON.stringify([state, errorCode, sent]);
  return course(one) === course(other);
}

/** Why a case is about router keys, which no route shows; undefined for one that is not, or that shows in the session. */
function keysFault(request: Request, hasKeys: boolean): string | undefined {
  const steps = readSteps(request);
  const pieces = steps.map(({ octets = '' }) => withoutKeys(fromHex(octets)));
  const answer = answerReceive(request);
  if (pieces.some(({ isKeysAlone }) => isKeysAlone) && answer.errorCode === null)
    return 'router keys alone are in it, which no route shows';
  const rest = steps.map((step, i): Fields => {
    const { event } = step;
    return event === undefined ? { octets: toHex(pieces[i]?.octets ?? new Uint8Array(0)) } : { event };
  });
  const without = answerReceive({ ...request, steps: rest });
  const differs = without.errorCode !== answer.errorCode || without.state !== answer.state;
  return differs && !hasKeys ? 'router keys decide it, which the router does not keep' : undefined;
}

/** All payloads that a right or wrong router could hold at the end. */
function payloadsOf(request: Request, vector: VectorCase): HeldPayloads {
  const streams = concatOctets(readSteps(request).map(({ octets = '' }) => fromHex(octets)));
  const answers = [
    vector.expected,
    ...(vector.acceptable ?? []).map(({ expected }) => expected),
    ...Object.values(vector.mistakes ?? {}),
  ];
  const held = [payloadsIn(streams), ...answers.flatMap((fields) => readHeld(fields) ?? [])];
  return { vrps: held.flatMap(({ vrps }) => vrps), aspas: held.flatMap(({ aspas }) => aspas) };
}

/** The payloads of an answer; undefined where they are none that a table can hold. */
function readHeld({ vrps, aspas }: Fields): HeldPayloads | undefined {
  const value = (list: Json | undefined): Json => list ?? [];
  try {
    return {
      vrps: readList({ path: 'vrps', value: value(vrps) }, readShowing).flat(),
      aspas: readList({ path: 'aspas', value: value(aspas) }, readAspa),
    };
  } catch {
    return undefined; // a mistake that no router can make of whose payloads routes tell
  }
}

/** A VRP of an answer; none where it kept bits behind its length, for it matches nothing then: no route has such bits. */
function readShowing(place: Place): readonly Vrp[] {
  try {
    return [readVrp(place)];
  } catch (error) {
    if (error instanceof DecodeError && error.code === 'prefix-host-bits') return [];
    throw error;
  }
}

/** The case with the verdicts of routes in place of payloads; undefined where its own answer cannot be told so. */
function projectCase(vector: VectorCase, shows: readonly ShownRoute[]): VectorCase | undefined {
  const expected = project(vector.expected, shows);
  if (expected === undefined) return undefined;
  const acceptable = (vector.acceptable ?? []).flatMap(({ expected: fields, why }) => {
    const own = project(fields, shows);
    return own === undefined ? [] : [{ expected: own, why }];
  });
  const right = new Set(
    [expected, ...acceptable.map((one) => one.expected)].map((one) => JSON.stringify(one)),
  );
  const mistakes = Object.entries(vector.mistakes ?? {}).flatMap(([id, fields]) => {
    const own = project(fields, shows);
    return own === undefined || right.has(JSON.stringify(own)) ? [] : [[id, own] as const];
  });
  return { ...vector, expected, acceptable, mistakes: Object.fromEntries(mistakes) };
}

function project(fields: Fields, shows: readonly ShownRoute[]): Fields | undefined {
  const { state = null, errorCode = null, sent } = fields;
  const payloads = readHeld(fields);
  try {
    const held = payloads && shownVerdicts(shows, payloads);
    return held && { state, errorCode, ...(sent !== undefined && { sent }), held };
  } catch {
    return undefined;
  }
}

/** The steps as they are played, each with what a right router has done after it. */
function stepsOf(request: Request, steps: readonly StepFields[]): RtrStep[] {
  const octets = quickened(steps);
  return steps.map((step, i): RtrStep => {
    const after = answerReceive({ ...request, steps: steps.slice(0, i + 1) });
    const upTo = (steps: number): number => endsIn(concatOctets(octets.slice(0, steps)));
    const progress = {
      isWhole: isWholeIn(concatOctets(octets.slice(0, i + 1))),
      isEnd: upTo(i + 1) > upTo(i),
      sent: Array.isArray(after.sent) ? after.sent.length : 0,
      isClosed: after.state === 'closed',
    };
    const { event } = step;
    if (event === undefined || event === 'expire')
      return { act: { octets: octets[i] ?? new Uint8Array(0) }, ...progress };
    if (event !== 'poll') return { act: { event }, ...progress };
    const before = answerReceive({ ...request, steps: steps.slice(0, i) });
    const end = lastEndIn(concatOctets(octets.slice(0, i)));
    const isAsked = before.state === 'synchronized' && end !== undefined;
    return { act: { event }, ...(isAsked && { notify: end }), ...progress };
  });
}

/** The octets of each step, with short retry intervals where they are End of Data of an unbroken stream. */
function quickened(steps: readonly StepFields[]): readonly Uint8Array[] {
  const pieces = steps.map(({ octets = '' }) => fromHex(octets));
  const done: Uint8Array[] = [];
  for (let i = 0; i < pieces.length; ) {
    const first = i;
    const isCut = (step: StepFields | undefined): boolean =>
      step?.event === 'close' || step?.event === 'connect';
    do i++;
    while (i < pieces.length && !isCut(steps[i]));
    let rest = withShortRetry(concatOctets(pieces.slice(first, i)));
    for (const { length } of pieces.slice(first, i)) {
      done.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  }
  return done;
}
