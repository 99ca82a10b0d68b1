import { decodeUpdate, type Update } from '../bgp/index.js';
import { requireObject } from '../inet/index.js';
import { requireMessage, requireSignedRoute, requireVerifier } from './check-arguments.js';
import { type BgpsecNote, originOf } from './reasons.js';
import { notesOnUpdate, pathMembers, receiveUpdate, unsigned } from './receive.js';
import type { BgpsecResult, BlockResult } from './result.js';
import { type BgpsecSession, checkedSession, decoderOptions } from './session.js';
import { isForeignSki } from './spki.js';
import {
  keysToTry,
  type SignedRoute,
  type Verifier,
  validateSignatureBlocks,
} from './validation-algorithm.js';

/** How {@link verifyUpdate} reads and how far it goes. */
export interface VerifyOptions {
  /** Evaluate every signature of every supported block, also after the verdict stands. Default false. */
  readonly exhaustive?: boolean;
  /**
   * Type code of BGPsec_PATH: 33, or 30 as the examples of RFC 8208 and RFC 8608 print it (D-bgpsec-type-30). Default
   * 33.
   */
  readonly attributeType?: 33 | 30;
  /** False: this side did not announce Extended Messages, more than 4096 octets are an error. Default true. */
  readonly extendedMessages?: boolean;
}

/**
 * Receives one UPDATE: `message` is the whole BGP message, header included, or what `decodeUpdate` made of it. Every
 * check of RFC 8205 §5.2 and the validation algorithm, with the evidence for each signature. The verdict says nothing
 * about the origin (RFC 6811) or about route leaks, and never drops a route: that is local policy (§5.1; RFC 8207 §7
 * recommends not to use what is Not Valid).
 *
 * @throws {BgpError} for an error that resets the session; {@link DecodeError} for what is no UPDATE.
 * @throws {RangeError} for a session that makes no sense; {@link TypeError} for an argument of another kind.
 */
export function verifyUpdate(
  message: Uint8Array | Update,
  session: BgpsecSession,
  verifier: Verifier,
  options: VerifyOptions = {},
): BgpsecResult {
  requireMessage(message);
  checkedSession(session);
  requireVerifier(verifier);
  requireObject(options, 'the options', '{exhaustive, attributeType, extendedMessages}');
  const { attributeType, extendedMessages } = options;
  const update =
    message instanceof Uint8Array
      ? decodeUpdate(message, decoderOptions(session, attributeType, extendedMessages))
      : message;
  const { result, route } = receiveUpdate(update, session);
  if (route === undefined) return result;
  return verifyRoute(route, verifier, options.exhaustive, notesOnUpdate(update, route));
}

/**
 * As {@link verifyUpdate}, for a route that passed the checks: one from a store, or from a RIB dump.
 * RFC 8205 §5.2.
 *
 * @throws {TypeError} for a route or verifier of another kind; {@link RangeError} for numbers that do not exist.
 */
export function verifyRoute(
  route: SignedRoute,
  verifier: Verifier,
  exhaustive = false,
  notes: readonly BgpsecNote[] = [],
): BgpsecResult {
  requireSignedRoute(route);
  requireVerifier(verifier);
  const { path, announced } = route;
  const { prefix } = announced;
  if (path.blocks.every(({ suite }) => !verifier.suites.has(suite))) {
    return { ...unsigned('no-supported-suite', { prefix, asPath: pathMembers(route).asPath }), notes };
  }
  const blocks = validateSignatureBlocks(route, verifier, exhaustive);
  const valid = blocks.some(({ state }) => state === 'valid');
  const reason = valid
    ? 'ok'
    : (blocks.find(({ failure }) => failure)?.failure?.reason ?? 'signature-mismatch');
  return {
    verdict: valid ? 'valid' : 'not-valid',
    reason,
    ...originOf(reason),
    prefix,
    ...pathMembers(route),
    blocks,
    notes: [...notes, ...notesOnBlocks(route, blocks, verifier)],
  };
}

function notesOnBlocks(
  { path }: SignedRoute,
  blocks: readonly BlockResult[],
  verifier: Verifier,
): BgpsecNote[] {
  const notes: BgpsecNote[] = [];
  const states = blocks.map(({ state }) => state);
  if (states.includes('valid') && states.includes('not-valid')) notes.push('block-failed-beside-valid');
  // D-bgpsec-ski-not-sha1: such a key is used all the same.
  const odd =
    verifier.keys.foreignSkis > 0 &&
    path.blocks.some(({ signatures }) =>
      signatures.some(({ ski }, i) =>
        keysToTry(verifier, path.segments[i]?.asn ?? 0, ski).some((spki) => isForeignSki(ski, spki)),
      ),
    );
  return odd ? [...notes, 'ski-not-sha1'] : notes;
}
