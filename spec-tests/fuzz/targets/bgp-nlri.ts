import {
  createNlriCursor,
  createPathAttributeCursor,
  createUpdateScan,
  decodeCapability,
  decodeMpReach,
  decodeMpUnreach,
  decodeNlri,
  decodeUpdate,
  decodeUpdateMessage,
  encodeCapability,
  encodeMpReach,
  encodeMpUnreach,
  encodeNlri,
  encodePathAttributes,
  nextNlri,
  nextPathAttribute,
  nlriIsPlausible,
  resetNlri,
  scanMpReach,
  scanMpUnreach,
  scanPathAttributes,
} from 'pathsec/bgp';
import { equalOctets, fromHex } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { createPrefixScan } from 'pathsec/routes';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { repairHeader, updateMutation } from './bgp-frames.js';
import { FATAL, FRAME } from './bgp-messages.js';
import { ATTRIBUTE_VALUES, UPDATES } from './bgp-seeds.js';

const NLRI_CODES = ['nlri-length', 'nlri-overrun'];

const mpReach: Target = {
  name: 'bgp-attr-14-mp-reach-nlri',
  covers: ['bgp:decodeMpReach', 'bgp:scanMpReach'],
  roundTrip: 'octets, with and without ADD-PATH; the scan agrees',
  growth: 80,
  codes: [...NLRI_CODES, 'mp-reach-length', 'next-hop-length'],
  seeds: () => ATTRIBUTE_VALUES[14] ?? [],
  run(octets) {
    const value = decodeMpReach(octets, () => false);
    must(equalOctets(encodeMpReach(value), octets), 'other octets after encoding');
    const scan = scanMpReach(octets, 0, octets.length);
    must(scan.afi === value.afi && scan.nlriEnd - scan.nlriStart === value.field.length, 'the scan differs');
    checkNlri(value.afi, value.field);
    return value;
  },
};

const mpUnreach: Target = {
  name: 'bgp-attr-15-mp-unreach-nlri',
  covers: ['bgp:decodeMpUnreach', 'bgp:scanMpUnreach'],
  roundTrip: 'octets; the scan agrees',
  growth: 80,
  codes: [...NLRI_CODES, 'mp-unreach-length'],
  seeds: () => ATTRIBUTE_VALUES[15] ?? [],
  run(octets) {
    const value = decodeMpUnreach(octets, () => false);
    must(equalOctets(encodeMpUnreach(value), octets), 'other octets after encoding');
    const scan = scanMpUnreach(octets, 0, octets.length);
    must(
      scan.safi === value.safi && scan.nlriEnd - scan.nlriStart === value.field.length,
      'the scan differs',
    );
    return value;
  },
};

function checkNlri(afi: number, field: Uint8Array): void {
  if (afi === 1 || afi === 2) nlriIsPlausible(field, afi, true, 0, field.length, true);
}

const nlri = (afi: 1 | 2, addPath: boolean): Target => ({
  name: `bgp-nlri-ipv${afi === 1 ? 4 : 6}${addPath ? '-add-path' : ''}`,
  covers: ['bgp:decodeNlri', 'bgp:nextNlri', 'bgp:nlriIsPlausible'],
  roundTrip: 'value; octets unless host bits were set',
  growth: 80,
  codes: NLRI_CODES,
  seeds: () =>
    (afi === 1 ? ['18c00002', '0010c63320c0000201', '00'] : ['2020010db8', '302001', '00'].slice(0, 1)).map(
      (text) => fromHex(addPath ? `00000007${text === '00' || text.length < 10 ? text : '00'}` : text),
    ),
  run(octets) {
    const entries = decodeNlri(octets, afi, addPath);
    const again = encodeNlri(entries, addPath);
    must(sameValue(decodeNlri(again, afi, addPath), entries), 'other entries after encoding');
    must(again.length === octets.length, 'another length after encoding');
    const cursor = createNlriCursor(afi);
    resetNlri(cursor, octets, 0, octets.length, addPath);
    let hostBits = false;
    while (nextNlri(cursor)) hostBits ||= cursor.hostBits;
    must(hostBits || equalOctets(again, octets), 'other octets after encoding');
    checkNlri(afi, octets);
    return entries;
  },
});

const pathAttributes: Target = {
  name: 'bgp-path-attributes',
  covers: ['bgp:nextPathAttribute', 'bgp:scanPathAttributes'],
  roundTrip: 'octets',
  growth: 12,
  codes: ['attribute-overrun'],
  seeds: () => UPDATES.map((octets) => encodePathAttributes(decodeUpdateMessage(octets).attributes)),
  run(octets) {
    scanPathAttributes(octets, 0, octets.length, createUpdateScan());
    const cursor = createPathAttributeCursor(octets);
    const attributes: { flags: number; code: number; value: Uint8Array }[] = [];
    while (nextPathAttribute(cursor)) {
      const { flags, code, valueStart, valueEnd } = cursor;
      attributes.push({ flags, code, value: octets.subarray(valueStart, valueEnd) });
    }
    must(equalOctets(encodePathAttributes(attributes), octets), 'other octets after encoding');
    return attributes;
  },
};

const capability: Target = {
  name: 'bgp-capability',
  covers: ['bgp:decodeCapability'],
  roundTrip: 'octets: the first octet is the code, the rest the value',
  growth: 12,
  codes: [],
  seeds: () =>
    ['0100020001', '02', '06', '0708', '07080001', '0903', '410000fbf0', '4500010103', '47aa', 'ff'].map(
      (text) => fromHex(text),
    ),
  run(octets) {
    const [code = 0] = octets;
    const value = octets.subarray(1, 256);
    const decoded = decodeCapability(code, value);
    const again = encodeCapability(decoded);
    must(equalOctets(again.subarray(2), value) && again[0] === code, 'other octets after encoding');
    return decoded;
  },
};

const prefixScan: Target = {
  name: 'bgp-prefix-scan',
  covers: ['routes:createPrefixScan'],
  roundTrip:
    'the prefixes of IPv4 and IPv6 unicast are those of decodeUpdate, for every UPDATE that it takes',
  growth: 12,
  codes: [...FRAME, ...FATAL, 'message-kind'],
  seeds: () => UPDATES,
  mutate: updateMutation,
  repair: repairHeader,
  run(octets) {
    const { nlri: plain, values } = decodeUpdate(octets);
    const reached = values.mpReach?.safi === 1 ? (values.mpReach.nlri ?? []) : [];
    const found: string[] = [];
    createPrefixScan((prefix) => void found.push(formatPrefix(prefix)))(octets);
    const decoded = [...plain, ...reached].map(({ prefix }) => formatPrefix(prefix));
    must(sameValue(found, decoded), `the scan finds ${found.join()}, decoding ${decoded.join()}`);
    return found;
  },
};

export const BGP_NLRI: readonly Target[] = [
  prefixScan,
  mpReach,
  mpUnreach,
  nlri(1, false),
  nlri(1, true),
  nlri(2, false),
  nlri(2, true),
  pathAttributes,
  capability,
];
