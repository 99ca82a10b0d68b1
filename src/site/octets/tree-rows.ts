import type { DescribedOctets } from '../../bytes/index.js';

/** A row of the tree that is shown. */
export interface TreeRow {
  readonly node: DescribedOctets;
  readonly depth: number;
  readonly open: boolean;
  /** Among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
}

/** Rows in their order; children of what is closed are left out. */
export function treeRows(tree: DescribedOctets, closed: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (node: DescribedOctets, depth: number, position: number, siblings: number): void => {
    const open = node.children.length > 0 && !closed.has(node.path);
    rows.push({ node, depth, open, position, siblings });
    if (!open) return;
    node.children.forEach((child, i) => {
      add(child, depth + 1, i + 1, node.children.length);
    });
  };
  add(tree, 0, 1, 1);
  return rows;
}

/** The smallest part that has the octet; the last one where empty parts stand there too. */
export function nodeAt(tree: DescribedOctets, offset: number): DescribedOctets {
  let node = tree;
  for (;;) {
    const inner = node.children.find(
      (child) => offset >= child.offset && offset < child.offset + child.length,
    );
    if (!inner) return node;
    node = inner;
  }
}

/** The part with this path, and the ways to it from the top. */
export function nodeByPath(tree: DescribedOctets, path: string): readonly DescribedOctets[] | undefined {
  const way = [tree];
  for (let node = tree; node.path !== path; ) {
    const inner = node.children.find((child) => path === child.path || path.startsWith(`${child.path}.`));
    if (!inner) return undefined;
    way.push(inner);
    node = inner;
  }
  return way;
}

/** What is said of a part: `Offset 35, 4 octets: Prefix 192.0.2.0/24. RFC 4760 §3.` */
export function factsOf({ length, name, offset, source, value }: DescribedOctets): string {
  const octets = `${length} ${length === 1 ? 'octet' : 'octets'}`;
  const said = value === undefined ? name : `${name} ${value}`;
  return `Offset ${offset}, ${octets}: ${said}.${source === undefined ? '' : ` ${source}.`}`;
}
