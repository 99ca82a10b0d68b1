import type { RtrEndpoint } from '../../node/rtr-connect.js';
import { fetchRtr } from '../../node/rtr-fetch.js';
import { createPayloadSet, type PayloadSet } from '../../payload/index.js';
import type { RtrClient, RtrClientOptions } from '../../rtr/index.js';
import { CliError, type Io } from './io.js';

/**
 * The limit of providers is for the commands to apply and to tell (docs/decisions/payload.md D-aspa-provider-limit).
 */
const UNLIMITED: RtrClientOptions = { limits: { maxProviders: Number.POSITIVE_INFINITY } };

/** Everything a cache has, once. @throws {CliError} that names the cache, with the reason. */
export async function payloadsOfCache(
  endpoint: RtrEndpoint,
  io: Io,
  options?: RtrClientOptions,
  seconds?: number,
): Promise<PayloadSet> {
  const client = await clientOfCache(endpoint, io, options, seconds);
  return createPayloadSet(client.payloads(), { seed: io.seed });
}

/** A client session that has everything a cache has, and is ended. @throws {CliError} as {@link payloadsOfCache}. */
export async function clientOfCache(
  endpoint: RtrEndpoint,
  { seed }: Io,
  options: RtrClientOptions = UNLIMITED,
  seconds?: number,
): Promise<RtrClient> {
  try {
    return await fetchRtr(endpoint, { seed, ...options }, seconds);
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error));
  }
}
