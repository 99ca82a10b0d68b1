export {
  type Ccr,
  type CcrContent,
  type CcrEntries,
  type CcrForm,
  type CcrLocation,
  type CcrManifest,
  type CcrState,
  type CcrStateName,
  type CcrStates,
  decodeCcr,
  encodeCcr,
  isCcr,
  readCcr,
  requireIntactCcr,
} from './ccr-files.js';
export { describeDer } from './der/describe-der.js';
export { checkDer } from './der/strict-der.js';
export type { Check, Finding } from './finding.js';
export type { FindingCode } from './finding-codes.js';
export {
  type AspaContent,
  decodeAspaContent,
  encodeAspaContent,
  inspectAspa,
  inspectAspaContent,
} from './objects/aspa.js';
export {
  type AsraContent,
  decodeAsraContent,
  encodeAsraContent,
  inspectAsra,
  inspectAsraContent,
} from './objects/asra.js';
export { type Examination, examineObject, type PrivateTypes } from './objects/examine.js';
export type { ExaminedObject } from './objects/examined-object.js';
export { inspectSignedObject } from './objects/inspect-signed-object.js';
export { type LabFile, type LabPlan, makeLab } from './objects/lab.js';
export {
  decodeManifestContent,
  encodeManifestContent,
  inspectManifest,
  type ManifestContent,
} from './objects/manifest.js';
export { type ObjectPayloads, payloadsOf } from './objects/object-payloads.js';
export {
  decodePrefixListContent,
  encodePrefixListContent,
  inspectPrefixList,
  type PrefixListContent,
} from './objects/prefix-list.js';
export {
  decodeRoaContent,
  encodeRoaContent,
  inspectRoa,
  type RoaContent,
  type RoaPrefix,
} from './objects/roa.js';
export { signObject } from './objects/sign-object.js';
export { decodeSignedObject, type SignedObject } from './objects/signed-object.js';
export type { ObjectVerdict } from './objects/verdict.js';
export { verifySignedObject } from './objects/verify-signed-object.js';
export { OID } from './oids.js';
export {
  type AspaAssertion,
  type AspaFilter,
  type AsRelationships,
  applyPayloadChange,
  applySlurm,
  aspaNotationPieces,
  type BgpsecAssertion,
  type BgpsecFilter,
  birdPieces,
  formatAspaNotation,
  formatVrpNotation,
  mergeSlurm,
  openBgpdPieces,
  ownJsonPieces,
  type PayloadChange,
  type PayloadDialect,
  type PayloadFile,
  type PrefixAssertion,
  type PrefixFilter,
  type Problem,
  type Problems,
  parseAspaNotation,
  parsePayloadChange,
  parseStrictJson,
  parseVrpNotation,
  type ReadOptions,
  readAsRelationships,
  readPayloadPieces,
  readPayloads,
  readSlurm,
  routinatorJsonPieces,
  rpkiClientJsonPieces,
  type Slurm,
  slurmOfPayloads,
  slurmPieces,
  vrpNotationPieces,
  type WriteOptions,
  writeAspaNotation,
  writeBird,
  writeOpenBgpd,
  writeOwnJson,
  writeRoutinatorJson,
  writeRpkiClientJson,
  writeSlurm,
  writeVrpNotation,
} from './payloads.js';
export {
  createCertificateRequest,
  decodeCertificateRequest,
  type RequestSigner,
  type RouterCertificateRequest,
} from './router/certificate-request.js';
export { type CertifiedRouterKey, certifiedRouterKeys } from './router/certified-keys.js';
export { checkCertificateRequest, type VerifyEcdsa } from './router/check-request.js';
export { derOfFile, pemOf } from './router/pem.js';
export { type PrivateKeyParts, privateKeyOfFile } from './router/private-key-file.js';
export { publicKeysOfFile } from './router/public-key-file.js';
export { type RouterKeyFault, routerKeyFault, routerKeySki } from './router/router-key.js';
export type { AsIdentifiers, AsResources } from './x509/as-resources.js';
export { decodeCertificate } from './x509/certificate.js';
export { type CertificateKind, certificateKind } from './x509/certificate-kind.js';
export { decodeCrl, type ResourceCrl, type RevokedCertificate } from './x509/crl.js';
export { inspectCrl, verifyCrl } from './x509/crl-profile.js';
export { formatAddressRange, type IpAddrBlocks, type IpResources } from './x509/ip-resources.js';
export {
  type CertificateRequest,
  issueCertificate,
  issueCrl,
  keyIdentifier,
  type Signer,
} from './x509/issue.js';
export { type EffectiveResources, type PathMaterial, type PathResult, verifyPath } from './x509/path.js';
export { checkCertificate, inspectCertificate } from './x509/profile.js';
export type { Range } from './x509/ranges.js';
export {
  formatName,
  type NameAttribute,
  type ResourceCertificate,
} from './x509/resource-certificate.js';
export type { DamagedCrl } from './x509/revocation.js';
