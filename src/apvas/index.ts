/**
 * NON-STANDARD experiments: aggregate path signatures in the style of APVAS, FC-BGP, and post-quantum algorithms in the
 * place of suite 1. Nothing here is BGPsec, interoperates with anything, has been reviewed, or may protect a real network.
 */
export { type Aggregate, createAggregate, type Removal } from './aggregate.js';
export { type AggregateRoute, extendRoute, type NextHop, routeAtHop } from './aggregate-route.js';
export { type AggregateSet, bucketOf, createAggregateSet } from './aggregate-set.js';
export type { ApvasFaultCode } from './attr-255-apvas-path.js';
export {
  type AggregateBlock,
  type ApvasPath,
  decodeApvasPath,
  encodeApvasPath,
  type UnknownBlock,
} from './attr-255-apvas-path.js';
export { verifyChainBatch, verifyPlainBatch } from './batch.js';
export {
  type ChainState,
  chainValue,
  hashInputChain,
  pointGenerate,
  pointVerify,
  signChain,
  verifyChain,
  verifyChainLiteral,
} from './chain.js';
export { type ApvasSession, checkEnvelope, type ReceivedUpdate } from './check-update.js';
export { type RandomOctets, randomCoefficients } from './coefficients.js';
export { type BisectionMode, type Culprits, findCulprits } from './culprits.js';
export {
  decodeAggregate,
  decodePublicKey,
  decodeSignature,
  GROUP_ORDER,
  subjectKeyIdentifier,
} from './encoding.js';
export type { PairingEngine, PairingTerm } from './engine.js';
export {
  ATTR_FC_PATH,
  decodeFcPath,
  encodeFcPath,
  FC_ECDSA_P256_SHA256,
  FC_FLAG,
  FC_PATH_FLAGS,
  type FcFaultCode,
  type FcPath,
  type FcSegment,
  fcPathAttribute,
} from './fcbgp/attr-255-fc-path.js';
export { createFcKeys, type FcKeys } from './fcbgp/fc-keys.js';
export { fcOctets } from './fcbgp/fc-octets.js';
export { type FcReading, verifyFcUpdate } from './fcbgp/fc-receive.js';
export type {
  FcCheckReason,
  FcLeak,
  FcReason,
  FcResult,
  FcSegmentResult,
  FcSignatureReason,
} from './fcbgp/fc-result.js';
export type { FcRoute, FcSession, FcVerifier } from './fcbgp/fc-route.js';
export {
  type FcPeer,
  type FcRouteToSend,
  type FcSending,
  type FcSpeaker,
  propagateFc,
  signFcSegment,
} from './fcbgp/fc-send.js';
export { verifyFcRoute, verifyFcRouteAsync } from './fcbgp/fc-verify.js';
export { halfAggregatedSchnorr } from './half-aggregated-schnorr.js';
export { type KeyedRoute, keysOfRoute, type SignedRoute, type SignerKey } from './hops.js';
export { createInternTable, type InternTable } from './intern-table.js';
export {
  type AdmittedKey,
  createKeyTable,
  createSigningKey,
  type KeyEntry,
  type KeyTable,
  type SigningKey,
} from './keys.js';
export { formatKeys, parseKeys } from './keys-json.js';
export type { Laboratory, ReceivedItem } from './laboratory.js';
export { createLineCache, type LineCache } from './line-cache.js';
export {
  createMclEngine,
  type MclElement,
  type MclEngine,
  type MclField,
  type MclGt,
  type MclKey,
  type MclLines,
  type MclModule,
  type MclPoint,
  type MclScalar,
} from './mcl-engine.js';
export {
  createNobleEngine,
  type NobleEngine,
  type NobleGt,
  type NobleKey,
  type NoblePoint,
} from './noble-engine.js';
export {
  type BlstKey,
  type BlstModule,
  type BlstSignature,
  createBlstEngine,
  type NobleLongKey,
  nobleOctetEngine,
  type OctetEngine,
} from './octet-engine.js';
export { octetLaboratory } from './octet-laboratory.js';
export { pairingLaboratory } from './pairing-laboratory.js';
export { aggregatePathScheme, longAggregatePathScheme, type PathScheme } from './path-scheme.js';
export { ed25519Signer, type HopSigner, perHopPathScheme } from './per-hop-scheme.js';
export {
  hashPointPlain,
  type StatementPoint,
  signPlain,
  statementPoints,
  verifyPlain,
  verifyPlainLiteral,
  verifyPlainSet,
} from './plain.js';
export { longPlainVerifier, type PlainItem, type PlainVerifier, plainVerifier } from './plain-verifier.js';
export { compositeSigner, ecdsaSigner } from './pqc/composite-signer.js';
export {
  createSuiteEngine,
  createSuiteKey,
  experimentalSuite,
  SUITE_POST_QUANTUM,
} from './pqc/suite-engine.js';
export {
  type PostQuantumAlgorithm,
  type PostQuantumName,
  postQuantumSigner,
  SIGNATURE_SIZES,
  type SignatureSizes,
  type SuiteSigner,
} from './pqc/suite-signer.js';
export {
  type PendingRoute,
  receiveUpdate,
  resolvePath,
  resultOf,
  verifyRoute,
  verifyUpdate,
} from './receive.js';
export { type ApvasRib, createApvasRib, type MemoryRole, type Withdrawal } from './rib.js';
export { createRouteStore, type RouteStore, type SignatureLayout } from './route-store.js';
export {
  type Advertisement,
  attributeOf,
  type ForwardedRoute,
  forward,
  type OutgoingRoute,
  originate,
} from './send.js';
export { createSlotArena, type SlotArena } from './slot-arena.js';
export { statement, statements } from './statement.js';
export {
  ATTR_APVAS,
  DST_CHAIN,
  DST_PLAIN,
  DST_POP,
  PUBLIC_KEY_OCTETS,
  type SchemeId,
  SIGNATURE_OCTETS,
  SUITE_CHAIN,
  SUITE_PLAIN,
  suiteOf,
} from './suite.js';
export { encodeApvasUpdate, readApvasUpdate } from './update-octets.js';
export type { ApvasResult, ApvasVerdict } from './verdict.js';
