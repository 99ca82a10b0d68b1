import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.js';
import { enterPlace, type Place, type RouterProgram } from './place.js';
import type { ConfigWords, RouterProfile } from './profile.js';

/** Why a test could not begin: for the one who asked for it. */
export class RouterTestError extends Error {}

/** Which program is wanted. */
interface ProgramWanted {
  readonly profile: RouterProfile;
  /** Whether it has to know ASPA, where its profile does. */
  readonly aspa: boolean;
  /** Seconds in which it has to tell its version. */
  readonly patience: number;
  readonly signal?: AbortSignal;
}

/** Where a program runs, and what is known of it. */
export interface Started {
  readonly place: Place;
  readonly version: string;
  readonly aspa: boolean;
}

/** The place whose program does what is asked; where none has ASPA, the first that has the program. */
export async function placeFor(
  { profile, aspa, patience, signal }: ProgramWanted,
  where: 'here' | 'peers' | 'any',
): Promise<Started> {
  const { program, title, aspa: known } = profile;
  if (!program) throw new RouterTestError(`${title} has no program to start: give --connect or --bgp-listen`);
  const found: Started[] = [];
  for (const name of where === 'any' ? (['here', 'peers'] as const) : [where]) {
    const place = enterPlace(name, { seconds: patience, ...(signal && { signal }) });
    const text = await place?.ask(program.path, ...program.versionArgs).catch((error: Error) => {
      for (const one of [...found.map((other) => other.place), place]) one.leave();
      throw new RouterTestError(error.message);
    });
    const version = /[0-9]+(?:\.[0-9]+)+/.exec(text ?? '')?.[0];
    if (!place || version === undefined) {
      place?.leave();
      continue;
    }
    const has = aspa && known !== undefined && isSince(numbersOf(version), known.since);
    found.push({ place, version, aspa: has });
    if (has || !aspa || !known) break;
  }
  const best = found.find((one) => one.aspa) ?? found[0];
  for (const one of found) if (one !== best) one.place.leave();
  if (best) return best;
  const whence = where === 'here' ? 'on this machine' : 'in the root that scripts/peers.sh makes';
  throw new RouterTestError(`no ${title} (${program.path}) ${whence}`);
}

/** Writes the configuration of a router and starts its program, whose lines the laboratory hears. */
export async function startProgram(
  place: Place,
  profile: RouterProfile,
  words: ConfigWords,
  lab: Lab,
): Promise<RouterProgram> {
  const { program } = profile;
  if (!program) throw new RouterTestError(`${profile.title} has no program to start`);
  for (const { name, text, mode = 0o644 } of profile.config(words)) {
    const path = join(place.outside, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
  }
  await program.prepare?.(place);
  const { told } = program;
  const onLine = (line: string): void => {
    const event = told?.(line);
    if (event) lab.hear(event);
  };
  return place.start(program.path, program.args(place.inside, words), told && onLine);
}

/** A version as numbers. */
export function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}

function isSince(version: readonly number[], since: readonly number[]): boolean {
  for (const [i, least] of since.entries()) {
    const own = version[i] ?? 0;
    if (own !== least) return own > least;
  }
  return true;
}
