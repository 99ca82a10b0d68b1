import { describeAttributesIn, describeMessageIn } from '../../bgp/index.js';
import { createDescriber, type DescribedOctets, type Describer } from '../../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, formatAddress, formatAsn, formatPrefix, makePrefix } from '../../inet/index.js';
import {
  BGP4MP,
  BGP4MP_ET,
  BGP4MP_STATE_CHANGE,
  BGP4MP_STATE_CHANGE_AS4,
  MESSAGE_SUBTYPES,
  PEER_INDEX_TABLE,
  RIB_IPV4_MULTICAST,
  RIB_IPV4_MULTICAST_ADDPATH,
  RIB_IPV4_UNICAST,
  RIB_IPV4_UNICAST_ADDPATH,
  RIB_IPV6_MULTICAST,
  RIB_IPV6_MULTICAST_ADDPATH,
  RIB_IPV6_UNICAST,
  RIB_IPV6_UNICAST_ADDPATH,
  TABLE_DUMP,
  TABLE_DUMP_V2,
} from './mrt-types.js';
import { RECORD_HEADER } from './record-splitter.js';

/** Types of records by number (RFC 6396 §4), with their section. */
const TYPES: Readonly<Record<number, readonly [name: string, section: string]>> = {
  [TABLE_DUMP]: ['TABLE_DUMP', '4.2'],
  [TABLE_DUMP_V2]: ['TABLE_DUMP_V2', '4.3'],
  [BGP4MP]: ['BGP4MP', '4.4'],
  [BGP4MP_ET]: ['BGP4MP_ET', '4.4'],
};

const IPV4_RIBS: ReadonlySet<number> = new Set([
  RIB_IPV4_UNICAST,
  RIB_IPV4_MULTICAST,
  RIB_IPV4_UNICAST_ADDPATH,
  RIB_IPV4_MULTICAST_ADDPATH,
]);
const IPV6_RIBS: ReadonlySet<number> = new Set([
  RIB_IPV6_UNICAST,
  RIB_IPV6_MULTICAST,
  RIB_IPV6_UNICAST_ADDPATH,
  RIB_IPV6_MULTICAST_ADDPATH,
]);

/**
 * Describes records of MRT one after the other (RFC 6396), octet by octet, with the BGP messages and attributes in them; bodies of types
 * that are rare stay octets. Never throws: what is broken is described as far as it goes. Of a long dump a caller passes a few
 * records. NON-SPEC: for people.
 */
export function describeMrt(octets: Uint8Array): DescribedOctets {
  const whole = createDescriber(octets);
  whole.group(
    'MRT records',
    octets.length,
    (records) => {
      while (records.remaining > 0) describeRecord(records);
      return undefined;
    },
    'RFC 6396 §2',
  );
  return whole.nodes[0] as DescribedOctets;
}

function describeRecord(records: Describer): void {
  let length = 0;
  for (let i = 8; i < RECORD_HEADER; i++) length = length * 256 + (records.peek(i) ?? 0);
  const type = u16(records, 4);
  const subtype = u16(records, 6);
  const [name, section] = TYPES[type] ?? [`type ${type}`, undefined];
  records.group('Record', RECORD_HEADER + length, (record) => {
    const common = (header: Describer): undefined => {
      header.uint('Timestamp', 4, timeText);
      header.uint('Type', 2, (number) => `${number} (${TYPES[number]?.[0] ?? 'not described'})`);
      header.uint('Subtype', 2);
      header.uint('Length', 4);
    };
    record.group('MRT Common Header', RECORD_HEADER, common, 'RFC 6396 §2');
    if (type === BGP4MP_ET && record.remaining > 0) {
      record.cite('RFC 6396 §3');
      record.uint('Microsecond Timestamp', 4);
    }
    if (record.remaining > 0) {
      const describe = (body: Describer) => describeBody(body, type, subtype);
      record.group('Message', record.remaining, describe, section && `RFC 6396 §${section}`);
    }
    return `${name}, subtype ${subtype}`;
  });
}

function describeBody(body: Describer, type: number, subtype: number): string | undefined {
  if (type === BGP4MP || type === BGP4MP_ET) return describeBgp4mp(body, subtype);
  if (type === TABLE_DUMP) return describeTableDump(body, subtype);
  if (type === TABLE_DUMP_V2 && subtype === PEER_INDEX_TABLE) return describePeers(body);
  if (type === TABLE_DUMP_V2 && IPV4_RIBS.has(subtype)) return describeRib(body, subtype, AFI_IPV4);
  if (type === TABLE_DUMP_V2 && IPV6_RIBS.has(subtype)) return describeRib(body, subtype, AFI_IPV6);
  body.bytes('Octets', body.remaining);
  return undefined;
}

