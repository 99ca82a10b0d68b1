import type { AspaTable, AspaTableDiff } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import { originAs, type RovTable } from '../rov/index.js';
import type { SeededHash } from '../tables/index.js';
import type { ImpactReport } from './impact-report.js';
import type { ImpactRows } from './impact-rows.js';
import type { InputFacts, PeerOptions } from './options.js';
import type { PathStore } from './path-store.js';
import type { PeerDirectory } from './peer-directory.js';
import type { PrefixList } from './prefix-list.js';
import type { NotVerified } from './report.js';

/** The tables of one side of a change. */
export interface Judges {
  readonly rov: RovTable;
  readonly aspa: AspaTable;
}

/** Everything that was gathered of a change. */
export interface GatheredImpact {
  readonly options: PeerOptions;
  readonly hash: SeededHash;
  readonly before: Judges;
  readonly after: Judges;
  readonly change: {
    readonly vrps: { readonly announced: number; readonly withdrawn: number };
    readonly aspas: AspaTableDiff;
  };
  readonly rows: ImpactRows;
  readonly paths: PathStore;
  readonly peers: PeerDirectory;
  readonly prefixes: PrefixList;
  readonly routes: number;
  readonly notVerified: NotVerified;
  readonly judged: ImpactReport['judged'];
  readonly facts: InputFacts;
}

/** RFC 6811 §2: the origin of a path of the store. */
export function originOf(paths: PathStore, path: number): Asn | undefined {
  const mixed = paths.mixed(path);
  return mixed ? originAs(mixed) : paths.rightmost(path);
}
