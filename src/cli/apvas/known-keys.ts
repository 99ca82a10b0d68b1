import { createFcKeys, type FcKeys, type Laboratory, parseKeys } from '../../apvas/index.js';
import { DecodeError } from '../../bytes/index.js';
import { readPayloads } from '../../rpki/payloads.js';
import { inFile, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';

/** Aggregate keys of so many octets are not worth reading into one string. */
const MAX_KEYS_FILE = 1 << 28;

/**
 * Reads a file of public keys, as `apvas sign` writes it: those of PLAIN and CHAIN are admitted to the laboratory, router keys in any
 * dialect of payloads go into the table of FC-BGP.
 *
 * @throws {CliError} that names the file and the key.
 */
export async function loadPublicKeys(
  file: string,
  laboratory: Laboratory,
  fcKeys: FcKeys,
  io: Io,
): Promise<void> {
  const text = await readText(file, io, MAX_KEYS_FILE);
  if (!text.slice(0, 1024).includes('"pathsec/apvas-keys/1"')) {
    const { routerKeys } = inFile(file, () => readPayloads(text, { seed: io.seed }));
    for (const key of routerKeys) fcKeys.announce(key);
    return;
  }
  for (const [i, entry] of inFile(file, () => parseKeys(text)).entries()) {
    const place = `${nameOf(file)}: keys[${i}]`;
    const { length } = entry.publicKey;
    if (length !== laboratory.publicKeyOctets) {
      const wanted = `${laboratory.name} takes keys of ${laboratory.publicKeyOctets}`;
      throw new CliError(`${place}: a key of ${length} octets; ${wanted}: other engine, other variant`);
    }
    try {
      laboratory.admit(entry);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      throw new CliError(`${place}: ${error.message} (${error.code})`);
    }
  }
}

/** An empty table of the keys of FC-BGP. */
export function emptyFcKeys(io: Io): FcKeys {
  return createFcKeys([], { seed: io.seed });
}
