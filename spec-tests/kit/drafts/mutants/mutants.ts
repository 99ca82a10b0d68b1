import {
  type Members,
  member,
  optional,
  type Place,
  readAnyAsn,
  readList,
  readNumber,
  readOneOf,
} from 'pathsec/questions';
import type { Fields } from '../../../../src/conformance/vector.js';
import { type Answers, kit as aspa, tableOf, verify } from '../../aspa/mutants/kit.js';
import { readAspas, readLimitOf, readQuestion } from '../../aspa/mutants/kit-request.js';
import { type SuiteKit, suiteKit, UNSUPPORTED } from '../../mutant.js';
import { inside } from '../../read.js';
import { asraMutants } from './asra-mutants.js';
import { egressMutants } from './egress-mutants.js';
import { type Asra, type Kit, kit, type Link } from './kit.js';

/** The suite `drafts` once more. */
export const draftsKit: SuiteKit = suiteKit(kit, [...egressMutants, ...asraMutants], (self, request) => {
  if (request.op === 'verify-egress') return egress(self, request);
  return request.op === 'verify-asra' ? asra(self, request) : UNSUPPORTED;
});

function egress(self: Kit, request: Members): Fields {
  const { asPath, neighborRole, neighborAs } = readQuestion(request);
  const own = optional(member(request, 'ownAs'), readAnyAsn, undefined);
  const augmented = readOneOf(member(request, 'mode'), ['basic', 'augmented']) === 'augmented';
  const first = asPath[0]?.type === 2 ? asPath[0].asns[0] : undefined;
  if (asPath.length > 0 && !self.leads(first, own, neighborAs, neighborRole)) return { outcome: 'invalid' };
  const isClean = asPath.length > 0 && !aspa.hasSet(asPath);
  const isInFront = isClean && neighborAs !== undefined && self.front(neighborRole, augmented);
  const path = isInFront ? [{ type: 2 as const, asns: [neighborAs] }, ...asPath] : asPath;
  const entries = tableOf(aspa, readAspas(member(request, 'aspas')), readLimitOf(request));
  // In the words of a receiver.
  const from = self.direction(neighborRole) === 'up' ? 'customer' : 'provider';
  return { outcome: verify(aspa, entries, { asPath: path, neighborRole: from }).outcome };
}

function asra(self: Kit, request: Members): Fields {
  const question = readQuestion(request);
  const entries = tableOf(aspa, readAspas(member(request, 'aspas')), readLimitOf(request));
  const lists = self.lists(optional(member(request, 'asras'), (list) => readList(list, readAsra), []));
  const algorithm = self.algorithm(readOneOf(member(request, 'algorithm'), ['A', 'B']));
  const { outcome } = verify(aspa, entries, question);
  if (!self.looksAt(question.neighborRole, outcome)) return { outcome, aspaOutcome: outcome };
  const path = aspa.compress(aspa.read(question.asPath), question.asPath);
  const answers: Answers = path.slice(1).map((upper, i) => ({
    up: aspa.authorized(aspa, entries, path[i] as number, upper),
    down: aspa.authorized(aspa, entries, upper, path[i] as number),
  }));
  const { first, last } = self.span(aspa.bounds(answers, 'downstream'), path.length, algorithm);
  const has = (asn: number, other: number): boolean | undefined => {
    const list = lists.get(asn);
    return list && self.holds(list, other);
  };
  for (let i = Math.max(first, 1); i <= last; i++) {
    const [lower, upper] = [path[i - 1] as number, path[i] as number];
    const answer = answers[i - 1];
    const link: Link = {
      provider: attested(answer?.up),
      listed: has(lower, upper),
      reverse: attested(answer?.down),
      reverseListed: has(upper, lower),
    };
    if (self.fake(link, algorithm)) return { outcome: self.found, aspaOutcome: outcome };
  }
  return { outcome, aspaOutcome: outcome };
}

function attested(answer: Answers[number]['up'] | undefined): boolean | undefined {
  return answer === undefined || answer === 'no-attestation' ? undefined : answer === 'provider+';
}

function readAsra(place: Place): Asra {
  const at = inside(place);
  return {
    asn: readAnyAsn(at('asn')),
    subcategory: readNumber(at('subcategory')),
    neighbors: readList(at('neighbors'), readAnyAsn),
  };
}
