import { randomBytes } from 'node:crypto';
import { GROUP_ORDER } from '../../apvas/index.js';
import { generateRouterKey, type RouterPrivateKey, routerPrivateKey } from '../../bgpsec/index.js';
import { DecodeError, requireUniqueNames, toHex } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { member, readAsn, readFields, readList, readOctets, readOneOf } from '../../questions/index.js';
import { inFile, MAX_HAND_WRITTEN, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';

const FORMAT = 'pathsec/apvas-secrets/1';

/** The secret of an AS: 32 octets, big-endian, from the file or new ones. */
export interface Secrets {
  /** A scalar of BLS12-381 in 1..r-1. @throws {CliError} as {@link loadSecrets}. */
  scalar(asn: Asn): bigint;
  /** A P-256 key. @throws {CliError} as {@link loadSecrets}. */
  routerKey(asn: Asn): RouterPrivateKey;
}

/** Secrets that are drawn, and forgotten with the process. */
export function newSecrets(): Secrets {
  return {
    // 48 octets, so that the excess over the order keeps the bias below 2^-128.
    scalar: () => (BigInt(`0x${randomBytes(48).toString('hex')}`) % (GROUP_ORDER - 1n)) + 1n,
    routerKey: () => generateRouterKey(randomBytes(48)),
  };
}

/**
 * The secrets of a file `{"format": "pathsec/apvas-secrets/1", "keys": [{"as", "secret"}]}`, octets in hexadecimal. Nothing of a
 * secret is in a message.
 *
 * @throws {CliError} that names the file: for what it lacks, and later for an AS that it does not have or a secret out of range.
 */
export async function loadSecrets(file: string, io: Io): Promise<Secrets> {
  const text = await readText(file, io, MAX_HAND_WRITTEN);
  const secrets = inFile(file, () => parseSecrets(text));
  const of = (asn: Asn): Uint8Array => {
    const secret = secrets.get(asn);
    if (secret === undefined) throw new CliError(`${nameOf(file)}: no secret of AS ${asn}`);
    return secret;
  };
  const outside = (asn: Asn): CliError =>
    new CliError(`${nameOf(file)}: the secret of AS ${asn} is out of range`);
  return {
    scalar: (asn) => {
      const scalar = BigInt(`0x${toHex(of(asn))}`);
      if (scalar < 1n || scalar >= GROUP_ORDER) throw outside(asn);
      return scalar;
    },
    routerKey: (asn) => {
      const octets = of(asn);
      try {
        return routerPrivateKey(octets);
      } catch {
        throw outside(asn);
      }
    },
  };
}

function parseSecrets(text: string): Map<Asn, Uint8Array> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON');
  }
  requireUniqueNames(text);
  const fields = readFields({ path: 'secrets', value: document }, ['format', 'keys']);
  readOneOf(member(fields, 'format'), [FORMAT]);
  const secrets = new Map<Asn, Uint8Array>();
  readList(member(fields, 'keys'), (place) => {
    const key = readFields(place, ['as', 'secret']);
    const asn = readAsn(member(key, 'as', place.path));
    if (secrets.has(asn))
      throw new DecodeError('key-twice', `AS ${asn} has two secrets`, { field: place.path });
    secrets.set(asn, readOctets(member(key, 'secret', place.path), 32));
  });
  return secrets;
}
