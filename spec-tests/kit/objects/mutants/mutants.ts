import { answerObjects } from '../../../../src/conformance/answer-objects.js';
import type { Fields, Request } from '../../../../src/conformance/vector.js';

/** A check that an implementation leaves out: the codes of the findings that it then does not have. */
export interface Omission {
  readonly id: string;
  /** Completes "behaves like an implementation that ...". */
  readonly text: string;
  readonly codes: readonly string[];
}

const DER = [
  'der-length',
  'der-integer',
  'der-constructed',
  'der-set-order',
  'der-default',
  'der-time',
  'cms-der',
];

/** Checks of ASPA objects that are easily left out. */
export const MISTAKES: readonly Omission[] = [
  {
    id: 'objects-no-version-check',
    text: 'does not look at the version of an ASPA',
    codes: ['aspa-version', 'version-default'],
  },
  {
    id: 'objects-no-provider-order',
    text: 'does not check the order and uniqueness of providers',
    codes: ['aspa-provider-order'],
  },
  { id: 'objects-no-as0-check', text: 'accepts AS 0 beside other providers', codes: ['aspa-as0'] },
  {
    id: 'objects-no-own-provider-check',
    text: 'accepts the customer among its providers',
    codes: ['aspa-own-provider'],
  },
  { id: 'objects-no-empty-check', text: 'accepts an ASPA without providers', codes: ['aspa-no-providers'] },
  {
    id: 'objects-no-customer-match',
    text: 'does not compare the customer with the AS of the certificate',
    codes: ['aspa-certificate-as'],
  },
  {
    id: 'objects-no-ip-check',
    text: 'accepts IP resources in the certificate of an ASPA',
    codes: ['aspa-certificate-ip'],
  },
  { id: 'objects-ber-accepted', text: 'accepts BER where DER is demanded', codes: DER },
  {
    id: 'objects-no-message-digest',
    text: 'does not compare the message digest with the content',
    codes: ['cms-message-digest'],
  },
  {
    id: 'objects-no-object-signature',
    text: 'does not verify the signature of the object',
    codes: ['cms-signature'],
  },
  {
    id: 'objects-no-certificate-signature',
    text: 'does not verify the signature of the certificate',
    codes: ['path-signature'],
  },
  {
    id: 'objects-no-content-type-match',
    text: 'does not compare the content-type attribute with eContentType',
    codes: ['cms-content-type'],
  },
  {
    id: 'objects-no-attribute-check',
    text: 'accepts signed attributes that are not of the profile',
    codes: ['cms-unknown-attribute'],
  },
  {
    id: 'objects-no-unsigned-attribute-check',
    text: 'accepts unsigned attributes',
    codes: ['cms-unsigned-attributes'],
  },
  {
    id: 'objects-no-signer-count',
    text: 'takes the first of several SignerInfos',
    codes: ['cms-signer-infos'],
  },
  {
    id: 'objects-no-validity',
    text: 'does not look at the validity of the certificate',
    codes: ['certificate-time'],
  },
  { id: 'objects-no-revocation', text: 'does not look at the CRL', codes: ['certificate-revoked'] },
  {
    id: 'objects-bad-crl-as-none',
    text: 'takes a CRL that it cannot use for no CRL, so that a revoked certificate is valid',
    codes: ['crl-unusable'],
  },
  {
    id: 'objects-no-containment',
    text: 'does not check that the issuer holds the AS',
    codes: ['resources-overclaim'],
  },
  {
    id: 'objects-no-policy-check',
    text: 'does not check the certificate policy',
    codes: ['certificate-policies'],
  },
  {
    id: 'objects-no-key-usage',
    text: 'does not check the key usage of the certificate',
    codes: ['key-usage'],
  },
  { id: 'objects-no-key-size', text: 'accepts RSA keys of any size', codes: ['public-key'] },
];

/**
 * What an implementation answers that leaves out a check: the findings of that check do not count for it. Where no other
 * finding is left, the object is in order for it. `none` leaves out nothing.
 *
 * @param whole gives the answer of an implementation that leaves out nothing.
 * @throws {RangeError} for another name.
 */
export async function answerObjectsAs(
  id: string,
  request: Request,
  whole: (request: Request) => Promise<Fields> = answerObjects,
): Promise<Fields> {
  const omission = MISTAKES.find((one) => one.id === id);
  if (omission === undefined && id !== 'none') throw new RangeError(`no mistake ${id}`);
  const answer = await whole(request);
  return omission === undefined ? answer : answerWithout(omission, answer);
}

/** The answer of pathsec as an implementation gives it that leaves out the check. */
export function answerWithout({ codes }: Omission, answer: Fields): Fields {
  const { findings, outcome } = answer;
  const faulty = outcome === 'error' || outcome === 'not-valid';
  if (!faulty || !Array.isArray(findings)) return answer;
  const unseen = findings.every((code) => codes.includes(String(code)));
  return unseen ? { outcome: outcome === 'error' ? 'ok' : 'valid' } : answer;
}
