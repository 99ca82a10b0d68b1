import { readFileSync } from 'node:fs';
import type { Fields } from '../../../../src/conformance/vector.js';
import type { ObjectPlan } from './builder.js';
import { type CrlPlan, crlOctets } from './crl.js';
import { crlPlan, objectPlan } from './plans.js';

export const PROFILE = 'draft-ietf-sidrops-aspa-profile';

/** An object that breaks one rule, or is good all the same. */
export interface ObjectRow {
  readonly name: string;
  readonly title: string;
  readonly sections: readonly string[];
  /** What it shows beside the checks of RFC 6488, which every case shows that any RFC decides. */
  readonly requirements?: readonly string[];
  readonly plan: ObjectPlan;
  readonly time?: string;
  /** `none` for no CRL, otherwise the serials that it revokes; by default one that revokes another certificate. */
  readonly crl?: 'none' | 'forged' | readonly number[];
  /** The CRLs themselves, in place of `crl`. */
  readonly crls?: readonly Buffer[];
  /**
   * Why the opposite verdict is within the texts, where it is (docs/decisions/conformance.md
   * D-vectors-object-disputes).
   */
  readonly or?: string;
}

/** A CRL that breaks one rule; `codes` are pathsec's findings about it. */
export interface CrlFault extends Pick<ObjectRow, 'name' | 'title' | 'sections'> {
  readonly codes: readonly string[];
  readonly plan: CrlPlan;
}

/** What the facts say of a case; what else stands in a row is its plan. */
type Row = Fields & Omit<ObjectRow, 'plan' | 'crls'>;

/** A content that the profile allows. */
interface GoodContent {
  readonly name: string;
  readonly title: string;
  readonly providers: readonly number[];
  readonly customer?: number;
}

interface Facts {
  readonly goodContents: readonly GoodContent[];
  readonly contents: readonly Row[];
  readonly good: readonly Row[];
  readonly goodFields: readonly Row[];
  readonly envelopes: readonly Row[];
  readonly certificates: readonly Row[];
  readonly fields: readonly Row[];
  readonly crls: readonly (Row & Pick<CrlFault, 'codes'>)[];
  readonly damagedCrls: Facts['crls'];
  readonly severalCrls: readonly (Row & { readonly valid: boolean; readonly crls: readonly Fields[] })[];
}

const facts = JSON.parse(readFileSync(new URL('../facts/cases.json', import.meta.url), 'utf8')) as Facts;

const sectionsOf = (sections: readonly string[]): string[] =>
  sections.map((one) => (one.startsWith('§') ? `${PROFILE} ${one}` : one));

function objectRow({ name, title, sections, requirements, time, crl, or, ...row }: Row): ObjectRow {
  const more = { requirements, time, crl, or };
  const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined));
  return { name, title, sections: sectionsOf(sections), plan: objectPlan(row), ...given };
}

const crlFault = ({ name, title, sections, codes, ...row }: Facts['crls'][number]): CrlFault => ({
  name,
  title,
  sections: sectionsOf(sections),
  codes,
  plan: { revoked: [7], ...crlPlan(row) },
});

/** Contents that the profile allows. */
export const GOOD_CONTENTS = facts.goodContents;
/** Every demand of aspa-profile §3 broken once. */
export const BAD_CONTENTS = facts.contents.map(objectRow);
/** Objects that are good, though unusual; and fields of theirs. */
export const GOOD_OBJECTS = facts.good.map(objectRow);
export const GOOD_FIELDS = facts.goodFields.map(objectRow);
/** Envelopes (RFC 6488 §2, §3). */
export const BAD_ENVELOPES = facts.envelopes.map(objectRow);
/** EE certificates (RFC 6487 §4, §7.2; aspa-profile §4). */
export const BAD_CERTIFICATES = facts.certificates.map(objectRow);
/** Fields of the EE certificate that are written as RFC 5280, RFC 6487, RFC 7318 or DER do not have them. */
export const BAD_FIELDS = facts.fields.map(objectRow);
/** CRLs of the trust anchor that revoke serial 7 and break one rule each; all are signed by its key. */
export const CRL_FAULTS = facts.crls.map(crlFault);
/** CRLs of the trust anchor that cannot be decoded; pathsec's finding is `crl-damaged`. */
export const DAMAGED_CRLS = facts.damagedCrls.map(crlFault);

/**
 * CRLs of the issuer that list the certificate and break a rule. Whoever reads past the fault finds the certificate
 * revoked, whoever sees it has no usable CRL: in neither way is the object valid (docs/decisions/rpki-objects.md
 * D-crl-unusable).
 */
export const FAULTY_CRLS: readonly ObjectRow[] = [...DAMAGED_CRLS, ...CRL_FAULTS]
  // What says nothing of the issuer may be taken for the CRL of somebody else.
  .filter(({ name }) => !['empty', 'issuer-and-aki-other'].includes(name))
  .map(({ name, title, sections, plan }) => ({
    name: `crl-${name}`,
    title: `The CRL that revokes it: ${title}`,
    sections,
    plan: {},
    crls: [crlOctets(plan)],
  }));

/** More than one CRL of the issuer: the highest CRL Number counts (docs/decisions/rpki-objects.md D-crl-choice). */
export const SEVERAL_CRLS = facts.severalCrls.map(({ crls, name, title, valid }) => ({
  name,
  title,
  sections: ['RFC 6487 §5'],
  plan: {},
  crls: crls.map((plan) => crlOctets(crlPlan(plan))),
  valid,
}));
