import { existsSync } from 'node:fs';
import type { RtrEndpoint } from '../../node/rtr-connect.js';
import { nameOf } from './input.js';
import { CliError } from './io.js';

const HOST_PORT = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):([0-9]+)$/;
const LAST_PORT = 65_535;

/** `127.0.0.1:8282`, `[2001:db8::1]:323` or `cache.example:323`; undefined for anything else. */
export function parseEndpoint(text: string): RtrEndpoint | undefined {
  const [, address, name, digits] = HOST_PORT.exec(text) ?? [];
  const host = address ?? name;
  const port = Number(digits);
  return host !== undefined && port <= LAST_PORT ? { host, port } : undefined;
}

/**
 * The cache that a SOURCE names; undefined where it is a file or `-`. A file of that name comes first.
 *
 * @throws {CliError} for what would be a cache if there were such a port: it would be looked for among the files.
 */
export function endpointOfSource(source: string): RtrEndpoint | undefined {
  if (source === '-' || existsSync(source)) return undefined;
  const endpoint = parseEndpoint(source);
  if (endpoint === undefined && HOST_PORT.test(source))
    throw new CliError(`${nameOf(source)}: no such file, and no HOST:PORT: ports go to ${LAST_PORT}`);
  return endpoint;
}
