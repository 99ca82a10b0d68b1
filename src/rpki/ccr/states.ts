import { sha256 } from '@noble/hashes/sha2.js';
import { equalOctets } from '../../bytes/index.js';
import { DerCursor, explicitTag, TAG } from '../der/der-cursor.js';
import type { Finding } from '../finding.js';
import { readAspaPayloads } from './aspa-payloads.js';
import { type CcrEntries, type CcrState, type CcrStateName, STATE_TYPES } from './ccr.js';
import { readManifests } from './manifests.js';
import { type Remark, Remarks } from './remarks.js';
import { readRoaPayloads } from './roa-payloads.js';
import { readRouterKeys } from './router-keys.js';
import { readTrustAnchors } from './trust-anchors.js';

type Readers = {
  readonly [K in CcrStateName]: (cursor: DerCursor, remark: Remark) => Generator<CcrEntries[K]>;
};

const READERS: Readers = {
  manifests: readManifests,
  vrps: readRoaPayloads,
  aspas: readAspaPayloads,
  trustAnchors: readTrustAnchors,
  routerKeys: readRouterKeys,
};

/** The names of the states by the number of their tag, from 1 on. */
const TAGGED: readonly (CcrStateName | undefined)[] = [
  undefined,
  'manifests',
  'vrps',
  'aspas',
  'trustAnchors',
  'routerKeys',
];

/** Gets the entries of the states while they are read for the first time. */
export type Takers = { readonly [K in CcrStateName]?: (entry: CcrEntries[K]) => void };

/** The state whose EXPLICIT tag that is. */
export function stateOf(identifier: number): CcrStateName | undefined {
  return (identifier & 0xe0) === explicitTag(0) ? TAGGED[identifier & 0x1f] : undefined;
}

/** A state as it was read, and what is wrong with it. */
interface ReadState<K extends CcrStateName> {
  readonly state: CcrState<CcrEntries[K]>;
  readonly findings: readonly Finding[];
}

/**
 * Reads the state aspect that the cursor stands before (ccr §3.4): its hash, then, where that is right, every entry.
 *
 * @throws {DecodeError} for what is not of the type.
 */
export function readState<K extends CcrStateName>(
  name: K,
  cursor: DerCursor,
  producedAt: number,
  take?: (entry: CcrEntries[K]) => void,
): ReadState<K> {
  const { octets } = cursor;
  const tagged = cursor.enter(octets[cursor.at] as number);
  const outer = cursor.enter(TAG.sequence);
  const start = cursor.at;
  const end = cursor.pass(TAG.sequence);
  const mostRecentUpdate = name === 'manifests' ? cursor.time() : undefined;
  const hash = cursor.octetString(32);
  cursor.leave(outer);
  cursor.leave(tagged);
  const digest = sha256(octets.subarray(start, end));
  const intact = equalOctets(hash, digest);
  const entries = function* (remark: Remark): Generator<CcrEntries[K]> {
    const own = new DerCursor(octets, `ccr.${name}`, start, end);
    const list = own.enter(TAG.sequence);
    if (name === 'trustAnchors' && !own.more) throw own.refuse('an empty list of trust anchors');
    yield* READERS[name](own, remark);
    own.leave(list);
  };
  const remarks = new Remarks();
  let count = 0;
  let latest = 0;
  if (intact) {
    for (const entry of entries(remarks.remark)) {
      count++;
      if (isDated(entry) && entry.thisUpdate > latest) latest = entry.thisUpdate;
      take?.(entry);
    }
  }
  const findings = [
    ...(intact ? [] : [wrongHash(name)]),
    ...(intact && mostRecentUpdate !== undefined ? dateFindings(mostRecentUpdate, latest, producedAt) : []),
    ...remarks.findings(STATE_TYPES[name]),
  ];
  const state = {
    hash,
    digest,
    intact,
    count: intact ? count : undefined,
    ...(mostRecentUpdate === undefined ? {} : { mostRecentUpdate }),
    [Symbol.iterator]: () => (intact ? entries(() => {}) : [][Symbol.iterator]()),
  };
  return { state, findings };
}

function isDated(entry: unknown): entry is { readonly thisUpdate: number } {
  return Object(entry).thisUpdate !== undefined;
}

/** docs/decisions/rpki-files.md D-ccr-hash */
function wrongHash(name: CcrStateName): Finding {
  const message = `${STATE_TYPES[name]}: the hash is not that of its entries, so the file is damaged; none of them is read`;
  return { code: 'ccr-hash', section: 'ccr §5.1', message, severity: 'error' };
}

/** ccr §3.4.1.2: the latest `thisUpdate` of all, 0 where there is no manifest, and not after `producedAt`. */
function dateFindings(stated: number, latest: number, producedAt: number): Finding[] {
  const warning = (message: string): Finding => ({
    code: 'ccr-most-recent-update',
    section: 'ccr §3.4.1.2',
    message: `ManifestState: ${message}`,
    severity: 'warning',
  });
  return [
    ...(stated === latest ? [] : [warning(`mostRecentUpdate is ${stated}, the latest thisUpdate ${latest}`)]),
    ...(stated <= producedAt ? [] : [warning('mostRecentUpdate is after producedAt')]),
  ];
}
