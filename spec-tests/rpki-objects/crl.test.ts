import fc from 'fast-check';
import {
  type DamagedCrl,
  decodeCertificate,
  decodeCrl,
  examineObject,
  type Finding,
  inspectCrl,
  type PathMaterial,
  verifyCrl,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { signedObject } from '../kit/objects/generator/builder.js';
import {
  KEYS,
  NOT_AFTER,
  NOT_BEFORE,
  name,
  TIME,
  TRUST_ANCHOR,
} from '../kit/objects/generator/certificate.js';
import {
  akiExtension,
  type CrlPlan,
  crlOctets,
  entry,
  generalizedTime,
} from '../kit/objects/generator/crl.js';
import { seq, utcTime } from '../kit/objects/generator/der.js';
import { CRL_FAULTS, DAMAGED_CRLS } from '../kit/objects/generator/rows.js';

const NOW = Date.parse(TIME) / 1000;
const anchor = decodeCertificate(TRUST_ANCHOR);
/** Its certificate has the serial number 7. */
const OBJECT = signedObject({});
const codes = (findings: readonly Finding[], severity: Finding['severity'] = 'error') =>
  findings.filter((finding) => finding.severity === severity).map(({ code }) => code);
const list = (plan: CrlPlan) => decodeCrl(crlOctets(plan));

function examine(octets: Uint8Array, crls: readonly CrlPlan[], change: Partial<PathMaterial> = {}) {
  const material: PathMaterial = {
    trustAnchors: [anchor],
    certificates: [],
    crls: crls.map(list),
    now: NOW,
    overclaim: 'reject',
    ...change,
  };
  return examineObject(octets, material);
}

describe('CRLs (RFC 6487 §5, RFC 5280 §5)', () => {
  it('are in order with and without entries, with numbers from 0 to 2^159 - 1, in all years', async () => {
    const good: readonly CrlPlan[] = [
      {},
      { revoked: [1, (1n << 159n) - 1n] },
      { number: 0 },
      { number: (1n << 159n) - 1n },
      { nextUpdate: generalizedTime('2050-01-01T00:00:00Z') },
      { nextUpdate: utcTime('2049-12-31T23:59:59Z') },
    ];
    for (const plan of good) expect(await verifyCrl(list(plan), anchor, NOW)).toEqual([]);
    expect(list({ number: 77 })).toMatchObject({ version: 2, number: 77n, timesConform: true });
  });

  it.each(CRL_FAULTS)('$name: $title', async ({ codes: expected, plan }) => {
    expect(codes(await verifyCrl(list(plan), anchor, NOW))).toEqual(expected);
    const { verdict, findings } = await examine(crlOctets(plan), []);
    if (expected.join() !== 'crl-issuer' || plan.extensions === undefined || plan.issuer === undefined) {
      expect([codes(findings).slice(0, expected.length), verdict]).toEqual([expected, 'invalid']);
    } else {
      // Nothing in it names the issuer.
      expect([codes(findings), verdict]).toEqual([['path-incomplete'], 'unanchored']);
    }
  });

  it('an empty list of entries is an error', () => {
    expect(codes(inspectCrl(list({ entries: [] })))).toEqual(['crl-revoked-empty']);
  });

  it('signed by another key, or changed by one bit', async () => {
    expect(codes(await verifyCrl(list({ key: KEYS.other }), anchor, NOW))).toEqual(['crl-signature']);
  });

  it('of a CA that is itself not in order are not either', async () => {
    const late = await examine(crlOctets({ nextUpdate: utcTime('2040-01-01T00:00:00Z') }), [], {
      now: Date.UTC(2036, 0, 1) / 1000,
    });
    expect([codes(late.findings), late.verdict]).toEqual([['certificate-time'], 'invalid']);
  });

  it('have thousands of entries', () => {
    const serials = Array.from({ length: 20_000 }, (_, i) => i + 1);
    expect(list({ revoked: serials }).revoked?.length).toBe(20_000);
  });

  it('keep what was written, whatever the numbers', () => {
    const serial = fc.bigInt({ min: -(1n << 170n), max: 1n << 170n });
    fc.assert(
      fc.property(fc.array(serial, { minLength: 1, maxLength: 5 }), serial, (serials, number) => {
        const decoded = list({ revoked: serials, number });
        expect(decoded.revoked?.map((one) => one.serial)).toEqual(serials);
        expect(decoded.number).toBe(number);
      }),
      { numRuns: 50 },
    );
  });

  it.each<[string, Buffer]>([
    ['two parts', seq(seq(), seq())],
    ['an entry of four members', crlOctets({ entries: [entry(7, utcTime(NOT_BEFORE), seq(), seq())] })],
    ['a critical FALSE', crlOctets(DAMAGED_CRLS.at(-1)?.plan)],
  ])('with %s are none', (_, octets) => {
    expect(() => decodeCrl(octets)).toThrowError(expect.objectContaining({ name: 'DecodeError' }));
  });
});

describe('a CRL that is there and cannot be used (D-crl-unusable)', () => {
  it('leaves a certificate undetermined whether it lists it or not', async () => {
    for (const { name: fault, plan, codes: expected } of CRL_FAULTS) {
      for (const revoked of plan.entries
        ? [undefined]
        : [plan.revoked, plan.revoked?.map((one) => (one === 7 ? 9 : one))]) {
        const { verdict, findings, payloads } = await examine(OBJECT, [
          revoked ? { ...plan, revoked } : plan,
        ]);
        expect([fault, codes(findings), verdict, payloads.aspas]).toEqual([
          fault,
          ['crl-unusable'],
          'undetermined',
          [],
        ]);
        expect(codes(findings, 'warning')).toEqual(expected);
      }
    }
  });

  const damaged = (octets: Uint8Array): DamagedCrl => ({ octets, fault: 'ca.crl: (der-truncated)' });

  it.each(DAMAGED_CRLS)('damaged: $title', async ({ plan }) => {
    const octets = crlOctets(plan);
    expect(() => decodeCrl(octets)).toThrowError(expect.objectContaining({ name: 'DecodeError' }));
    const { verdict, findings, payloads } = await examine(OBJECT, [], { damagedCrls: [damaged(octets)] });
    expect([codes(findings), verdict, payloads.aspas]).toEqual([['crl-unusable'], 'undetermined', []]);
    expect(findings.map(({ message }) => message).join('\n')).toContain('ca.crl: (der-truncated)');
  });

  it('is one of a faulty object no less: the object stays invalid', async () => {
    const broken = signedObject({ flip: 1 });
    const { verdict, findings } = await examine(broken, [{ version: null }]);
    expect([codes(findings), verdict]).toEqual([['cms-signature', 'crl-unusable'], 'invalid']);
  });

  it('counts for the issuer that it names, not for another one', async () => {
    const other = decodeCertificate(TRUST_ANCHOR);
    const elsewhere = {
      ...other,
      subjectDer: new Uint8Array(name('another CA')),
      ski: KEYS.other.identifier,
    };
    const plan: CrlPlan = {
      issuer: name('another CA'),
      extensions: { aki: akiExtension(KEYS.other.identifier) },
      key: KEYS.other,
    };
    const certificates = [elsewhere];
    const whole = await examine(OBJECT, [plan], { certificates });
    expect([codes(whole.findings, 'warning'), whole.verdict]).toEqual([['crl-absent'], 'valid']);
    const short = damaged(crlOctets(plan).subarray(0, -1));
    const half = await examine(OBJECT, [], { certificates, damagedCrls: [short] });
    expect([codes(half.findings, 'warning'), half.verdict]).toEqual([['crl-absent'], 'valid']);
    // Of a key that nobody knows, but with the issuer's name: it may be the issuer's.
    const unknown = await examine(OBJECT, [{ ...plan, issuer: name('ta') }]);
    expect(unknown.verdict).toBe('undetermined');
    // The name of the issuer, the key of another CA that is known: a CA after a change of keys.
    const sister = { ...elsewhere, subjectDer: anchor.subjectDer };
    const rolled = await examine(OBJECT, [{ ...plan, issuer: name('ta') }], { certificates: [sister] });
    expect([codes(rolled.findings, 'warning'), rolled.verdict]).toEqual([['crl-absent'], 'valid']);
  });
});

describe('the CRL that counts (D-crl-choice)', () => {
  const old = utcTime(NOT_BEFORE);
  const recent = utcTime('2026-05-01T00:00:00Z');

  it.each<[string, readonly CrlPlan[], string]>([
    [
      'the highest number, not the latest time',
      [
        { number: 4, thisUpdate: recent },
        { number: 5, thisUpdate: old, revoked: [7] },
      ],
      'invalid',
    ],
    [
      'the highest number when it revokes less',
      [
        { number: 4, thisUpdate: recent, revoked: [7] },
        { number: 5, thisUpdate: old, revoked: [8] },
      ],
      'valid',
    ],
    ['numbers compare as numbers', [{ number: 99 }, { number: 100, revoked: [7] }], 'invalid'],
    [
      'a future one changes nothing',
      [{ number: 1 }, { number: 2, revoked: [7], thisUpdate: utcTime('2026-06-01T00:00:01Z') }],
      'valid',
    ],
    [
      'a future one revives nothing',
      [
        { number: 1, revoked: [7] },
        { number: 2, thisUpdate: utcTime('2026-06-01T00:00:01Z') },
      ],
      'invalid',
    ],
    ['a forged one changes nothing', [{ number: 1 }, { number: 9, revoked: [7], key: KEYS.other }], 'valid'],
    [
      'a forged one revives nothing',
      [
        { number: 1, revoked: [7] },
        { number: 9, key: KEYS.other },
      ],
      'invalid',
    ],
    [
      'a stale one does not count',
      [{ number: 1 }, { number: 9, revoked: [7], nextUpdate: utcTime('2026-05-31T23:59:59Z') }],
      'valid',
    ],
    ['two with one number count both', [{ number: 3 }, { number: 3, revoked: [7] }], 'invalid'],
    ['the same one twice is one', [{ number: 3 }, { number: 3 }], 'valid'],
    ['a faulty one with the highest number', [{ number: 3 }, { number: 4, version: null }], 'undetermined'],
    ['a faulty one with a lower number', [{ number: 3, version: null }, { number: 4 }], 'valid'],
    [
      'one without a number may supersede any other',
      [{ number: 3 }, { extensions: { number: undefined } }],
      'undetermined',
    ],
    [
      'revoked beside one without a number',
      [{ number: 3, revoked: [7] }, { extensions: { number: undefined } }],
      'invalid',
    ],
  ])('%s', async (_, plans, expected) => {
    for (const order of [plans, plans.toReversed()]) {
      const { verdict, findings } = await examine(OBJECT, order);
      expect(verdict).toBe(expected);
      if (expected === 'valid') expect(findings).toEqual([]);
    }
  });

  it('is found whatever the order of the files', async () => {
    const plan = fc.record({
      number: fc.integer({ min: 0, max: 3 }),
      revoked: fc.constantFrom([7], [8]),
      thisUpdate: fc.constantFrom(old, recent, utcTime(NOT_AFTER)),
      key: fc.constantFrom(KEYS.ta, KEYS.other),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { maxLength: 4 }), async (plans) => {
        const standing = plans.filter(
          (one) => one.key === KEYS.ta && !one.thisUpdate.equals(utcTime(NOT_AFTER)),
        );
        const highest = Math.max(...standing.map(({ number }) => number));
        const revoked = standing.some((one) => one.number === highest && one.revoked[0] === 7);
        const expected =
          plans.length === 0
            ? 'valid'
            : standing.length === 0
              ? 'undetermined'
              : revoked
                ? 'invalid'
                : 'valid';
        expect((await examine(OBJECT, plans)).verdict).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('a damaged one beside it changes nothing', async () => {
    const damagedCrls = [{ octets: crlOctets({ number: 9, revoked: [7] }).subarray(0, -1), fault: 'x' }];
    expect((await examine(OBJECT, [{}], { damagedCrls })).findings).toEqual([]);
    expect((await examine(OBJECT, [{ revoked: [7] }], { damagedCrls })).verdict).toBe('invalid');
  });
});
