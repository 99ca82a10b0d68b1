import { isSignatureOver } from '../../../../src/conformance/signature-over.js';
import type { Fields } from '../../../../src/conformance/vector.js';
import { signFreely } from './ecdsa-signing.js';
import { type Hops, type Kit, kit, sha256 } from './kit.js';
import type { Mutant } from './mutant.js';
import { negotiated, openKit } from './open-kit.js';
import { type SignRequest, sign, type VerifyRequest, verifySignatures } from './parsed.js';
import type { Key, Question, Segment, Session } from './question.js';
import { rebuild, rebuildKit } from './rebuild-kit.js';
import { run } from './run.js';
import { type SendRequest, send, sendKit } from './send-kit.js';
import { full, octets, prefixOf } from './values.js';

/** A request as a vector has it; the kit trusts it. */
export interface KitRequest {
  readonly op: string;
  readonly message?: string;
  readonly session?: Session;
  readonly keys?: readonly Key[];
  readonly suites?: readonly number[];
  readonly attributeType?: number;
  readonly extendedMessages?: boolean;
  readonly path?: readonly (Partial<Segment> & { readonly asn: number; ski?: string; signature?: string })[];
  readonly securePath?: readonly (Partial<Segment> & { readonly asn: number })[];
  readonly target?: number;
  readonly algorithmSuite?: number;
  readonly safi?: number;
  readonly prefix?: string;
  readonly own?: string;
  readonly peer?: string;
  readonly spki?: string;
  readonly speaker?: SendRequest['speaker'];
  readonly aggregated?: boolean;
}

/** The answer of an implementation with a mistake, or of the kit without one; `undefined` for operations it lacks. */
export function kitAnswer(request: KitRequest, mutant: Partial<Mutant> = {}): Fields | undefined {
  const answer = meantAnswer(request, mutant);
  if (!isSignatureOver(answer?.signature)) return answer;
  const { key } = request as unknown as SignRequest;
  return { ...answer, signature: signFreely(key.scalar, octets(answer.signature.over)).toString('hex') };
}

/** As {@link kitAnswer}, but a signature that nothing determines is not made: what it is over stands in its place. */
export function meantAnswer(request: KitRequest, mutant: Partial<Mutant> = {}): Fields | undefined {
  const self = { ...kit, ...mutant.parts };
  switch (request.op) {
    case 'verify-update':
      return { verdict: run(self, questionOf(request)) };
    case 'octets-to-hash': {
      const hops = hopsOf(self, request);
      const list = hops.path.segments.map((_, i) => self.octets(self, hops, i));
      return {
        octetsHashed: list.map((one) => one.toString('hex')),
        digests: list.map((one) => sha256(self.message(one)).toString('hex')),
      };
    }
    case 'reconstruct-as-path': {
      const segments = (request.securePath ?? []).map(full);
      const parts = { ...rebuildKit, ...mutant.rebuild };
      const asPath = rebuild(parts, segments);
      return {
        asPath: asPath.map(({ type, asns }) => ({ type, asns })),
        pathLength: parts.length(segments, asPath),
      };
    }
    case 'negotiate':
      return negotiated({ ...openKit, ...mutant.open }, octets(request.own), octets(request.peer));
    case 'import-key':
      return { usable: self.importKey(request.spki ?? '') !== undefined };
    case 'verify-signatures':
      return verifySignatures(self, request as unknown as VerifyRequest);
    case 'sign':
      return sign(self, { ...sendKit, ...mutant.send }, request as unknown as SignRequest);
    case 'originate':
    case 'forward':
      return send(self, { ...sendKit, ...mutant.send }, sendRequestOf(request));
    default:
      return undefined;
  }
}

function sendRequestOf(request: KitRequest): SendRequest {
  const { op, speaker = { asn: 0 }, suites = [1], prefix, aggregated = false } = request;
  const { peer, keys = [] } = request as unknown as Pick<SendRequest, 'peer' | 'keys'>;
  const route =
    op === 'forward' ? { received: questionOf(request) } : { announced: prefixOf(prefix ?? '', 1) };
  return { op, speaker, keys, suites, peer, aggregated, ...route };
}

/** The question of a `verify-update` request. */
export function questionOf(request: KitRequest): Question {
  const { session = { localAs: 0, peerAs: 0, kind: 'external' } } = request;
  return {
    message: octets(request.message),
    session,
    keys: request.keys ?? [],
    suites: request.suites ?? [1],
    attributeType: request.attributeType ?? 33,
    extendedMessages: request.extendedMessages ?? true,
  };
}

function hopsOf(
  self: Kit,
  { path: list = [], algorithmSuite: suite = 1, safi = 1, prefix = '', target = 0 }: KitRequest,
): Hops {
  const segments = list.map(full);
  const block = {
    suite,
    signatures: list.map(({ ski, signature }) => ({ ski: octets(ski), signature: octets(signature) })),
  };
  const path = { segments, blocks: [block] };
  const targets = self.targets(self, path, { localAs: target, peerAs: 0, kind: 'external' });
  return { path, block, targets, announced: prefixOf(prefix, safi) };
}
