export { addSegment, originSegment } from './add-segment.js';
export { isConfedSegment, pathLength, reconstructAsPath } from './as-path-reconstruction.js';
export { type CandidateState, type Selection, selectVerified } from './best-path-only.js';
export { homeAs } from './check-received.js';
export { bridgeSegment, removeConfedSegments } from './confederation.js';
export {
  type EcdsaSigValue,
  encodeEcdsaSigValue,
  isStrictSignature,
  parseEcdsaSigValue,
} from './ecdsa-sig-value.js';
export { type SignatureEngine, SUITE_ECDSA_P256_SHA256, type Suites, suite1 } from './engine.js';
export { explainResult } from './explain.js';
export { type FastOptions, isValidRoute, isValidRouteAsync } from './fast-validation.js';
export { type Forwarding, type ForwardOptions, forwardUpdate } from './forward-update.js';
export { type HashBuffer, hashBuffer } from './hash-buffer.js';
export { createNobleEngine, type NobleEngineOptions } from './noble-engine.js';
export { octetsToHash } from './octets-to-hash.js';
export type { StoredRoute } from './packed-route.js';
export type { SecurePathReason } from './path-checks.js';
export {
  encodePkcs8,
  generateRouterKey,
  type RouterPrivateKey,
  routerPrivateKey,
  routerPrivateKeyOf,
} from './private-key.js';
export { propagate, signForPeer } from './propagate.js';
export {
  type BgpsecNote,
  type BgpsecReason,
  type BgpsecVerdict,
  originOf,
  type SignatureReason,
} from './reasons.js';
export { type Reception, receiveUpdate } from './receive.js';
export type { BgpsecResult, BlockResult, SignatureResult } from './result.js';
export { createRevalidationIndex, type RevalidationIndex } from './revalidation-index.js';
export { createSignedRouteStore, type SignedRouteStore, type StoreMemory } from './route-store.js';
export type {
  Peer,
  RouteToSend,
  Sending,
  SignedRouteToSend,
  Speaker,
  UnsignedRouteToSend,
  UnsignedWhy,
} from './route-to-send.js';
export {
  createRouterKeys,
  type RouterKeyChange,
  type RouterKeyRange,
  type RouterKeys,
} from './router-keys.js';
export { createSegmentCache, type SegmentCache } from './segment-cache.js';
export { type BgpsecSession, decoderOptions, type OwnConfederation } from './session.js';
export { type RouteOfHops, signHops } from './sign-hops.js';
export { withSignatureCache } from './signature-cache.js';
export { encodeFamilyAndNlri, type SignedPrefix, unicast } from './signed-prefix.js';
export { encodeSignedUpdate, type SignedUpdateParts } from './signed-update.js';
export { createSigner, type Signer, type SigningKey } from './signer.js';
export { SigningError, type SigningErrorCode } from './signing-error.js';
export { computeSki, encodeSpki, fitSki, type SpkiFault, spkiFault } from './spki.js';
export { asPathFor } from './unsigned-as-path.js';
export { answerUpdate, type BlockAnswer, type ReceivedMessage, type UpdateAnswer } from './update-answer.js';
export {
  MAX_KEYS_PER_SIGNATURE,
  type SignedRoute,
  type Verifier,
  validateSignatureBlocks,
} from './validation-algorithm.js';
export { type BatchItem, verdictOfUpdate, verdictsOfUpdates } from './verdict-of-update.js';
export { type VerifyOptions, verifyRoute, verifyUpdate } from './verify-update.js';
