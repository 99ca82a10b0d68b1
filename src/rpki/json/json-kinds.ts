import type { PayloadTypes } from '../../payload/index.js';
import { ASPA_JSON } from './aspa-record.js';
import { ASRA_JSON } from './asra-record.js';
import type { JsonKinds } from './json-row.js';
import { PREFIX_LIST_JSON } from './prefix-list-record.js';
import { ROUTER_KEY_JSON } from './router-key-record.js';
import { VRP_JSON } from './vrp-record.js';

/** How each kind of payload stands in JSON, in the order of the lists of a file. */
export const JSON_KINDS: JsonKinds<PayloadTypes> = {
  vrps: VRP_JSON,
  routerKeys: ROUTER_KEY_JSON,
  aspas: ASPA_JSON,
  prefixLists: PREFIX_LIST_JSON,
  asras: ASRA_JSON,
};
