import { createHash, type KeyObject } from 'node:crypto';
import { strictKey, strictValue, type Value, verifies } from './ecdsa.js';
import {
  type Announced,
  type Block,
  confed,
  type Key,
  type Path,
  type Question,
  type Segment,
  type Session,
  type Signature,
  type Verdict,
} from './question.js';
import type { PathRules } from './wire.js';

export type State = 'valid' | 'not-valid' | 'unsupported' | 'key-missing';

/**
 * A BGPsec receiver in small exchangeable parts, written apart from the product: a mutant is this kit with one part
 * changed. Paths are in wire order, newest first. A part that is a check says whether all is well.
 */
export interface Kit extends PathRules {
  /** Type code of BGPsec_PATH. */
  typeCode(question: Question, codes: readonly number[]): number;
  pathFlags(flags: number, length: number): boolean;
  asPathMissing(signed: boolean, session: Session): boolean;
  oneReach(prefixes: number): boolean;
  nlriField(inField: readonly Announced[]): Announced | undefined;
  suites(path: Path): boolean;
  asNumbers(path: Path): boolean;
  counts(path: Path): boolean;
  peerAs(path: Path, session: Session): boolean;
  asPathAbsent(present: boolean): boolean;
  notFlagged(path: Path, session: Session): boolean;
  flagged(path: Path, session: Session): boolean;
  pCount(path: Path, session: Session): boolean;
  loop(path: Path, session: Session): boolean;
  target(session: Session): number;
  segment(segment: Segment): Buffer;
  signature(signature: Signature): Buffer;
  hop(signature: Buffer, segment: Buffer): Buffer;
  nlri(announced: Announced): Buffer;
  tail(suite: number, announced: Announced, nlri: Buffer): Buffer;
  octets(self: Kit, hops: Hops, index: number): Buffer;
  skips(segment: Segment, session: Session): boolean;
  targets(self: Kit, path: Path, session: Session): readonly number[];
  keys(keys: readonly Key[], asn: number, ski: string): readonly Key[];
  importKey(spki: string): KeyObject | undefined;
  value(signature: Buffer): Value | undefined;
  message(octets: Buffer): Buffer;
  order(indices: readonly number[]): readonly number[];
  decide(states: readonly State[]): Verdict;
  treatment(treatment: Verdict): Verdict;
}

/** What the octets to be hashed of one block are made of. */
export interface Hops {
  readonly path: Path;
  readonly block: Block;
  readonly targets: readonly number[];
  readonly announced: Announced;
}

export const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);

export function u32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}

/** A prefix with its host bits cleared. */
export function masked({ length, octets }: Announced): Buffer {
  const copy = Buffer.from(octets);
  const last = copy.length - 1;
  if (last >= 0 && length % 8 !== 0) copy[last] = (copy[last] ?? 0) & (0xff00 >> (length % 8));
  return copy;
}

const newest = (path: Path): Segment => path.segments[0] ?? { pCount: 1, flags: 0, asn: 0 };
export const ownAses = (session: Session): readonly number[] =>
  session.ownAses ?? [session.confederation?.identifier ?? session.localAs];

/** Octets of hops that were made: of hundreds of hops each is hashed as often. */
const signedHops = new WeakMap<Hops, { readonly self: Kit; readonly octets: readonly Buffer[] }>();

