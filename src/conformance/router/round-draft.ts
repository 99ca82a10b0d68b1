import { coversPrefix, formatPrefix, type Prefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { agree, type Needs, needsOf } from './entry-fit.js';
import type { PlayedRoute } from './plan.js';
import type { Entries, Phase, StagedCase } from './staged.js';

/** A list of VRPs, and the prefixes of the cases that have it. */
interface Origins {
  readonly vrps: readonly Vrp[];
  readonly prefixes: Prefix[];
}

/** A round that is being filled. */
export interface RoundDraft {
  readonly entries: Map<number, readonly number[]>;
  readonly needs: Map<number, string>;
  /** Whether the table of ASPAs is to be empty; undefined as long as nobody has said so. */
  isEmpty: boolean | undefined;
  readonly origins: Map<string, Origins>;
  readonly taken: Set<string>;
  readonly routes: PlayedRoute[];
}

/** A round without anything in it. */
function createRoundDraft(): RoundDraft {
  return {
    entries: new Map(),
    needs: new Map(),
    isEmpty: undefined,
    origins: new Map(),
    taken: new Set(),
    routes: [],
  };
}

/** A case that looks for rounds, one for each of its phases. */
export interface Seat {
  /** Whether the rounds from `first` on have room; those that do not exist yet have. */
  fits(rounds: readonly RoundDraft[], first: number): boolean;
  /** Puts the phases into the rounds from `first` on, and makes those that do not exist yet. */
  take(rounds: RoundDraft[], first: number): void;
}

/** The seat of a case: what it needs of tables and prefixes, found once. */
export function createSeat({ phases, question }: StagedCase): Seat {
  const prefixes = phases.map(({ routes }) => routes.flatMap(({ prefix }) => prefix ?? []));
  if (question.suite === 'rov') {
    return seatOf(
      phases.map(({ vrps }, i): Demand => {
        const own = prefixes[i] ?? [];
        return {
          fits: (round) => hasRoomForVrps(round, vrps, own),
          add: (round) => addVrps(round, vrps, own),
        };
      }),
    );
  }
  return seatOf(
    phases.map((phase): Demand => {
      const demand = aspaDemand(phase, phases.length === 1);
      return {
        fits: (round) => hasRoomForAspas(round, demand),
        add: (round) => addAspas(round, demand),
      };
    }),
  );
}

interface Demand {
  fits(round: RoundDraft): boolean;
  add(round: RoundDraft): void;
}

function seatOf(demands: readonly Demand[]): Seat {
  return {
    fits: (rounds, first) =>
      demands.every((demand, i) => {
        const round = rounds[first + i];
        return round === undefined || demand.fits(round);
      }),
    take(rounds, first) {
      for (const [i, demand] of demands.entries()) {
        while (rounds.length <= first + i) rounds.push(createRoundDraft());
        const round = rounds[first + i];
        if (round !== undefined) demand.add(round);
      }
    },
  };
}

/** What is looked at when a phase of ASPA is put into a round. */
interface AspaDemand {
  readonly entries: Entries;
  readonly needs: Needs;
  /** The table has to be empty, because that is what the case is about. */
  readonly isEmpty: boolean;
}

/** The demand of a phase; an empty table stays empty where the case has no other. */
function aspaDemand(phase: Phase, isOnly: boolean): AspaDemand {
  return { entries: phase.entries, needs: needsOf(phase), isEmpty: isOnly && phase.entries.size === 0 };
}

/** Whether the table of the round has room for a demand. */
function hasRoomForAspas(round: RoundDraft, { isEmpty, needs }: AspaDemand): boolean {
  return (round.isEmpty === undefined || round.isEmpty === isEmpty) && agree(round.needs, needs);
}

/** Puts a demand into the table of the round. */
function addAspas(round: RoundDraft, { entries, isEmpty, needs }: AspaDemand): void {
  round.isEmpty = isEmpty;
  for (const [customer, providers] of entries) round.entries.set(customer, providers);
  for (const [asn, key] of needs) round.needs.set(asn, key);
}

/** Whether VRPs can be added without a change to what is known of any route, and the prefixes are free. */
function hasRoomForVrps(round: RoundDraft, vrps: readonly Vrp[], prefixes: readonly Prefix[]): boolean {
  if (prefixes.some((prefix) => round.taken.has(formatPrefix(prefix)))) return false;
  const key = keyOf(vrps);
  return [...round.origins].every(
    ([other, one]) => other === key || !(meets(vrps, one.prefixes) || meets(one.vrps, prefixes)),
  );
}

/** Puts VRPs and the prefixes that they are for into the round. */
function addVrps(round: RoundDraft, vrps: readonly Vrp[], prefixes: readonly Prefix[]): void {
  for (const prefix of prefixes) round.taken.add(formatPrefix(prefix));
  const key = keyOf(vrps);
  const origins = round.origins.get(key) ?? { vrps, prefixes: [] };
  round.origins.set(key, origins);
  origins.prefixes.push(...prefixes);
}

function meets(vrps: readonly Vrp[], prefixes: readonly Prefix[]): boolean {
  return vrps.some((vrp) =>
    prefixes.some((prefix) => coversPrefix(vrp.prefix, prefix) || coversPrefix(prefix, vrp.prefix)),
  );
}

const keys = new WeakMap<readonly Vrp[], string>();

/** A text by which lists of VRPs are told apart, made once for each. */
function keyOf(vrps: readonly Vrp[]): string {
  const key = keys.get(vrps) ?? vrps.map(vrpText).join(', ');
  keys.set(vrps, key);
  return key;
}

/** A VRP as a text, by which two are told apart. */
export function vrpText({ asn, maxLength, prefix }: Vrp): string {
  return `${formatPrefix(prefix)}-${maxLength} ${asn}`;
}
