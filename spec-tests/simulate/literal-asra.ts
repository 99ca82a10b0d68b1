import type { AspaTable, Evidence } from 'pathsec/aspa';
import type { Asn } from 'pathsec/inet';

// Algorithms A and B of ASRA, step by step, after the verification of the path from a provider
// (draft-sriram-sidrops-asra-verification).

interface Attested {
  readonly aspas: AspaTable;
  readonly asras: ReadonlyMap<Asn, readonly Asn[]>;
}

/** Whether the path stays as ASPA left it; false where a FakeLink makes it Invalid. */
export function verifyAsra(algorithm: 'A' | 'B', { aspas, asras }: Attested, evidence: Evidence): boolean {
  // Step 1.
  if (evidence.outcome === 'invalid' || !evidence.ramps) return false;
  const compressed = evidence.compressedAsPath ?? [];
  const N = compressed.length;
  const A = (i: number): Asn => compressed[N - i] as Asn;
  const { minUpRamp, minDownRamp } = evidence.ramps;
  const isFakeB = (i: number): boolean => {
    const list = aspas.has(A(i)) ? asras.get(A(i)) : undefined;
    return (
      aspas.authorized(A(i), A(i + 1)) === 'not-provider+' && list !== undefined && !list.includes(A(i + 1))
    );
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