export const kit: Kit = {
  emptyPath: false,
  thirdBlock: false,
  readsBlock: () => true,
  typeCode: ({ attributeType }, codes) => (codes.includes(33) ? 33 : attributeType),
  pathFlags: (flags) => (flags & 0xc0) === 0x80,
  asPathMissing: (signed, { kind, negotiated }) =>
    !signed && !(kind === 'internal' && negotiated?.length !== 0),
  oneReach: (prefixes) => prefixes === 1,
  nlriField: () => undefined,
  suites: ({ blocks: [one, two] }) =>
    [one, two].every((block) => block === undefined || (block.suite !== 0 && block.suite !== 255)) &&
    one?.suite !== two?.suite,
  asNumbers: ({ segments }) => segments.every(({ asn }) => asn !== 0),
  counts: ({ segments, blocks }) => blocks.every(({ signatures }) => signatures.length === segments.length),
  peerAs: ({ segments: [first] }, { kind, peerAs }) =>
    kind === 'internal' || first === undefined || first.asn === peerAs,
  asPathAbsent: (present) => !present,
  notFlagged: ({ segments }, { kind, confederation }) =>
    !(kind === 'external' || confederation === undefined) || !segments.some(confed),
  flagged: (path, { kind }) => kind !== 'confed-external' || confed(newest(path)),
  pCount: (path, { kind, allowPcountZero }) =>
    kind === 'internal' || allowPcountZero === true || newest(path).pCount !== 0,
  loop: ({ segments }, session) =>
    !segments.some(
      (one) =>
        one.pCount > 0 &&
        (ownAses(session).includes(one.asn) || (confed(one) && one.asn === session.confederation?.memberAs)),
    ),
  target: ({ localAs }) => localAs,
  segment: ({ pCount, flags, asn }) => Buffer.concat([Buffer.of(pCount, flags), u32(asn)]),
  signature: ({ ski, signature }) => Buffer.concat([ski, u16(signature.length), signature]),
  hop: (signature, segment) => Buffer.concat([signature, segment]),
  nlri: (announced) => Buffer.concat([Buffer.of(announced.length), masked(announced)]),
  tail: (suite, { afi, safi }, nlri) => Buffer.concat([Buffer.of(suite), u16(afi), Buffer.of(safi), nlri]),
  octets(self, hops, index) {
    const { path, block, targets, announced } = hops;
    const made = signedHops.get(hops);
    const octets =
      made?.self === self
        ? made.octets
        : path.segments.map((segment, i) => {
            const older = block.signatures[i + 1];
            const last = i === path.segments.length - 1 || older === undefined;
            return self.hop(last ? Buffer.alloc(0) : self.signature(older), self.segment(segment));
          });
    signedHops.set(hops, { self, octets });
    const tail = self.tail(block.suite, announced, self.nlri(announced));
    return Buffer.concat([u32(targets[index] ?? 0), ...octets.slice(index), tail]);
  },
  skips: (segment, { confederation }) => confederation?.verifyMembers === false && confed(segment),
  targets: (self, { segments }, session) => [
    self.target(session),
    ...segments.slice(0, -1).map(({ asn }) => asn),
  ],
  keys: (keys, asn, ski) => keys.filter((key) => key.asn === asn && key.ski === ski),
  importKey: strictKey,
  value: strictValue,
  message: (octets) => octets,
  order: (indices) => indices,
  decide: (states) => {
    if (states.every((state) => state === 'unsupported')) return 'unsigned';
    return states.includes('valid') ? 'valid' : 'not-valid';
  },
  treatment: (treatment) => treatment,
};

/** RFC 8205 §5.2, steps 1 to 4, on one block. */
export function stateOf(self: Kit, hops: Hops, { session, keys, suites }: Question): State {
  const { path, block } = hops;
  if (!suites.includes(block.suite)) return 'unsupported';
  for (const i of self.order(path.segments.map((_, index) => index))) {
    const segment = path.segments[i];
    const signed = block.signatures[i];
    if (segment === undefined || signed === undefined) return 'not-valid';
    if (self.skips(segment, session)) continue;
    const found = self.keys(keys, segment.asn, signed.ski.toString('hex'));
    if (found.length === 0) return 'key-missing';
    const value = self.value(signed.signature);
    const octets = self.message(self.octets(self, hops, i));
    const good = found.some(({ spki }) => {
      const key = self.importKey(spki);
      return key !== undefined && value !== undefined && verifies(key, octets, value);
    });
    if (!good) return 'not-valid';
  }
  return 'valid';
}

export const sha256 = (octets: Buffer): Buffer => createHash('sha256').update(octets).digest();
