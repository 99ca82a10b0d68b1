import type { Fields } from '../../../../src/conformance/vector.js';
import { type Kit, sha256 } from './kit.js';
import {
  type Announced,
  type Confederation,
  confed,
  Fault,
  type Path,
  type Question,
  type Segment,
  type Session,
} from './question.js';
import { type PathSegment, rebuild, rebuildKit } from './rebuild-kit.js';
import { receive } from './run.js';
import { type AttributeRules, attributeRules, type Sent, sentAttributes } from './send-attributes.js';
import { readMessage, readReach } from './wire.js';

/** A request of `originate` or `forward`; octets of a message are not read yet. */
export interface SendRequest {
  readonly speaker: Speaker;
  readonly keys: readonly SigningKey[];
  readonly suites: readonly number[];
  readonly peer: Peer;
  readonly aggregated?: boolean;
  /** `forward` only. */
  readonly received?: Question;
  /** `originate` only. */
  readonly announced?: Announced;
}

export interface Speaker {
  readonly asn: number;
  readonly confederation?: Confederation | undefined;
  readonly originSuites?: readonly number[] | undefined;
}

/** A private key, by what its certificate says and the AS that it signs for. */
export interface SigningKey {
  readonly asn: number;
  readonly scalar: string;
  readonly suite: number;
  readonly certifiedAsns?: readonly number[] | undefined;
}

export interface Peer {
  readonly peerAs: number;
  readonly kind: Session['kind'];
  readonly bgpsec: boolean;
  readonly localAs?: number | undefined;
  readonly pCount?: number | undefined;
  readonly routeServer?: boolean | undefined;
  readonly extendedMessages?: boolean | undefined;
}

/** A new Secure_Path Segment and the AS it is signed to. */
export interface Step {
  readonly segment: Segment;
  readonly target: number;
}

/** A BGPsec sender in exchangeable parts. */
export interface SendKit {
  step(step: Step, request: SendRequest): Step;
  /** Segments of the received path, as they are passed on. */
  passedOn(segment: Segment): Segment;
  keepsBlock(suite: number, supported: readonly number[]): boolean;
  /** How many leading segments are removed towards an external peer. */
  removed(segments: readonly Segment[]): number;
  bridges(confederation: boolean): boolean;
  unsignedSigned: boolean;
  aggregateSigned: boolean;
  internalOriginSigned: boolean;
  prepended(copies: number): number;
  keyFits(certified: readonly number[] | undefined, asn: number): boolean;
  tooLong(octets: number, limit: number): boolean;
  /** Whether the checks of RFC 8205 §5.2 are made on what is passed on. */
  checked: boolean;
  /** Whether a peer that is called external and has the own AS is signed to. */
  toItself: boolean;
  attributes: AttributeRules;
}

export const sendKit: SendKit = {
  step: (step) => step,
  passedOn: (segment) => segment,
  keepsBlock: (suite, supported) => supported.includes(suite),
  removed: (segments) => {
    const first = segments.findIndex((one) => !confed(one));
    return first < 0 ? segments.length : first;
  },
  bridges: () => true,
  unsignedSigned: false,
  aggregateSigned: false,
  internalOriginSigned: false,
  prepended: (copies) => copies,
  keyFits: (certified, asn) => certified === undefined || certified.includes(asn),
  tooLong: (octets, limit) => octets > limit,
  checked: true,
  toItself: false,
  attributes: attributeRules,
};

interface Route {
  readonly path?: Path;
  readonly asPath: readonly PathSegment[];
  readonly announced: Announced;
  readonly arrivedAs?: number;
}

const REFUSED: Fields = { outcome: 'refused' };
const refuse = (condition: boolean): void => {
  if (condition) throw new Fault('treat-as-withdraw');
};

/** A receiver that takes whatever can be read. */
const UNCHECKED: Partial<Kit> = {
  peerAs: () => true,
  asPathAbsent: () => true,
  notFlagged: () => true,
  flagged: () => true,
  pCount: () => true,
  loop: () => true,
  oneReach: (prefixes) => prefixes > 0,
};

/** The `attributes` of an answer. */
function otherAttributes(self: SendKit, { received, peer }: SendRequest): { readonly attributes?: Fields[] } {
  if (received === undefined) return {};
  const { attributes } = readMessage(received.message, 65535);
  const sent: Sent[] = sentAttributes(self.attributes, attributes, received.session.kind, peer.kind);
  return { attributes: sent.map((one) => ({ ...one })) };
}

