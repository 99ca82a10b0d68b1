import type { Topology } from '../topology.js';

/** How many ASes each AS reaches down links to customers, itself counted: its customer cone. */
export function coneSizes({ asns, customers: { offsets, targets } }: Topology): Int32Array {
  const count = asns.length;
  const sizes = new Int32Array(count);
  const seen = new Int32Array(count).fill(-1);
  const open = new Int32Array(count);
  for (let start = 0; start < count; start++) {
    let end = 0;
    open[end++] = start;
    seen[start] = start;
    for (let i = 0; i < end; i++) {
      const at = open[i] as number;
      for (let j = offsets[at] as number; j < (offsets[at + 1] as number); j++) {
        const to = targets[j] as number;
        if (seen[to] === start) continue;
        seen[to] = start;
        open[end++] = to;
      }
    }
    sizes[start] = end;
  }
  return sizes;
}
