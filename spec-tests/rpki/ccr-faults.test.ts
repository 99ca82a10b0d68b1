import { DecodeError } from 'pathsec/bytes';
import { type Ccr, decodeCcr, readCcr } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import {
  bitString,
  context,
  generalizedTime,
  indefinite,
  int,
  longLength,
  NULL,
  octetString,
  oid,
  seq,
  tlv,
  uri,
} from '../kit/objects/generator/der.js';
import {
  aspa,
  type CcrPlan,
  ccrFile,
  family,
  manifest,
  only,
  PRIVATE,
  roas,
  routerKeys,
  STATES,
  skis,
  states,
} from './ccr-builder.js';

const SHA256 = '2.16.840.1.101.3.4.2.1';

/** What is wrong and can be lived with: a warning for each. */
const WARNED: readonly (readonly [string, CcrPlan, string])[] = [
  [
    'manifests that descend',
    only('manifests', seq(manifest(2), manifest(1)), { date: STATES.manifests.date }),
    'ccr-order',
  ],
  [
    'a manifest twice',
    only('manifests', seq(manifest(2), manifest(2)), { date: STATES.manifests.date }),
    'ccr-order',
  ],
  [
    'subordinates that descend',
    only('manifests', seq(manifest(2, { subordinates: skis(3, 2) })), { date: STATES.manifests.date }),
    'ccr-order',
  ],
  [
    'a date that is not the latest',
    only('manifests', seq(manifest(1)), { date: STATES.manifests.date }),
    'ccr-most-recent-update',
  ],
  [
    'a date of no manifest',
    only('manifests', seq(), { date: STATES.manifests.date }),
    'ccr-most-recent-update',
  ],
  [
    'a date after the file',
    {
      ...only('manifests', STATES.manifests.list, { date: STATES.manifests.date }),
      producedAt: generalizedTime('2026-06-01T00:00:01Z'),
    },
    'ccr-most-recent-update',
  ],
  [
    'VRPs of an AS in two sets',
    only('vrps', seq(roas(1, family(1, ['0a', 0])), roas(1, family(2, ['20', 0])))),
    'ccr-order',
  ],
  [
    'ASes that descend',
    only('vrps', seq(roas(2, family(1, ['0a', 0])), roas(1, family(1, ['0a', 0])))),
    'ccr-order',
  ],
  ['IPv6 before IPv4', only('vrps', seq(roas(1, family(2, ['20', 0]), family(1, ['0a', 0])))), 'ccr-order'],
  ['a longer prefix first', only('vrps', seq(roas(1, family(1, ['0a00', 0], ['0a', 0])))), 'ccr-order'],
  ['a VRP twice', only('vrps', seq(roas(1, family(1, ['0a', 0], ['0a', 0])))), 'ccr-order'],
  ['a maxLength too many', only('vrps', seq(roas(1, family(1, ['0a', 0, 8])))), 'roa-max-length-superfluous'],
  ['customers that descend', only('aspas', seq(aspa(2, 3), aspa(1, 3))), 'ccr-order'],
  ['providers that descend', only('aspas', seq(aspa(1, 3, 2))), 'ccr-order'],
  ['AS 0 beside a provider', only('aspas', seq(aspa(1, 0, 2))), 'aspa-as0'],
  ['trust anchors that descend', only('trustAnchors', skis(2, 1)), 'ccr-order'],
  [
    'keys of ASes that descend',
    only('routerKeys', seq(routerKeys(2, [1, 1]), routerKeys(1, [1, 1]))),
    'ccr-order',
  ],
  ['keys that descend', only('routerKeys', seq(routerKeys(2, [2, 1], [1, 1]))), 'ccr-order'],
];

