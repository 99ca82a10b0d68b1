import { stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import {
  createNobleEngine,
  createRouterKeys,
  type RouterKeys,
  type SignatureEngine,
} from '../../bgpsec/index.js';
import { type Asn, isAsn } from '../../inet/index.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { createPayloadSet } from '../../payload/index.js';
import { applySlurm } from '../../rpki/payloads.js';
import { endpointOfSource } from '../shared/endpoint.js';
import { inFile, naming, openInput } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { readKeyFile } from '../shared/key-file.js';
import { collect } from '../shared/parse-options.js';
import {
  addPayloadOptions,
  loadPayloads,
  type PayloadOptions,
  payloadInputs,
  payloadSources,
} from '../shared/payload-files.js';
import { peek } from '../shared/peek.js';
import { loadSlurm } from '../shared/slurm-files.js';

export type Backend = 'native' | 'noble';

/** Declares `--backend`. */
export function addBackendOption(command: Command): Command {
  return command.option('--backend <engine>', 'native (OpenSSL) or noble', parseBackend, 'native');
}

function parseBackend(text: string): Backend {
  if (text === 'native' || text === 'noble') return text;
  throw new InvalidArgumentError('One of native, noble.');
}

export function engineOf(backend: Backend): SignatureEngine {
  return backend === 'native' ? createOpensslEngine() : createNobleEngine();
}

/** Where router public keys come from. */
export interface KeysOptions extends PayloadOptions {
  readonly keys?: readonly string[];
}

/** Declares the options of {@link KeysOptions}. */
export function addKeysOptions(command: Command): Command {
  return addPayloadOptions(command).option(
    '--keys <file>',
    'router keys: as --rpki, or a router certificate, or AS=FILE for a bare public key; repeat',
    collect,
  );
}

/** All that the options have read. */
export function keyInputs(options: KeysOptions): string[] {
  return [...(options.keys ?? []), ...payloadInputs(options)];
}

/**
 * The router keys of the files: certificates and `AS=FILE` public keys by their octets, everything else as payloads, to
 * which the SLURM files are applied. A key file or certificate that is named itself counts as it is, filter or not
 * (docs/decisions/rpki-objects.md D-named-keys-unfiltered).
 *
 * @throws {CliError} without a file, and for one that holds no key.
 */
export async function loadRouterKeys(options: KeysOptions, io: Io): Promise<RouterKeys> {
  if (keyInputs(options).length === 0) throw new CliError('which keys? give --keys FILE or --rpki SOURCE');
  const keys = createRouterKeys([], { seed: io.seed });
  const sources = payloadSources(options);
  for (const source of options.keys ?? []) {
    const { asn, file } = splitSource(source);
    if (asn !== undefined || (endpointOfSource(file) === undefined && (await isKeyFile(file, io)))) {
      const { publicKeysOfFile } = await import('../../rpki/index.js');
      const octets = await readKeyFile(file, io);
      for (const key of inFile(file, () => publicKeysOfFile(octets, asn === undefined ? [] : [asn]))) {
        keys.announce(key);
      }
    } else sources.push(file);
  }
  const { slurm = [] } = options;
  const { routerKeys } =
    sources.length > 0
      ? await loadPayloads({ ...options, rpki: sources, aspa: [] }, io)
      : applySlurm(createPayloadSet({}, { seed: io.seed }), await loadSlurm(slurm, io), io.seed);
  for (const key of routerKeys) keys.announce(key);
  return keys;
}

/** `AS=FILE` apart; a name with `=` that does not begin with an AS number is a name. */
export function splitSource(source: string): { readonly asn?: Asn; readonly file: string } {
  const [, text, file] = /^(?:AS)?(\d+)=(.+)$/i.exec(source) ?? [];
  if (text === undefined || file === undefined) return { file: source };
  const asn = Number(text);
  if (!isAsn(asn) || asn === 0) throw new CliError(`${source}: there is no AS ${text}`);
  return { asn, file };
}

/** DER or PEM by the first octets. Pipes can be read only once, so what is no regular file counts as payloads. */
async function isKeyFile(file: string, io: Io): Promise<boolean> {
  if (file === '-' || !(await naming(file, () => stat(file))).isFile()) return false;
  const { head, close } = await peek(openInput(file, io));
  await close();
  return head[0] === 0x30 || Buffer.from(head).includes('-----BEGIN ');
}
