import { toHex } from 'pathsec/bytes';
import { createRisLiveDecoder, createRouteReader, createTextReader } from 'pathsec/routes';
import { risState, risUpdate, risWithdrawal } from '../../routes/ris-lines.js';
import { textMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { read, shown } from './route-reading.js';
import { octetsOf } from './text.js';

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

/** Lines of routes, and messages of RIS Live. */
export const ROUTE_TEXT: readonly Target[] = [
  risLive,
  textReader('bgpdump', LINES),
  textReader('other', OTHER_LINES),
  textReader('feeds', FEED_LINES),
  showBgp,
];
