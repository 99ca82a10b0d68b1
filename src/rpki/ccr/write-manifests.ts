import { compareOctets, equalOctets } from '../../bytes/index.js';
import { TAG } from '../der/der-cursor.js';
import type { DerWriter } from '../der/der-writer.js';
import type { CcrLocation, CcrManifest } from './ccr.js';
import { parseOid } from './oid-text.js';

const URI = 0x86;

/** Manifests as they stand in a file: ascending by hash, each once. @throws {RangeError} for two of one hash. */
export function sortedManifests(manifests: Iterable<CcrManifest>): CcrManifest[] {
  const sorted = [...manifests].sort((a, b) => compareOctets(a.hash, b.hash));
  for (const [i, { hash }] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before && equalOctets(before.hash, hash)) throw new RangeError('two manifests have the same hash');
  }
  return sorted;
}

/** A SEQUENCE OF ManifestInstance, its members from the last to the first. @throws {RangeError} for what has no place in one. */
export function writeManifests(writer: DerWriter, manifests: readonly CcrManifest[]): void {
  for (const manifest of manifests.toReversed()) {
    requireManifest(manifest);
    const { hash, size, aki, manifestNumber, thisUpdate, locations, subordinates = [] } = manifest;
    const mark = writer.length;
    if (subordinates.length > 0) {
      writeKeyIdentifiers(writer, subordinates);
      writer.wrap(TAG.sequence, mark);
    }
    writeLocations(writer, locations);
    writer.time(thisUpdate);
    writer.bigNumber(manifestNumber);
    writer.value(TAG.octetString, aki);
    writer.number(size);
    writer.value(TAG.octetString, hash);
    writer.wrap(TAG.sequence, mark);
  }
}

/** The members of a SEQUENCE OF SubjectKeyIdentifier, ascending, each once. @throws {RangeError} for one that has not 20 octets. */
export function writeKeyIdentifiers(writer: DerWriter, skis: Iterable<Uint8Array>): void {
  const sorted = [...skis].sort(compareOctets);
  for (let i = sorted.length - 1; i >= 0; i--) {
    const ski = sorted[i] as Uint8Array;
    if (ski.length !== 20) throw new RangeError(`a key identifier of ${ski.length} octets`);
    const after = sorted[i + 1];
    if (after === undefined || !equalOctets(after, ski)) writer.value(TAG.octetString, ski);
  }
}

function writeLocations(writer: DerWriter, locations: readonly CcrLocation[]): void {
  const list = writer.length;
  for (const { method, uri } of locations.toReversed()) {
    const mark = writer.length;
    writer.value(URI, new TextEncoder().encode(uri));
    writer.value(TAG.objectIdentifier, parseOid(method));
    writer.wrap(TAG.sequence, mark);
  }
  writer.wrap(TAG.sequence, list);
}

function requireManifest({ hash, size, aki, manifestNumber, locations }: CcrManifest): void {
  if (hash.length !== 32) throw new RangeError(`a SHA-256 of ${hash.length} octets`);
  if (!(Number.isSafeInteger(size) && size >= 1000)) throw new RangeError(`a manifest of ${size} octets`);
  if (aki.length !== 20) throw new RangeError(`a key identifier of ${aki.length} octets`);
  if (manifestNumber < 0n || manifestNumber >= 1n << 159n)
    throw new RangeError('a manifest number of more than 20 octets');
  if (locations.length === 0) throw new RangeError('a manifest without a location');
  const odd = locations.find(({ uri }) => !/^[\x20-\x7e]*$/.test(uri));
  if (odd) throw new RangeError(`the location ${JSON.stringify(odd.uri)} is not printable ASCII`);
}