describe('what a writer should not do', () => {
  it.each(WARNED)('%s: a warning, and a problem of a payload file', (_, plan, code) => {
    requirement(
      '!ccr:3.4.1.1:subordinates-order',
      '!ccr:3.4.1.1:manifests-order',
      '!ccr:3.4.1.2:epoch',
      '!ccr:3.4.1.2:latest',
      '!ccr:3.4.1.2:not-after-produced-at',
      '!ccr:3.4.2:as-once',
      '!ccr:3.4.2:canonical',
      '!ccr:3.4.3:customer-once',
      '!ccr:3.4.3:providers-order',
      '!ccr:3.4.3:as0-alone',
      '!ccr:3.4.4:order',
      '!ccr:3.4.5:as-once',
      '!ccr:3.4.5:keys-order',
    );
    const ccr = decodeCcr(ccrFile(plan));
    expect(ccr.findings.map((finding) => [finding.code, finding.severity])).toEqual([[code, 'warning']]);
    const read = readCcr(ccrFile(plan));
    expect(read.problems.listed.map((problem) => problem.code)).toEqual([code]);
    expect(() => readCcr(ccrFile(plan), { strict: true })).toThrowError(DecodeError);
  });

  it('is told once for a state, with the number', () => {
    const { findings } = decodeCcr(ccrFile(only('aspas', seq(aspa(3, 1), aspa(2, 1), aspa(1, 2)))));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(/AS2 does not come after that of AS3, and 1 more$/);
  });
});

const v4 = (...addresses: Parameters<typeof family> extends [number, ...infer P] ? P : never) =>
  only('vrps', seq(roas(1, family(1, ...addresses))));
const mft = (own: Readonly<Record<string, Buffer>>): CcrPlan =>
  only('manifests', seq(manifest(1, own)), { date: generalizedTime('2026-06-01T00:00:01Z') });

/** What is refused whole. */
const REFUSED: readonly (readonly [string, CcrPlan, string])[] = [
  ['another content type', { type: '1.2.840.113549.1.7.2' }, 'ccr-type'],
  ['the private type around the current form', { type: PRIVATE }, 'asn1-syntax'],
  ['version 0 written out', { version: context(0, int(0)) }, 'version-default'],
  ['version 1', { version: context(0, int(1)) }, 'ccr-version'],
  ['another hash', { hashAlgorithm: seq(oid('2.16.840.1.101.3.4.2.3')) }, 'ccr-hash-algorithm'],
  ['parameters of SHA-256', { hashAlgorithm: seq(oid(SHA256), NULL) }, 'ccr-hash-algorithm'],
  ['a bare hash algorithm', { hashAlgorithm: oid(SHA256) }, 'asn1-syntax'],
  ['a fraction of a second', { producedAt: tlv(0x18, Buffer.from('20260601000000.5Z')) }, 'asn1-syntax'],
  ['a day that does not exist', { producedAt: tlv(0x18, Buffer.from('20260230000000Z')) }, 'der-time'],
  ['UTCTime', { producedAt: tlv(0x17, Buffer.from('260601000000Z')) }, 'asn1-syntax'],
  ['no state', { states: [] }, 'ccr-no-state'],
  ['unknown states alone', { states: [], more: context(6, int(1)) }, 'ccr-no-state'],
  ['states out of order', { states: states().toReversed() }, 'asn1-syntax'],
  ['a state twice', { states: [...states(), ...states().slice(-1)] }, 'asn1-syntax'],
  [
    'a state behind an unknown one',
    { more: Buffer.concat([context(6, NULL), context(5, NULL)]) },
    'asn1-syntax',
  ],
  ['an unknown state that is no DER', { more: context(6, indefinite(0x30)) }, 'der-length'],
  ['octets behind the file', { trailing: Buffer.of(0) }, 'der-trailing'],
  ['a hash of 31 octets', only('aspas', seq(), { hash: Buffer.alloc(31) }), 'asn1-syntax'],
  ['a member more', { wrap: (ccr) => Buffer.concat([ccr, NULL]) }, 'asn1-syntax'],
  ['an indefinite length', { states: [[3, { list: indefinite(0x30) }]] }, 'der-length'],
  ['a length that is too long', { states: [[3, { list: longLength(0x30, aspa(1, 2)) }]] }, 'der-length'],
  ['no trust anchor', only('trustAnchors', seq()), 'asn1-syntax'],
  ['an SKI of 19 octets', only('trustAnchors', seq(octetString(Buffer.alloc(19)))), 'asn1-syntax'],
  ['a manifest of 999 octets', mft({ size: int(999) }), 'asn1-syntax'],
  ['a manifest number of 21 octets', mft({ number: int(1n << 160n) }), 'asn1-syntax'],
  ['a negative manifest number', mft({ number: int(-1) }), 'asn1-syntax'],
  ['a padded integer', mft({ number: tlv(2, Buffer.of(0, 1)) }), 'der-integer'],
  ['no location', mft({ locations: seq() }), 'asn1-syntax'],
  [
    'a location that is no URI',
    mft({ locations: seq(seq(oid('1.3.6'), octetString(Buffer.of(1)))) }),
    'asn1-syntax',
  ],
  [
    'a URI with a control character',
    mft({ locations: seq(seq(oid('1.3.6'), uri('rsync://a\u0007'))) }),
    'asn1-syntax',
  ],
  ['subordinates that are empty', mft({ subordinates: seq() }), 'asn1-syntax'],
  ['a set of no family', only('vrps', seq(roas(1))), 'asn1-syntax'],
  ['a family without addresses', only('vrps', seq(roas(1, family(1)))), 'asn1-syntax'],
  [
    'three families',
    only('vrps', seq(roas(1, ...[1, 2, 2].map((afi) => family(afi, ['0a', 0]))))),
    'asn1-syntax',
  ],
  ['family 3', only('vrps', seq(roas(1, family(3, ['0a', 0])))), 'asn1-syntax'],
  ['an AS above the range', only('vrps', seq(roas(2 ** 32, family(1, ['0a', 0])))), 'asn1-syntax'],
  ['33 address bits', v4(['0a00000000', 7]), 'asn1-syntax'],
  ['unused bits that are set', v4(['0a01', 1]), 'der-bit-string'],
  ['a maxLength below the prefix', v4(['0a00', 0, 15]), 'roa-max-length'],
  ['a maxLength above the family', v4(['0a00', 0, 33]), 'roa-max-length'],
  ['no provider', only('aspas', seq(aspa(1))), 'asn1-syntax'],
  ['a provider above the range', only('aspas', seq(aspa(1, 2 ** 32))), 'asn1-syntax'],
  ['an AS without keys', only('routerKeys', seq(routerKeys(1))), 'asn1-syntax'],
  [
    'a key without algorithm',
    only(
      'routerKeys',
      seq(seq(int(1), seq(seq(octetString(Buffer.alloc(20)), seq(bitString(Buffer.of(1))))))),
    ),
    'asn1-syntax',
  ],
];

