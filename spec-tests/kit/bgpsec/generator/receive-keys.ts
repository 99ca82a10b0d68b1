import { toHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { shared } from './receive-paths.js';
import { hashedWith } from './receive-signed-wrong.js';
import {
  engine,
  type Fields,
  keyOf,
  messageOf,
  ORIGIN,
  PEER,
  pathOf,
  publicKey,
  publicKeys,
  withSignature,
} from './world.js';

const STEP2 = ['RFC 8205 §5.2 step 2'];

/** Step 2 of RFC 8205 §5.2: the key, by AS number and SKI. */
export function keyGroup(): VectorGroup {
  const path = pathOf([ORIGIN, PEER]);
  const good = messageOf(path);
  const stranger = keyOf(64511);
  const [first, second] = [keyOf(PEER), keyOf(PEER, 'second')];
  const alike = { asn: PEER, ski: toHex(first.ski), spki: toHex(second.spki) };
  const real = publicKey(PEER);
  const base = publicKeys(ORIGIN);
  const compressed = `3039301306072a8648ce3d020106082a8648ce3d030107032200${compress(toHex(first.spki))}`;
  const hybrid = toHex(first.spki)
    .replace(/^(.{52})04/, `$106`)
    .replace(/^(.{52})06/, (_, head: string) => `${head}${odd(toHex(first.spki)) ? '07' : '06'}`);
  const withSpki = (spki: string): readonly Fields[] => [...base, { asn: PEER, ski: toHex(first.ski), spki }];
  const unusable = (name: string, title: string, spki: string): VerifyRow => [
    `key-${name}`,
    title,
    ['RFC 8608 §3.1'],
    good,
    'not-valid',
    'router-key-unusable',
    { keys: withSpki(spki) },
  ];
  const asStranger = withSignature(path, 0, () => ({
    ski: stranger.ski,
    signature: engine.sign(stranger, octetsOf(path)),
  }));
  const wrongSki = withSignature(path, 0, (one) => ({ ...one, ski: keyOf(PEER, 'second').ski }));
  const rows: VerifyRow[] = [
    [
      'key-missing-newest',
      'no key of the newest AS',
      STEP2,
      good,
      'not-valid',
      'router-key-missing',
      { keys: base },
    ],
    [
      'key-missing-origin',
      'no key of the origin',
      STEP2,
      good,
      'not-valid',
      'router-key-missing',
      { keys: [real] },
    ],
    ['key-none', 'no keys at all', STEP2, good, 'not-valid', 'router-key-missing', { keys: [] }],
    [
      'key-of-another-as',
      'signed with the key of another AS, with its right SKI',
      STEP2,
      messageOf(asStranger),
      'not-valid',
      'router-key-missing',
      { keys: [...base, real, publicKey(64511)] },
    ],
    [
      'key-shared',
      'the same key is certified for this AS too',
      STEP2,
      messageOf(asStranger),
      'valid',
      'ok',
      { keys: [...base, real, publicKey(64511), publicKey(PEER, stranger)] },
    ],
    [
      'key-wrong-ski',
      'the right key, and an SKI under which the AS has another one',
      STEP2,
      messageOf(wrongSki),
      'not-valid',
      'signature-mismatch',
      { keys: [...base, real, publicKey(PEER, second)] },
    ],
    [
      'key-unknown-ski',
      'the right key, and an SKI that no key of the AS has',
      STEP2,
      messageOf(wrongSki),
      'not-valid',
      'router-key-missing',
      { keys: [...base, real] },
    ],
    [
      'key-two-first',
      'two keys under one AS and SKI, the first is right',
      STEP2,
      good,
      'valid',
      'ok',
      { keys: [...base, real, alike] },
    ],
    [
      'key-two-second',
      'two keys under one AS and SKI, the second is right',
      STEP2,
      good,
      'valid',
      'ok',
      { keys: [...base, alike, real] },
    ],
    [
      'key-two-neither',
      'the only key under AS and SKI is another one',
      STEP2,
      good,
      'not-valid',
      'signature-mismatch',
      { keys: [...base, alike] },
    ],
    [
      'key-two-unusable-first',
      'two keys under one AS and SKI, the first cannot be used',
      STEP2,
      good,
      'valid',
      'ok',
      { keys: [...base, { ...real, spki: '3000' }, real] },
    ],
    [
      'key-several-of-one-as',
      'several keys of one AS under different SKIs',
      STEP2,
      good,
      'valid',
      'ok',
      { keys: [...base, publicKey(PEER, second), real] },
    ],
    [
      'key-ski-not-sha1',
      'a key that is listed under an SKI which is not its hash',
      ['RFC 8205 §5.2 step 2', 'RFC 8210 §5.10'],
      messageOf(withSignature(path, 0, (one) => ({ ...one, ski: new Uint8Array(20).fill(0x11) }))),
      'valid',
      'ok',
      {
        keys: [...base, { ...real, ski: '11'.repeat(20) }],
        acceptable: [
          {
            expected: { verdict: 'not-valid' },
            why: 'a receiver may compare the SKI with the hash of the key',
          },
        ],
      },
    ],
    unusable('compressed', 'the key is a compressed point', compressed),
    unusable('hybrid', 'the key is a point in the hybrid form', hybrid),
    unusable('trailing', 'an octet behind the SubjectPublicKeyInfo', `${toHex(first.spki)}00`),
    unusable('empty', 'a SubjectPublicKeyInfo without octets', ''),
    unusable(
      'infinity',
      'the key is the point at infinity',
      '3019301306072a8648ce3d020106082a8648ce3d03010703020000',
    ),
  ];
  return verifyGroup('Keys: AS number and SKI together', shared, rows);
}

const odd = (spki: string): boolean => Number.parseInt(spki.slice(-2), 16) % 2 === 1;
const compress = (spki: string): string => (odd(spki) ? '03' : '02') + spki.slice(54, 118);

/** What the newest hop of `path` signs. */
function octetsOf(path: ReturnType<typeof pathOf>): Uint8Array {
  const [block] = path.blocks;
  if (block === undefined) throw new Error('no block');
  return hashedWith({}, path);
}
