import { decodeUpdate, type Update } from '../bgp/index.js';
import { DecodeError } from '../bytes/index.js';
import { requireObject, sayValue } from '../inet/index.js';
import { requireMessage, requireVerifier } from './check-arguments.js';
import { type FastOptions, isValidRoute, isValidRouteAsync } from './fast-validation.js';
import type { BgpsecVerdict } from './reasons.js';
import { receiveUpdate } from './receive.js';
import { type BgpsecSession, checkedSession, decoderOptions } from './session.js';
import type { SignedRoute, Verifier } from './validation-algorithm.js';

/**
 * The verdict of {@link verifyUpdate} alone, by the fast reading. RFC 8205 §5.2.
 *
 * @throws as {@link verifyUpdate}.
 */
export function verdictOfUpdate(
  message: Uint8Array | Update,
  session: BgpsecSession,
  verifier: Verifier,
  options: FastOptions = {},
): BgpsecVerdict {
  const route = received(message, session, verifier);
  if (typeof route === 'string') return route;
  return isValidRoute(route, verifier, options) ? 'valid' : 'not-valid';
}

/** One UPDATE of a batch. */
export interface BatchItem {
  readonly message: Uint8Array | Update;
  readonly session: BgpsecSession;
}

/**
 * The verdicts of many UPDATEs in their order, with `inFlight` of them under way at once where the engine verifies off
 * this thread. The signatures of one UPDATE follow each other, newest first, so hostile input costs no more than in
 * {@link verdictOfUpdate}. An UPDATE that would throw there gives `session-reset` here. RFC 8205 §5.2.
 *
 * @throws {RangeError} unless `inFlight` is a whole number of at least 1.
 */
export async function verdictsOfUpdates(
  items: readonly BatchItem[],
  verifier: Verifier,
  options: FastOptions = {},
  inFlight = 64,
): Promise<readonly (BgpsecVerdict | 'session-reset')[]> {
  requireVerifier(verifier);
  if (!Array.isArray(items))
    throw new TypeError(`items is ${sayValue(items)}, not a list of {message, session}`);
  if (!Number.isInteger(inFlight) || inFlight < 1) throw new RangeError('inFlight: a whole number >= 1');
  const verdicts: (BgpsecVerdict | 'session-reset')[] = new Array(items.length);
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      verdicts[index] = await verdictOf(items[index] as BatchItem, verifier, options);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, items.length) }, run));
  return verdicts;
}

async function verdictOf(
  item: BatchItem,
  verifier: Verifier,
  options: FastOptions,
): Promise<BgpsecVerdict | 'session-reset'> {
  requireObject(item, 'an item', '{message, session}');
  const { message, session } = item;
  let route: SignedRoute | BgpsecVerdict;
  try {
    route = received(message, session, verifier);
  } catch (error) {
    if (error instanceof DecodeError) return 'session-reset';
    throw error;
  }
  if (typeof route === 'string') return route;
  return (await isValidRouteAsync(route, verifier, options)) ? 'valid' : 'not-valid';
}

function received(
  message: Uint8Array | Update,
  session: BgpsecSession,
  verifier: Verifier,
): SignedRoute | BgpsecVerdict {
  requireMessage(message);
  checkedSession(session);
  requireVerifier(verifier);
  const update = message instanceof Uint8Array ? decodeUpdate(message, decoderOptions(session)) : message;
  const { result, route } = receiveUpdate(update, session);
  if (result !== undefined) return result.verdict;
  return route.path.blocks.some(({ suite }) => verifier.suites.has(suite)) ? route : 'unsigned';
}
