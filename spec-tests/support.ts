import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, it } from 'vitest';

/** The optional folder of real data beside the checkout. */
export const sharedFolder =
  process.env.PATHSEC_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url));
const hasShared = existsSync(sharedFolder);

/** A path inside the folder of real data. */
export function shared(path: string): string {
  return `${sharedFolder}/${path}`;
}

/** A group of tests over real data; where the folder is absent, one skipped test says so. */
export function describeShared(name: string, body: () => void): void {
  describeWhere(hasShared, name, body, `needs the folder of real data, absent at ${sharedFolder}`);
}

/** A group of tests that need a program of the system; where it is absent, one skipped test says so. */
export function describeWithProgram(name: string, program: string, body: () => void): void {
  const found = (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/sbin')
    .some((dir) => existsSync(`${dir}/${program}`));
  describeWhere(found, name, body, `needs the program ${program}, which is not installed`);
}

/** A group of tests that need a file of a package of the system; where it is absent, one skipped test says so. */
export function describeWithFile(name: string, file: string, body: () => void): void {
  describeWhere(existsSync(file), name, body, `needs ${file}, which is not installed`);
}

function describeWhere(met: boolean, name: string, body: () => void, need: string): void {
  if (met) describe(name, body);
  else describe(name, () => it.skip(need, () => {}));
}

/** ASNs over the full range, biased towards the numbers where implementations fail. */
export const arbitraryAsn = fc.oneof(
  fc.constantFrom(1, 23456, 65535, 65536, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
  fc.integer({ min: 1, max: 0xffff_ffff }),
  fc.integer({ min: 1, max: 12 }),
);

/** The name of a vector file without extension, which its generator writes into it. */
export function vectorFileName({ generator }: { readonly generator: string }): string {
  return /\((.*)\)$/.exec(generator)?.[1] ?? generator;
}
