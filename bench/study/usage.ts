/** Wrong use of a command: it prints the message and ends with exit code 2 before anything is measured. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** `names` as they are to be written; the first that is not in `known` is an error that lists those. */
export function knownNames<N extends string>(
  what: string,
  names: readonly string[],
  known: readonly N[],
): N[] {
  return names.map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined)
      throw new InputError(`unknown ${what} "${name}"; there are: ${known.join('; ')}`);
    return found;
  });
}
