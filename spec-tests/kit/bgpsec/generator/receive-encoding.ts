import { encodeEcdsaSigValue, parseEcdsaSigValue } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { shared } from './receive-paths.js';
import { join, messageOf, ORIGIN, PEER, pathOf, withSignature } from './world.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const number = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString('hex')}`);

const fixed = (value: bigint, octets = 32): Uint8Array =>
  fromHex(value.toString(16).padStart(2 * octets, '0'));

const integer = (octets: Uint8Array): Uint8Array => join(Uint8Array.of(2, octets.length), octets);

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => {
  const body = join(...parts);
  return join(Uint8Array.of(0x30, body.length), body);
};

/** An INTEGER's content: minimal and positive. */
const content = (value: bigint): Uint8Array => {
  const octets = fromHex(value.toString(16).padStart(Math.ceil(value.toString(16).length / 2) * 2, '0'));
  return (octets[0] ?? 0) >= 0x80 ? join(Uint8Array.of(0), octets) : octets;
};

/** Signatures that are right as numbers and wrong as octets, and the other way round (RFC 8608 §2.1). */
export function encodingGroup(): VectorGroup {
  const path = pathOf([ORIGIN, PEER]);
  const value = parseEcdsaSigValue(path.blocks[0]?.signatures[0]?.signature ?? new Uint8Array(0));
  if (value === undefined) throw new Error('no signature');
  const r = number(value.r);
  const s = number(value.s);
  const [low, high] = s <= ORDER / 2n ? [s, ORDER - s] : [ORDER - s, s];
  const der = (a: bigint, b: bigint): Uint8Array => encodeEcdsaSigValue(fixed(a, 40), fixed(b, 40));
  const good = sequence(integer(content(r)), integer(content(low)));
  const rows: [string, string, Uint8Array, string][] = [
    ['low-s', 's below n/2', der(r, low), 'ok'],
    ['high-s', 's above n/2', der(r, high), 'ok'],
    ['empty', 'no octets', new Uint8Array(0), 'signature-encoding'],
    ['one-octet', 'one octet', Uint8Array.of(0x30), 'signature-encoding'],
    ['raw', 'r and s as 64 octets', join(fixed(r), fixed(low)), 'signature-encoding'],
    [
      'long-form',
      'length of the SEQUENCE in the long form',
      join(Uint8Array.of(0x30, 0x81, good.length - 2), good.subarray(2)),
      'signature-encoding',
    ],
    [
      'long-form-integer',
      'length of r in the long form',
      sequence(join(Uint8Array.of(2, 0x81, content(r).length), content(r)), integer(content(low))),
      'signature-encoding',
    ],
    [
      'indefinite',
      'indefinite length',
      join(Uint8Array.of(0x30, 0x80), good.subarray(2), Uint8Array.of(0, 0)),
      'signature-encoding',
    ],
    [
      'r-padded',
      'a superfluous zero octet in r',
      sequence(integer(join(Uint8Array.of(0), content(r))), integer(content(low))),
      'signature-encoding',
    ],
    [
      's-padded',
      'a superfluous zero octet in s',
      sequence(integer(content(r)), integer(join(Uint8Array.of(0), content(low)))),
      'signature-encoding',
    ],
    [
      's-negative',
      'an s whose first bit makes it negative',
      sequence(integer(content(r)), integer(fixed(high))),
      'signature-encoding',
    ],
    ['trailing', 'an octet behind the SEQUENCE', join(good, Uint8Array.of(0)), 'signature-encoding'],
    [
      'trailing-inside',
      'an octet behind s inside the SEQUENCE',
      sequence(integer(content(r)), integer(content(low)), Uint8Array.of(0)),
      'signature-encoding',
    ],
    [
      'third-integer',
      'a third INTEGER',
      sequence(integer(content(r)), integer(content(low)), integer(Uint8Array.of(1))),
      'signature-encoding',
    ],
    ['truncated', 'the last octet is missing', good.subarray(0, -1), 'signature-encoding'],
    ['set', 'a SET instead of a SEQUENCE', join(Uint8Array.of(0x31), good.subarray(1)), 'signature-encoding'],
    [
      'octet-string',
      'r as an OCTET STRING',
      join(good.subarray(0, 2), Uint8Array.of(4), good.subarray(3)),
      'signature-encoding',
    ],
    ['r-zero', 'r is 0', sequence(integer(Uint8Array.of(0)), integer(content(low))), 'signature-encoding'],
    ['s-zero', 's is 0', sequence(integer(content(r)), integer(Uint8Array.of(0))), 'signature-encoding'],
    [
      'r-empty',
      'r without octets',
      sequence(integer(new Uint8Array(0)), integer(content(low))),
      'signature-encoding',
    ],
    ['r-order', 'r is n', sequence(integer(content(ORDER)), integer(content(low))), 'signature-encoding'],
    ['s-order', 's is n', sequence(integer(content(r)), integer(content(ORDER))), 'signature-encoding'],
    [
      's-plus-order',
      's + n',
      sequence(integer(content(r)), integer(content(low + ORDER))),
      'signature-encoding',
    ],
    [
      'r-plus-order',
      'r + n',
      sequence(integer(content(r + ORDER)), integer(content(low))),
      'signature-encoding',
    ],
    ['r-plus-one', 'r + 1: well formed and wrong', der(r + 1n, low), 'signature-mismatch'],
    ['swapped', 'r and s exchanged', der(low, r), 'signature-mismatch'],
    ['all-ones', '72 octets FF', new Uint8Array(72).fill(0xff), 'signature-encoding'],
    [
      'long',
      '300 octets: a signature and zeros',
      join(good, new Uint8Array(300 - good.length)),
      'signature-encoding',
    ],
  ];
  return verifyGroup(
    'Encoding of signatures: strict DER, r and s in 1..n-1; low and high s',
    shared,
    rows.map(([name, title, signature, reason]): VerifyRow => {
      const message = messageOf(withSignature(path, 0, (one) => ({ ...one, signature })));
      const verdict = reason === 'ok' ? 'valid' : 'not-valid';
      return [
        `signature-${name}`,
        title,
        ['RFC 8608 §2.1', 'RFC 3279 §2.2.3'],
        message,
        verdict,
        reason,
        { detail: false },
      ];
    }),
  );
}
