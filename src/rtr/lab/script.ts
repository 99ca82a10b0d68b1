import { DecodeError, proposal, requireKnownMembers } from '../../bytes/index.js';
import type { Payloads } from '../../payload/index.js';
import type { Misbehaviour } from '../cache/misbehaviour.js';
import { MISBEHAVIOURS, misbehaviourNamed } from './misbehaviours.js';

/** One step of a script: what a cache does `at` so many seconds after its start. */
export type ScriptStep = { readonly at: number } & (
  | {
      readonly action: 'change';
      readonly announce: Partial<Payloads>;
      readonly withdraw: Partial<Payloads>;
    }
  | { readonly action: 'replace'; readonly payloads: Partial<Payloads> }
  /** `forget-history`: Serial Queries get Cache Reset. `new-session`: a new session ID. `lose-data`: error 2. */
  | { readonly action: 'forget-history' | 'new-session' | 'lose-data' | 'notify' }
  | { readonly action: 'fault'; readonly fault: Misbehaviour }
);

const STEP_MEMBERS = ['at', 'announce', 'withdraw', 'replace', 'do', 'fault', 'comment'] as const;
const PLAIN = ['forget-history', 'new-session', 'lose-data', 'notify'] as const;

/**
 * Reads a script, `{"steps": [{"at": 5, "announce": {...}, "withdraw": {...}}, {"at": 9, "replace": {...}},
 * {"at": 12, "do": "new-session"}, {"at": 15, "fault": "garbage"}]}`, and sorts its steps by time.
 * NON-SPEC: the script of a test cache.
 *
 * @param payloadsOf reads the payload members of `announce`, `withdraw` and `replace`, in whatever dialect it knows.
 * @throws {DecodeError} `script-syntax`, naming the step; `unknown-member`, naming the member and the nearest known one.
 */
export function parseScript(value: unknown, payloadsOf: (value: unknown) => Partial<Payloads>): ScriptStep[] {
  const syntax = () =>
    new DecodeError('script-syntax', 'a script is an object with steps', { field: 'steps' });
  if (typeof value !== 'object' || value === null) throw syntax();
  requireKnownMembers(value, ['steps', 'comment']);
  const { steps } = value as { readonly steps?: unknown };
  if (!Array.isArray(steps)) throw syntax();
  return steps.map((step, i) => parseStep(step, `steps[${i}]`, payloadsOf)).sort((a, b) => a.at - b.at);
}

function parseStep(
  value: unknown,
  field: string,
  payloadsOf: (value: unknown) => Partial<Payloads>,
): ScriptStep {
  const wrong = (message: string): DecodeError => new DecodeError('script-syntax', message, { field });
  if (typeof value !== 'object' || value === null) throw wrong('a step is an object');
  const step = value as Readonly<Record<string, unknown>>;
  requireKnownMembers(step, STEP_MEMBERS, field);
  const { at } = step;
  if (typeof at !== 'number' || !(at >= 0)) throw wrong('`at` is a number of seconds, 0 or more');
  const kinds = ['announce' in step || 'withdraw' in step, 'replace' in step, 'do' in step, 'fault' in step];
  if (kinds.filter(Boolean).length !== 1) {
    throw wrong('a step has announce and withdraw, or one of replace, do, fault');
  }
  if ('replace' in step) return { at, action: 'replace', payloads: payloadsOf(step.replace) };
  if ('do' in step) {
    const action = PLAIN.find((name) => name === step.do);
    if (!action) throw wrong(`do is one of ${PLAIN.join(', ')}${proposal(step.do, PLAIN)}`);
    return { at, action };
  }
  if ('fault' in step) {
    const { fault } = step;
    if (typeof fault !== 'string' || !MISBEHAVIOURS.some((one) => one.name === fault)) {
      const names = MISBEHAVIOURS.map((one) => one.name);
      throw wrong(`fault is one of ${names.join(', ')}${proposal(fault, names)}`);
    }
    return { at, action: 'fault', fault: misbehaviourNamed(fault) };
  }
  const part = (name: string): Partial<Payloads> => (name in step ? payloadsOf(step[name]) : {});
  return { at, action: 'change', announce: part('announce'), withdraw: part('withdraw') };
}
