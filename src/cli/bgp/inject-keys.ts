import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RouterPrivateKey } from '../../bgpsec/index.js';
import { toHex } from '../../bytes/index.js';
import { type Asn, isAsn } from '../../inet/index.js';
import { madeRouterKey } from '../../node/made-router-key.js';
import type { SignSetup } from '../../node/sign-work.js';
import { MAX_HAND_WRITTEN, nameOf, naming, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { readJsonText } from '../shared/json-text.js';
import { loadPrivateKey } from '../shared/key-file.js';

/** The private keys of a laboratory, by the AS that signs with them. */
export interface KeyRing {
  /** Those that were read: who may be on a made path. */
  readonly asns: readonly Asn[];
  /** Undefined where there is none and none is made. */
  keyOf(asn: Asn): RouterPrivateKey | undefined;
  /** The public keys that were asked for so far, as the JSON of rpki-client. */
  json(): string;
  /** What threads need to have the same keys. */
  setup(): SignSetup;
}

/** A file of a folder of keys: `AS64496.pem`, `64496.key`. */
const KEY_FILE = /^(?:AS)?([0-9]{1,10})(?:\.[a-z0-9]+)?$/i;
/** Keys of a folder, and of a JSON: each is read at the start. */
const MOST_KEYS = 100_000;

/**
 * The keys of `source`, a folder with a file for each AS or a JSON `{asn: file}`; undefined: none. Where `seed` is given, an AS
 * without one gets a key made of the seed and its number: equal seeds, equal keys.
 *
 * @throws {CliError} for what cannot be read, names no AS, or is too much.
 */
export async function loadKeyRing(
  source: string | undefined,
  seed: number | undefined,
  io: Io,
): Promise<KeyRing> {
  const keys = new Map<Asn, RouterPrivateKey>();
  const files = source === undefined ? [] : await keyFilesOf(source, io);
  if (files.length > MOST_KEYS) throw new CliError(`${nameOf(source ?? '')}: more than ${MOST_KEYS} keys`);
  for (const { asn, file } of files) {
    if (keys.has(asn)) throw new CliError(`${nameOf(source ?? '')}: two keys of AS ${asn}`);
    keys.set(asn, await loadPrivateKey(file, io));
  }
  const asns = [...keys.keys()];
  const used = new Map<Asn, RouterPrivateKey>();
  return {
    asns,
    keyOf(asn) {
      const known = used.get(asn);
      if (known) return known;
      const key = keys.get(asn) ?? (seed === undefined ? undefined : madeRouterKey(seed, asn));
      if (key) used.set(asn, key);
      return key;
    },
    setup: () => ({ keys: [...keys].map(([asn, key]) => [asn, key.scalar()] as const), seed }),
    json() {
      const list = [...used].map(([asn, { ski, spki }]) => ({
        asn,
        ski: toHex(ski).toUpperCase(),
        pubkey: Buffer.from(spki).toString('base64'),
      }));
      return `${JSON.stringify({ metadata: {}, roas: [], bgpsec_keys: list.sort((a, b) => a.asn - b.asn) })}\n`;
    },
  };
}

interface KeyFile {
  readonly asn: Asn;
  readonly file: string;
}

async function keyFilesOf(source: string, io: Io): Promise<KeyFile[]> {
  if (source !== '-' && (await naming(source, () => stat(source))).isDirectory()) {
    const names = await naming(source, () => readdir(source));
    const files = names.sort().flatMap((name) => {
      const [, number] = KEY_FILE.exec(name) ?? [];
      return number === undefined ? [] : [{ asn: asnOf(number, source), file: join(source, name) }];
    });
    if (files.length > 0) return files;
    throw new CliError(`${nameOf(source)}: no file named by an AS, such as AS64496.pem`);
  }
  const text = await readText(source, io, MAX_HAND_WRITTEN);
  const value = readJsonText(source, text, '{"64496": "AS64496.pem"}, or a folder');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError(`${nameOf(source)}: not an object; expected {"64496": "AS64496.pem"}`);
  }
  return Object.entries(value).map(([number, file]) => {
    if (typeof file === 'string' && file !== '') return { asn: asnOf(number, source), file };
    throw new CliError(`${nameOf(source)}: the key of ${nameOf(number)} is no name of a file`);
  });
}

function asnOf(text: string, source: string): Asn {
  const asn = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (isAsn(asn) && asn > 0) return asn;
  throw new CliError(`${nameOf(source)}: there is no AS ${nameOf(text)}`);
}
