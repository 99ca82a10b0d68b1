import { DecodeError, requireKnownMembers, requireUniqueNames } from '../../bytes/index.js';
import type { Asn, Prefix } from '../../inet/index.js';
import { type Members, member, readAnyAsn, readFields, readPrefix } from '../../questions/index.js';
import { MAX_HAND_WRITTEN, nameOf } from '../shared/input.js';
import { CliError } from '../shared/io.js';

/** A route whose origin is asked for. */
export interface ListedRoute {
  readonly prefix: Prefix;
  readonly asn: Asn;
}

/** So many octets of blanks may stand before JSON. */
const BLANKS = 1 << 12;

/** Whether so much of an input is there that {@link isRouteList} can tell; no more is waited for. */
export function saysSomething(head: Uint8Array): boolean {
  return head.length >= BLANKS || new TextDecoder().decode(head).trim() !== '';
}

/** Whether an input of routes is JSON, by its beginning. */
export function isRouteList(head: Uint8Array): boolean {
  return /^\uFEFF?\s*\{/.test(new TextDecoder().decode(head));
}

/**
 * The routes of Routinator's JSON (`routinator validate --json --input`): `{"routes": [{"prefix": …, "asn": …}]}`. Each comes
 * as what reads it, so that one that cannot be read leaves the others. NON-SPEC: a format of Routinator.
 *
 * @throws {CliError} that names the file, for one that is longer than 64 MiB or not of that form.
 */
export async function readRouteList(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<(() => ListedRoute)[]> {
  const refuse = (why: string): CliError =>
    new CliError(`${nameOf(file)}: ${why}; JSON routes are {"routes": [{"prefix": …, "asn": …}]}`);
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_HAND_WRITTEN)
      throw refuse(`more than ${MAX_HAND_WRITTEN} octets, the limit of JSON; lines of text have none`);
    text += decoder.decode(chunk, { stream: true });
  }
  text += decoder.decode();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('not JSON (json-syntax)');
  }
  const document = value as Members; // it begins with a brace
  const { routes } = document;
  try {
    requireUniqueNames(text);
    requireKnownMembers(document, ['routes']);
  } catch (error) {
    throw error instanceof DecodeError ? refuse(`${error.message} (${error.code})`) : error;
  }
  if (!Array.isArray(routes)) throw refuse('no array "routes" (request-member)');
  return routes.map((route: unknown, index) => () => {
    const path = `routes[${index}]`;
    const fields = readFields({ path, value: route }, ['prefix', 'asn']);
    return {
      prefix: readPrefix(member(fields, 'prefix', path)),
      asn: readAnyAsn(member(fields, 'asn', path)),
    };
  });
}
