import type { Asn } from '../../inet/index.js';
import type { Topology } from '../topology.js';

/**
 * The ASes that are, over others, providers of their own providers: one list for each set of ASes that all reach each other
 * down provider links, in ascending order. Without any such circle, none. They are reported and not refused:
 * docs/decisions/simulate.md D-simulate-provider-circles.
 */
export function providerCircles({ asns, customers: { offsets, targets } }: Topology): Asn[][] {
  // Tarjan's strongly connected components, with a stack of its own: chains are longer than a call stack is deep.
  const count = asns.length;
  const order = new Int32Array(count);
  const low = new Int32Array(count);
  const next = offsets.slice(0, count);
  const isOpen = new Uint8Array(count);
  const open: number[] = [];
  const found: Asn[][] = [];
  let number = 0;
  for (let start = 0; start < count; start++) {
    if (order[start] !== 0) continue;
    const way = [start];
    while (way.length > 0) {
      const at = way.at(-1) as number;
      if (order[at] === 0) {
        order[at] = low[at] = ++number;
        isOpen[at] = 1;
        open.push(at);
      }
      if ((next[at] as number) < (offsets[at + 1] as number)) {
        const to = targets[next[at] as number] as number;
        next[at] = (next[at] as number) + 1;
        if (order[to] === 0) way.push(to);
        else if (isOpen[to] === 1) low[at] = Math.min(low[at] as number, order[to] as number);
        continue;
      }
      way.pop();
      const above = way.at(-1);
      if (above !== undefined) low[above] = Math.min(low[above] as number, low[at] as number);
      if (low[at] !== order[at]) continue;
      const members = open.splice(open.lastIndexOf(at));
      for (const one of members) isOpen[one] = 0;
      if (members.length > 1) found.push(members.map((one) => asns[one] as Asn).sort((a, b) => a - b));
    }
  }
  return found.sort(([a = 0], [b = 0]) => a - b);
}
