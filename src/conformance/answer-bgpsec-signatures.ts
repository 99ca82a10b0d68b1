import { BgpError, type BgpsecPath, encodeBgpsecPath, type SignatureBlock } from '../bgp/index.js';
import {
  addSegment,
  type BgpsecSession,
  type SignatureEngine,
  SigningError,
  verifyRoute,
} from '../bgpsec/index.js';
import { toHex } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import {
  isPresent,
  member,
  optional,
  type Place,
  readAsn,
  readFields,
  readFlag,
  readList,
  readNumber,
} from '../questions/index.js';
import { verdictAnswer } from './bgpsec-evidence.js';
import { readNonce, readPrivateKey, recordingEngine } from './bgpsec-route.js';
import { readAnnounced, readOctet, readSegment, readSignature } from './bgpsec-segments.js';
import { readRouterKeys, readSuites } from './bgpsec-session.js';
import type { Answer } from './request.js';
import { inField } from './request-fields.js';
import type { Request } from './vector.js';

export const VERIFY_SIGNATURES_MEMBERS = [
  'securePath',
  'signatureBlocks',
  'target',
  'prefix',
  'safi',
  'nlri',
  'keys',
  'suites',
  'verifyMembers',
] as const;

export const SIGN_MEMBERS = [
  'securePath',
  'signatures',
  'segment',
  'target',
  'algorithmSuite',
  'prefix',
  'safi',
  'nlri',
  'key',
  'suites',
  'nonce',
] as const;

/**
 * The signatures of a path that somebody else has taken out of its UPDATE: of RFC 8205 §5.2 items 1 and 3, as far as values can
 * break them, and the validation algorithm.
 */
export function verifySignatures(request: Request, engine: SignatureEngine): Answer {
  const path = {
    segments: readList(member(request, 'securePath'), readSegment),
    blocks: readList(member(request, 'signatureBlocks'), readBlock),
  };
  const announced = readAnnounced(request);
  const keys = optional(member(request, 'keys'), readRouterKeys, readRouterKeys({ path: 'keys', value: [] }));
  const verifier = { keys, suites: readSuites(request, engine) };
  const verifyMembers = optional(member(request, 'verifyMembers'), readFlag, true);
  const session = sessionTo(readAsn(member(request, 'target')), verifyMembers);
  const reason = inField('securePath', () => malformation(path));
  if (reason !== undefined) return { verdict: 'treat-as-withdraw', reason };
  return verdictAnswer(verifyRoute({ path, announced, session }, verifier, true));
}

/** Why the path could stand in no UPDATE, in the words of the decoder: RFC 8205 §5.2 items 1 and 3. */
function malformation(path: BgpsecPath): string | undefined {
  try {
    encodeBgpsecPath(path);
    return undefined;
  } catch (error) {
    if (error instanceof BgpError) return error.code;
    throw error;
  }
}

/** `target` and the confederation are all that the signatures depend on. */
function sessionTo(target: Asn, verifyMembers: boolean): BgpsecSession {
  return {
    localAs: target,
    peerAs: target,
    kind: 'confed-external',
    confederation: { identifier: target, memberAs: target, verifyMembers },
  };
}

/** A Signature_Block: `{ algorithmSuite, signatures }`. */
function readBlock(place: Place): SignatureBlock {
  const fields = readFields(place, ['algorithmSuite', 'signatures']);
  return {
    suite: optional(member(fields, 'algorithmSuite', place.path), readOctet, 1),
    signatures: readList(member(fields, 'signatures', place.path), readSignature),
  };
}

/** One signature more for one block of a path (RFC 8205 §4.2). */
export function sign(request: Request, engine: SignatureEngine): Answer {
  const segments = optional(member(request, 'securePath'), (list) => readList(list, readSegment), []);
  const signatures = optional(member(request, 'signatures'), (list) => readList(list, readSignature), []);
  const segment = readSegment(member(request, 'segment'));
  const target = readNumber(member(request, 'target'));
  const suite = optional(member(request, 'algorithmSuite'), readOctet, 1);
  const announced = readAnnounced(request);
  const owned = readPrivateKey(member(request, 'key'));
  const nonce = member(request, 'nonce');
  const { asn, key } = owned;
  const recorder = recordingEngine(engine, isPresent(nonce) ? [{ asn, suite, k: readNonce(nonce) }] : []);
  recorder.register(key, asn);
  const supported = [...readSuites(request, engine).keys()];
  if (signatures.length !== segments.length) return { outcome: 'refused', reason: 'signature-count' };
  const signer = {
    suites: new Map(supported.map((one) => [one, recorder.engineFor(one)])),
    keyOf: (of: Asn, wanted: number) => (of === asn && wanted === owned.suite ? key : undefined),
  };
  try {
    addSegment({ segments, blocks: [{ suite, signatures }] }, segment, target, announced, signer);
  } catch (error) {
    if (!(error instanceof SigningError)) throw error;
    return { outcome: 'refused', reason: error.code };
  }
  const [made] = recorder.signed;
  if (made === undefined) throw new Error('nothing was signed');
  return {
    outcome: 'signed',
    ski: toHex(key.ski),
    signature: toHex(made.signature),
    octetsToSign: toHex(made.octets),
    digest: toHex(made.digest),
  };
}
