import { type Command, Option } from 'commander';
import type { RtrEndpoint } from '../../node/rtr-connect.js';
import { createPayloadSet, dropOverLimit, type PayloadSet } from '../../payload/index.js';
import type { AspaLayout, RtrClientOptions, RtrVersion } from '../../rtr/index.js';
import { endpointOfSource, parseEndpoint } from '../shared/endpoint.js';
import { ageOf } from '../shared/expiry.js';
import { nameOf } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { parseNumberOption } from '../shared/parse-options.js';
import { type PackedPayloads, packedPayloads } from '../shared/payload-differences.js';
import { readPayloadFile } from '../shared/payload-files.js';
import { noteOverLimit } from '../shared/provider-limit.js';
import { clientOfCache, payloadsOfCache } from '../shared/snapshot.js';
import { checkClientTls, clientTls, type TlsFiles } from './tls-options.js';

/** The options by which commands reach a cache. */
export interface RtrTargetOptions extends TlsFiles {
  readonly rtrVersion: string;
  readonly aspaLayout: AspaLayout;
  readonly timeout: number;
  /** Seconds since 1970 UTC: what has expired by then in a file does not count, and how old the file is gets told. */
  readonly now?: number;
}

/** Declares the options of {@link RtrTargetOptions}. */
export function addTargetOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--rtr-version <number>', 'highest protocol version to offer')
        .choices(['0', '1', '2'])
        .default('2'),
    )
    .addOption(
      new Option(
        '--aspa-layout <layout>',
        'ASPA PDUs of version 2: as in draft 14 and later, or as in draft 10',
      )
        .choices(['current', '8210bis-10'])
        .default('current'),
    )
    .option('--timeout <seconds>', 'wait so long for a complete answer', parseNumberOption, 60)
    .option('--tls', 'connect with TLS')
    .option('--ca <file>', 'certificates to trust, PEM; implies --tls')
    .option('--cert <file>', 'certificate to show, PEM')
    .option('--key <file>', 'key of that certificate, PEM')
    .option('--server-name <name>', 'name that the certificate of the cache must have');
}

/** The endpoint of an argument, without TLS. Throws {@link CliError}. */
export function plainEndpointOf(text: string): RtrEndpoint {
  const endpoint = parseEndpoint(text);
  if (!endpoint) throw new CliError(`${text} is not HOST:PORT`);
  return endpoint;
}

/** The endpoint of an argument, with TLS as the options say. Throws {@link CliError}. */
export async function endpointOf(text: string, options: RtrTargetOptions, io: Io): Promise<RtrEndpoint> {
  const endpoint = plainEndpointOf(text);
  const tls = await clientTls(options, endpoint, io);
  return tls === undefined ? endpoint : { ...endpoint, tls };
}

/** The client session that the options describe. */
export function clientOptionsOf({ rtrVersion, aspaLayout, timeout }: RtrTargetOptions): RtrClientOptions {
  return {
    highestVersion: Number(rtrVersion) as RtrVersion,
    aspaLayout,
    // What a PDU holds is taken: the limit is for the commands to apply and to tell (D-aspa-provider-limit).
    limits: { responseSeconds: timeout, maxProviders: Number.POSITIVE_INFINITY },
  };
}

/**
 * The payloads of a cache, given as HOST:PORT, or of a file. A file of that name comes first. Customers with too many
 * providers are left out of either, and noted.
 */
export async function payloadsOfTarget(text: string, options: RtrTargetOptions, io: Io): Promise<PayloadSet> {
  checkClientTls(options);
  if (endpointOfSource(text) === undefined) {
    const { now, aspaLayout } = options;
    const payloads = await readPayloadFile(text, { aspaLayout, ...(now === undefined ? {} : { now }) }, io);
    await noteOverLimit(dropOverLimit(payloads.aspas), io);
    const age = now === undefined ? undefined : await ageOf(text, payloads.made, now);
    if (age !== undefined) await io.stderr.write(`pathsec: ${nameOf(text)}: ${age}\n`);
    return payloads;
  }
  const payloads = await payloadsOfCache(
    await endpointOf(text, options, io),
    io,
    clientOptionsOf(options),
    options.timeout,
  );
  await noteOverLimit(dropOverLimit(payloads.aspas), io);
  return payloads;
}

/** The payloads of {@link payloadsOfTarget}, their VRPs packed. */
export async function packedPayloadsOfTarget(
  text: string,
  options: RtrTargetOptions,
  io: Io,
): Promise<PackedPayloads> {
  checkClientTls(options);
  if (endpointOfSource(text) === undefined) {
    return packedPayloads(await payloadsOfTarget(text, options, io), io.seed);
  }
  const client = await clientOfCache(
    await endpointOf(text, options, io),
    io,
    clientOptionsOf(options),
    options.timeout,
  );
  const rest = createPayloadSet({ ...client.payloads(), vrps: [] }, { seed: io.seed });
  await noteOverLimit(dropOverLimit(rest.aspas), io);
  return { vrps: client.store.vrps, rest };
}
