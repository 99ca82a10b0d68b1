import type { Citation } from '../../citation.js';
import type { ObjectPlan } from './builder.js';
import { NULL, oid, seq } from './der.js';

/** An object that breaks one rule, or is good all the same. */
export interface ObjectRow {
  readonly name: string;
  readonly title: string;
  readonly sections: readonly string[];
  /** What it shows beside the checks of RFC 6488, which every case shows that any RFC decides. */
  readonly requirements?: readonly Citation[];
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

/** An AlgorithmIdentifier with NULL parameters. */
export const algorithm = (id: string): Buffer => seq(oid(id), NULL);
/** A row of a table; sections are separated by commas. */
export const row = (
  name: string,
  title: string,
  section: string,
  plan: ObjectPlan,
  more: Partial<ObjectRow> = {},
): ObjectRow => {
  return { name, title, sections: section.split(', '), plan, ...more };
};
/** An object whose EE certificate has other extensions. */
export const ee = (extensions: Readonly<Record<string, Buffer | undefined>>): ObjectPlan => ({
  ee: { extensions },
});
