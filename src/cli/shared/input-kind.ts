import { routesByBeginning } from '../../routes/index.js';
import { payloadsByBeginning } from '../../rpki/payloads.js';

/**
 * What stands in an input of routes that holds none, as a sentence; undefined where nothing is known against it. JSON that
 * begins with a lone bracket is a document of many lines: its lists of numbers would else be read as paths.
 */
export function notRoutes(head: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(head);
  const payloads = payloadsByBeginning(text);
  if (payloads !== undefined) return `this is a file of ${payloads}, no routes; payloads go behind --rpki`;
  if (head[0] === 0x30 && (head[1] ?? 0) >= 0x80)
    return 'this looks like a signed object (DER), not like routes';
  return /^\s*[[{]\s*$/m.test(text.trimStart().split('\n', 1)[0] ?? '')
    ? 'this is JSON of several lines; of JSON only RIS Live is read, a message a line'
    : undefined;
}

/** What stands in a file of payloads that holds none, as a sentence; undefined where nothing is known. */
export function notPayloads(octets: Uint8Array): string | undefined {
  const routes = routesByBeginning(octets);
  if (routes !== undefined) return `this is a file of ${routes}, no payloads`;
  if (octets[0] === 0x30 && (octets[1] ?? 0) >= 0x80)
    return 'this looks like a signed object (DER); "pathsec rpki show --payloads" makes payloads of it';
  return undefined;
}
