import type { DescribedOctets } from 'pathsec/bytes';

/** `offset+length name = value` of every node, depth first. */
export function describedLines(node: DescribedOctets): string[] {
  const value = node.value === undefined ? '' : ` = ${node.value}`;
  return [`${node.offset}+${node.length} ${node.name}${value}`, ...node.children.flatMap(describedLines)];
}

/** `path (source) = value` of every node, depth first. */
export function describedPaths(node: DescribedOctets): string[] {
  const value = node.value === undefined ? '' : ` = ${node.value}`;
  return [`${node.path} (${node.source})${value}`, ...node.children.flatMap(describedPaths)];
}

/**
 * Throws unless parts follow each other without gaps and fill their whole, and each has the path of its parent in its own, which no
 * other has; counts the nodes.
 */
export function checkDescribed(node: DescribedOctets): number {
  let at = node.offset;
  let count = 1;
  const paths = new Set<string>();
  for (const child of node.children) {
    if (child.offset !== at) throw new Error(`${node.name}: gap at ${at}`);
    if (!child.path.startsWith(`${node.path}.`) || paths.has(child.path))
      throw new Error(`path ${child.path}`);
    paths.add(child.path);
    at += child.length;
    count += checkDescribed(child);
  }
  if (node.children.length > 0 && at !== node.offset + node.length)
    throw new Error(`${node.name}: not filled`);
  return count;
}
