/**
 * The error for input that cannot be read: octets, text or JSON members.
 *
 * `code` is a stable kebab-case string, `field` names the place in the structure (`as-path.segment[1].count`),
 * `offset` counts octets (or characters of text) from the start of what the caller handed in; absent where the
 * input has no linear position.
 */
export class DecodeError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly field: string;
  readonly offset: number | undefined;

  constructor(
    code: Code,
    message: string,
    place: { readonly field?: string; readonly offset?: number } = {},
  ) {
    const at = place.offset === undefined ? '' : ` at offset ${place.offset}`;
    const where = place.field ? `${place.field}${at}: ` : at ? `${at.trimStart()}: ` : '';
    super(`${where}${message}`);
    this.name = 'DecodeError';
    this.code = code;
    this.field = place.field ?? '';
    this.offset = place.offset;
  }
}
