import { equalOctets } from '../../bytes/index.js';
import { createFindings, type Finding } from '../finding.js';
import type { ResourceCrl } from './crl.js';
import { namesKey, verifyCrl } from './crl-profile.js';
import { formatName, type ResourceCertificate } from './resource-certificate.js';
import { NO_WEBCRYPTO, verifyRsaSha256 } from './rsa.js';

/** Octets that were given as a CRL and cannot be decoded. */
export interface DamagedCrl {
  readonly octets: Uint8Array;
  /** Why, and perhaps in which file, for the finding. */
  readonly fault: string;
}

/** What revocation is decided from: a part of `PathMaterial`. */
export interface RevocationMaterial {
  readonly certificates: readonly ResourceCertificate[];
  readonly trustAnchors: readonly ResourceCertificate[];
  readonly crls: readonly ResourceCrl[];
  readonly damagedCrls?: readonly DamagedCrl[];
  readonly now: number;
}

/** A CRL with everything that is wrong with it as the CRL of one issuer. */
interface Judged {
  readonly crl: ResourceCrl;
  readonly faults: readonly Finding[];
}

/** Findings that keep a CRL out of the choice: the issuer did not sign it, or it is not current. */
const NOT_STANDING: ReadonlySet<string> = new Set(['crl-signature', 'crl-stale', NO_WEBCRYPTO]);

/**
 * Whether `issuer` has revoked `certificate` (RFC 6487 §7.2 step 5). Of the issuer's CRLs that it has signed and that are
 * current, the one with the highest CRL Number counts (§5); others beside it change nothing. A CRL that counts and is not
 * in profile, or CRLs of the issuer of which none is signed and current, leave the question open: `crl-unusable`
 * (docs/decisions/rpki-objects.md D-crl-unusable). No CRL at all is the warning `crl-absent` (D-missing-crl).
 */
export async function checkRevocation(
  certificate: ResourceCertificate,
  issuer: ResourceCertificate,
  material: RevocationMaterial,
): Promise<readonly Finding[]> {
  const { crls, now } = material;
  const judged = await Promise.all(
    crls
      .filter((crl) => namesIssuer(crl, issuer) || namesKey(crl, issuer))
      .map(async (crl): Promise<Judged> => ({ crl, faults: await verifyCrl(crl, issuer, now) })),
  );
  const standing = judged.filter(({ faults }) => !faults.some(({ code }) => NOT_STANDING.has(code)));
  if (standing.length > 0) return decide(certificate, issuer, counting(standing));
  const left = judged.filter(({ crl }) => !belongsToOther(crl, issuer, material));
  const strays = await findStrays(issuer, material);
  const damaged = damagedOf(issuer, material).map((fault): Finding => {
    const message = `cannot be read: ${fault}`;
    return { code: 'crl-damaged', section: 'RFC 6487 §5', message, severity: 'warning' };
  });
  const faults = [...[...left, ...strays].flatMap(({ faults: list }) => list), ...damaged];
  if (faults.length > 0) return unusable(issuer, faults);
  const { should, list } = createFindings();
  should(
    false,
    'crl-absent',
    'RFC 6487 §7.2 (5)',
    `no CRL of ${formatName(issuer.subject)}: revocation not checked`,
  );
  return list;
}

/**
 * The CRLs with the highest number. Several may have it, which RFC 5280 §5.2.3 forbids for different ones: all count, so
 * that the order of the files does not. One without a readable number may supersede any other, so it counts too
 * (docs/decisions/rpki-objects.md D-crl-choice).
 */
function counting(standing: readonly Judged[]): readonly Judged[] {
  return standing.filter(
    ({ crl: { number } }) =>
      number === undefined || standing.every(({ crl }) => crl.number === undefined || crl.number <= number),
  );
}

function decide(
  certificate: ResourceCertificate,
  issuer: ResourceCertificate,
  list: readonly Judged[],
): readonly Finding[] {
  const { must, list: found } = createFindings();
  const revoking = list.some(
    ({ crl, faults }) =>
      faults.length === 0 && crl.revoked?.some(({ serial }) => serial === certificate.serial) === true,
  );
  const name = formatName(certificate.subject);
  must(!revoking, 'certificate-revoked', 'RFC 6487 §7.2 (5)', `${name} is revoked`);
  const faults = list.flatMap(({ faults: own }) => own);
  return faults.length > 0 && !revoking ? unusable(issuer, faults) : found;
}

/** The faults are those of the CRL, not of the object: for it they only tell why the question stays open. */
function unusable(issuer: ResourceCertificate, faults: readonly Finding[]): readonly Finding[] {
  const { must, list } = createFindings();
  const name = formatName(issuer.subject);
  const message = `a CRL of ${name} is there and cannot be used: revocation is not decided`;
  must(false, 'crl-unusable', 'RFC 6487 §7.2 (5)', message);
  const reasons = faults.map(
    (fault): Finding => ({ ...fault, message: `CRL of ${name}: ${fault.message}`, severity: 'warning' }),
  );
  return [...reasons, ...list];
}

function namesIssuer(crl: ResourceCrl, issuer: ResourceCertificate): boolean {
  return equalOctets(crl.issuerDer, issuer.subjectDer);
}

/** Whether name and key of the CRL are those of another given certificate: CAs may share a name after a change of keys. */
function belongsToOther(
  crl: ResourceCrl,
  issuer: ResourceCertificate,
  { trustAnchors, certificates }: RevocationMaterial,
): boolean {
  const owns = (one: ResourceCertificate) => namesIssuer(crl, one) && namesKey(crl, one);
  return !owns(issuer) && (trustAnchors.some(owns) || certificates.some(owns));
}

/** CRLs that the issuer's key has signed although neither name nor key identifier is the issuer's. */
async function findStrays(
  issuer: ResourceCertificate,
  material: RevocationMaterial,
): Promise<readonly Judged[]> {
  const strays: Judged[] = [];
  for (const crl of material.crls) {
    if (namesIssuer(crl, issuer) || namesKey(crl, issuer) || belongsToOther(crl, issuer, material)) continue;
    if ((await verifyRsaSha256(issuer.spki, crl.tbs, crl.signature)) !== 'holds') continue;
    strays.push({ crl, faults: await verifyCrl(crl, issuer, material.now) });
  }
  return strays;
}

/**
 * Why the damaged CRLs that may be the issuer's cannot be read: all but those in which the key identifier or the name of
 * another given certificate stands and the issuer's does not.
 */
function damagedOf(
  issuer: ResourceCertificate,
  { trustAnchors, certificates, damagedCrls = [] }: RevocationMaterial,
): readonly string[] {
  return damagedCrls
    .filter(
      ({ octets }) =>
        isMarked(octets, issuer) ||
        ![...trustAnchors, ...certificates].some((other) => isMarked(octets, other)),
    )
    .map(({ fault }) => fault);
}

function isMarked(octets: Uint8Array, { ski, subjectDer }: ResourceCertificate): boolean {
  return contains(octets, subjectDer) || (ski !== undefined && contains(octets, ski));
}

function contains(octets: Uint8Array, part: Uint8Array): boolean {
  const first = part[0];
  if (first === undefined) return false;
  for (let at = octets.indexOf(first); at >= 0; at = octets.indexOf(first, at + 1)) {
    if (equalOctets(octets.subarray(at, at + part.length), part)) return true;
  }
  return false;
}
