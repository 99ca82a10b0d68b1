import { concatOctets } from '../../bytes/index.js';
import type { Frame } from './kinds.js';
import type { OctetsFile } from './octets-file.js';

/** The messages of a file that has no name yet. */
export type Gathered = Omit<OctetsFile, 'name'>;

/** Lets the page do what waits, between two pieces of long work. */
export function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}

/** Messages that stood apart, in a row, each with what is said of it. */
export function joined(
  messages: readonly (Pick<Frame, 'kind' | 'label'> & { readonly octets: Uint8Array })[],
): Pick<Gathered, 'octets' | 'frames'> {
  let end = 0;
  const frames = messages.map(({ kind, label, octets }): Frame => {
    const start = end;
    end += octets.length;
    return { start, end, ...(label !== undefined && { label }), ...(kind !== undefined && { kind }) };
  });
  return { octets: concatOctets(messages.map(({ octets }) => octets)), frames };
}
