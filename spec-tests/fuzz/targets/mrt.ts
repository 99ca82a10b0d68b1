import { encodeNlri, formatAsPath } from 'pathsec/bgp';
import { toHex } from 'pathsec/bytes';
import { formatAddress, formatPrefix, parseAddress, parsePrefix } from 'pathsec/inet';
import {
  copyElement,
  createBgpdumpWriter,
  createMrtReader,
  createRisLiveDecoder,
  createRouteReader,
  createTextReader,
  type Element,
  encodeBgp4mpStateChange,
  encodeMrtRecord,
  encodeRibRecord,
  type OnElement,
  type ReadOptions,
  type RouteReader,
  ribMpReach,
} from 'pathsec/routes';
import {
  announcement,
  attributes,
  message,
  mpReach,
  nlri,
  peerIndexTable,
  session,
  TIME,
  update,
} from '../../routes/fixtures.js';
import { risState, risUpdate, risWithdrawal } from '../../routes/ris-lines.js';
import { join, put } from '../lib/mutate.js';
import { textMutation } from '../lib/mutate-text.js';
import { type Mutation, must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { changeOctets } from './bgp-frames.js';
import { UPDATES } from './bgp-seeds.js';
import { octetsOf } from './text.js';

type Create = (onElement: OnElement, options: ReadOptions) => RouteReader;

/** An element as text; all of it that is said. */
function shown(element: Element): string {
  if (element.kind === 'path') return `path ${formatAsPath(element.asPath)} ${element.role}`;
  const { time, microseconds, peer, local } = element;
  const address = peer.address.length === 0 ? '-' : formatAddress(peer.address);
  const head = `${element.kind} ${time}.${microseconds} ${address} ${peer.asn} ${local}`;
  if (element.kind === 'state') return `${head} ${element.oldState} ${element.newState}`;
  const prefix = `${head} ${formatPrefix(element.prefix)} ${element.pathId}`;
  return element.kind === 'route' ? `${prefix} ${element.rib} ${formatAsPath(element.asPath)}` : prefix;
}

/** What comes out of a reader, elements and problems, when the input comes in chunks. */
function read(create: Create, octets: Uint8Array, chunk: number, options: ReadOptions) {
  const elements: string[] = [];
  const lines: string[] = [];
  const write = createBgpdumpWriter();
  const reader = create(
    (element, source) => {
      elements.push(shown(copyElement(element)));
      // The writer is for elements of MRT: those of text may have no address of a peer.
      const line = create === createMrtReader ? write(element, source) : undefined;
      if (line !== undefined) lines.push(line);
    },
    { maxRecordLength: 4096, keepProblems: 20, ...options },
  );
  for (let at = 0; at < octets.length; at += chunk) reader.push(octets.slice(at, at + chunk));
  reader.end();
  const { records, routes, withdrawals, states, paths, problems } = reader.summary;
  must(reader.summary.octets <= octets.length, 'more octets than there are');
  must(routes + withdrawals + states + paths === elements.length, 'the summary counts other elements');
  must(problems.first.length <= 20, 'more problems kept than asked for');
  const first = problems.first.map(({ code, number, offset }) => `${code} ${number} ${offset}`);
  return { elements, lines, records, problems: problems.count, first };
}

const binary = (name: string, seeds: readonly Uint8Array[], options: ReadOptions = {}): Target => ({
  name: `mrt-${name}`,
  covers: ['routes:createMrtReader', 'routes:createRouteReader', 'routes:createBgpdumpWriter'],
  roundTrip:
    'value: the bgpdump lines written from the records read back as the same elements; chunks (every second input) change nothing',
  growth: 1200, // every prefix of 2 octets becomes a line of text with its path, twice
  codes: [],
  seeds: () => seeds,
  mutate: recordMutation,
  repair: repairRecord,
  run(octets) {
    const whole = read(createMrtReader, octets, octets.length || 1, options);
    if (octets.length % 2 === 0) {
      must(sameValue(read(createMrtReader, octets, 11, options), whole), 'chunks change what comes out');
    }
    createRouteReader(() => {}, options).push(octets);
    if (whole.lines.length > 0) {
      const text = new TextEncoder().encode(`${whole.lines.join('\n')}\n`);
      const back = read(createTextReader, text, text.length, {});
      must(back.problems === 0, `a line that is not read back: ${back.first[0]}`);
      // Segment borders and "no AS_PATH" are not in the lines.
      must(sameValue(back.elements, whole.elements), `other elements after writing: ${whole.lines[0]}`);
    }
    return whole;
  },
});

/** Changes one record and writes its length anew. */
const recordMutation: Mutation = (octets, random, other) => {
  const list = recordsOf(octets);
  if (list.length === 0) return octets;
  const at = random(list.length);
  const one = list[at] as Uint8Array;
  const donors = recordsOf(other);
  const choice = random(6);
  if (choice === 0) list.splice(at, 1);
  else if (choice === 1) list.splice(random(list.length), 0, one);
  else if (choice === 2) list.splice(at, 0, donors[random(donors.length)] ?? one);
  else list[at] = repairRecord(changeOctets(one, random));
  return join(...list);
};

function recordsOf(octets: Uint8Array): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let at = 0; at + 12 <= octets.length; ) {
    const length = 12 + (octets[at + 10] as number) * 256 + (octets[at + 11] as number);
    list.push(octets.subarray(at, at + length));
    at += length;
  }
  return list;
}

