import { decodeUpdate } from '../bgp/index.js';
import { fromHex, readU32 } from '../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, SAFI_UNICAST } from '../inet/index.js';
import type { Question } from './requests.js';
import type { Json } from './vector.js';

/** What a program has to be capable of for a question. */
export interface Needs {
  asSet: boolean;
  emptyPath: boolean;
  unknown: boolean;
  routerKeys: boolean;
  readonly families: Set<string>;
  readonly rtrVersions: Set<number>;
}

/** Looks through a question and its answer for what not every program has: in members by name, in messages and PDUs by octets. */
export function needsOf({ request, suite, vector }: Question): Needs {
  const needs: Needs = {
    asSet: false,
    emptyPath: false,
    unknown: false,
    routerKeys: false,
    families: new Set(),
    rtrVersions: new Set(),
  };
  walk(request, '', needs);
  const asked = needs.emptyPath;
  walk(vector.expected, '', needs);
  needs.emptyPath = asked && suite !== 'bgpsec';
  if (suite !== 'aspa' && suite !== 'drafts') needs.unknown = false;
  if (suite === 'rtr') pduNeeds(request, needs);
  if (typeof request.message === 'string') messageFamilies(request.message, needs.families);
  return needs;
}

function walk(value: Json | undefined, name: string, needs: Needs): void {
  if (Array.isArray(value)) {
    if (name === 'asPath' && value.length === 0) needs.emptyPath = true;
    if (name === 'routerKeys' && value.length > 0) needs.routerKeys = true;
    if (typeof value[0] === 'number') return; // AS numbers, up to 16,380 of them
    for (const one of value) walk(one, '', needs);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) walk(one as Json, key, needs);
  } else if (typeof value === 'string') {
    if (value === 'AS_SET' || value === 'AS_CONFED_SET') needs.asSet = true;
    if (value === 'unknown') needs.unknown = true;
    if (value === 'router-key') needs.routerKeys = true;
    if (name === 'family') needs.families.add(value);
    if (name === 'prefix') needs.families.add(value.includes(':') ? 'ipv6-unicast' : 'ipv4-unicast');
  }
}

const PDU_IPV4_PREFIX = 4;
const PDU_IPV6_PREFIX = 6;
const PDU_ROUTER_KEY = 9;
/** The version that a router or a cache of the kit speaks at most, where a request does not say it. */
const HIGHEST_RTR_VERSION = 2;

/** The version that the program is told to speak at most, and what its PDUs are about (RFC 8210 §5). */
function pduNeeds(request: Question['request'], needs: Needs): void {
  needs.rtrVersions.add(Number(request.version ?? request.highestVersion ?? HIGHEST_RTR_VERSION));
  for (const stream of pduStreams(request)) {
    const octets = fromHex(stream);
    for (let at = 0; at + 8 <= octets.length; ) {
      const type = octets[at + 1];
      if (type === PDU_IPV4_PREFIX) needs.families.add('ipv4-unicast');
      if (type === PDU_IPV6_PREFIX) needs.families.add('ipv6-unicast');
      if (type === PDU_ROUTER_KEY) needs.routerKeys = true;
      const length = readU32(octets, at + 4);
      if (length < 8) break;
      at += length;
    }
  }
}

/** The octets of each connection, in one piece. */
function pduStreams({ octets, steps = [], queries = [] }: Question['request']): string[] {
  const streams = [typeof octets === 'string' ? octets : '', (queries as readonly string[]).join(''), ''];
  for (const step of steps as readonly { octets?: string; event?: string }[]) {
    if (step.event === 'connect') streams.push('');
    streams.push(`${streams.pop()}${step.octets ?? ''}`);
  }
  return streams;
}

/** Families of the unicast routes of an UPDATE; none for one that cannot be read, which every program can be sent. */
function messageFamilies(hex: string, families: Set<string>): void {
  try {
    const { nlri, values } = decodeUpdate(fromHex(hex), { asnSize: 4 });
    if (nlri.length > 0) families.add('ipv4-unicast');
    const { afi, safi } = values.mpReach ?? {};
    if (safi === SAFI_UNICAST && afi === AFI_IPV4) families.add('ipv4-unicast');
    if (safi === SAFI_UNICAST && afi === AFI_IPV6) families.add('ipv6-unicast');
  } catch {
    // Broken on purpose.
  }
}
