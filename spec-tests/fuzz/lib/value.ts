/** Nodes, octets and characters of a value: what it costs to hold, in a unit that does not depend on the machine. */
export function sizeOf(value: unknown, limit = 1e9): number {
  const stack: unknown[] = [value];
  const seen = new Set<object>();
  let size = 0;
  while (stack.length > 0 && size <= limit) {
    const item = stack.pop();
    size++;
    if (typeof item === 'string') size += item.length;
    else if (typeof item === 'bigint') size += item.toString(16).length >> 1;
    else if (typeof item === 'object' && item !== null && !seen.has(item)) {
      seen.add(item);
      if (ArrayBuffer.isView(item)) size += item.byteLength;
      else if (Array.isArray(item)) for (const member of item) stack.push(member);
      else if (item instanceof Map) for (const entry of item) stack.push(entry[0], entry[1]);
      else if (item instanceof Set) for (const member of item) stack.push(member);
      else for (const member of Object.values(item)) stack.push(member);
    }
  }
  return size;
}

/** Whether two decoded values are equal, member by member; octets by content, functions not at all. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Uint8Array) {
    if (!(b instanceof Uint8Array) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
    return true;
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, i) => sameValue(item, b[i]));
  }
  if (a instanceof Map) {
    return b instanceof Map && sameValue([...a], [...b]);
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return names.every((name) => Object.hasOwn(right, name) && sameValue(left[name], right[name]));
}