/** The length of the one record that the octets then are. */
function repairRecord(octets: Uint8Array): Uint8Array {
  const copy = octets.slice();
  if (copy.length >= 12) put(copy, 8, 4, copy.length - 12);
  return copy;
}

const old = (type: number, subtype: number, size: number, content: Uint8Array): Uint8Array =>
  encodeMrtRecord({ time: TIME }, type, subtype, (writer) => {
    writer.u16(64496, 'peer-as').bytes(new Uint8Array(size).fill(1));
    if (subtype !== 3) writer.u16(64511, 'local-as').bytes(new Uint8Array(size));
    writer.bytes(content);
  });
const oldUpdate = update({
  attributes: attributes('64496 {1,2}', 2),
  nlri: encodeNlri(nlri('198.51.100.0/24', '192.0.2.0/25'), false),
}).subarray(19);
/** Records of the deprecated types, alone and in a row. */
const DEPRECATED = [
  old(5, 1, 4, oldUpdate),
  join(old(9, 1, 16, oldUpdate), old(10, 3, 16, Uint8Array.of(0, 5, 0, 6)), old(5, 7, 4, new Uint8Array(0))),
];

const entry = { peerIndex: 0, originated: TIME - 60, attributes: attributes('64496 4200000001') };
const tables = join(
  peerIndexTable,
  encodeRibRecord({
    time: TIME,
    sequence: 0,
    prefix: parsePrefix('198.51.100.0/24'),
    entries: [entry, { ...entry, peerIndex: 1 }],
  }),
  encodeRibRecord({
    time: TIME,
    sequence: 1,
    prefix: parsePrefix('2001:db8::/32'),
    entries: [
      {
        ...entry,
        attributes: [...attributes('64496 {1,2}').slice(0, 2), ribMpReach(parseAddress('2001:db8::1'))],
      },
    ],
  }),
);
const addPathTable = join(
  peerIndexTable,
  encodeRibRecord({
    time: TIME,
    sequence: 0,
    prefix: parsePrefix('198.51.100.0/24'),
    entries: [{ ...entry, pathId: 7 }],
  }),
);
const tableDump = Uint8Array.from(
  Buffer.from(
    `${TIME.toString(16).padStart(8, '0')}000c0001000000${(22 + 14 + 4).toString(16)}00000001c000020018016553f100c0000201fbf00012` +
      '400101004002060201fbf0 400304c0000201'.replace(' ', '').slice(0, 36),
    'hex',
  ),
);
const messages = [
  announcement('64496 65536 4200000001'),
  announcement('64496', { addPath: true }),
  announcement('64496 65535', { asnSize: 2 }),
  message(update({ withdrawn: encodeNlri(nlri('198.51.100.0/24', '203.0.113.0/25'), false) })),
  message(
    update({ attributes: [mpReach(encodeNlri(nlri('2001:db8::/32'), false)), ...attributes('64496 64497')] }),
  ),
  encodeBgp4mpStateChange({ ...session, oldState: 5, newState: 6, asnSize: 4 }),
  message(UPDATES[5] as Uint8Array),
];

