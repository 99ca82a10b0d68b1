import type { RtrEndpoint } from '../node/rtr-connect.js';
import { fetchRtr } from '../node/rtr-fetch.js';
import { createPayloadSet, type PayloadSet } from '../payload/index.js';
import type { RtrClientOptions } from '../rtr/index.js';
import { CliError } from './io.js';

/** The limit of providers is for the commands to apply and to tell (docs/decisions.md D-aspa-provider-limit). */
const UNLIMITED: RtrClientOptions = { limits: { maxProviders: Number.POSITIVE_INFINITY } };

/** Everything a cache has, once. @throws {CliError} that names the cache, with the reason. */
export async function payloadsOfCache(
  endpoint: RtrEndpoint,
  options: RtrClientOptions = UNLIMITED,
  seconds?: number,
): Promise<PayloadSet> {
  try {
    return createPayloadSet((await fetchRtr(endpoint, options, seconds)).payloads());
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error));
  }
}
