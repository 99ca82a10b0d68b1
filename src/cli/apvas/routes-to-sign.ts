import { existsSync } from 'node:fs';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import type { Asn, Prefix } from '../../inet/index.js';
import { type RouteElement, readElements } from '../../routes/index.js';
import { nameOf, naming, openInput } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { plural } from '../shared/text-table.js';

/** A route whose hops are to sign. */
export interface RouteToSign {
  readonly prefix: Prefix;
  readonly asPath: AsPath;
  /** Its ASes, the neighbour first, repetitions included; at least one. */
  readonly asns: readonly Asn[];
}

/**
 * Up to `limit` routes of the arguments: files of routes in any form, `-` for stdin, or a route itself, `PREFIX|PATH|PEER`. Routes that
 * cannot be signed, with an AS_SET or without a path, are passed over; stderr says how many.
 *
 * @throws {CliError} that names the argument, for one that is no whole input of routes, and without any route to sign.
 */
export async function routesToSign(
  inputs: readonly string[],
  limit: number,
  io: Io,
): Promise<readonly RouteToSign[]> {
  const routes: RouteToSign[] = [];
  let passedOver = 0;
  let more = false;
  for (const input of inputs) {
    const chunks = isRoute(input) ? [new TextEncoder().encode(`${input}\n`)] : openInput(input, io);
    await naming(input, async () => {
      for await (const element of readElements(chunks, { seed: io.seed })) {
        if (element.kind === 'path') {
          throw new DecodeError('route-without-prefix', 'a path without a prefix; write PREFIX|PATH|PEER');
        }
        if (element.kind !== 'route') continue;
        const asns = signersOf(element);
        more = asns !== undefined && routes.length === limit;
        if (more) break;
        if (asns === undefined) passedOver++;
        else routes.push({ prefix: element.prefix, asPath: element.asPath, asns });
      }
    });
    if (more) break;
  }
  if (passedOver > 0) {
    await io.stderr.write(
      `pathsec: ${plural(passedOver, 'route')} with an AS_SET or without a path passed over\n`,
    );
  }
  if (routes.length === 0)
    throw new CliError(`${inputs.map(nameOf).join(', ')}: no route that can be signed`);
  if (more) {
    await io.stderr.write(`pathsec: the first ${plural(limit, 'route')}; --limit takes more\n`);
  }
  return routes;
}

function isRoute(input: string): boolean {
  return input.includes('|') && !existsSync(input);
}

/** The ASes of the path; undefined where something else than AS numbers in a row stands in it (RFC 8205 §4.4). */
function signersOf({ asPath }: RouteElement): readonly Asn[] | undefined {
  if (asPath.some(({ type }) => type !== AS_SEQUENCE)) return undefined;
  const asns = asPath.flatMap((segment) => segment.asns);
  return asns.length === 0 ? undefined : asns;
}
