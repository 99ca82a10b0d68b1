import type { Fields } from '../../../../src/conformance/vector.js';
import { keyOfScalar, signWith } from './ecdsa-signing.js';
import type { Kit } from './kit.js';
import {
  type Announced,
  Fault,
  type Key,
  type Path,
  type Question,
  type Segment,
  type Signature,
  withdraw,
} from './question.js';
import { verdictOn } from './run.js';
import type { SendKit, SigningKey } from './send-kit.js';

interface Signed {
  readonly target: number;
  readonly announced: Announced;
  readonly suites: readonly number[];
}

/** A request of `verify-signatures`. */
export interface VerifyRequest extends Signed, Path {
  readonly keys: readonly Key[];
  readonly verifyMembers: boolean;
}

/** A request of `sign`. */
export interface SignRequest extends Signed {
  /** The path so far, and the signatures over it. */
  readonly segments: readonly Segment[];
  readonly signatures: readonly Signature[];
  readonly segment: Segment;
  readonly suite: number;
  readonly key: SigningKey;
  readonly nonce?: string | undefined;
}

/** What a receiver made of the parts says about signatures whose UPDATE somebody else has read. */
export function verifySignatures(self: Kit, request: VerifyRequest): Fields {
  const { announced, keys, segments, suites, target, verifyMembers } = request;
  const confederation = { identifier: target, memberAs: target, verifyMembers };
  const question: Question = {
    message: Buffer.alloc(0),
    session: { localAs: target, peerAs: target, kind: 'confed-external', confederation },
    keys,
    suites,
    attributeType: 33,
    extendedMessages: true,
  };
  const unread = segments.map(() => ({ ski: Buffer.alloc(20), signature: Buffer.alloc(0) }));
  const blocks = request.blocks.slice(0, self.thirdBlock ? 2 : undefined).map(({ suite, signatures }) => ({
    suite,
    signatures: self.readsBlock(suite, suites) ? signatures : unread,
  }));
  const path = { segments, blocks };
  try {
    withdraw((segments.length === 0 && !self.emptyPath) || blocks.length === 0 || blocks.length > 2);
    withdraw(!self.suites(path) || !self.counts(path));
    return { verdict: self.treatment(verdictOn(self, { path, announced }, question)) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { verdict: self.treatment(error.treatment) };
  }
}

/** What a signer made of the parts answers; without a nonce its signature is one over octets, whichever. */
export function sign(parts: Kit, self: SendKit, request: SignRequest): Fields {
  const { announced, key, nonce, signatures: older, suite, suites } = request;
  const { segment, target } = self.step(
    { segment: request.segment, target: request.target },
    {
      speaker: { asn: request.segment.asn },
      keys: [key],
      suites,
      peer: { peerAs: request.target, kind: 'external', bgpsec: true },
    },
  );
  const others = request.segments.map(self.passedOn);
  const uneven = !parts.counts({ segments: others, blocks: [{ suite, signatures: older }] });
  const keyless = key.asn !== segment.asn || key.suite !== suite;
  const refused =
    uneven ||
    keyless ||
    !self.keyFits(key.certifiedAsns, segment.asn) ||
    target === 0 ||
    !suites.includes(suite);
  if (refused) return { outcome: 'refused' };
  const segments = [segment, ...others];
  const block = { suite, signatures: [{ ski: Buffer.alloc(20), signature: Buffer.alloc(0) }, ...older] };
  const targets = [target, ...segments.map(({ asn }) => asn)];
  const hops = { path: { segments, blocks: [block] }, block, targets, announced };
  const over = parts.message(parts.octets(parts, hops, 0));
  const { ski, spki } = keyOfScalar(key.scalar);
  const signature =
    nonce === undefined
      ? { over: over.toString('hex'), spki }
      : signWith(key.scalar, over, nonce).toString('hex');
  return { outcome: 'signed', ski, signature };
}
