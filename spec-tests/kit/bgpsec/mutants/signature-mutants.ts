import type { Mutant } from '../../mutant.js';
import {
  FIELD,
  generalKey,
  hasHead,
  inRange,
  laxValue,
  number,
  ORDER,
  pointKey,
  SPKI_HEAD,
  strictKey,
  strictValue,
} from './ecdsa.js';
import { kit } from './kit.js';
import type { Parts } from './parts.js';

/** The base point, as a key that stands for a point which no library takes. */
const BASE = pointKey(
  '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296',
  '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
);

function reduced(spki: string): [x: string, y: string] {
  const part = (from: number): string =>
    (BigInt(`0x${spki.slice(from, from + 64)}`) % FIELD).toString(16).padStart(64, '0');
  return [part(54), part(118)];
}

/** Mistakes in step 2 of RFC 8205 §5.2 and in the import of keys. */
export const keyMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-key-by-ski-alone',
    text: 'looks keys up by SKI alone, so that the holder of any router key signs for every AS',
    parts: { keys: (keys, _asn, ski) => keys.filter((key) => key.ski === ski) },
  },
  {
    id: 'bgpsec-key-by-as-alone',
    text: 'tries every key of the AS, whatever the SKI says',
    parts: { keys: (keys, asn) => keys.filter((key) => key.asn === asn) },
  },
  {
    id: 'bgpsec-key-first-only',
    text: 'tries only the first of several keys under one AS and SKI',
    parts: { keys: (keys, asn, ski) => kit.keys(keys, asn, ski).slice(0, 1) },
  },
  {
    id: 'bgpsec-key-last-only',
    text: 'tries only the last of several keys under one AS and SKI',
    parts: { keys: (keys, asn, ski) => kit.keys(keys, asn, ski).slice(-1) },
  },
  {
    id: 'bgpsec-key-any-encoding',
    text: 'takes whatever public key its library imports',
    parts: { importKey: generalKey },
  },
  {
    id: 'bgpsec-key-compressed',
    text: 'takes a compressed point',
    parts: { importKey: (spki) => (spki.length === 118 ? generalKey(spki) : strictKey(spki)) },
  },
  {
    id: 'bgpsec-key-hybrid',
    text: 'takes a point in the hybrid form',
    parts: { importKey: (spki) => strictKey(spki.slice(0, 52) + spki.slice(52).replace(/^0[67]/, '04')) },
  },
  {
    id: 'bgpsec-key-trailing',
    text: 'takes octets behind the end of a SubjectPublicKeyInfo',
    parts: { importKey: (spki) => strictKey(spki.slice(0, 182)) },
  },
  {
    id: 'bgpsec-key-off-curve',
    text: 'does not check that a point is on the curve',
    parts: { importKey: (spki) => strictKey(spki) ?? (hasHead(spki) ? BASE : undefined) },
  },
  {
    id: 'bgpsec-key-coordinates-reduced',
    text: 'reduces coordinates modulo p instead of refusing them',
    parts: { importKey: (spki) => (hasHead(spki) ? pointKey(...reduced(spki)) : undefined) },
  },
  {
    id: 'bgpsec-key-parameters-ignored',
    text: 'takes the last 65 octets for a P-256 point, whatever algorithm and curve stand in front',
    parts: { importKey: (spki) => strictKey(SPKI_HEAD + spki.slice(-128)) },
  },
  {
    id: 'bgpsec-key-missing-unsigned',
    text: 'takes an UPDATE whose signer has no known key for unsigned, as if there were a state "not found"',
    parts: {
      decide: (states) =>
        states.includes('key-missing') && !states.includes('valid') ? 'unsigned' : kit.decide(states),
    },
  },
];

/** Mistakes in the signature encoding (RFC 8608 §2.1), in step 4, and in the verdict over blocks. */
export const signatureMutants: readonly Mutant<Parts>[] = [
  {
    id: 'bgpsec-low-s',
    text: 'insists on a low s',
    parts: {
      value: (signature) => {
        const value = strictValue(signature);
        return value && value.s <= ORDER / 2n ? value : undefined;
      },
    },
  },
  {
    id: 'bgpsec-raw-signature',
    text: 'finds no signature right, as one does that expects r and s as 64 octets instead of DER',
    parts: {
      value: (signature) =>
        signature.length === 64
          ? inRange({ r: number(signature.subarray(0, 32)), s: number(signature.subarray(32)) })
          : undefined,
    },
  },
  {
    id: 'bgpsec-der-long-form',
    text: 'takes lengths in the long form where DER wants the short one',
    parts: { value: (signature) => laxValue(signature, { longForm: true }) },
  },
  {
    id: 'bgpsec-der-integers',
    text: 'takes INTEGERs with superfluous zero octets, or negative ones as if they were positive',
    parts: { value: (signature) => laxValue(signature, { integers: true }) },
  },
  {
    id: 'bgpsec-der-trailing',
    text: 'takes octets behind the end of a signature',
    parts: { value: (signature) => laxValue(signature, { trailing: true }) },
  },
  {
    id: 'bgpsec-der-range',
    text: 'reduces r and s modulo the group order instead of refusing what is out of range',
    parts: { value: (signature) => laxValue(signature, { range: true }) },
  },
  {
    id: 'bgpsec-newest-only',
    text: 'verifies the newest signature alone',
    parts: { order: (indices) => indices.slice(0, 1) },
  },
  {
    id: 'bgpsec-origin-only',
    text: 'verifies the signature of the origin alone',
    parts: { order: (indices) => indices.slice(-1) },
  },
  {
    id: 'bgpsec-newest-skipped',
    text: 'leaves the newest signature out of the verification',
    parts: { order: (indices) => indices.slice(1) },
  },
  {
    id: 'bgpsec-unsupported-not-valid',
    text: 'calls an UPDATE without any supported suite Not Valid instead of unsigned',
    parts: { decide: (states) => (states.includes('valid') ? 'valid' : 'not-valid') },
  },
  {
    id: 'bgpsec-unsupported-fails',
    text: 'calls an UPDATE Not Valid when one of its two blocks has a suite it does not support',
    parts: {
      decide: (states) =>
        states.includes('unsupported') && states.some((state) => state !== 'unsupported')
          ? 'not-valid'
          : kit.decide(states),
    },
  },
  {
    id: 'bgpsec-all-blocks',
    text: 'wants every supported Signature_Block to be Valid',
    parts: {
      decide: (states) => {
        const supported = states.filter((state) => state !== 'unsupported');
        if (supported.length === 0) return 'unsigned';
        return supported.every((state) => state === 'valid') ? 'valid' : 'not-valid';
      },
    },
  },
  {
    id: 'bgpsec-first-block-only',
    text: 'looks at the first Signature_Block alone',
    parts: { decide: (states) => kit.decide(states.slice(0, 1)) },
  },
  {
    id: 'bgpsec-first-supported-block-only',
    text: 'looks at the first Signature_Block of a supported suite alone',
    parts: {
      decide: (states) => {
        const supported = states.filter((state) => state !== 'unsupported');
        return kit.decide(supported.slice(0, 1));
      },
    },
  },
];
