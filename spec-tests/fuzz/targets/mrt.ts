import { encodeNlri } from 'pathsec/bgp';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import {
  createMrtReader,
  createRouteReader,
  createTextReader,
  encodeBgp4mpStateChange,
  encodeMrtRecord,
  encodeRibRecord,
  type ReadOptions,
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
import { join, put } from '../lib/mutate.js';
import { type Mutation, must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { changeOctets } from './bgp-frames.js';
import { UPDATES } from './bgp-seeds.js';
import { read } from './route-reading.js';

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

/** MRT records of every type. */
export const MRT: readonly Target[] = [
  binary('table-dump-v2', [tables, addPathTable]),
  binary('table-dump', [tableDump, join(tableDump, tableDump)]),
  binary('bgp', DEPRECATED),
  binary('bgp4mp', [...messages, join(...messages)]),
  binary('bgp4mp-strict', [join(...messages), ...messages.slice(0, 2)], {
    strict: true,
    detectAddPath: true,
  }),
];
