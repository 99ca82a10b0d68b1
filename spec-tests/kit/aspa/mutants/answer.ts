import { type Bounds, type Entries, type Kit, tableOf, verify } from './kit.js';
import { type Json, readAspas, readQuestion } from './kit-request.js';
import { runSteps } from './kit-steps.js';
import { runUpdate } from './kit-update.js';

const LIMIT = 10_000;

const OPERATIONS: Readonly<Record<string, (self: Kit, request: Json) => Json>> = {
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
    const { customer, provider } = request as { readonly customer: number; readonly provider: number };
    return { authorization: self.authorized(self, table(self, request, 'aspas'), customer, provider) };
  },
  mitigate(self, { outcome }) {
    const preference = self.preference(outcome as 'valid');
    return {
      eligible: outcome !== 'invalid',
      keepInAdjRibIn: outcome !== 'invalid' || self.keepsInvalid,
      preference,
    };
  },
};

/** What a verifier made of the parts of `self` answers to a request of the suite `aspa`. */
export function answerWith(self: Kit, request: Json): Json {
  return OPERATIONS[request.op as string]?.(self, request) ?? { unsupported: true };
}

/** Tables that were made, by verifier and list: cases of a group share their ASPAs. */
const tables = new WeakMap<Kit, WeakMap<object, Map<string, Entries>>>();

function table(self: Kit, request: Json, name: string, afi = 1): Entries {
  const list = (request[name] ?? []) as object;
  const maxProviders = (request.maxProviders ?? LIMIT) as number;
  const made = tables.get(self) ?? new WeakMap<object, Map<string, Entries>>();
  tables.set(self, made);
  const ofList = made.get(list) ?? new Map<string, Entries>();
  made.set(list, ofList);
  const key = `${maxProviders} ${afi}`;
  const entries = ofList.get(key) ?? tableOf(self, readAspas(list), maxProviders, afi);
  ofList.set(key, entries);
  return entries;
}

function rampsJson({ maxUp, minUp, maxDown, minDown }: Bounds): Json {
  return { maxUpRamp: maxUp, minUpRamp: minUp, maxDownRamp: maxDown, minDownRamp: minDown };
}
