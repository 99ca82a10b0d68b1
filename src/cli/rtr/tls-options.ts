import { isIP } from 'node:net';
import {
  type ConnectionOptions,
  createSecureContext,
  type SecureContextOptions,
  type TlsOptions,
} from 'node:tls';
import { formatEndpoint } from '../../node/rtr-connect.js';
import { tlsCause } from '../../node/tls-cause.js';
import { checkStdin, readOctets } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';

/** The largest bundle of CA certificates has a few hundred kilobytes. */
const MAX_FILE = 1 << 24;

/** The TLS options of a command, as given. */
export interface TlsFiles {
  readonly tls?: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
}

/**
 * TLS for a server, undefined for plain TCP. An option that would be ignored is an error: who names a certificate does
 * not want plain TCP.
 *
 * @throws {CliError} for half a pair, `--ca` without one, or files that are no certificate or key.
 */
export async function serverTls({ cert, key, ca }: TlsFiles, io: Io): Promise<TlsOptions | undefined> {
  checkPair(cert, key);
  if (cert === undefined && ca !== undefined) {
    throw new CliError('--ca goes with --cert and --key: without them there is no TLS');
  }
  if (cert === undefined) return undefined;
  const context = await readContext([ca, cert, key], io);
  return ca === undefined ? context : { ...context, requestCert: true, rejectUnauthorized: true };
}

/**
 * TLS for a client of a cache, undefined for plain TCP.
 *
 * @throws {CliError} as {@link serverTls}, and for a cache without a name (8210bis §9.2).
 */
export async function clientTls(
  files: TlsFiles,
  { host, port }: { host: string; port: number },
  io: Io,
): Promise<ConnectionOptions | undefined> {
  checkClientTls(files);
  const { tls, ca, serverName } = files;
  if (!tls && ca === undefined) return undefined;
  if (serverName === undefined && isIP(host) !== 0) {
    throw new CliError(
      `${formatEndpoint({ host, port })}: with TLS the cache must be named: --server-name NAME (8210bis §9.2)`,
    );
  }
  return {
    ...(await readContext([ca, files.cert, files.key], io)),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
}

/** Throws {@link CliError} for options of TLS that would be ignored. */
export function checkClientTls({ tls, ca, cert, key, serverName }: TlsFiles): void {
  checkPair(cert, key);
  if (tls || ca !== undefined) return;
  const [name] =
    Object.entries({ '--cert': cert, '--server-name': serverName }).find(([, value]) => value) ?? [];
  if (name !== undefined) throw new CliError(`${name} goes with --tls (or --ca, which implies it)`);
}

/** Throws {@link CliError} for any option of TLS, where nothing is connected to. */
export function refuseTls({ tls, ca, cert, key, serverName }: TlsFiles): void {
  const given = { '--tls': tls, '--ca': ca, '--cert': cert, '--key': key, '--server-name': serverName };
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (name !== undefined) throw new CliError(`${name} has no use: neither source is a cache`);
}

function checkPair(cert: string | undefined, key: string | undefined): void {
  if (cert !== undefined && key === undefined) throw new CliError('--cert goes with --key');
  if (key !== undefined && cert === undefined) throw new CliError('--key goes with --cert');
}

/** The files (certificates to trust, certificate, key), read and tried. */
async function readContext(
  [ca, cert, key]: readonly (string | undefined)[],
  io: Io,
): Promise<SecureContextOptions> {
  checkStdin(ca, cert, key);
  const read = async (file: string): Promise<Buffer> =>
    Buffer.from(await readOctets(file, io, MAX_FILE, 'no certificates or key'));
  const context: SecureContextOptions = {
    ...(ca === undefined ? {} : { ca: await read(ca) }),
    ...(cert === undefined ? {} : { cert: await read(cert) }),
    ...(key === undefined ? {} : { key: await read(key) }),
  };
  try {
    createSecureContext(context);
  } catch (error) {
    const named = [ca, cert, key].filter((file) => file !== undefined).join(', ');
    throw new CliError(`${named}: ${error instanceof Error ? tlsCause(error) : String(error)}`);
  }
  return context;
}
