/** What a payload says beside what it attests. */
export interface PayloadNotes {
  readonly expires?: number;
  readonly ta?: string;
}

/**
 * The notes of a union: it expires with its first part, since nobody attests all of it after that
 * (docs/decisions/payload.md D-aspa-union-expiry); of several trust anchors the first by name stands. NON-SPEC.
 */
export function notesOfUnion(parts: readonly PayloadNotes[]): PayloadNotes {
  // One by one: how many parts there are is up to whoever wrote the file.
  let expires = Number.POSITIVE_INFINITY;
  let least: string | undefined;
  for (const part of parts) {
    expires = Math.min(expires, part.expires ?? expires);
    if (part.ta !== undefined && (least === undefined || part.ta < least)) least = part.ta;
  }
  return {
    ...(Number.isFinite(expires) ? { expires } : {}),
    ...(least === undefined ? {} : { ta: least }),
  };
}
