import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Run } from '../run.js';

/** With this a line would begin that the program never wrote. */
const FORGED = 'FORGED';

/** What a terminal obeys, what turns the direction of writing, what looks like a new line, what is mark-up. No file is called so. */
export const HOSTILE =
  `\u001b[31mpainted\u001b[2J\u001b]0;title\u0007\b\r\n${FORGED}: valid\r${FORGED}\t\u007f\u0085\u009b2J\u061c\u202e\u2066` +
  `\u2028\u2029\ufeff<script>alert(1)</script>"><img src=x onerror=x>&amp;'\0`;

/** The same as the name of a file. */
export const HOSTILE_NAME = HOSTILE.replaceAll(/[/\0]/g, '');

/** The same as octets of ASCII, which every kind of string of DER takes. */
export const HOSTILE_ASCII = `\u001b[31mpainted\u001b[2J\n${FORGED}<img src=x>"\u007f\t\0`;

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pathsec-words-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** A file of a hostile name; `kind` tells one from another, and may end it. */
export function hostileFile(content: string | Uint8Array, kind = ''): string {
  const path = join(folder(), `${HOSTILE_NAME}${kind}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const OWN_COLOURS = new RegExp(`${'\u001b'}\\[(?:0|1|2|31|32)m`, 'g');
const ON_TERMINALS = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Nothing that was printed, on a terminal, is anybody's but the program's. */
export function expectClean({ stdout, stderr }: Run): void {
  expect(stdout).not.toContain('\u001b[31mpainted');
  for (const text of [stdout.replace(OWN_COLOURS, ''), stderr]) {
    expect(text).not.toMatch(ON_TERMINALS);
    expect(text).not.toMatch(new RegExp(`^\\s*${FORGED}`, 'm'));
    expect(text).not.toMatch(/[^\n\t]\t/); // a tab of the program's own stands at the beginning of a line
  }
  // A text of strangers is no fault of the program.
  expect(stderr).not.toMatch(/^ {4}at /m);
}

/** A value of JSON with the hostile text in one place more at a time: as each value, as each name, as a name more. */
export function* withHostile(value: unknown): Generator<unknown> {
  yield HOSTILE;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) {
      for (const one of withHostile(item)) yield value.map((old, j) => (i === j ? one : old));
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    for (const [name, item] of entries) {
      for (const one of withHostile(item)) yield { ...value, [name]: one };
      yield Object.fromEntries(entries.map(([old, kept]) => [old === name ? HOSTILE : old, kept]));
    }
    yield { ...value, [HOSTILE]: HOSTILE };
  }
}

/** Octets with the hostile text in the place of each readable string of them, cut to its length, one at a time. */
export function* withHostileStrings(octets: Uint8Array): Generator<Uint8Array> {
  const text = Buffer.from(octets).toString('latin1');
  for (const { index, 0: found } of text.matchAll(/[\x20-\x7e]{8,}/g)) {
    const changed = Buffer.from(octets);
    changed.write(HOSTILE_ASCII.slice(0, found.length - 1), index + 1, 'latin1');
    yield new Uint8Array(changed);
  }
}
