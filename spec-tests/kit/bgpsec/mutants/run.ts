import { type Hops, type Kit, stateOf } from './kit.js';
import {
  type Announced,
  type Attribute,
  Fault,
  type Path,
  type Question,
  type Reading,
  reset,
  type Session,
  type Verdict,
  withdraw,
} from './question.js';
import { readMessage, readPath, readPrefixes, readReach } from './wire.js';

const WELL_KNOWN = [1, 2, 3, 5, 6];
const NON_TRANSITIVE = [4, 14, 15];

/** Runs a receiver made of the parts of `self`. */
export function run(self: Kit, question: Question): Verdict {
  try {
    const route = receive(self, question);
    if (route === undefined) return self.treatment('unsigned');
    return self.treatment(verdictOn(self, route, question));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return self.treatment(error.treatment);
  }
}

interface Received {
  readonly path: Path;
  readonly announced: Announced;
}

/** The validation algorithm of RFC 8205 §5.2 on a path that passed the checks. */
export function verdictOn(self: Kit, { path, announced }: Received, question: Question): Verdict {
  const targets = self.targets(self, path, question.session);
  const states = path.blocks.map((block) => stateOf(self, { path, block, targets, announced }, question));
  return self.decide(states);
}

/** Everything before the signatures; nothing for a route without BGPsec_PATH. */
export function receive(self: Kit, question: Question): Received | undefined {
  const { session } = question;
  const reading = readMessage(question.message, question.extendedMessages ? 65535 : 4096);
  const { attributes, nlri } = reading;
  const codes = attributes.map(({ code }) => code);
  reset([14, 15].some((code) => codes.indexOf(code) !== codes.lastIndexOf(code)));
  const first = (code: number): Attribute | undefined => attributes.find((one) => one.code === code);
  const code = self.typeCode(question, codes);
  const signed = first(code);
  const reach = first(14) && readReach(first(14)?.value ?? Buffer.alloc(0));
  readUnreach(first(15));
  const reachable = nlri.length > 0 || (reach?.field.length ?? 0) > 0;
  let path: Path | undefined;
  try {
    path = readAttributes(self, question, reading, signed);
  } catch (error) {
    const others = reading.cut || codes.some((one) => one !== 15);
    reset(error instanceof Fault && error.treatment === 'treat-as-withdraw' && !reachable && others);
    throw error;
  }
  if (reachable) {
    withdraw(!codes.includes(1) || (nlri.length > 0 && !codes.includes(3)));
    withdraw(!codes.includes(2) && self.asPathMissing(signed !== undefined, session));
  }
  if (path === undefined) return undefined;
  const announced = onePrefix(self, session, reach, nlri);
  withdraw(!self.peerAs(path, session));
  withdraw(!self.asPathAbsent(codes.includes(2)));
  withdraw(!self.notFlagged(path, session) || !self.flagged(path, session));
  withdraw(!self.pCount(path, session) || !self.loop(path, session));
  return { path, announced };
}

/** Attribute by attribute, the first of each type (RFC 7606 §3, §7). */
function readAttributes(
  self: Kit,
  { session, suites }: Question,
  { attributes, cut }: Reading,
  signed: Attribute | undefined,
): Path | undefined {
  withdraw(cut);
  for (const [i, { flags, code, value }] of attributes.entries()) {
    if (attributes.findIndex((one) => one.code === code) < i) continue;
    const kind = flags & 0xc0;
    if (NON_TRANSITIVE.includes(code)) {
      if (code === 4) withdraw(kind !== 0x80 || value.length !== 4);
      else reset(kind !== 0x80);
    }
    if (WELL_KNOWN.includes(code)) withdraw(kind !== 0x40 && !(code === 2 && signed !== undefined));
    if (code === 1) withdraw(value.length !== 1 || (value[0] ?? 3) > 2);
    if (code === 3) withdraw(value.length !== 4);
    if (code === 5 && session.kind !== 'external') withdraw(value.length !== 4);
    if (code === 2 && signed === undefined) withdraw(!isAsPath(value));
  }
  if (signed === undefined) return undefined;
  withdraw(!self.pathFlags(signed.flags, signed.value.length));
  const path = readPath(signed.value, self, suites);
  withdraw(!self.suites(path) || !self.asNumbers(path) || !self.counts(path));
  return path;
}

function isAsPath(value: Buffer): boolean {
  let at = 0;
  while (at < value.length) {
    const [type = 0, count = 0] = value.subarray(at);
    if (type < 1 || type > 4 || count === 0) return false;
    at += 2 + 4 * count;
  }
  return at === value.length;
}

function readUnreach(attribute: Attribute | undefined): void {
  if (attribute === undefined) return;
  const { value } = attribute;
  reset(value.length < 3);
  const afi = value.readUInt16BE(0);
  if (afi === 1 || afi === 2) readPrefixes(value.subarray(3), afi, value.readUInt8(2));
}

/** RFC 8205 §2.2, §4.1: negotiated, one prefix, in MP_REACH_NLRI. */
function onePrefix(
  self: Kit,
  { negotiated = [1, 2], safis = [1] }: Session,
  reach: ReturnType<typeof readReach> | undefined,
  nlri: readonly Announced[],
): Announced {
  withdraw(!negotiated.includes(reach?.afi ?? 1) && (reach?.afi ?? 1) <= 2);
  const inField = self.nlriField(nlri);
  if (inField !== undefined) return inField;
  const [prefix] = reach?.prefixes ?? [];
  withdraw(nlri.length > 0 || prefix === undefined || !safis.includes(prefix.safi));
  withdraw(!self.oneReach(reach?.prefixes?.length ?? 0));
  return prefix as Announced;
}

/** The octets to be hashed by the receiver, newest first, for each block of a supported suite. */
export function hashed(
  self: Kit,
  question: Question,
): readonly { readonly suite: number; readonly octets: readonly Buffer[] }[] {
  const route = receive(self, question);
  if (route === undefined) return [];
  const { path, announced } = route;
  const targets = self.targets(self, path, question.session);
  return path.blocks
    .filter(({ suite }) => question.suites.includes(suite))
    .map((block) => {
      const hops: Hops = { path, block, targets, announced };
      const wanted = path.segments.flatMap((one, i) => (self.skips(one, question.session) ? [] : [i]));
      return { suite: block.suite, octets: wanted.map((i) => self.octets(self, hops, i)) };
    });
}
