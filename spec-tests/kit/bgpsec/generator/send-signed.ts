import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { parseEcdsaSigValue } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { answerBgpsec } from '../../../../src/conformance/answer-bgpsec.js';
import { kit } from '../mutants/kit.js';
import type { Session } from '../mutants/question.js';
import { hashed, run } from '../mutants/run.js';
import { type Fields, keyOf } from './world.js';

const { Fn } = p256.Point;

/** Who receives what was signed. */
interface Receiver {
  readonly suites: readonly number[];
  /** That of an external peer where it is not said. */
  readonly session: Session | undefined;
  /** False: the receiver cannot find it Valid, because it was not when it came in. */
  readonly valid: boolean;
}

/** A route that went out signed. */
interface Signed {
  /** The per-message secret numbers of its signatures, as RFC 6979 makes them: whoever is given them makes the same octets. */
  readonly nonces: readonly Fields[];
  readonly answer: Fields;
  /** Whether a signature covers another one of the same message. */
  readonly chain: boolean;
}

/** Signs the route of a question, and has the kit receive it: it must hash the octets that were signed. */
export function signRoute(name: string, input: Fields, receiver: Receiver): Signed {
  const answer = (more: Fields = {}): Fields =>
    answerBgpsec({ ...input, ...more, id: name, suite: 'bgpsec', op: String(input.op) });
  const first = answer();
  const made = signaturesOf(first);
  const nonces = made.map(({ asn, suite, octets, signature }) => {
    return { asn, suite, k: nonceOf(keyOf(asn).scalar(), octets, signature) };
  });
  const second = nonces.length > 0 ? answer({ nonces }) : first;
  if (second.message !== first.message) throw new Error(`${name}: the nonces are not those of RFC 6979`);
  check(name, first, made, receiver);
  return { nonces, answer: second, chain: new Set(made.map(({ asn }) => asn)).size > 1 };
}

interface Made {
  readonly asn: number;
  readonly suite: number;
  readonly target: number;
  readonly octets: string;
  readonly signature: string;
}

function signaturesOf({ octetsToSign, signatures, toSign }: Fields): readonly Made[] {
  return list(toSign).map(({ asn, suite, target }, i) => ({
    asn: Number(asn),
    suite: Number(suite),
    target: Number(target),
    octets: String(list(octetsToSign)[i]),
    signature: String(list(signatures)[i]),
  }));
}

const list = (value: unknown) => (Array.isArray(value) ? value : []);

/** k = (e + r d) / s: from a signature and its private key. */
export function nonceOf(scalar: Uint8Array, octets: string, signature: string): string {
  const value = parseEcdsaSigValue(fromHex(signature));
  if (value === undefined) throw new Error('no signature');
  const number = (bytes: Uint8Array): bigint => Fn.create(BigInt(`0x${toHex(bytes)}`));
  const sum = Fn.add(number(sha256(fromHex(octets))), Fn.mul(number(value.r), number(scalar)));
  return Fn.mul(sum, Fn.inv(number(value.s)))
    .toString(16)
    .padStart(64, '0');
}

function check(name: string, answer: Fields, made: readonly Made[], receiver: Receiver): void {
  const newest = made.filter(({ asn }) => asn === made.at(-1)?.asn);
  const [first] = newest;
  if (first === undefined) return;
  const { session, suites, valid } = receiver;
  const asns = new Set(list(answer.securePath).map(({ asn }) => Number(asn)));
  const question = {
    message: Buffer.from(String(answer.message), 'hex'),
    session: session ?? { localAs: first.target, peerAs: first.asn, kind: 'external' as const },
    keys: [...asns].map((asn) => ({ asn, ski: toHex(keyOf(asn).ski), spki: toHex(keyOf(asn).spki) })),
    suites,
    attributeType: 33,
    extendedMessages: true,
  };
  const verdict = run(kit, question);
  if (verdict !== (valid ? 'valid' : 'not-valid')) throw new Error(`${name}: the receiver says ${verdict}`);
  const octets = hashed(kit, question).map((block) => block.octets[0]?.toString('hex'));
  if (octets.join() !== newest.map((one) => one.octets).join()) {
    throw new Error(`${name}: other octets were signed`);
  }
}