const LINES = [
  'TABLE_DUMP2|1000|B|192.0.2.1|64496|198.51.100.0/24|64496 {64497,64498}|IGP|192.0.2.1|0|0||NAG||',
  'TABLE_DUMP2_AP|1000|B|192.0.2.1|64496|198.51.100.0/24|36|64496|IGP|192.0.2.1|0|0||NAG||',
  'BGP4MP_ET|1000.000042|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0||AG|1 192.0.2.1|',
  'BGP4MP|1000|W|192.0.2.1|64496|198.51.100.0/24',
  'BGP4MP|1000|STATE|192.0.2.1|64496|5|6',
  'BGP4MP|09/16/26 00:06:05|A|2001:db8::1|64496|2001:db8::/32|64496 1.1|IGP|2001:db8::1|0|0||NAG||',
];
const OTHER_LINES = [
  '198.51.100.0/24|64496 64497|64496',
  '64496 64497 {1,2} # comment',
  'provider: 64496 64497',
  '{"type":"ris_message","data":{"timestamp":1000.5,"peer":"192.0.2.1","peer_asn":"64496","type":"UPDATE","path":[64496,[1,2]],"origin":"igp","announcements":[{"next_hop":"192.0.2.1","prefixes":["198.51.100.0/24"]}],"withdrawals":["203.0.113.0/24"]}}',
];

const FEED_LINES = [
  'R|R|1000.000001|ris|rrc00|||64496|192.0.2.1|198.51.100.0/24|192.0.2.1|64496 {64497,64498}|64497|64496:1||',
  'U|W|1000.5|routeviews|route-views2|router|192.0.2.9|64496|2001:db8::1|2001:db8::/32||||||',
  'U|S|1000|ris|rrc00|||64496|192.0.2.1||||||ESTABLISHED|IDLE',
  'A|1000.5|192.0.2.1|64496|198.51.100.0/24|64496 (64497 64498)|64498|IGP|192.0.2.1|0|0||false|||',
  '{"timestamp":1000.5,"type":"ANNOUNCE","peer_ip":"192.0.2.1","peer_asn":64496,"prefix":{"prefix":"198.51.100.0/24","path_id":7},"as_path":[{"ty":"AS_SEQUENCE","values":[64496]},{"ty":"AS_SET","values":[1,2]}]}',
  '{"exabgp":"4.0.1","time":1000.5,"type":"update","neighbor":{"address":{"peer":"192.0.2.1"},"asn":{"peer":64496},"direction":"receive","message":{"update":{"attribute":{"as-path":[64496],"as-set":[1,2]},"announce":{"ipv4 unicast":{"192.0.2.1":[{"nlri":"198.51.100.0/24","path-information":"0.0.0.7"}]}},"withdraw":{"ipv6 unicast":[{"nlri":"2001:db8::/32"}]}}}}}',
  '{"198.51.100.0/24":[{"nlri":{"prefix":"198.51.100.0/24"},"age":1000,"attrs":[{"type":2,"as_paths":[{"segment_type":2,"num":1,"asns":[64496]},{"segment_type":1,"asns":[1,2]}]}],"neighbor-ip":"192.0.2.1"}]}',
  '[{"nlri":{"prefix":"198.51.100.0/24"},"age":1000,"attrs":[],"withdrawal":true}]',
  '["R",1,"2026-01-01T00:00:00.000","UPDATE",{"reach":["#7#198.51.100.0/24"],"unreach":["203.0.113.0/24"],"attrs":{"ASPATH":{"value":[64496,[1,2]]},"MP_REACH":{"value":{"af":"IPV6/UNICAST","prefixes":["2001:db8::/32"]}}}},{"PEER_AS":"64496"}]',
];

const RIS_MESSAGES = [
  OTHER_LINES[3] as string,
  risUpdate('64496 64497', ['198.51.100.0/24'], { raw: true }),
  risWithdrawal(['198.51.100.0/24']),
  risState('down'),
  '{"type":"ris_error","data":{"message":"no"}}',
  '{"type":"ris_subscribe_ok","data":{"subscription":{}}}',
  '{"type":"pong","data":null}',
];

/** Seeds of every line format of routes. */
export const ROUTE_LINES: readonly string[] = [...LINES, ...OTHER_LINES, ...FEED_LINES];

