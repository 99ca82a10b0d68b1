import type { RouterAbilities, RtrAbilities } from '../../conformance/index.js';
import type { Asn } from '../../inet/index.js';
import type { LabNeighbor, Told } from './lab.js';
import type { Place } from './place.js';

/** An address and a port. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** What a configuration is written from. */
export interface ConfigWords {
  readonly routerAs: Asn;
  /** Where the router listens for BGP. */
  readonly router: HostPort;
  /** Where it does not, but connects to the neighbours: their port. */
  readonly listenPort?: number;
  /** Our RTR cache. */
  readonly rtr: HostPort;
  /** The last one is the collector. */
  readonly neighbors: readonly LabNeighbor[];
  /** Whether ASPA is configured. */
  readonly aspa: boolean;
  /** The folder of its files, where it is started by us. */
  readonly folder?: string;
  /** The version of the program as numbers, such as [3, 1, 8]. */
  readonly version: readonly number[];
}

/** A file of a configuration. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
  /** How a comment begins, where there are comments. */
  readonly comment?: '#' | '!';
  /** Octal mode; default 0644. */
  readonly mode?: number;
}

/** What is known of a router: how it is configured and started, and what it can answer. */
export interface RouterProfile {
  /** The name of the program for people. */
  readonly title: string;
  /** Which verdicts of ASPA it gives, from a version on; undefined: none. */
  readonly aspa?: { readonly kind: 'both' | 'role'; readonly since: readonly number[] };
  /** The rest of what it can do; origin validation and both families, where it is not said otherwise. */
  readonly abilities: Pick<
    RouterAbilities,
    'asSet' | 'firstAs' | 'neighborCheck' | 'ownAs' | 'maxProviders'
  > &
    Partial<Pick<RouterAbilities, 'rov' | 'families'>>;
  /** Highest version of RTR that it is offered. */
  readonly rtrVersion: 0 | 1 | 2;
  /** What it is as an RTR client, with and without ASPA in its configuration. */
  rtr(aspa: boolean): Pick<RtrAbilities, 'versions' | 'routerKeys'>;
  /** The version to write for where no program was asked. */
  readonly usualVersion: readonly number[];
  /** The configuration. Where there is no program, in words for who configures it. */
  config(words: ConfigWords): readonly ConfigFile[];
  readonly program?: RouterCommand;
}

/** How a router is started. */
export interface RouterCommand {
  readonly path: string;
  /** What it prints with these arguments has its version. */
  readonly versionArgs: readonly string[];
  /** Done before the start, with the files in place. */
  prepare?(place: Place): Promise<void>;
  /** The arguments with which it runs in the foreground, its configuration in `folder`. */
  args(folder: string, words: ConfigWords): readonly string[];
  /** Reads its verdicts from a line that it prints, where it does not announce routes back. */
  told?(line: string): Told | undefined;
}

/** Next hops of what is announced, of prefixes for benchmarks (RFC 2544, RFC 5180): configurations have routes for them. */
export const NEXT_HOPS = { ipv4: '198.18.255.1', ipv6: '2001:2:0:fffd::1' } as const;
