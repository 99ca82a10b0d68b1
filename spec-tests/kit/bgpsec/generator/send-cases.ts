import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { parseEcdsaSigValue } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { answerBgpsec } from '../../../../src/conformance/answer-bgpsec.js';
import type { Answer } from '../../../../src/conformance/request.js';
import type { Fields, Request, VectorCase } from '../../../../src/conformance/vector.js';
import { kit } from '../mutants/kit.js';
import type { Session } from '../mutants/question.js';
import { hashed, run } from '../mutants/run.js';
import { type Hop, keyOf, publicKeys, segmentOf, withLocalPref } from './world.js';

const { Fn } = p256.Point;

/** A private key as a request lists it. */
export function privateKey(asn: number, more: Fields = {}): Fields {
  const { scalar, ski } = keyOf(asn);
  return { asn, scalar: toHex(scalar()), ski: toHex(ski), ...more };
}

export interface SendMore {
  readonly flags?: readonly string[];
  readonly suites?: readonly number[];
  /** Session of the receiver where it is not that of an external peer. */
  readonly receiver?: Session;
  /** False: the receiver cannot find it Valid, because it was not when it came in. */
  readonly valid?: boolean;
  /** The other attributes of the UPDATE, where the case asks for them. */
  readonly attributes?: readonly Fields[];
}

/** A route that goes out signed, with the Secure_Path written down newest first. */
export function signedCase(
  name: string,
  title: string,
  sections: readonly string[],
  received: Fields,
  hops: readonly Hop[],
  more: SendMore = {},
): VectorCase {
  const { flags = [], suites = [1], receiver, valid = true, attributes } = more;
  const input = withLocalPref(received);
  const first = answer(name, input);
  const made = toSignOf(first);
  const nonces = made.map(({ asn, suite }, i) => ({
    asn,
    suite,
    k: nonceOf(keyOf(asn).scalar(), fromHex(octetsOf(first)[i] ?? ''), signatureOf(first, i)),
  }));
  const whole: Fields = { ...input, ...(nonces.length > 0 && { nonces }) };
  const second = answer(name, whole);
  if (second.message !== first.message) throw new Error(`${name}: the nonces are not those of RFC 6979`);
  check(name, first, suites, valid, receiver);
  const chain = new Set(made.map(({ asn }) => asn)).size > 1;
  const { message = null, toSign = null, unchanged = null, octetsToSign = null } = second;
  const expected: Fields = {
    outcome: 'signed',
    securePath: hops.map(segmentOf).map(({ pCount, flags: octet, asn }) => ({ pCount, flags: octet, asn })),
    suites: [...suites],
    ...(attributes && { attributes: [...attributes] }),
  };
  const properties = [
    ...(chain ? ['two-signatures'] : []),
    ...(suites.includes(0xf7) ? ['two-suites'] : []),
    ...(attributes ? ['other-attributes'] : []),
  ];
  return {
    id: `bgpsec/${name}`,
    title,
    sections,
    flags: [...flags, ...properties],
    input: whole,
    expected: chain ? expected : { ...expected, toSign },
    detail: {
      ...(chain && { toSign }),
      ...(String(octetsToSign).length < 4096 && { octetsToSign }),
      unchanged,
      message,
    },
  };
}

/** Any other outcome. */
export function otherCase(
  name: string,
  title: string,
  sections: readonly string[],
  input: Fields,
  expected: Fields,
  reason?: string,
  flags: readonly string[] = [],
): VectorCase {
  return {
    id: `bgpsec/${name}`,
    title,
    sections,
    flags,
    input: withLocalPref(input),
    expected,
    ...(reason && { detail: { reason } }),
  };
}

function answer(name: string, input: Fields): Answer {
  return answerBgpsec({ id: name, suite: 'bgpsec', ...input } as Request);
}

interface ToSign {
  readonly asn: number;
  readonly suite: number;
  readonly target: number;
}

function toSignOf({ toSign }: Answer): readonly ToSign[] {
  return Array.isArray(toSign) ? (toSign as unknown as readonly ToSign[]) : [];
}

function octetsOf({ octetsToSign }: Answer): readonly string[] {
  return Array.isArray(octetsToSign) ? octetsToSign.map(String) : [];
}

function signatureOf({ signatures }: Answer, index: number): Uint8Array {
  return fromHex(Array.isArray(signatures) ? String(signatures[index]) : '');
}

/** The per-message secret number that made a signature, from the private key: k = (e + r d) / s. */
function nonceOf(scalar: Uint8Array, octets: Uint8Array, signature: Uint8Array): string {
  const value = parseEcdsaSigValue(signature);
  if (value === undefined) throw new Error('no signature');
  const number = (bytes: Uint8Array): bigint => Fn.create(BigInt(`0x${toHex(bytes)}`));
  const sum = Fn.add(number(sha256(octets)), Fn.mul(number(value.r), number(scalar)));
  return Fn.mul(sum, Fn.inv(number(value.s)))
    .toString(16)
    .padStart(64, '0');
}

/** The kit, as the receiver, must find the message Valid and hash the octets that were signed. */
function check(
  name: string,
  made: Answer,
  suites: readonly number[],
  valid: boolean,
  receiver: Session | undefined,
): void {
  const newest = toSignOf(made).filter(({ asn }) => asn === toSignOf(made).at(-1)?.asn);
  const [first] = newest;
  if (first === undefined) return;
  const session = receiver ?? { localAs: first.target, peerAs: first.asn, kind: 'external' as const };
  const message = Buffer.from(String(made.message), 'hex');
  const path = Array.isArray(made.securePath) ? (made.securePath as unknown as { asn: number }[]) : [];
  const keys = publicKeys(...new Set(path.map(({ asn }) => asn))).map(({ asn, ski, spki }) => ({
    asn: Number(asn),
    ski: String(ski),
    spki: String(spki),
  }));
  const question = { message, session, keys, suites, attributeType: 33, extendedMessages: true };
  const verdict = run(kit, question);
  if (verdict !== (valid ? 'valid' : 'not-valid')) throw new Error(`${name}: the receiver says ${verdict}`);
  const octets = hashed(kit, question).map((block) => block.octets[0]?.toString('hex'));
  const signed = octetsOf(made).slice(-newest.length);
  if (JSON.stringify(octets) !== JSON.stringify(signed)) throw new Error(`${name}: other octets were signed`);
}
