import type { AspaOutcome } from 'pathsec/aspa';
import { announce, type Entries, type Kit, type PathQuestion, tableOf, verify } from './kit.js';
import { type Json, readAspa, readAspas, readQuestion } from './kit-request.js';

interface Held {
  readonly question: PathQuestion;
  /** What it shows until the table changes. */
  shown?: AspaOutcome | undefined;
}

/** Runs the steps of `verify-sequence` and `hold-routes`: one outcome for each `verify` and `outcome`. */
export function runSteps(self: Kit, request: Json): string[] {
  const maxProviders = (request.maxProviders ?? 10_000) as number;
  let entries: Entries = tableOf(self, readAspas(request.aspas), maxProviders);
  const kept = new Map<string, AspaOutcome>();
  const routes = new Map<unknown, Held>();
  const outcomes: string[] = [];

  const outcomeOf = (question: PathQuestion): AspaOutcome => {
    const key = self.cacheKey(question);
    const found = key === undefined ? undefined : kept.get(key);
    const outcome = found ?? verify(self, entries, question).outcome;
    if (key !== undefined) kept.set(key, outcome);
    return outcome;
  };
  const changed = (): void => {
    if (self.cacheFollowsTable) kept.clear();
    for (const route of routes.values()) route.shown = undefined;
  };
  const steps: Readonly<Record<string, (step: Json) => void>> = {
    announce(step) {
      announce(self, entries, readAspa(step), maxProviders);
      changed();
    },
    withdraw({ customer }) {
      self.withdraw(entries, customer as number);
      changed();
    },
    load(step) {
      const loaded = tableOf(self, readAspas(step), maxProviders);
      if (self.equalTables(entries, loaded)) return;
      entries = loaded;
      changed();
    },
    verify: (step) => void outcomes.push(outcomeOf(readQuestion(step))),
    hold(step) {
      const question = readQuestion(step);
      if (self.keepsInvalid || outcomeOf(question) !== 'invalid') routes.set(step.route, { question });
    },
    copy(step) {
      const held = routes.get(step.route);
      if (held) routes.set(step.as, { question: held.question, shown: self.copied });
    },
    outcome({ route }) {
      const held = routes.get(route);
      outcomes.push(held === undefined ? 'absent' : (held.shown ?? outcomeOf(held.question)));
    },
  };
  for (const step of request.steps as Json[]) {
    for (const [name, value] of Object.entries(step)) steps[name]?.(value as Json);
  }
  return outcomes;
}
