import type { AspaOutcome } from 'pathsec/aspa';
import { type Members, member, type Place, readAnyAsn, readList, readMembers } from 'pathsec/questions';
import { readText } from '../../read.js';
import { announce, type Entries, type Kit, type PathQuestion, tableOf, verify } from './kit.js';
import { readAspa, readAspas, readLimitOf, readQuestion } from './kit-request.js';

interface Held {
  readonly question: PathQuestion;
  /** What it shows until the table changes. */
  shown?: AspaOutcome | undefined;
}

/** Runs the steps of `verify-sequence` and `hold-routes`: one outcome for each `verify` and `outcome`. */
export function runSteps(self: Kit, request: Members): string[] {
  const maxProviders = readLimitOf(request);
  let entries: Entries = tableOf(self, readAspas(member(request, 'aspas')), maxProviders);
  const kept = new Map<string, AspaOutcome>();
  const routes = new Map<string, Held>();
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
  const steps: Readonly<Record<string, (place: Place) => void>> = {
    announce(place) {
      announce(self, entries, readAspa(place), maxProviders);
      changed();
    },
    withdraw(place) {
      self.withdraw(entries, readAnyAsn(memberOf(place, 'customer')));
      changed();
    },
    load(place) {
      const loaded = tableOf(self, readAspas(place), maxProviders);
      if (self.equalTables(entries, loaded)) return;
      entries = loaded;
      changed();
    },
    verify: (place) => void outcomes.push(outcomeOf(readQuestion(readMembers(place), place.path))),
    hold(place) {
      const question = readQuestion(readMembers(place), place.path);
      if (self.keepsInvalid || outcomeOf(question) !== 'invalid') routes.set(nameIn(place), { question });
    },
    copy(place) {
      const held = routes.get(nameIn(place));
      if (held) routes.set(nameIn(place, 'as'), { question: held.question, shown: self.copied });
    },
    outcome(place) {
      const held = routes.get(nameIn(place));
      outcomes.push(held === undefined ? 'absent' : (held.shown ?? outcomeOf(held.question)));
    },
  };
  for (const place of readList(member(request, 'steps'), (step) => step)) {
    for (const name of Object.keys(readMembers(place))) {
      const step = steps[name];
      if (step === undefined) throw new RangeError(`${place.path}: no step ${name}`);
      step(memberOf(place, name));
    }
  }
  return outcomes;
}

function memberOf(place: Place, name: string): Place {
  return member(readMembers(place), name, place.path);
}

/** The name of a route in a step. */
function nameIn(place: Place, name = 'route'): string {
  return readText(memberOf(place, name));
}
