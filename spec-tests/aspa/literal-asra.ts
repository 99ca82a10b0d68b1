import type { AspaTable, Evidence } from 'pathsec/aspa';
import type { Asn } from 'pathsec/inet';
import type { AsraPayload } from 'pathsec/payload';

// A second reading of algorithms A and B of ASRA, after the verification of the path from a provider
// (asra-verification §3, §4). It shares nothing with src/aspa/asra.ts.

/** N(x) by AS: the union of the usable lists, of ASRA3 alone where there is one. */
export function neighborsOf(asras: readonly AsraPayload[]): ReadonlyMap<Asn, ReadonlySet<Asn>> {
  const signers = new Set(asras.map(({ asn }) => asn));
  return new Map(
    [...signers].map((asn) => {
      const own = asras.filter((one) => one.asn === asn);
      const combined = own.filter(({ subcategory }) => subcategory === 3);
      const used = combined.length > 0 ? combined : own;
      return [asn, new Set(used.flatMap(({ neighbors }) => neighbors).filter((one) => one !== 0))];
    }),
  );
}

/** Whether the path stays as ASPA left it; false where it is Invalid, or a fake link makes it so. */
export function staysAsItWas(
  algorithm: 'A' | 'B',
  aspas: AspaTable,
  lists: ReadonlyMap<Asn, ReadonlySet<Asn>>,
  evidence: Evidence,
): boolean {
  // Step 1.
  if (evidence.outcome === 'invalid' || !evidence.ramps) return false;
  const compressed = evidence.compressedAsPath;
  const N = compressed.length;
  const A = (i: number): Asn => compressed[N - i] as Asn;
  const { minUpRamp, minDownRamp } = evidence.ramps;
  const isFakeB = (i: number): boolean => {
    const list = aspas.has(A(i)) ? lists.get(A(i)) : undefined;
    return aspas.authorized(A(i), A(i + 1)) === 'not-provider+' && list !== undefined && !list.has(A(i + 1));
  };
  const isFakeA = (i: number): boolean => isFakeB(i) && aspas.authorized(A(i + 1), A(i)) !== 'provider+';
  // Step 2.
  if (minUpRamp === N || (algorithm === 'A' && minUpRamp + minDownRamp > N)) return true;
  // Steps 3 to 6.
  const last = algorithm === 'A' ? N - minDownRamp : N - 1;
  for (let i = minUpRamp; ; i++) {
    if (algorithm === 'A' ? isFakeA(i) : isFakeB(i)) return false;
    if (i >= last) return true;
  }
}
