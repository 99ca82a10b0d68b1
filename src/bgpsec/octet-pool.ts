/** Octets of a piece: some tens of keys, so that few that stay hold little memory of those that have gone. */
const PIECE = 2048;

/**
 * Copies octets into pieces that many of them share: an array of its own costs several hundred octets beside a key of 91, a view of a
 * shared one about a hundred. A piece is never written to again, and is freed with the last of its views.
 */
export function createOctetPool(): (octets: Uint8Array) => Uint8Array {
  let piece = new Uint8Array(0);
  let used = 0;
  return (octets) => {
    const { length } = octets;
    if (length > PIECE / 8) return octets.slice();
    if (used + length > piece.length) {
      piece = new Uint8Array(PIECE);
      used = 0;
    }
    piece.set(octets, used);
    used += length;
    return piece.subarray(used - length, used);
  };
}
