import type { Fields } from '../../../../src/conformance/vector.js';
import { keyOfScalar, signWith } from './ecdsa-signing.js';
import type { Kit } from './kit.js';
import { type Announced, type Block, Fault, type Key, type Question, withdraw } from './question.js';
import { verdictOn } from './run.js';
import type { SendKit } from './send-kit.js';
import { full, octets, type PartialSegment, prefixOf } from './values.js';

interface SignatureFields {
  readonly ski: string;
  readonly signature: string;
}

interface Prefixed {
  readonly target: number;
  readonly prefix: string;
  readonly safi?: number;
  readonly nlri?: string;
  readonly suites?: readonly number[];
}

/** A request of `verify-signatures`. */
export interface VerifyRequest extends Prefixed {
  readonly securePath: readonly PartialSegment[];
  readonly signatureBlocks: readonly {
    readonly algorithmSuite?: number;
    readonly signatures: readonly SignatureFields[];
  }[];
  readonly keys?: readonly Key[];
  readonly verifyMembers?: boolean;
}

/** A request of `sign`. */
export interface SignRequest extends Prefixed {
  readonly securePath?: readonly PartialSegment[];
  readonly signatures?: readonly SignatureFields[];
  readonly segment: PartialSegment;
  readonly algorithmSuite?: number;
  readonly key: {
    readonly asn: number;
    readonly scalar: string;
    readonly suite?: number;
    readonly certifiedAsns?: readonly number[];
  };
  readonly nonce?: string;
}

const announcedOf = ({ prefix, safi = 1, nlri }: Prefixed): Announced => {
  const announced = prefixOf(prefix, safi);
  return nlri === undefined ? announced : { ...announced, octets: octets(nlri).subarray(1) };
};

const signaturesOf = (list: readonly SignatureFields[]): Block['signatures'] =>
  list.map(({ ski, signature }) => ({ ski: octets(ski), signature: octets(signature) }));

/** What a receiver made of the parts says about signatures whose UPDATE somebody else has read. */
export function verifySignatures(self: Kit, request: VerifyRequest): Fields {
  const { keys = [], signatureBlocks, suites = [1], target, verifyMembers = true } = request;
  const segments = request.securePath.map(full);
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
  const blocks = signatureBlocks
    .slice(0, self.thirdBlock ? 2 : undefined)
    .map(({ algorithmSuite: suite = 1, signatures }) => ({
      suite,
      signatures: self.readsBlock(suite, suites) ? signaturesOf(signatures) : unread,
    }));
  const path = { segments, blocks };
  try {
    withdraw((segments.length === 0 && !self.emptyPath) || blocks.length === 0 || blocks.length > 2);
    withdraw(!self.suites(path) || !self.counts(path));
    return { verdict: self.treatment(verdictOn(self, { path, announced: announcedOf(request) }, question)) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { verdict: self.treatment(error.treatment) };
  }
}

/** What a signer made of the parts answers; without a nonce its signature is one over octets, whichever. */
export function sign(parts: Kit, self: SendKit, request: SignRequest): Fields {
  const { algorithmSuite: suite = 1, key, nonce, securePath = [], suites = [1] } = request;
  const older = signaturesOf(request.signatures ?? []);
  const { segment, target } = self.step(
    { segment: full(request.segment), target: request.target },
    {
      op: 'sign',
      speaker: { asn: request.segment.asn },
      keys: [key],
      suites,
      peer: { peerAs: request.target, kind: 'external', bgpsec: true },
    },
  );
  const others = securePath.map(full).map(self.passedOn);
  const uneven = !parts.counts({ segments: others, blocks: [{ suite, signatures: older }] });
  const keyless = key.asn !== segment.asn || (key.suite ?? 1) !== suite;
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
  const hops = { path: { segments, blocks: [block] }, block, targets, announced: announcedOf(request) };
  const over = parts.message(parts.octets(parts, hops, 0));
  const { ski, spki } = keyOfScalar(key.scalar);
  const signature =
    nonce === undefined
      ? { over: over.toString('hex'), spki }
      : signWith(key.scalar, over, nonce).toString('hex');
  return { outcome: 'signed', ski, signature };
}