/** RFC 6396 §4.4.1 to §4.4.6, RFC 8050 §3. */
function describeBgp4mp(body: Describer, subtype: number): string | undefined {
  const states = subtype === BGP4MP_STATE_CHANGE || subtype === BGP4MP_STATE_CHANGE_AS4;
  const form = MESSAGE_SUBTYPES[subtype];
  if (!states && !form) {
    body.bytes('Octets', body.remaining);
    return undefined;
  }
  const asnSize = states ? (subtype === BGP4MP_STATE_CHANGE_AS4 ? 4 : 2) : (form?.asnSize ?? 4);
  body.cite(states ? 'RFC 6396 §4.4.1' : form?.addPath ? 'RFC 8050 §3' : 'RFC 6396 §4.4.2');
  const peerAs = body.uint('Peer AS Number', asnSize, formatAsn);
  body.uint('Local AS Number', asnSize, formatAsn);
  body.uint('Interface Index', 2);
  const afi = body.uint('Address Family', 2);
  const size = afi === AFI_IPV6 ? 16 : 4;
  let peer = '';
  body.bytes('Peer IP Address', size, (octets) => {
    peer = formatAddress(octets);
    return peer;
  });
  body.bytes('Local IP Address', size, formatAddress);
  if (states) {
    body.uint('Old State', 2, stateText);
    body.uint('New State', 2, stateText);
  } else if (body.remaining > 0) {
    const families = [AFI_IPV4, AFI_IPV6].flatMap((family) => [1, 2].map((safi) => ({ afi: family, safi })));
    const session = { asnSize, ...(form?.addPath && { addPath: families }) };
    body.group(
      'BGP Message',
      body.remaining,
      (message) => describeMessageIn(message, session),
      'RFC 4271 §4.1',
    );
  }
  return `${form?.local ? 'to' : 'from'} ${peer} ${formatAsn(peerAs)}`;
}

/** RFC 6396 §4.3.1. */
function describePeers(body: Describer): undefined {
  body.cite('RFC 6396 §4.3.1');
  body.bytes('Collector BGP ID', 4, formatAddress);
  const length = body.uint('View Name Length', 2);
  if (length > 0) body.bytes('View Name', length, (octets) => new TextDecoder().decode(octets));
  const count = body.uint('Peer Count', 2);
  for (let i = 0; i < count && body.remaining > 0; i++) {
    const type = body.peek() ?? 0;
    const [addressSize, asnSize] = [type & 1 ? 16 : 4, type & 2 ? 4 : 2];
    body.group('Peer Entry', 5 + addressSize + asnSize, (peer) => {
      peer.uint('Peer Type', 1);
      peer.bytes('Peer BGP ID', 4, formatAddress);
      let address = '';
      peer.bytes('Peer IP Address', addressSize, (octets) => {
        address = formatAddress(octets);
        return address;
      });
      const asn = peer.uint('Peer AS', asnSize, formatAsn);
      return `${i}: ${address} ${formatAsn(asn)}`;
    });
  }
}

/** RFC 6396 §4.3.2, RFC 8050 §4.1. */
function describeRib(body: Describer, subtype: number, afi: typeof AFI_IPV4 | typeof AFI_IPV6): string {
  const addPath = subtype >= RIB_IPV4_UNICAST_ADDPATH;
  body.cite(addPath ? 'RFC 8050 §4.1' : 'RFC 6396 §4.3.2');
  body.uint('Sequence Number', 4);
  const bits = body.uint('Prefix Length', 1, (length) => `${length} bits`);
  const prefix = prefixText(body, afi, bits);
  const count = body.uint('Entry Count', 2);
  for (let i = 0; i < count && body.remaining > 0; i++) {
    const head = addPath ? 12 : 8;
    body.group(
      'RIB Entry',
      head + u16(body, head - 2),
      (entry) => {
        const peer = entry.uint('Peer Index', 2);
        entry.uint('Originated Time', 4, timeText);
        if (addPath) entry.uint('Path Identifier', 4);
        entry.uint('Attribute Length', 2);
        if (entry.remaining > 0) attributes(entry, 4);
        return `of peer ${peer}`;
      },
      addPath ? 'RFC 8050 §4' : 'RFC 6396 §4.3.4',
    );
  }
  return prefix;
}

/** RFC 6396 §4.2. */
function describeTableDump(body: Describer, afi: number): string | undefined {
  const size = afi === AFI_IPV6 ? 16 : 4;
  body.uint('View Number', 2);
  body.uint('Sequence Number', 2);
  let address = '';
  body.bytes('Prefix', size, (octets) => {
    address = formatAddress(octets);
    return address;
  });
  const bits = body.uint('Prefix Length', 1, (length) => `${length} bits`);
  body.uint('Status', 1);
  body.uint('Originated Time', 4, timeText);
  body.bytes('Peer IP Address', size, formatAddress);
  body.uint('Peer AS', 2, formatAsn);
  body.uint('Attribute Length', 2);
  if (body.remaining > 0) attributes(body, 2);
  return address === '' ? undefined : `${address}/${bits}`;
}

function attributes(entry: Describer, asnSize: 2 | 4): void {
  const describe = (field: Describer) => describeAttributesIn(field, { asnSize }, true);
  entry.group('BGP Attributes', entry.remaining, describe, 'RFC 4271 §4.3');
}

/** The octets of a prefix of so many bits, as text. */
function prefixText(body: Describer, afi: typeof AFI_IPV4 | typeof AFI_IPV6, bits: number): string {
  const address = new Uint8Array(afi === AFI_IPV4 ? 4 : 16);
  if (bits > 8 * address.length) return `length above ${8 * address.length}`;
  const size = (bits + 7) >> 3;
  if (size > 0) {
    body.bytes('Prefix', size, (octets) => {
      address.set(octets);
      return formatAddress(address);
    });
  }
  return formatPrefix(makePrefix(afi, address, bits));
}

const u16 = (from: Describer, ahead: number): number =>
  256 * (from.peek(ahead) ?? 0) + (from.peek(ahead + 1) ?? 0);
const timeText = (seconds: number): string => `${seconds} (${new Date(1000 * seconds).toISOString()})`;
const STATES = ['', 'Idle', 'Connect', 'Active', 'OpenSent', 'OpenConfirm', 'Established'];
const stateText = (state: number): string => `${state}${STATES[state] ? ` (${STATES[state]})` : ''}`;
