import { equalOctets } from '../../bytes/index.js';
import type { Afi } from '../../inet/index.js';
import { createFindings, type Finding, type Findings } from '../finding.js';
import { OID } from '../oids.js';
import type { ResourceCrl } from './crl.js';
import { inspectCertificate } from './profile.js';
import { intersectRanges, type Range, rangesContain } from './ranges.js';
import { formatName, type ResourceCertificate } from './resource-certificate.js';
import { checkRevocation, type DamagedCrl } from './revocation.js';
import { mustBeSigned, type SignatureOutcome, verifyRsaSha256 } from './rsa.js';

/** The resources that count for a certificate once inheritance and containment are settled. */
export interface EffectiveResources {
  readonly asns: readonly Range[];
  readonly addresses: ReadonlyMap<Afi, readonly Range[]>;
}

/** What a path is built from. Nothing is fetched. */
export interface PathMaterial {
  /** CA certificates in any order. */
  readonly certificates: readonly ResourceCertificate[];
  /** Certificates that are believed without an issuer. */
  readonly trustAnchors: readonly ResourceCertificate[];
  readonly crls: readonly ResourceCrl[];
  /** What was given as a CRL and cannot be decoded: such a CRL of an issuer leaves revocation open. */
  readonly damagedCrls?: readonly DamagedCrl[];
  /** The time of evaluation, seconds since 1970 UTC. */
  readonly now: number;
  /**
   * What to do with resources that the issuer does not hold: `reject` the certificate (RFC 6487 §7.2 step 6), or
   * `reconsidered`: cut them away and go on (RFC 8360 §4.2.4.4). A certificate under the policy of RFC 8360 is always
   * reconsidered (docs/decisions/rpki-objects.md D-overclaimed-resources).
   */
  readonly overclaim: 'reject' | 'reconsidered';
}

/** The outcome of path validation. */
export interface PathResult {
  /** The certificate itself first, then its issuers as far as they were found. */
  readonly path: readonly ResourceCertificate[];
  /** Whether the path ends at a trust anchor. */
  readonly anchored: boolean;
  readonly findings: readonly Finding[];
  /** Resources of the first certificate; absent unless anchored. */
  readonly resources?: EffectiveResources;
}

/** A path longer than this is refused; real ones have fewer than ten. */
const MAX_PATH = 32;

/**
 * Validates a certification path (RFC 6487 §7.2, RFC 3779 §2.3 and §3.3): issuer names and keys, signatures, validity
 * at `now`, the profile of every issuer, revocation as far as CRLs are given, and containment of resources. A missing
 * issuer is the finding `path-incomplete`, a missing CRL the warning `crl-absent`, a CRL that cannot be used the error
 * `crl-unusable`, signatures that nothing here can check the error `no-webcrypto`.
 */
export async function verifyPath(leaf: ResourceCertificate, material: PathMaterial): Promise<PathResult> {
  const findings = createFindings();
  const path = await buildPath(leaf, material, findings);
  const top = path.at(-1) as ResourceCertificate;
  const anchored = isAnchor(top, material);
  for (const certificate of path) {
    const { notBefore, notAfter } = certificate;
    findings.must(
      notBefore <= material.now && material.now <= notAfter,
      certificate === leaf ? 'certificate-time' : 'issuer-time',
      'RFC 6487 §7.2 (2)',
      `${formatName(certificate.subject)} is valid from ${iso(notBefore)} to ${iso(notAfter)}`,
    );
  }
  const list: Finding[] = [...findings.list];
  for (const certificate of path.slice(1)) {
    list.push(
      ...inspectCertificate(certificate, certificate === top && anchored ? 'ta' : 'ca').map(
        atIssuer(certificate),
      ),
    );
  }
  for (const [i, issuer] of path.slice(1).entries()) {
    list.push(...(await checkRevocation(path[i] as ResourceCertificate, issuer, material)));
  }
  if (!anchored) return { path, anchored, findings: list };
  const contained = containResources(path, material);
  return { path, anchored, findings: [...list, ...contained.findings], resources: contained.resources };
}

