import { existsSync } from 'node:fs';
import type { RtrEndpoint } from '../../node/rtr-connect.js';

/** `127.0.0.1:8282`, `[2001:db8::1]:323` or `cache.example:323`; undefined for anything else. */
export function parseEndpoint(text: string): RtrEndpoint | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/[\]]+)):([0-9]{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  return host !== undefined && port <= 65_535 ? { host, port } : undefined;
}

/** The cache that a SOURCE names; undefined where it is a file or `-`. A file of that name comes first. */
export function endpointOfSource(source: string): RtrEndpoint | undefined {
  return source === '-' || existsSync(source) ? undefined : parseEndpoint(source);
}
