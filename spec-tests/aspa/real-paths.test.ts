import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createAspaTable, fastVerifyAsPath, verifyAsPath } from 'pathsec/aspa';
import type { AspaPayload } from 'pathsec/payload';
import { expect, it } from 'vitest';
import { kit, run } from '../kit/aspa/mutants/kit.js';
import { describeShared, shared } from '../support.js';
import { path } from './notation.js';

const GOLDEN = 'data/mrt/bgpdump/test_expect/bview.20020722.2337.gz.bgp.gz';

/** Distinct AS_PATH texts of the golden table dump. */
function realPaths(): string[] {
  const text = gunzipSync(readFileSync(shared(GOLDEN))).toString('latin1');
  return [...new Set(text.split('\n').flatMap((line) => line.split('|')[6] ?? []))].filter(
    (one) => one !== '',
  );
}

/** Every second AS attests the ASes seen above it, every third of those nobody; the rest is silent. */
function attest(paths: readonly string[]): AspaPayload[] {
  const above = new Map<number, Set<number>>();
  for (const text of paths) {
    const asns = text.replace(/[{},]/g, ' ').split(' ').filter(Boolean).map(Number);
    for (const [i, asn] of asns.entries()) {
      if (i === 0 || asn % 2 === 1) continue;
      above.set(asn, (above.get(asn) ?? new Set()).add(asn % 3 === 0 ? 0 : (asns[i - 1] as number)));
    }
  }
  return [...above].map(([customer, providers]) => ({ customer, providers: [...providers] }));
}

describeShared('paths of a real table', () => {
  it('literal form, fast form and the kit of the mutants agree on all of them', () => {
    const paths = realPaths();
    const aspas = attest(paths);
    const table = createAspaTable(aspas);
    const tally: Record<string, number> = {};
    for (const [index, text] of paths.entries()) {
      const asPath = path(text);
      for (const neighborRole of ['customer', 'provider'] as const) {
        const input = { asPath, neighborRole, neighborAs: asPath[0]?.asns[0] ?? 0 };
        const { outcome } = verifyAsPath(table, input);
        if (fastVerifyAsPath(table, input) !== outcome) expect.fail(`fast form differs: ${text}`);
        const onPath = new Set(asPath.flatMap(({ asns }) => asns));
        const few = index % 20 === 0 ? aspas.filter(({ customer }) => onPath.has(customer)) : undefined;
        if (few && run(kit, { ...input, aspas: few }) !== outcome) expect.fail(`kit differs: ${text}`);
        tally[`${neighborRole} ${outcome}`] = (tally[`${neighborRole} ${outcome}`] ?? 0) + 1;
      }
    }
    expect(paths.length).toBe(18_451);
    expect(Object.keys(tally).sort()).toEqual([
      'customer invalid',
      'customer unknown',
      'customer valid',
      'provider invalid',
      'provider unknown',
      'provider valid',
    ]);
  });
});
