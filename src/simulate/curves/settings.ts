import { DecodeError, proposal } from '../../bytes/index.js';
import { bitsOf, POLICY_NAMES, type PolicyName } from '../policies.js';

/** Attacks that have no number. */
export const PLAIN_ATTACKS = [
  'exact',
  'subprefix',
  'squat',
  'superprefix',
  'forged',
  'replay',
  'shortest',
  'stripped',
  'leak1',
  'leak2',
  'leak3',
  'leak4',
  'leak5',
  'leak6',
] as const;

/** An attack by its name: `exact`, …, `leak6`, or `path:N` for a path with N true hops at its end. */
export type AttackName = (typeof PLAIN_ATTACKS)[number] | `path:${number}`;

/** The most true hops of a forged path. */
const MAX_HOPS = 16;

/** What adopters do: policies joined by `+`, or `none`. */
export interface Mechanism {
  /** As it was named. */
  readonly name: string;
  readonly policies: readonly PolicyName[];
}

/** Who adopts first. */
export type AdoptionOrder = (typeof ORDERS)[number];

/**
 * All orders: by chance; by customer cone, the largest first; tier 1 first, then by chance; ASes without customers first, by
 * chance, then the others by chance.
 */
export const ORDERS = ['uniform', 'cone', 'clique', 'edge'] as const;

/** What a study goes through. All attacks and mechanisms meet at all shares of adopters. */
export interface CurveSettings {
  readonly attacks: readonly AttackName[];
  readonly mechanisms: readonly Mechanism[];
  /** Per cent of all ASes, 0 to 100, ascending. */
  readonly adopt: readonly number[];
  readonly order: AdoptionOrder;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** Per cent of the adopters that validate origins by a table from before the victim's ROA; default 0. */
  readonly stale?: number | undefined;
  /**
   * Per cent of all ASes that publish, at every share of `adopt`, which are then those that verify; absent: who adopts publishes
   * and verifies. docs/decisions/simulate.md D-curves-roles
   */
  readonly publish?: number | undefined;
  /** Per cent of all ASes that verify, at every share of `adopt`, which are then those that publish; not with `publish`. */
  readonly verify?: number | undefined;
}

/** @throws {DecodeError} `attack-unknown`, with the nearest known one. */
export function readAttack(text: string): AttackName {
  const plain = PLAIN_ATTACKS.find((one) => one === text);
  if (plain !== undefined) return plain;
  const [, hops] = /^path:([0-9]{1,2})$/.exec(text) ?? [];
  if (hops !== undefined && Number(hops) <= MAX_HOPS) return `path:${Number(hops)}`;
  const known = [...PLAIN_ATTACKS, 'path:N'];
  // Of a number that is none of N the nearest name is no help.
  const hint =
    (!text.startsWith('path:') && proposal(text, known)) ||
    `; it must be ${known.join(', ')}, N up to ${MAX_HOPS}`;
  throw new DecodeError('attack-unknown', `no attack is called so${hint}`, { field: text });
}

/** @throws {DecodeError} `mechanism-unknown`, with the nearest known one; `mechanism-twice`. */
export function readMechanism(name: string): Mechanism {
  if (name === 'none') return { name, policies: [] };
  const policies = name.split('+').map((word): PolicyName => {
    const policy = POLICY_NAMES.find((one) => one === word);
    if (policy !== undefined) return policy;
    const hint =
      proposal(word, POLICY_NAMES) || `; it must be none, or of ${POLICY_NAMES.join(', ')}, joined by +`;
    throw new DecodeError('mechanism-unknown', `no mechanism is called ${JSON.stringify(word)}${hint}`, {
      field: name,
    });
  });
  const twice = firstTwice(policies);
  if (twice !== undefined) {
    throw new DecodeError('mechanism-twice', `${twice} is named twice`, { field: name });
  }
  return { name, policies };
}

/** The first of a list that stands in it once more. */
function firstTwice<T>(list: readonly T[]): T | undefined {
  return list.find((one, i) => list.indexOf(one) < i);
}

/**
 * @throws {RangeError} for settings that cannot be: no attack, mechanism or share, or one twice; a share outside 0..100, or out
 * of order; a seed or another share outside its range; `publish` and `verify` at once; an unknown order.
 */
export function checkSettings(settings: CurveSettings): void {
  const { attacks, mechanisms, adopt, order, seed } = settings;
  for (const [name, list] of Object.entries({ attacks, mechanisms, adopt })) {
    if (list.length === 0) throw new RangeError(`${name}: there is none`);
  }
  for (const attack of attacks) {
    if (!PLAIN_ATTACKS.some((one) => one === attack) && !/^path:([0-9]|1[0-6])$/.test(attack)) {
      throw new RangeError(`attacks: ${attack} is none`);
    }
  }
  for (const { policies } of mechanisms) {
    bitsOf(policies);
    if (firstTwice(policies) !== undefined)
      throw new RangeError(`mechanisms: ${firstTwice(policies)} twice in one`);
  }
  for (const [list, names] of Object.entries({ attacks, mechanisms: mechanisms.map(({ name }) => name) })) {
    const twice = firstTwice<string>(names);
    if (twice !== undefined) throw new RangeError(`${list}: ${twice} is there twice`);
  }
  for (const [i, share] of adopt.entries()) {
    if (!(share >= 0 && share <= 100)) throw new RangeError(`adopt: ${share} is not in 0..100`);
    if (i > 0 && share <= (adopt[i - 1] as number))
      throw new RangeError(`adopt: ${share} is not above the share before it`);
  }
  if (!ORDERS.includes(order)) throw new RangeError(`order: ${order} is none of ${ORDERS.join(', ')}`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError(`seed: ${seed} is not in 0..2^32-1`);
  const { publish, stale, verify } = settings;
  for (const [name, share = 0] of Object.entries({ stale, publish, verify })) {
    if (!(share >= 0 && share <= 100)) throw new RangeError(`${name}: ${share} is not in 0..100`);
  }
  if (publish !== undefined && verify !== undefined) {
    throw new RangeError('publish and verify are both fixed, so that nobody is left to adopt');
  }
}
