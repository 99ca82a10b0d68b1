import { createRouterKeyMap, type RouterKey, type RouterKeyMap } from '../payload/index.js';
import { createNumberMap, SeededHash } from '../tables/index.js';
import { equalAspas } from './aspa-union.js';
import { type AspaChange, createVrpRecords, type PayloadChanges } from './changes.js';
import { byCustomer } from './payload-store.js';

/**
 * Successive changes as one: per record at most one withdrawal or announcement, and nothing for what cancels out
 * ("the minimum set of changes", 8210bis-26 §5.3).
 */
export function mergeChanges(list: readonly PayloadChanges[]): PayloadChanges {
  const [only] = list;
  if (only && list.length === 1) return only;
  const hash = only?.announced.ipv4.hash ?? new SeededHash();
  const announced = createVrpRecords(hash);
  const withdrawn = createVrpRecords(hash);
  const announcedKeys = createRouterKeyMap<RouterKey>(hash);
  const withdrawnKeys = createRouterKeyMap<RouterKey>(hash);
  const aspas = createNumberMap<AspaChange>(hash);
  for (const changes of list) {
    for (const family of ['ipv4', 'ipv6'] as const) {
      move(changes.withdrawn[family], announced[family], withdrawn[family]);
      move(changes.announced[family], withdrawn[family], announced[family]);
    }
    moveKeys(changes.withdrawnKeys, announcedKeys, withdrawnKeys);
    moveKeys(changes.announcedKeys, withdrawnKeys, announcedKeys);
    for (const change of changes.aspas) {
      const { customer, after } = change;
      const first = aspas.get(customer) ?? change;
      aspas.set(customer, { customer, before: first.before, after });
    }
  }
  return {
    announced,
    withdrawn,
    announcedKeys: [...announcedKeys.values()],
    withdrawnKeys: [...withdrawnKeys.values()],
    aspas: [...aspas.values()].filter(({ before, after }) => !equalAspas(before, after)).sort(byCustomer),
  };
}

type Records = PayloadChanges['announced']['ipv4'];

/** Each record of `from` leaves `opposite`, or enters `same` when it was not there. */
function move(from: Records, opposite: Records, same: Records): void {
  const { records, words } = from;
  for (let at = 0; at < records.length; at += words) {
    if (!opposite.delete(records, at)) same.add(records, at);
  }
}

function moveKeys(
  from: readonly RouterKey[],
  opposite: RouterKeyMap<RouterKey>,
  same: RouterKeyMap<RouterKey>,
): void {
  for (const key of from) {
    if (!opposite.delete(key)) same.set(key, key);
  }
}
