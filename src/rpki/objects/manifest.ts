import * as asn1js from 'asn1js';
import { DecodeError } from '../../bytes/index.js';
import { bitString, integer, objectIdentifier, sequence, takeVersion, time } from '../der/asn1.js';
import { bits, encode, generalizedTime, int, oid, seq } from '../der/build.js';
import { decodeDer } from '../der/strict-der.js';
import { createFindings, type Finding } from '../finding.js';
import { OID } from '../oids.js';

const FIELD = 'manifest';

/** Manifest (RFC 9286 §4.2). Times are seconds since 1970 UTC. */
export interface ManifestContent {
  readonly version: number;
  readonly number: bigint;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly hashAlgorithm: string;
  readonly files: readonly { readonly name: string; readonly hash: Uint8Array }[];
}

/** Decodes the eContent of a manifest. Throws {@link DecodeError} `asn1-syntax`. RFC 9286 §4.2. */
export function decodeManifestContent(octets: Uint8Array): ManifestContent {
  const members = sequence(decodeDer(octets, FIELD), FIELD);
  const version = takeVersion(members, FIELD);
  const [number, thisUpdate, nextUpdate, algorithm, list, ...rest] = members;
  if (rest.length > 0) throw new DecodeError('asn1-syntax', 'more members than six', { field: FIELD });
  return {
    version,
    number: integer(number, `${FIELD}.manifestNumber`),
    thisUpdate: time(thisUpdate, `${FIELD}.thisUpdate`),
    nextUpdate: time(nextUpdate, `${FIELD}.nextUpdate`),
    hashAlgorithm: objectIdentifier(algorithm, `${FIELD}.fileHashAlg`),
    files: sequence(list, `${FIELD}.fileList`).map((item, i) => {
      const field = `${FIELD}.fileList[${i}]`;
      const [name, hash] = sequence(item, field);
      if (!(name instanceof asn1js.IA5String))
        throw new DecodeError('asn1-syntax', 'no file name', { field });
      return { name: name.valueBlock.value, hash: bitString(hash, field).octets };
    }),
  };
}

/** RFC 9286 §4.2.1 and §4.4 as far as one manifest shows them; `now` is seconds since 1970 UTC. */
export function inspectManifest(content: ManifestContent, now: number): readonly Finding[] {
  const findings = createFindings();
  const { must } = findings;
  const names = content.files.map(({ name }) => name);
  must(content.version === 0, 'manifest-version', 'RFC 9286 §4.2.1', `version ${content.version}, must be 0`);
  must(
    content.number < 1n << 159n,
    'manifest-number',
    'RFC 9286 §4.2.1',
    'manifestNumber longer than 20 octets',
  );
  must(
    content.thisUpdate < content.nextUpdate,
    'manifest-times',
    'RFC 9286 §4.2.1',
    'nextUpdate is not after thisUpdate',
  );
  must(
    content.hashAlgorithm === OID.sha256,
    'manifest-hash-algorithm',
    'RFC 9286 §4.2.1',
    'hashes are not SHA-256',
  );
  must(
    names.every((name) => /^[A-Za-z0-9_-]+\.[a-z]{3}$/.test(name)),
    'manifest-file-name',
    'RFC 9286 §4.2.2',
    'a file name is not letters, digits, - and _ with a three-letter extension',
  );
  must(new Set(names).size === names.length, 'manifest-file-twice', 'RFC 9286 §4.2.1', 'a file stands twice');
  must(
    content.files.every(({ hash }) => hash.length === 32),
    'manifest-hash',
    'RFC 9286 §4.2.1',
    'a hash is not of 32 octets',
  );
  must(
    content.thisUpdate <= now && now <= content.nextUpdate,
    'manifest-stale',
    'RFC 9286 §6.3',
    'the time lies outside thisUpdate .. nextUpdate',
  );
  return findings.list;
}

/** The DER of a manifest; version 0 is left out as the DEFAULT it is. RFC 9286 §4.2. */
export function encodeManifestContent(content: Omit<ManifestContent, 'version'>): Uint8Array {
  const files = content.files.map(({ name, hash }) => seq(new asn1js.IA5String({ value: name }), bits(hash)));
  return encode(
    seq(
      int(content.number),
      generalizedTime(content.thisUpdate),
      generalizedTime(content.nextUpdate),
      oid(content.hashAlgorithm),
      seq(...files),
    ),
  );
}
