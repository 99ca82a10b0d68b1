import { readFileSync } from 'node:fs';
import { fromHex } from 'pathsec/bytes';
import { decodeCertificate } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { certificate, extension, implicit, oid, sequence } from '../rpki-objects/router-certificates.js';
import { judge } from './lib/judge.js';
import { TARGETS } from './targets/all.js';

/** An input on which the product once did what it must not. */
interface Regression {
  readonly target: string;
  readonly hex: string;
  /** What was wrong. */
  readonly was: string;
  /** What it is now. */
  readonly now: 'decoded' | 'refused';
}

const { regressions } = JSON.parse(readFileSync(new URL('regressions.json', import.meta.url), 'utf8')) as {
  readonly regressions: readonly Regression[];
};

describe('inputs that fuzzing found', () => {
  it.each(regressions)('$target: $was', async ({ target, hex, now }) => {
    const found = TARGETS.find(({ name }) => name === target);
    expect(found?.name).toBe(target);
    if (found) expect(await judge(found, fromHex(hex))).toEqual({ kind: now });
  });
});

describe('inputs longer than fuzzing makes them', () => {
  it('a URI of 200,000 octets is no call with 200,000 arguments', () => {
    const uri = implicit(6, new Uint8Array(200_000).fill(0x61));
    const aia = extension('1.3.6.1.5.5.7.1.1', false, sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), uri)));
    const { aia: read } = decodeCertificate(certificate({ extensions: { aia } }));
    expect(read?.[0]?.uri?.length).toBe(200_000);
  });
});
