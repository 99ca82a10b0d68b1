import { attribute, CONTENT, ID, signedAttributes } from './builder.js';
import { extension, NOT_AFTER, NOT_BEFORE, SIGNED_OBJECT } from './certificate.js';
import { implicit, int, oid, seq } from './der.js';
import { algorithm, ee, type ObjectRow, row } from './row.js';

const attributes = signedAttributes(CONTENT);
/** Objects that are good, though unusual. */
export const GOOD_OBJECTS: readonly ObjectRow[] = [
  row(
    'without-crl',
    'Without a CRL at hand',
    'RFC 6487 §7.2',
    {},
    { crl: 'none', or: 'without a CRL revocation cannot be excluded' },
  ),
  row('at-not-before', 'At the first second of validity', 'RFC 6487 §7.2 step 2', {}, { time: NOT_BEFORE }),
  row('at-not-after', 'At the last second of validity', 'RFC 6487 §7.2 step 2', {}, { time: NOT_AFTER }),
  row('sha256-with-rsa', 'The SignerInfo names sha256WithRSAEncryption', 'RFC 7935 §2', {
    signatureAlgorithm: algorithm('1.2.840.113549.1.1.11'),
  }),
  row(
    'without-signing-time',
    'Without a signing-time attribute',
    'RFC 6488 §3 step 1g',
    { attributes: { signingTime: undefined } },
    { or: 'RFC 9589 has made the attribute mandatory' },
  ),
  row(
    'binary-signing-time',
    'With a binary-signing-time attribute',
    'RFC 6488 §3 step 1g',
    { attributes: { ...attributes, binary: attribute(ID.binarySigningTime, int(1780272000)) } },
    { or: 'RFC 9589 forbids the attribute' },
  ),
  row(
    'rpki-notify',
    'A notification URI beside the signed object in the EE certificate',
    'RFC 6487 §4.8.8.2',
    ee({
      sia: extension(
        '1.3.6.1.5.5.7.1.11',
        seq(
          seq(oid(SIGNED_OBJECT), implicit(6, Buffer.from('rsync://x.example/a.asa'))),
          seq(oid('1.3.6.1.5.5.7.48.13'), implicit(6, Buffer.from('https://x.example/n.xml'))),
        ),
      ),
    }),
    { or: 'RFC 6487 §4.8.8.2 allows no other access method' },
  ),
];
