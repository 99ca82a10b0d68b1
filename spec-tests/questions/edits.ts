import fc from 'fast-check';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-'];

/** `name` with one letter put in, left out, replaced or exchanged with the next; sometimes that is the same again. */
export function oneEdit(name: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('put in', 'leave out', 'replace', 'exchange'),
      fc.nat({ max: name.length - 1 }),
      fc.constantFrom(...LETTERS),
    )
    .map(([edit, at, letter]) => {
      const [before, after] = [name.slice(0, at), name.slice(at + 1)];
      if (edit === 'put in') return `${before}${letter}${name.slice(at)}`;
      if (edit === 'leave out') return `${before}${after}`;
      if (edit === 'replace') return `${before}${letter}${after}`;
      return `${before}${after.slice(0, 1)}${name[at]}${after.slice(1)}`;
    });
}
