import { KEYS, NOT_BEFORE } from './certificate.js';
import { type CrlPlan, crlOctets } from './crl.js';
import { CRL_FAULTS, DAMAGED_CRLS } from './crl-faults.js';
import { utcTime } from './der.js';
import { type ObjectRow, row } from './row.js';

/**
 * CRLs of the issuer that list the certificate and break a rule. Whoever reads past the fault finds the certificate
 * revoked, whoever sees it has no usable CRL: in neither way is the object valid (docs/decisions/rpki-objects.md
 * D-crl-unusable).
 */
export const FAULTY_CRLS: readonly ObjectRow[] = [...DAMAGED_CRLS, ...CRL_FAULTS]
  // What says nothing of the issuer may be taken for the CRL of somebody else.
  .filter(({ name }) => !['empty', 'issuer-and-aki-other'].includes(name))
  .map(({ name, title, section, plan }) =>
    row(`crl-${name}`, `The CRL that revokes it: ${title}`, section, {}, { crls: [crlOctets(plan)] }),
  );

const several = (
  name: string,
  title: string,
  valid: boolean,
  plans: readonly CrlPlan[],
): ObjectRow & { readonly valid: boolean } => ({
  ...row(name, title, 'RFC 6487 §5', {}, { crls: plans.map(crlOctets) }),
  valid,
});

const earlier = utcTime(NOT_BEFORE);
const later = utcTime('2026-05-01T00:00:00Z');
const future = utcTime('2026-06-01T00:00:01Z');

/** More than one CRL of the issuer: the highest CRL Number counts (docs/decisions/rpki-objects.md D-crl-choice). */
export const SEVERAL_CRLS = [
  several(
    'crls-highest-number-revokes',
    'The CRL with the highest number revokes, a later one does not',
    false,
    [
      { number: 5, thisUpdate: earlier, revoked: [7] },
      { number: 4, thisUpdate: later },
    ],
  ),
  several(
    'crls-highest-number-spares',
    'A later CRL revokes, the one with the highest number does not',
    true,
    [
      { number: 4, thisUpdate: later, revoked: [7] },
      { number: 5, thisUpdate: earlier, revoked: [3] },
    ],
  ),
  several('crls-future-revokes', 'A CRL that is to come revokes', true, [
    { number: 1 },
    { number: 2, thisUpdate: future, revoked: [7] },
  ]),
  several('crls-future-spares', 'A CRL that is to come no longer revokes', false, [
    { number: 2, thisUpdate: future },
    { number: 1, revoked: [7] },
  ]),
  several('crls-forged-revokes', 'A forged CRL with a higher number revokes', true, [
    { number: 9, key: KEYS.other, revoked: [7] },
    { number: 1 },
  ]),
  several('crls-forged-spares', 'A forged CRL with a higher number does not revoke', false, [
    { number: 1, revoked: [7] },
    { number: 9, key: KEYS.other },
  ]),
] as const;
