import { stat } from 'node:fs/promises';
import { type RouterPrivateKey, routerPrivateKeyOf } from '../../bgpsec/index.js';
import { inFile, naming, readOctets } from './input.js';
import type { Io } from './io.js';

/** Keys, certificates and requests are small: what is larger is none. */
const MAX_KEY_FILE = 1 << 20;

/** The octets of a key, certificate or request file, or of stdin for `-`. @throws {CliError} above 1 MiB. */
export function readKeyFile(file: string, io: Io): Promise<Uint8Array> {
  return readOctets(file, io, MAX_KEY_FILE, 'no key, certificate or request');
}

/** A private key from the file that the user named, or from stdin for `-`; says so when others can read the file. */
export async function loadPrivateKey(file: string, io: Io): Promise<RouterPrivateKey> {
  const { mode } = file === '-' ? { mode: 0 } : await naming(file, () => stat(file));
  if ((mode & 0o077) !== 0) {
    await io.stderr.write(
      `pathsec: warning: ${file} can be read by others (mode ${(mode & 0o777).toString(8)})\n`,
    );
  }
  const { privateKeyOfFile } = await import('../../rpki/index.js');
  const octets = await readKeyFile(file, io);
  return inFile(file, () => routerPrivateKeyOf(privateKeyOfFile(octets)));
}
