/** The dotted text of the contents of an OBJECT IDENTIFIER that are DER (X.690 §8.19). */
export function formatOid(octets: Uint8Array): string {
  const arcs: bigint[] = [];
  let value = 0n;
  for (const octet of octets) {
    value = (value << 7n) | BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const top = value < 80n ? value / 40n : 2n;
      arcs.push(top, value - 40n * top);
    } else arcs.push(value);
    value = 0n;
  }
  return arcs.join('.');
}

/** The contents of the OBJECT IDENTIFIER with that dotted text. */
export function parseOid(text: string): Uint8Array {
  if (!/^(?:[01]\.[0-3]?[0-9]|2\.(?:0|[1-9][0-9]*))(?:\.(?:0|[1-9][0-9]*))*$/.test(text))
    throw new RangeError(`${JSON.stringify(text)} is no object identifier`);
  const [top = 0n, second = 0n, ...rest] = text.split('.').map(BigInt);
  return Uint8Array.from([top * 40n + second, ...rest].flatMap(groupsOf));
}

/** Base 128, all groups but the last with their high bit set. */
function groupsOf(arc: bigint): number[] {
  const groups = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80);
  return groups;
}