/** From the leaf upwards; each issuer is the certificate whose name and key the lower one names and whose key signed it. */
async function buildPath(
  leaf: ResourceCertificate,
  material: PathMaterial,
  findings: Findings,
): Promise<ResourceCertificate[]> {
  const { must } = findings;
  const path = [leaf];
  const pool = [...material.trustAnchors, ...material.certificates];
  for (let current = leaf; !isAnchor(current, material); ) {
    const named = pool.filter((candidate) => names(current, candidate) && !path.includes(candidate));
    let issuer: ResourceCertificate | undefined;
    let outcome: SignatureOutcome = 'fails';
    for (const candidate of named) {
      outcome = await verifyRsaSha256(candidate.spki, current.tbs, current.signature);
      if (outcome === 'holds') issuer = candidate;
      if (outcome !== 'fails') break;
    }
    if (!issuer) {
      const section = 'RFC 6487 §7.2 (1)';
      const subject = formatName(current.subject);
      if (named.length === 0) {
        const message = `${subject}: the issuer is not among the given certificates`;
        must(false, 'path-incomplete', section, message);
      } else {
        const message = `${subject}: the signature does not verify with the issuer’s key`;
        mustBeSigned(findings, outcome, 'path-signature', section, message);
      }
      return path;
    }
    path.push(issuer);
    current = issuer;
    if (path.length > MAX_PATH) {
      must(false, 'path-length', 'RFC 6487 §7.2', `more than ${MAX_PATH} certificates`);
      return path;
    }
  }
  const top = path.at(-1) as ResourceCertificate;
  mustBeSigned(
    findings,
    await verifyRsaSha256(top.spki, top.tbs, top.signature),
    'trust-anchor-signature',
    'RFC 6487 §7.2',
    'the trust anchor is not signed by its own key',
  );
  return path;
}

function isAnchor(certificate: ResourceCertificate, { trustAnchors }: PathMaterial): boolean {
  return trustAnchors.some(({ der }) => equalOctets(der, certificate.der));
}

function names(lower: ResourceCertificate, upper: ResourceCertificate): boolean {
  const key = lower.aki?.keyIdentifier;
  return (
    equalOctets(lower.issuerDer, upper.subjectDer) &&
    (key === undefined || (upper.ski !== undefined && equalOctets(key, upper.ski)))
  );
}

function atIssuer(certificate: ResourceCertificate): (finding: Finding) => Finding {
  return (finding) => ({
    ...finding,
    message: `issuer ${formatName(certificate.subject)}: ${finding.message}`,
  });
}

function containResources(
  path: readonly ResourceCertificate[],
  { overclaim }: PathMaterial,
): { findings: readonly Finding[]; resources: EffectiveResources } {
  const { must, should, list } = createFindings();
  let held: EffectiveResources = { asns: [], addresses: new Map() };
  for (const [i, certificate] of [...path].reverse().entries()) {
    const trim = overclaim === 'reconsidered' || certificate.policies?.[0]?.oid === OID.rpkiPolicyV2;
    const settle = (
      claimed: 'inherit' | readonly Range[] | undefined,
      upper: readonly Range[],
      section: string,
    ): readonly Range[] => {
      if (claimed === undefined) return [];
      if (claimed === 'inherit') return upper;
      if (i === 0 || rangesContain(upper, claimed)) return claimed;
      const message = `${formatName(certificate.subject)} claims resources that its issuer does not hold`;
      if (trim) should(false, 'resources-trimmed', 'RFC 8360 §4.2.4.4', message);
      else must(false, 'resources-overclaim', `RFC 6487 §7.2 (6), ${section}`, message);
      return intersectRanges(upper, claimed);
    };
    const asns = settle(certificate.asIdentifiers?.asnum, held.asns, 'RFC 3779 §3.3');
    const addresses = new Map<Afi, readonly Range[]>();
    for (const [afi, claimed] of certificate.ipAddrBlocks?.families ?? []) {
      addresses.set(afi, settle(claimed, held.addresses.get(afi) ?? [], 'RFC 3779 §2.3'));
    }
    held = { asns, addresses };
  }
  return { findings: list, resources: held };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
