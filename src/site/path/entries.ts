import { DecodeError } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import {
  formatAspaNotation,
  formatVrpNotation,
  parseAspaNotation,
  parseVrpNotation,
} from '../../rpki/payloads.js';

/** Payloads that a path is judged by. */
export interface Entries {
  readonly aspas: readonly AspaPayload[];
  readonly vrps: readonly Vrp[];
}

/** A line that is no payload, and why. */
export interface EntryProblem {
  readonly line: string;
  readonly problem: string;
}

/** The payloads of lines in the notations of the drafts; lines that are none are told, and the others count. */
export function readEntries(
  aspaLines: readonly string[],
  vrpLines: readonly string[],
): Entries & { readonly problems: readonly EntryProblem[] } {
  const problems: EntryProblem[] = [];
  const read = <T>(lines: readonly string[], parse: (line: string) => T): T[] =>
    lines.flatMap((line) => {
      const outcome = tried(() => parse(line));
      if ('value' in outcome) return [outcome.value];
      problems.push({ line, problem: outcome.problem });
      return [];
    });
  return { aspas: read(aspaLines, parseAspaNotation), vrps: read(vrpLines, parseVrpNotation), problems };
}

/** What a function gives, or why it cannot read what it was given. */
export function tried<T>(read: () => T): { readonly value: T } | { readonly problem: string } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof DecodeError) return { problem: error.message };
    throw error;
  }
}

/** The line of an ASPA whose providers were typed: separated by blanks or commas, with or without `AS`. */
export function aspaLine(customer: string, providers: string): string {
  const bare = (text: string): string => text.trim().replace(/^AS/i, '');
  const list = providers.split(/[\s,]+/).filter((one) => one !== '');
  return `AS${bare(customer)} => ${list.map((one) => `AS${bare(one)}`).join(', ')}`;
}

/** The line of a VRP whose origin was typed with or without `AS`. */
export function vrpLine(prefix: string, asn: string): string {
  return `${prefix.trim()} => AS${asn.trim().replace(/^AS/i, '')}`;
}

/** The customer and the providers of a line, as they are shown; a line that is no ASPA stands where the providers do. */
export function partsOfAspa(line: string): { readonly customer: string; readonly providers: string } {
  const [, customer = '', providers = line] = /^AS([^ ]*) => (.*)$/.exec(line) ?? [];
  return { customer, providers: providers.replaceAll(/AS|,/g, '') };
}

/** The ASPA of a customer with more providers, as a line; AS 0 gives way to a provider. */
export function withProviders(aspas: readonly AspaPayload[], customer: Asn, added: readonly Asn[]): string {
  const before = aspas.filter((one) => one.customer === customer).flatMap(({ providers }) => providers);
  const providers = [...new Set([...before, ...added])].filter((one) => one !== 0).sort((a, b) => a - b);
  return formatAspaNotation({ customer, providers });
}

/** Lines of payloads. */
export function linesOf({ aspas, vrps }: Entries): { readonly aspas: string[]; readonly vrps: string[] } {
  return { aspas: aspas.map(formatAspaNotation), vrps: vrps.map(formatVrpNotation) };
}