const textReader = (name: string, seeds: readonly string[]): Target => ({
  name: `mrt-text-${name}`,
  covers: ['routes:createTextReader', 'routes:createRouteReader'],
  roundTrip: 'none: chunks change nothing; the reader that guesses the form agrees',
  growth: 64,
  codes: [],
  seeds: () => [...octetsOf(...seeds), ...octetsOf(`${seeds.join('\n')}\n`)],
  mutate: textMutation([
    '|',
    '|A|',
    '|B|',
    '|W|',
    '|STATE|',
    'BGP4MP',
    '_AP',
    '_ET',
    '{',
    '}',
    '"prefixes"',
    '"path"',
    'TABLE_DUMP2',
  ]),
  run(octets) {
    const whole = read(createTextReader, octets, octets.length || 1, {});
    must(sameValue(read(createTextReader, octets, 13, {}), whole), 'chunks change what comes out');
    if (!octets.subarray(0, 12).includes(0)) {
      must(
        sameValue(read(createRouteReader, octets, 9, {}), whole),
        `the guess differs for ${toHex(octets.subarray(0, 12))}`,
      );
    }
    return whole;
  },
});

const SHOW_BGP = [
  'BGP table version is 1, local router ID is 192.0.2.1',
  '',
  '   Network          Next Hop            Metric LocPrf Weight Path',
  '*> 192.0.2.0/24     192.0.2.9                0             0 64499 64498 {1,2} i',
  '*                   192.0.2.10                   100      0 64500 64498 ?',
  '*>i10.0.0.0         192.0.2.9                         32768 i',
  ' h 2001:db8:1234:5678:9abc:def0::/96',
  '                    2001:db8:1234:5678:9abc:def0::1',
  '                                             0             0 64499 e',
].join('\n');

const showBgp: Target = {
  name: 'mrt-show-ip-bgp',
  covers: ['routes:createRouteReader'],
  roundTrip: 'none: chunks change nothing',
  growth: 64,
  codes: [],
  seeds: () => octetsOf(SHOW_BGP, SHOW_BGP.split('\n').slice(2).join('\n')),
  mutate: textMutation(['\n', '*>', '   ', '{', 'i', '10.0.0.0', 'Path']),
  run(octets) {
    const whole = read(createRouteReader, octets, octets.length || 1, {});
    must(sameValue(read(createRouteReader, octets, 13, {}), whole), 'chunks change what comes out');
    return whole;
  },
};

const risLive: Target = {
  name: 'ris-live-message',
  covers: ['routes:createRisLiveDecoder'],
  roundTrip:
    'none: two decoders, one of which has read another message, say the same; no element has half a value',
  growth: 64,
  codes: [
    'json-*',
    'asn-*',
    'address-syntax',
    'time-syntax',
    'as-path-*',
    'prefix-*',
    'hex-*',
    'truncated',
    'marker',
    'message-*',
    'trailing-octets',
    'update-*',
    'attribute-*',
    'nlri-*',
  ],
  seeds: () => octetsOf(...RIS_MESSAGES),
  mutate: textMutation(['"prefixes"', '"path"', '"raw"', '"data"', '"state"', '[', '{', '"type":"UPDATE"']),
  run(octets) {
    const text = new TextDecoder().decode(octets);
    const used = createRisLiveDecoder();
    used.decode(RIS_MESSAGES[1] as string);
    const decoded = createRisLiveDecoder().decode(text);
    const again = used.decode(text);
    if (decoded.kind !== 'peer' || again.kind !== 'peer') return decoded;
    must(
      sameValue(decoded.elements.map(shown), again.elements.map(shown)),
      'what came before changes the elements',
    );
    return decoded.elements.map(shown);
  },
};

export const MRT: readonly Target[] = [
  risLive,
  binary('table-dump-v2', [tables, addPathTable]),
  binary('table-dump', [tableDump, join(tableDump, tableDump)]),
  binary('bgp', DEPRECATED),
  binary('bgp4mp', [...messages, join(...messages)]),
  binary('bgp4mp-strict', [join(...messages), ...messages.slice(0, 2)], {
    strict: true,
    detectAddPath: true,
  }),
  textReader('bgpdump', LINES),
  textReader('other', OTHER_LINES),
  textReader('feeds', FEED_LINES),
  showBgp,
];
