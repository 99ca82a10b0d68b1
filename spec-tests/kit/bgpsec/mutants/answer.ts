import { type Members, member, optional, readAnyAsn, readList, readNumber } from 'pathsec/questions';
import { isSignatureOver } from '../../../../src/conformance/signature-over.js';
import type { Fields, Request } from '../../../../src/conformance/vector.js';
import { UNSUPPORTED } from '../../mutant.js';
import { readText } from '../../read.js';
import { signFreely } from './ecdsa-signing.js';
import { type Hops, type Kit, sha256 } from './kit.js';
import { negotiated } from './open-kit.js';
import { sign, verifySignatures } from './parsed.js';
import type { Parts } from './parts.js';
import { rebuild } from './rebuild-kit.js';
import {
  octetsAt,
  readAnnounced,
  readQuestion,
  readReceived,
  readSegment,
  readSend,
  readSign,
  readSignature,
  readVerify,
} from './request.js';
import { run } from './run.js';
import { send } from './send-kit.js';

const OPERATIONS: Readonly<Record<string, (parts: Parts, request: Members) => Fields>> = {
  'verify-update': (parts, request) => ({ verdict: run(parts, readQuestion(request)) }),
  'octets-to-hash'(parts, request) {
    const hops = hopsOf(parts, request);
    const list = hops.path.segments.map((_, i) => parts.octets(parts, hops, i));
    return {
      octetsHashed: list.map((one) => one.toString('hex')),
      digests: list.map((one) => sha256(parts.message(one)).toString('hex')),
    };
  },
  'reconstruct-as-path'(parts, request) {
    const segments = readList(member(request, 'securePath'), readSegment);
    const asPath = rebuild(parts, segments);
    return {
      asPath: asPath.map(({ type, asns }) => ({ type, asns })),
      pathLength: parts.pathLength(segments, asPath),
    };
  },
  negotiate: (parts, request) =>
    negotiated(parts, octetsAt(member(request, 'own')), octetsAt(member(request, 'peer'))),
  'import-key': (parts, request) => ({
    usable: parts.importKey(readText(member(request, 'spki'))) !== undefined,
  }),
  'verify-signatures': (parts, request) => verifySignatures(parts, readVerify(request)),
  sign: (parts, request) => sign(parts, parts, readSign(request)),
  originate: (parts, request) =>
    send(parts, parts, { ...readSend(request), announced: readAnnounced(request) }),
  forward: (parts, request) => send(parts, parts, { ...readSend(request), received: readReceived(request) }),
};

/** What a BGPsec speaker of these parts answers to a request of the suite `bgpsec`. */
export function answerWith(parts: Parts, request: Request): Fields {
  const answer = meantAnswer(parts, request);
  if (!isSignatureOver(answer.signature)) return answer;
  const over = Buffer.from(answer.signature.over, 'hex');
  return { ...answer, signature: signFreely(readSign(request).key.scalar, over).toString('hex') };
}

/** As {@link answerWith}, but a signature that nothing determines is not made: what it is over stands in its place. */
export function meantAnswer(parts: Parts, request: Request): Fields {
  return OPERATIONS[request.op]?.(parts, request) ?? UNSUPPORTED;
}

function hopsOf(self: Kit, request: Members): Hops {
  const list = member(request, 'path');
  const block = {
    suite: optional(member(request, 'algorithmSuite'), readNumber, 1),
    signatures: readList(list, readSignature),
  };
  const path = { segments: readList(list, readSegment), blocks: [block] };
  const localAs = readAnyAsn(member(request, 'target'));
  const targets = self.targets(self, path, { localAs, peerAs: 0, kind: 'external' });
  return { path, block, targets, announced: readAnnounced(request) };
}
