import type { RtrCache } from '../cache/cache.js';
import type { Misbehaviour } from '../cache/misbehaviour.js';
import type { ScriptStep } from './script.js';

/** What the owner of the sessions does after a step: notify every session, or let every session misbehave. */
export interface ScriptEffect {
  readonly step: ScriptStep;
  readonly notify: boolean;
  readonly fault?: Misbehaviour;
}

/** Plays the steps of a script on a cache, without a clock of its own. */
export interface ScriptPlayer {
  /** Carries out the steps due `elapsed` seconds after the start. */
  tick(elapsed: number): ScriptEffect[];
  /** When the next step is due, in seconds after the start; Infinity after the last. */
  nextWake(): number;
}

/** A player of `steps`, which are sorted by time. NON-SPEC: the script of a test cache. */
export function createScriptPlayer(steps: readonly ScriptStep[], cache: RtrCache): ScriptPlayer {
  let next = 0;
  return {
    tick(elapsed) {
      const effects: ScriptEffect[] = [];
      for (let step = steps[next]; step && step.at <= elapsed; step = steps[++next]) {
        effects.push(perform(step, cache));
      }
      return effects;
    },
    nextWake: () => steps[next]?.at ?? Number.POSITIVE_INFINITY,
  };
}

function perform(step: ScriptStep, cache: RtrCache): ScriptEffect {
  switch (step.action) {
    case 'change':
      cache.change(step.announce, step.withdraw);
      return { step, notify: true };
    case 'replace':
      cache.replace(step.payloads);
      return { step, notify: true };
    case 'forget-history':
      cache.forgetHistory();
      return { step, notify: false };
    case 'new-session':
      cache.restart(cache.sessionId(0) + 3);
      return { step, notify: true };
    case 'lose-data':
      cache.loseData();
      return { step, notify: false };
    case 'notify':
      return { step, notify: true };
    case 'fault':
      return { step, notify: false, fault: step.fault };
  }
}
