import { sha256 } from '@noble/hashes/sha2.js';
import { requireObject, sayValue } from '../../inet/index.js';
import {
  type AspaPayload,
  createAspaStore,
  createRouterKeyStore,
  createVrpStore,
  type RouterKey,
  type Vrp,
  type VrpStore,
} from '../../payload/index.js';
import { explicitTag, TAG } from '../der/der-cursor.js';
import { DerWriter } from '../der/der-writer.js';
import { OID } from '../oids.js';
import type { CcrEntries, CcrStateName } from './ccr.js';
import { parseOid } from './oid-text.js';
import { isPublicKeyInfo } from './router-keys.js';
import { sortedManifests, writeKeyIdentifiers, writeManifests } from './write-manifests.js';
import { writeRoaPayloads } from './write-roa-payloads.js';

/** What a CCR is to hold: a state for each member that is there, whatever the order of its entries. */
export type CcrContent = { readonly [K in CcrStateName]?: Iterable<CcrEntries[K]> };

/** Seconds since 1970 UTC that GeneralizedTime can say: the years 1970 to 9999. */
const LAST_TIME = 253_402_300_799;

/**
 * The octets of a CCR in its current form (ccr §3), canonical: equal contents and times give equal octets. ASPAs of one customer are
 * united, duplicates go. Notes of payloads (expiry, trust anchor, limits to a family) have no place in it.
 *
 * @param producedAt the time to state: whole seconds since 1970 UTC.
 * @param options `seed` of the tables in which VRPs and ASPAs that come from outside are sorted (docs/decisions/tables.md
 * D-seeded-tables).
 * @throws {RangeError} for no state at all, an empty list of trust anchors, a time or an entry that has no place in the format.
 * @example
 * const octets = encodeCcr(1_790_000_000, { vrps: set.vrps, aspas: set.aspas });
 */
export function encodeCcr(
  producedAt: number,
  content: CcrContent,
  options: { readonly seed?: number } = {},
): Uint8Array {
  requireObject(content, 'the content', '{manifests, vrps, aspas, trustAnchors, routerKeys}');
  requireTime(producedAt, 'producedAt');
  const writer = new DerWriter();
  const { manifests, vrps, aspas, trustAnchors, routerKeys } = content;
  if (routerKeys) {
    const keys = createRouterKeyStore(routerKeys, options);
    writeState(writer, 5, () => writeRouterKeys(writer, keys.sorted()));
  }
  if (trustAnchors) {
    const skis = [...trustAnchors];
    if (skis.length === 0) throw new RangeError('a list of trust anchors is not empty');
    writeState(writer, 4, () => writeKeyIdentifiers(writer, skis));
  }
  if (aspas) {
    const store = createAspaStore(aspas, options);
    writeState(writer, 3, () => writeAspas(writer, store.sorted()));
  }
  if (vrps) {
    const store = storeOf(vrps, options);
    writeState(writer, 2, () => writeRoaPayloads(writer, store));
  }
  if (manifests) {
    const sorted = sortedManifests(manifests);
    for (const { thisUpdate } of sorted) requireTime(thisUpdate, 'thisUpdate');
    const latest = sorted.reduce((last, { thisUpdate }) => Math.max(last, thisUpdate), 0);
    writeState(writer, 1, () => writeManifests(writer, sorted), latest);
  }
  if (writer.length === 0) throw new RangeError('a CCR has one state at least');
  writer.time(producedAt);
  const algorithm = writer.length;
  writer.value(TAG.objectIdentifier, parseOid(OID.sha256));
  writer.wrap(TAG.sequence, algorithm);
  writer.wrap(TAG.sequence, 0);
  writer.wrap(explicitTag(0), 0);
  writer.value(TAG.objectIdentifier, parseOid(OID.canonicalCacheRepresentation));
  writer.wrap(TAG.sequence, 0);
  return writer.written.slice();
}

/** A state aspect: the list that `members` writes, a date in that of the manifests, and the SHA-256 of the list. */
function writeState(writer: DerWriter, tag: number, members: () => void, date?: number): void {
  const end = writer.length;
  writer.octets(new Uint8Array(32)); // the hash stands behind what it is of
  const hash = writer.length;
  writer.wrap(TAG.octetString, end);
  if (date !== undefined) writer.time(date);
  const list = writer.length;
  members();
  writer.wrap(TAG.sequence, list);
  writer.overwrite(hash, sha256(writer.since(list)));
  writer.wrap(TAG.sequence, end);
  writer.wrap(explicitTag(tag), end);
}

function writeAspas(writer: DerWriter, aspas: Iterable<AspaPayload>): void {
  for (const { customer, providers } of [...aspas].reverse()) {
    const mark = writer.length;
    for (const provider of providers.toReversed()) writer.number(provider);
    writer.wrap(TAG.sequence, mark);
    writer.number(customer);
    writer.wrap(TAG.sequence, mark);
  }
}

/** Sets of keys by AS; keys of an AS by SKI, then octets (docs/decisions/rpki-files.md D-ccr-key-order). */
function writeRouterKeys(writer: DerWriter, keys: Iterable<RouterKey>): void {
  const reversed = [...keys].reverse();
  let set = writer.length;
  for (const [i, { asn, ski, spki }] of reversed.entries()) {
    const mark = writer.length;
    if (!isPublicKeyInfo(spki)) throw new RangeError(`the key of AS${asn} is no SubjectPublicKeyInfo`);
    writer.octets(spki);
    writer.value(TAG.octetString, ski);
    writer.wrap(TAG.sequence, mark);
    if (reversed[i + 1]?.asn === asn) continue;
    writer.wrap(TAG.sequence, set);
    writer.number(asn);
    writer.wrap(TAG.sequence, set);
    set = writer.length;
  }
}

function storeOf(vrps: Iterable<Vrp>, options: { readonly seed?: number }): VrpStore {
  return 'family' in vrps ? (vrps as VrpStore) : createVrpStore(vrps, options);
}

function requireTime(seconds: number, name: string): void {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LAST_TIME)
    throw new RangeError(`${name} is ${sayValue(seconds)}, not whole seconds from 1970 to 9999`);
}
