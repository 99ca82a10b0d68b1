import type { AsPath } from '../bgp/index.js';
import type { Asn } from '../inet/index.js';
import { rovCounts } from './counts.js';
import type { InvalidOrigins, InvalidPair } from './invalid-origins.js';
import { type PartSet, type PathRows, partSetsOf, ROW_WORDS } from './part-rows.js';
import type { PathLedger } from './path-ledger.js';
import { comparePeers } from './peer-directory.js';
import type { NotVerified, RovCounts } from './report.js';
import type { SetNumbers } from './set-numbers.js';

/** A peer of a part. */
export interface PartPeer {
  readonly asn: Asn;
  /** What tells it from others whose AS is not known either; empty for one whose AS is known. */
  readonly address: Uint8Array;
  readonly withdrawals: number;
  readonly stateChanges: number;
}

/**
 * What an audit has gathered of its input, before any verdict of ASPA: a plain value, which threads and files can carry.
 * Parts of an input make, added to one audit in any order, what the whole input makes.
 */
export interface AuditPart extends PathRows {
  readonly peers: readonly PartPeer[];
  readonly signedRov: RovCounts;
  readonly notVerified: NotVerified;
  readonly invalidOrigins: readonly InvalidPair[];
  /** Of payloads of many times: what was judged by each, by time ascending. The part itself then has no paths. */
  readonly sets?: readonly PartSet[];
}

/** The counts of an audit beside its ledger. */
export interface Tally {
  readonly ledger: PathLedger;
  /** Where there are payloads of many times. */
  readonly sets: SetNumbers | undefined;
  readonly invalidOrigins: InvalidOrigins;
  readonly signedRov: RovCounts;
  readonly notVerified: NotVerified;
}

/** The part that nothing was gathered for: added to an audit it changes nothing. */
export function emptyPart(): AuditPart {
  return {
    asns: new Uint32Array(0),
    starts: new Uint32Array(1),
    mixed: [],
    peers: [],
    rows: new Uint32Array(0),
    signed: [],
    signedRov: rovCounts(),
    notVerified: { local: 0, sentByCollector: 0, pathOnly: 0 },
    invalidOrigins: [],
  };
}

/** What was gathered as a value: a copy, peers by AS and address, the rest in the order in which it came. */
export function partOf({ ledger, sets, invalidOrigins, signedRov, notVerified }: Tally): AuditPart {
  const peers: PartPeer[] = [];
  const numbers = new Map<number, number>();
  for (const [key, peer] of [...ledger.peers.all].sort(([, a], [, b]) => comparePeers(a, b))) {
    const { peerAs: asn, address, withdrawals, stateChanges } = peer;
    numbers.set(key, peers.push({ asn, address, withdrawals, stateChanges }) - 1);
  }
  const numberOf = (key: number): number => numbers.get(key) as number;
  return {
    ...(sets === undefined ? rowsOf(ledger, numberOf) : emptyPart()),
    peers,
    signedRov: { ...signedRov },
    notVerified: { ...notVerified },
    invalidOrigins: invalidOrigins.pairs(),
    ...(sets === undefined ? {} : { sets: partSetsOf(ledger, sets, numberOf) }),
  };
}

function rowsOf(ledger: PathLedger, numberOf: (key: number) => number): PathRows {
  const { paths } = ledger;
  const rows = new Uint32Array(ledger.size * ROW_WORDS);
  const signed: { row: number; routes: number }[] = [];
  const mixed: { path: number; asPath: AsPath }[] = [];
  let row = 0;
  let path = 0;
  const visit = (key: number, valid: number, invalid: number, notFound: number, ofSigned: number): void => {
    const at = row * ROW_WORDS;
    rows[at] = path;
    rows[at + 1] = numberOf(key);
    rows[at + 2] = valid;
    rows[at + 3] = invalid;
    rows[at + 4] = notFound;
    if (ofSigned > 0) signed.push({ row, routes: ofSigned });
    row++;
  };
  for (; path < paths.size; path++) {
    ledger.forEachPeer(path, visit);
    const asPath = paths.mixed(path);
    if (asPath) mixed.push({ path, asPath });
  }
  return {
    asns: paths.asns.slice(0, paths.size === 0 ? 0 : paths.end(paths.size - 1)),
    starts: paths.starts.slice(),
    mixed,
    rows,
    signed,
  };
}

/**
 * Counts what another audit has gathered.
 *
 * @throws {RangeError} where one of both has payloads of many times, and the other has not.
 */
export function addPart(
  { ledger, sets, invalidOrigins, signedRov, notVerified }: Tally,
  part: AuditPart,
): void {
  const keys = part.peers.map(({ asn, address, withdrawals, stateChanges }) => {
    const key = ledger.peers.keyOf({ asn, address });
    const peer = ledger.peers.of(key);
    peer.withdrawals += withdrawals;
    peer.stateChanges += stateChanges;
    return key;
  });
  if (sets === undefined ? part.sets !== undefined : part.rows.length > 0) {
    throw new RangeError(
      'parts judged by the same payloads, and parts judged by those of many times, do not add up',
    );
  }
  addRows(ledger, part, keys);
  for (const set of part.sets ?? []) {
    ledger.turnTo((sets as SetNumbers).of(set.time));
    addRows(ledger, set, keys);
  }
  for (const { prefix, origin, routes, set } of part.invalidOrigins) {
    invalidOrigins.add(prefix, origin, routes, set);
  }
  signedRov.valid += part.signedRov.valid;
  signedRov.invalid += part.signedRov.invalid;
  signedRov.notFound += part.signedRov.notFound;
  notVerified.local += part.notVerified.local;
  notVerified.sentByCollector += part.notVerified.sentByCollector;
  notVerified.pathOnly += part.notVerified.pathOnly;
}

function addRows(ledger: PathLedger, part: PathRows, keys: readonly number[]): void {
  const { asns, starts, rows } = part;
  const numbers = new Uint32Array(starts.length - 1);
  const { paths } = ledger;
  const mixed = new Map(part.mixed.map(({ path, asPath }) => [path, asPath]));
  for (let path = 0; path < numbers.length; path++) {
    const asPath = mixed.size > 0 ? mixed.get(path) : undefined;
    numbers[path] = asPath
      ? paths.add(asPath)
      : paths.addSequence(asns, starts[path] as number, starts[path + 1] as number);
  }
  const signed = new Map(part.signed.map(({ row, routes }) => [row, routes]));
  const counts = { valid: 0, invalid: 0, notFound: 0, signed: 0 };
  for (let row = 0, at = 0; at < rows.length; row++, at += ROW_WORDS) {
    counts.valid = rows[at + 2] as number;
    counts.invalid = rows[at + 3] as number;
    counts.notFound = rows[at + 4] as number;
    counts.signed = signed.size > 0 ? (signed.get(row) ?? 0) : 0;
    ledger.addCounts(numbers[rows[at] as number] as number, keys[rows[at + 1] as number] as number, counts);
  }
}
