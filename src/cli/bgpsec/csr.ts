import type { Command } from 'commander';
import { toHex } from '../../bytes/index.js';
import {
  checkCertificateRequest,
  createCertificateRequest,
  decodeCertificateRequest,
  derOfFile,
  formatName,
  pemOf,
  routerKeyFault,
  routerKeySki,
} from '../../rpki/index.js';
import type { Context } from '../shared/command.js';
import { inFile } from '../shared/input.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { loadPrivateKey, readKeyFile } from '../shared/key-file.js';
import { writeNewFiles } from '../shared/new-files.js';
import { addBackendOption, type Backend, engineOf } from './keys.js';
import { conforms, fieldsText, profileText } from './profile-text.js';

interface CsrOptions {
  readonly key?: string;
  readonly name?: string;
  readonly out?: string;
  readonly der?: boolean;
  readonly check?: string;
  readonly json?: boolean;
  readonly backend: Backend;
}

/** `pathsec bgpsec csr`: makes a request for a router certificate (RFC 8209 §3.2), or checks one item by item. */
export function define(command: Command, { io, exit }: Context): void {
  addBackendOption(command)
    .option('--key <file>', 'the private key that is to be certified')
    .option('--name <text>', 'CommonName of the subject, such as ROUTER-0000FBF0; empty by default')
    .option('--out <file>', 'where the request goes instead of stdout; refused if it exists')
    .option('--der', 'DER instead of PEM; needs --out')
    .option('--check <file>', 'check this request (PEM or DER) instead of making one')
    .option('-j, --json', 'the request with its SKI, or with --check the items, as one JSON object')
    .action(async (options: CsrOptions) => {
      if ((options.key === undefined) === (options.check === undefined)) {
        throw new CliError('give either --key FILE to make a request or --check FILE to check one');
      }
      if (options.check !== undefined) exit(await check(options.check, options, io));
      else await create(options, io);
    });
}

async function create({ key: file = '', name, out, der, backend, json }: CsrOptions, io: Io): Promise<void> {
  if (der && out === undefined) throw new CliError('--der needs --out');
  if (name !== undefined && (name === '' || [...name].length > 64)) {
    throw new CliError('--name has 1 to 64 characters');
  }
  const key = await loadPrivateKey(file, io);
  const engine = engineOf(backend);
  const signer = { spki: key.spki, sign: (octets: Uint8Array) => engine.sign(key, octets) };
  const request = createCertificateRequest(signer, name);
  const pem = pemOf('CERTIFICATE REQUEST', request);
  if (out !== undefined) await writeNewFiles([{ file: out, content: der ? request : pem }]);
  if (json) {
    const ski = toHex(key.ski).toUpperCase();
    const where = out === undefined ? { request: pem } : { file: out };
    await io.stdout.write(`${JSON.stringify({ ski, ...where })}\n`);
  } else if (out === undefined) await io.stdout.write(pem);
}

async function check(file: string, { backend, json }: CsrOptions, io: Io): Promise<number> {
  const octets = await readKeyFile(file, io);
  const request = inFile(file, () => decodeCertificateRequest(derOfFile(octets)));
  const checks = checkCertificateRequest(request, engineOf(backend).verify);
  const subject = formatName(request.subject);
  const ski = routerKeyFault(request.spki) ? undefined : toHex(routerKeySki(request.spki)).toUpperCase();
  if (json) {
    const result = { file, subject, ski, checks, conforms: conforms(checks) };
    await io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  } else {
    const fields = fieldsText([
      ['file', file],
      ['subject', subject || '(empty)'],
      ['SKI', ski ?? '-'],
    ]);
    await io.stdout.write(`${fields}${profileText(checks)}`);
  }
  return conforms(checks) ? EXIT.done : EXIT.invalid;
}