/** What a sender made of the parts answers. */
export function send(parts: Kit, self: SendKit, request: SendRequest): Fields {
  try {
    const receiving = self.checked ? parts : { ...parts, ...UNCHECKED };
    const answer = sendRoute(parts, self, request, routeOf(receiving, request));
    return { ...answer, ...(answer.outcome === 'refused' ? {} : otherAttributes(self, request)) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return REFUSED;
  }
}

function routeOf(parts: Kit, { received, announced }: SendRequest): Route {
  if (received === undefined) {
    return { asPath: [], announced: announced ?? { afi: 1, safi: 1, length: 0, octets: Buffer.alloc(0) } };
  }
  const arrivedAs = received.session.localAs;
  const route = receive(parts, received);
  if (route !== undefined) return { ...route, asPath: [], arrivedAs };
  const { attributes } = readMessage(received.message, 65535);
  const value = (code: number): Buffer =>
    attributes.find((one) => one.code === code)?.value ?? Buffer.alloc(0);
  const [prefix] = readReach(value(14)).prefixes ?? [];
  refuse(prefix === undefined);
  return { asPath: readAsPath(value(2)), announced: prefix as Announced, arrivedAs };
}

function readAsPath(value: Buffer): PathSegment[] {
  const path: PathSegment[] = [];
  for (let at = 0; at < value.length; ) {
    const [type, count = 0] = value.subarray(at);
    const asns = Array.from({ length: count }, (_, i) => value.readUInt32BE(at + 2 + 4 * i));
    path.push({ type: type === 1 ? 'AS_SET' : 'AS_SEQUENCE', asns });
    at += 2 + 4 * count;
  }
  return path;
}

function sendRoute(parts: Kit, self: SendKit, request: SendRequest, route: Route): Fields {
  const { peer, suites, aggregated = false } = request;
  const { path, asPath } = route;
  const aggregate = aggregated || asPath.some(({ type }) => type === 'AS_SET');
  const unsigned =
    (aggregate && !self.aggregateSigned) ||
    (path === undefined && asPath.length > 0 && !self.unsignedSigned) ||
    path?.blocks.every(({ suite }) => !suites.includes(suite)) === true ||
    !peer.bgpsec;
  if (unsigned) return { outcome: 'unsigned', asPath: unsignedPath(self, request, route) };
  if (peer.kind === 'internal' && path === undefined && !self.internalOriginSigned) {
    return { outcome: 'no-path-attribute' };
  }
  const { base, steps } = plan(self, request, route);
  const last = steps.at(-1);
  refuse(peer.kind !== 'internal' && last?.segment.asn === last?.target && !self.toItself);
  return signed(parts, self, request, { base, steps: steps.map((one) => self.step(one, request)), route });
}

/** RFC 8205 §4.4, then RFC 4271 §5.1.2 and RFC 5065 §4.1. */
function unsignedPath(self: SendKit, { speaker, peer }: SendRequest, { path, asPath }: Route): Fields[] {
  const whole = path === undefined ? [...asPath] : rebuild(rebuildKit, path.segments);
  const plain = whole.map(({ type, asns }) => ({ type, asns }));
  if (peer.kind === 'internal') return plain;
  const outside = peer.kind === 'external';
  const type = outside ? 'AS_SEQUENCE' : 'AS_CONFED_SEQUENCE';
  const own = outside ? (peer.localAs ?? speaker.asn) : (speaker.confederation?.memberAs ?? speaker.asn);
  const list = outside ? plain.filter((one) => one.type !== 'AS_CONFED_SEQUENCE') : plain;
  for (let i = 0; i < self.prepended(peer.pCount ?? 1); i++) {
    const [front] = list;
    if (front !== undefined && front.type === type && front.asns.length < 255) {
      list[0] = { type, asns: [own, ...front.asns] };
    } else list.unshift({ type, asns: [own] });
  }
  return list;
}

interface Plan {
  /** What stays of the received path; nothing for an own route. */
  readonly base: Path | undefined;
  /** In the order in which they are signed. */
  readonly steps: readonly Step[];
}

/** The new segments (RFC 8205 §4.2, §4.3; RFC 8206 §5). */
function plan(self: SendKit, { speaker, peer }: SendRequest, { path, arrivedAs }: Route): Plan {
  const { asn, confederation } = speaker;
  const home = confederation?.memberAs ?? asn;
  const { pCount = 1, peerAs, kind, localAs } = peer;
  refuse(pCount > 255 || (pCount === 0 && peer.routeServer !== true) || peerAs === 0);
  refuse(kind === 'confed-external' && confederation === undefined);
  const from = arrivedAs ?? home;
  const bridge = (of: number, target: number, flags: number): Step[] =>
    of === target || !self.bridges(flags !== 0) ? [] : [{ segment: { pCount: 0, flags, asn: of }, target }];
  const inside =
    path === undefined || from === home ? [] : [...bridge(from, asn, 0), ...bridge(asn, home, 0x80)];
  if (kind === 'internal') {
    return path === undefined
      ? { base: path, steps: [{ segment: { pCount, flags: 0, asn }, target: peerAs }] }
      : { base: path, steps: inside };
  }
  if (kind === 'confed-external') {
    return {
      base: path,
      steps: [...inside, { segment: { pCount, flags: 0x80, asn: home }, target: peerAs }],
    };
  }
  const count = path === undefined ? 0 : self.removed(path.segments);
  const left = path && {
    segments: path.segments.slice(count),
    blocks: path.blocks.map(({ suite, signatures }) => ({ suite, signatures: signatures.slice(count) })),
  };
  const base = left !== undefined && left.segments.length > 0 ? left : undefined;
  const sending = localAs ?? asn;
  const at = base === undefined || (confederation !== undefined && from === home) ? asn : from;
  const last = { segment: { pCount, flags: 0, asn: sending }, target: peerAs };
  return { base, steps: [...bridge(at, sending, 0), last] };
}

function signed(
  parts: Kit,
  self: SendKit,
  { speaker, keys, suites, peer }: SendRequest,
  { base, steps, route }: Plan & { readonly route: Route },
): Fields {
  const { originSuites = [1] } = speaker;
  if (base === undefined) {
    refuse(
      new Set(originSuites).size < originSuites.length || originSuites.some((one) => !suites.includes(one)),
    );
  }
  const all = base?.blocks ?? originSuites.map((suite) => ({ suite, signatures: [] }));
  const blocks = steps.length === 0 ? all : all.filter(({ suite }) => self.keepsBlock(suite, suites));
  const old = steps.length === 0 ? (base?.segments ?? []) : (base?.segments ?? []).map(self.passedOn);
  for (const { segment } of steps) {
    for (const { suite } of blocks.filter((one) => suites.includes(one.suite))) {
      const key = keys.find((one) => one.asn === segment.asn && one.suite === suite);
      refuse(key === undefined || !self.keyFits(key.certifiedAsns, segment.asn));
    }
  }
  const segments = [...steps.map(({ segment }) => segment).reverse(), ...old];
  const octets = blocks.flatMap(({ signatures }) => signatures.map(({ signature }) => 22 + signature.length));
  const size = octets.reduce((a, b) => a + b, 60 + 6 * segments.length + steps.length * blocks.length * 93);
  refuse(self.tooLong(size, peer.extendedMessages === true ? 65535 : 4096));
  const [step] = steps;
  const empty = { ski: Buffer.alloc(20), signature: Buffer.alloc(0) };
  const toSign = blocks.map(({ suite, signatures }) => {
    const block = { suite, signatures: [empty, ...signatures] };
    const targets = [step?.target ?? 0, ...segments.map(({ asn }) => asn)];
    const hops = { path: { segments, blocks: [block] }, block, targets, announced: route.announced };
    const data = parts.octets(parts, hops, 0);
    const digest = sha256(parts.message(data)).toString('hex');
    return {
      asn: step?.segment.asn ?? 0,
      target: data.readUInt32BE(0),
      suite,
      digest,
    };
  });
  return {
    outcome: 'signed',
    securePath: segments.map(({ pCount, flags, asn }) => ({ pCount, flags, asn })),
    suites: blocks.map(({ suite }) => suite),
    ...(steps.length < 2 && { toSign: steps.length === 0 ? [] : toSign }),
  };
}