describe('what is refused (ccr §6: "stop further processing")', () => {
  it.each(REFUSED)('%s', (_, plan, code) => {
    requirement(
      '!ccr:2:content-type',
      '!ccr:3.1:version-0',
      '!ccr:3.2:sha-256',
      '!ccr:3.2:no-parameters',
      '!ccr:3.3:produced-at',
      '!ccr:3.4:one-state',
      '!ccr:3.4:unknown-states',
      '!ccr:6:bounds',
    );
    const fault = faultOf(() => decodeCcr(ccrFile(plan)));
    expect(fault?.code).toBe(code);
    expect(fault?.offset).toBeGreaterThan(0);
    expect(faultOf(() => readCcr(ccrFile(plan)))?.code).toBe(code);
  });

  it('a file that ends at any octet', () => {
    const octets = ccrFile();
    for (let length = 0; length < octets.length; length++)
      expect(faultOf(() => decodeCcr(octets.subarray(0, length)))).toBeInstanceOf(DecodeError);
  });
});

describe('damage', () => {
  it('of any octet is refused, told, or changes what no hash protects: the time of making', () => {
    const octets = ccrFile();
    const unprotected = new Set<number>();
    for (let at = 0; at < octets.length; at++) {
      const damaged = octets.slice();
      damaged[at] = (damaged[at] as number) ^ 1;
      let found: Ccr | undefined;
      const fault = faultOf(() => {
        found = decodeCcr(damaged);
      });
      if (fault === undefined && found?.findings.length === 0) unprotected.add(at);
    }
    // The digits of producedAt, without those whose neighbour makes no time.
    const start = Buffer.from(octets).indexOf('20260601001000Z');
    expect([...unprotected].every((at) => at >= start && at < start + 14)).toBe(true);
  });
});

function faultOf(work: () => unknown): DecodeError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}
