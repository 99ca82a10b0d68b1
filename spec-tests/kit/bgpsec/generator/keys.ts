import { toHex } from 'pathsec/bytes';
import type { Fields, VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { keyOf } from './world.js';

const HEAD = '3059301306072a8648ce3d020106082a8648ce3d030107034200';
const ALGORITHM = '301306072a8648ce3d020106082a8648ce3d030107';
const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
/** A 1024-bit RSA key and a point on secp256k1, made once: only their form matters. */
const RSA = `30819f300d06092a864886f70d010101050003818d0030818902818100${'c3'.repeat(128)}0203010001`;
const SECP256K1 =
  '3056301006072a8648ce3d020106052b8104000a034200' +
  '0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8';
const P384_BASE =
  '04aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab73617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f';
const P384 = `3076301006072a8648ce3d020106052b81040022036200${P384_BASE}`;
const ED25519 = `302a300506032b6570032100${'d7'.repeat(32)}`;
/** P-256 with its parameters written out instead of named (RFC 5480 §2.1.1 forbids it), up to the point. */
const EXPLICIT =
  '3082014b3082010306072a8648ce3d02013081f7020101302c06072a8648ce3d0101022100ffffffff0000000100000000000000000000' +
  '0000ffffffffffffffffffffffff305b0420ffffffff00000001000000000000000000000000fffffffffffffffffffffffc04205ac635' +
  'd8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b031500c49d360886e704936a6678e1139d26b7819f7e90044104' +
  '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315e' +
  'cecbb6406837bf51f5022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551020101034200';
const BASE_X = '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296';
const BASE_Y = '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';
/** The y of a point whose x is 0. */
const Y_OF_0 = '66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4';

/** Public keys, usable and not (RFC 8608 §3.1). */
export function keyGroups(): VectorGroup[] {
  const { spki, ski } = keyOf(64496);
  const right = toHex(spki);
  const [x, y] = [right.slice(54, 118), right.slice(118)];
  const odd = Number.parseInt(y.slice(-2), 16) % 2 === 1;
  const hex = (value: bigint): string => value.toString(16).padStart(64, '0');
  const yes = (
    name: string,
    title: string,
    key: string,
    id: string,
    flags: readonly string[] = [],
  ): VectorCase => ({
    ...no(name, title, key, ''),
    flags,
    expected: { usable: true },
    detail: { ski: id } as Fields,
  });
  const no = (name: string, title: string, key: string, fault: string): VectorCase => ({
    id: `bgpsec/import-${name}`,
    title,
    sections: ['RFC 8608 §3.1', 'RFC 5480 §2'],
    flags: [],
    input: { spki: key },
    expected: { usable: false },
    ...(fault !== '' && { detail: { fault } }),
  });
  const point = (form: string, xs: string, ys: string): string => `${HEAD}${form}${xs}${ys}`;
  return [
    {
      title: 'Public keys of routers',
      shared: { op: 'import-key' },
      cases: [
        yes('good', 'an uncompressed point on P-256', right, toHex(ski)),
        ...rfc.keys.map((key) =>
          yes(`rfc8608-${key.asn}`, `the key of AS ${key.asn} in RFC 8608`, key.spki, key.ski, ['published']),
        ),
        yes(
          'base-point',
          'the base point',
          point('04', BASE_X, BASE_Y),
          'b467a3999eb5efa671de0032f08a9c9e5efda0e1',
        ),
        yes(
          'x-zero',
          'the point whose x is 0',
          point('04', hex(0n), Y_OF_0),
          '6f9c984902d39507e140883c4ced958ff9e6acd6',
        ),
        no('compressed', 'a compressed point', `3039${ALGORITHM}032200${odd ? '03' : '02'}${x}`, 'length'),
        no(
          'compressed-padded',
          'a compressed point with zeros behind it',
          point(odd ? '03' : '02', x, '0'.repeat(64)),
          'encoding',
        ),
        no('hybrid', 'a point in the hybrid form', point(odd ? '07' : '06', x, y), 'encoding'),
        no(
          'hybrid-other',
          'the hybrid form with the wrong parity',
          point(odd ? '06' : '07', x, y),
          'encoding',
        ),
        no('infinity', 'the point at infinity', `3019${ALGORITHM}03020000`, 'length'),
        no('zeros', 'x and y are 0', point('04', '0'.repeat(64), '0'.repeat(64)), 'not-on-curve'),
        no('off-curve', 'y + 1', point('04', x, hex(BigInt(`0x${y}`) + 1n)), 'not-on-curve'),
        no('exchanged', 'x and y exchanged', point('04', y, x), 'not-on-curve'),
        no('x-is-p', 'x is p, which is 0 modulo p', point('04', hex(FIELD), Y_OF_0), 'not-on-curve'),
        no('x-all-ones', 'x of ones', point('04', 'f'.repeat(64), y), 'not-on-curve'),
        no('trailing', 'an octet behind the end', `${right}00`, 'length'),
        no(
          'trailing-inside',
          'an octet behind the BIT STRING inside the SEQUENCE',
          `305a${right.slice(4)}00`,
          'length',
        ),
        no('truncated', 'the last octet is missing', right.slice(0, -2), 'length'),
        no('empty', 'no octets', '', 'length'),
        no('unused-bits', 'a BIT STRING with unused bits', right.replace(/^(.{50})00/, '$101'), 'encoding'),
        no('long-form', 'the length of the SEQUENCE in the long form', `308159${right.slice(4)}`, 'length'),
        no(
          'no-parameters',
          'the algorithm without its curve',
          `304f300906072a8648ce3d0201034200${right.slice(52)}`,
          'length',
        ),
        no(
          'null-parameters',
          'NULL instead of the curve',
          `3051300b06072a8648ce3d02010500034200${right.slice(52)}`,
          'length',
        ),
        no('explicit-parameters', 'the curve written out', `${EXPLICIT}${right.slice(52)}`, 'length'),
        no(
          'algorithm-ecdh',
          'the algorithm id-ecDH',
          `3057301106052b8104010c06082a8648ce3d030107034200${right.slice(52)}`,
          'length',
        ),
        no(
          'curve-prime192v1',
          'the name of another curve of the same length',
          right.replace('2a8648ce3d030107', '2a8648ce3d030101'),
          'encoding',
        ),
        no('secp256k1', 'a key on secp256k1', SECP256K1, 'length'),
        no('p384', 'a key on P-384', P384, 'length'),
        no('rsa', 'an RSA key', RSA, 'length'),
        no('ed25519', 'an Ed25519 key', ED25519, 'length'),
        no('point-alone', 'the 65 octets of the point alone', right.slice(52), 'length'),
      ],
    },
  ];
}
