import { DecodeError } from '../../bytes/index.js';
import type { JsonObject } from './members.js';

/**
 * The names of one kind of record: every spelling that is read, by what it stands for, and names that mean the same to
 * other programs and are not read. A member under such a name, or under a read one written in another way (`max_length`,
 * `Expires`), would change what the record says if it were passed over (docs/decisions/rpki-files.md
 * D-json-second-spelling).
 */
export interface Spellings {
  /** Spellings that are read; the first of each list is the one that messages name. */
  readonly read: readonly (readonly string[])[];
  /** Other names, in small letters and without separators, with the member that they stand for. */
  readonly alike: Readonly<Record<string, string>>;
}

/** Other names of a time of expiry. */
export const EXPIRES_ALIKE: Readonly<Record<string, string>> = {
  expire: 'expires',
  expiry: 'expires',
  expiration: 'expires',
  notafter: 'expires',
  validuntil: 'expires',
};

/** The member that an unread name stands for, or undefined for a name of the writer's own. */
export function createSpellingTest({ read, alike }: Spellings): (name: string) => string | undefined {
  const known = new Set(read.flat());
  const meant = new Map(Object.entries(alike));
  for (const names of read) for (const name of names) meant.set(bare(name), names[0] as string);
  return (name) => (known.has(name) ? undefined : meant.get(bare(name)));
}

/** A check of records for {@link Spellings}. The check throws a `DecodeError` `member-spelling` that names both. */
export function createSpellingCheck(spellings: Spellings): (record: JsonObject) => void {
  const test = createSpellingTest(spellings);
  return (record) => {
    for (const name in record) {
      const meant = test(name);
      if (meant !== undefined) throw spellingError(name, meant);
    }
  };
}

/** The error of a member under a name that is not read. */
export function spellingError(name: string, meant: string): DecodeError {
  const shown = JSON.stringify(name.slice(0, 60));
  return new DecodeError('member-spelling', `${shown} is not read: did you mean ${meant}?`);
}

/** A name in small letters, without what separates its words. */
export function bare(name: string): string {
  return name
    .slice(0, 60)
    .toLowerCase()
    .replace(/[\s_.-]/g, '');
}
