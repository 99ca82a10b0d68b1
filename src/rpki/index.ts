export { checkDer } from './der/strict-der.js';
export type { Check, Finding } from './finding.js';
export { type WriteOptions, writeRoutinatorJson, writeRpkiClientJson } from './json/write-json.js';
export { type AspaContent, decodeAspaContent, encodeAspaContent, inspectAspa } from './objects/aspa.js';
export {
  type Examination,
  type ExaminedObject,
  examineObject,
  type ObjectPayloads,
  payloadsOf,
} from './objects/examine.js';
export { inspectSignedObject } from './objects/inspect-signed-object.js';
export { type LabFile, type LabPlan, makeLab } from './objects/lab.js';
export {
  decodeManifestContent,
  encodeManifestContent,
  inspectManifest,
  type ManifestContent,
} from './objects/manifest.js';
export {
  decodeRoaContent,
  encodeRoaContent,
  inspectRoa,
  type RoaContent,
  type RoaPrefix,
} from './objects/roa.js';
export { signObject } from './objects/sign-object.js';
export { decodeSignedObject, type SignedObject } from './objects/signed-object.js';
export { verifyObjectSignature, verifySignedObject } from './objects/verify-signed-object.js';
export { OID } from './oids.js';
export type { PayloadDialect, PayloadFile, ReadOptions } from './payload-file.js';
export type { Problem, Problems } from './problem.js';
export { readPayloads } from './read-payloads.js';
export { applySlurm } from './slurm/apply-slurm.js';
export { mergeSlurm } from './slurm/merge-slurm.js';
export { readSlurm } from './slurm/read-slurm.js';
export type {
  AspaAssertion,
  AspaFilter,
  BgpsecAssertion,
  BgpsecFilter,
  PrefixAssertion,
  PrefixFilter,
  Slurm,
} from './slurm/slurm.js';
export { slurmOfPayloads, writeSlurm } from './slurm/write-slurm.js';
export { type AsRelationships, readAsRelationships } from './text/as-rel-reader.js';
export { writeBird } from './text/bird-writer.js';
export { writeOpenBgpd } from './text/openbgpd-writer.js';
export type { AsIdentifiers, AsResources } from './x509/as-resources.js';
export {
  decodeCertificate,
  formatName,
  type NameAttribute,
  type ResourceCertificate,
} from './x509/certificate.js';
export { type CertificateKind, certificateKind } from './x509/certificate-kind.js';
export { decodeCrl, type ResourceCrl, verifyCrl } from './x509/crl.js';
export type { IpAddrBlocks, IpResources } from './x509/ip-resources.js';
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
