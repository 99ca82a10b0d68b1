import { type Members, member, readAnyAsn, readOneOf } from 'pathsec/questions';
import type { Fields, Request } from '../../../../src/conformance/vector.js';
import { UNSUPPORTED } from '../../mutant.js';
import { type Bounds, type Entries, type Kit, tableOf, verify } from './kit.js';
import { readAspas, readLimitOf, readQuestion } from './kit-request.js';
import { runSteps } from './kit-steps.js';
import { runUpdate } from './kit-update.js';

const OUTCOMES = ['valid', 'invalid', 'unknown'] as const;

const OPERATIONS: Readonly<Record<string, (self: Kit, request: Members) => Fields>> = {
  'verify-path'(self, request) {
    const entries = table(self, request, 'aspas', request.family === 'ipv6-unicast' ? 2 : 1);
    const { outcome, ramps } = verify(self, entries, readQuestion(request));
    return { outcome, ...(ramps && { ramps: rampsJson(ramps) }) };
  },
  'verify-sequence': (self, request) => ({ outcomes: runSteps(self, request) }),
  'hold-routes': (self, request) => ({ outcomes: runSteps(self, request) }),
  'verify-update': (self, request) => ({ routes: runUpdate(self, request) }),
  'compare-tables': (self, request) => ({
    equal: self.equalTables(table(self, request, 'first'), table(self, request, 'second')),
  }),
  authorized(self, request) {
    const [customer, provider] = ['customer', 'provider'].map((name) => readAnyAsn(member(request, name)));
    const entries = table(self, request, 'aspas');
    return { authorization: self.authorized(self, entries, customer ?? 0, provider ?? 0) };
  },
  mitigate(self, request) {
    const outcome = readOneOf(member(request, 'outcome'), OUTCOMES);
    return {
      eligible: outcome !== 'invalid',
      keepInAdjRibIn: outcome !== 'invalid' || self.keepsInvalid,
      preference: self.preference(outcome),
    };
  },
};

/** What a verifier made of the parts of `self` answers to a request of the suite `aspa`. */
export function answerWith(self: Kit, request: Request): Fields {
  return OPERATIONS[request.op]?.(self, request) ?? UNSUPPORTED;
}

/** Tables that were made, by verifier and list: cases of a group share their ASPAs. */
const tables = new WeakMap<Kit, WeakMap<object, Map<string, Entries>>>();
const NO_LIST: object = [];

function table(self: Kit, request: Members, name: string, afi = 1): Entries {
  const place = member(request, name);
  const list = Array.isArray(place.value) ? place.value : NO_LIST;
  const maxProviders = readLimitOf(request);
  const made = tables.get(self) ?? new WeakMap<object, Map<string, Entries>>();
  tables.set(self, made);
  const ofList = made.get(list) ?? new Map<string, Entries>();
  made.set(list, ofList);
  const key = `${maxProviders} ${afi}`;
  const entries = ofList.get(key) ?? tableOf(self, readAspas(place), maxProviders, afi);
  ofList.set(key, entries);
  return entries;
}

function rampsJson({ maxUp, minUp, maxDown, minDown }: Bounds): Fields {
  return { maxUpRamp: maxUp, minUpRamp: minUp, maxDownRamp: maxDown, minDownRamp: minDown };
}
