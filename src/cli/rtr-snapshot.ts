import type { RtrEndpoint } from '../node/rtr-connect.js';
import { fetchRtr } from '../node/rtr-fetch.js';
import { createPayloadSet, type PayloadSet } from '../payload/index.js';
import type { RtrClient, RtrClientOptions } from '../rtr/index.js';
import { CliError } from './io.js';

/** The limit of providers is for the commands to apply and to tell (docs/decisions.md D-aspa-provider-limit). */
const UNLIMITED: RtrClientOptions = { limits: { maxProviders: Number.POSITIVE_INFINITY } };

/** Everything a cache has, once. @throws {CliError} that names the cache, with the reason. */
export async function payloadsOfCache(
  endpoint: RtrEndpoint,
  options?: RtrClientOptions,
  seconds?: number,
): Promise<PayloadSet> {
  return createPayloadSet((await clientOfCache(endpoint, options, seconds)).payloads());
}

/** A client session that has everything a cache has, and is ended. @throws {CliError} as {@link payloadsOfCache}. */
export async function clientOfCache(
  endpoint: RtrEndpoint,
  options: RtrClientOptions = UNLIMITED,
  seconds?: number,
): Promise<RtrClient> {
  try {
    return await fetchRtr(endpoint, options, seconds);
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error));
  }
}
