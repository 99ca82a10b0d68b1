import { type Mutant, suiteKit } from '../../mutant.js';
import { answerWith } from './answer.js';
import { type Parts, RIGHT } from './parts.js';

const always = (): boolean => true;

/** Checks of ASPA objects that are easily left out. */
const mutants: readonly Mutant<Parts>[] = [
  {
    id: 'objects-no-version-check',
    text: 'does not look at the version of an ASPA',
    parts: { version: always },
  },
  {
    id: 'objects-no-provider-order',
    text: 'does not check the order and uniqueness of providers',
    parts: { ascending: always },
  },
  { id: 'objects-no-as0-check', text: 'accepts AS 0 beside other providers', parts: { as0Alone: always } },
  {
    id: 'objects-no-own-provider-check',
    text: 'accepts the customer among its providers',
    parts: { withoutCustomer: always },
  },
  {
    id: 'objects-no-empty-check',
    text: 'accepts an ASPA without providers',
    parts: { someProvider: always },
  },
  {
    id: 'objects-no-customer-match',
    text: 'does not compare the customer with the AS of the certificate',
    parts: { customer: always },
  },
  {
    id: 'objects-no-ip-check',
    text: 'accepts IP resources in the certificate of an ASPA',
    parts: { noIp: always },
  },
  { id: 'objects-ber-accepted', text: 'accepts BER where DER is demanded', parts: { der: false } },
  {
    id: 'objects-no-message-digest',
    text: 'does not compare the message digest with the content',
    parts: { digest: always },
  },
  {
    id: 'objects-no-object-signature',
    text: 'does not verify the signature of the object',
    parts: { signature: always },
  },
  {
    id: 'objects-no-certificate-signature',
    text: 'does not verify the signature of the certificate',
    parts: { issued: always },
  },
  {
    id: 'objects-no-content-type-match',
    text: 'does not compare the content-type attribute with eContentType',
    parts: { contentType: always },
  },
  {
    id: 'objects-no-attribute-check',
    text: 'accepts signed attributes that are not of the profile',
    parts: { knownAttribute: always },
  },
  {
    id: 'objects-no-unsigned-attribute-check',
    text: 'accepts unsigned attributes',
    parts: { noUnsignedAttributes: always },
  },
  {
    id: 'objects-no-signer-count',
    text: 'takes the first of several SignerInfos',
    parts: { oneSigner: always },
  },
  {
    id: 'objects-no-validity',
    text: 'does not look at the validity of the certificate',
    parts: { current: always },
  },
  { id: 'objects-no-revocation', text: 'does not look at the CRL', parts: { looksAtCrls: false } },
  {
    id: 'objects-bad-crl-as-none',
    text: 'takes a CRL that it cannot use for no CRL, so that a revoked certificate is valid',
    parts: { unusableCrl: 'nothing' },
  },
  {
    id: 'objects-no-containment',
    text: 'does not check that the issuer holds the AS',
    parts: { contained: always },
  },
  {
    id: 'objects-no-policy-check',
    text: 'does not check the certificate policy',
    parts: { policies: always },
  },
  {
    id: 'objects-no-key-usage',
    text: 'does not check the key usage of the certificate',
    parts: { keyUsage: always },
  },
  { id: 'objects-no-key-size', text: 'accepts RSA keys of any size', parts: { keySize: always } },
];

/** The second implementation of the suite `objects`. */
export const objectsKit = suiteKit(RIGHT, mutants, answerWith);
