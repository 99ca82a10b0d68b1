import { formatAsPath, parseAsPath, parseAsPathJson } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import {
  formatAddress,
  formatAsn,
  formatPrefix,
  maskedOctets,
  parseAddress,
  parseAsn,
  parsePrefix,
  parsePrefixMasked,
} from 'pathsec/inet';
import { textMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { AS_PATHS } from './bgp-seeds.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
export const textOf = (octets: Uint8Array): string => decoder.decode(octets);
export const octetsOf = (...texts: readonly string[]): Uint8Array[] =>
  texts.map((text) => encoder.encode(text));

const hexText: Target = {
  name: 'bytes-hex',
  covers: ['bytes:fromHex'],
  roundTrip: 'text in lower case',
  growth: 4,
  codes: ['hex-syntax', 'hex-length'],
  seeds: () => octetsOf('', '00ff', 'DEADbeef'),
  mutate: textMutation(['ff', 'FF', '0x']),
  run(octets) {
    const text = textOf(octets);
    const value = fromHex(text);
    must(toHex(value) === text.toLowerCase(), 'another text');
    return value;
  },
};

const asn: Target = {
  name: 'inet-asn',
  covers: ['inet:parseAsn'],
  roundTrip: 'value',
  growth: 4,
  codes: ['asn-syntax', 'asn-range'],
  seeds: () => octetsOf('64496', 'AS64496', 'as4294967295', '1.10', 'AS65535.65535', '0'),
  mutate: textMutation(['AS', '.', '65536']),
  run(octets) {
    const value = parseAsn(textOf(octets));
    must(Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff, `${value} is no ASN`);
    must(parseAsn(formatAsn(value)) === value, 'another ASN');
    return value;
  },
};

const address: Target = {
  name: 'inet-address',
  covers: ['inet:parseAddress'],
  roundTrip: 'value; the formatted text is its own format',
  growth: 4,
  codes: ['address-syntax'],
  seeds: () =>
    octetsOf(
      '192.0.2.1',
      '::',
      '2001:db8::1',
      '::ffff:192.0.2.1',
      '1:2:3:4:5:6:7:8',
      'fe80::1:0:0:1',
      '1::192.0.2.1',
    ),
  mutate: textMutation([':', '::', '.', 'ffff', '%eth0']),
  run(octets) {
    const value = parseAddress(textOf(octets));
    must(value.length === 4 || value.length === 16, 'no address');
    const text = formatAddress(value);
    must(sameValue(parseAddress(text), value), `${text} is another address`);
    return value;
  },
};

const prefix: Target = {
  name: 'inet-prefix',
  covers: ['inet:parsePrefix', 'inet:parsePrefixMasked'],
  roundTrip: 'value; the masking reader agrees where no host bits are set',
  growth: 4,
  codes: ['prefix-syntax', 'prefix-length', 'prefix-host-bits'],
  seeds: () =>
    octetsOf('192.0.2.0/24', '0.0.0.0/0', '2001:db8::/32', '::/0', '192.0.2.1/32', '2001:db8::1/128'),
  mutate: textMutation(['/', '/24', '::', '.0']),
  run(octets) {
    const text = textOf(octets);
    const masked = parsePrefixMasked(text);
    must(maskedOctets(masked.octets, masked.length) === masked.octets, 'host bits are left');
    must(sameValue(parsePrefix(formatPrefix(masked)), masked), 'another prefix');
    const value = parsePrefix(text);
    must(sameValue(value, masked), 'the two readers differ');
    return value;
  },
};

const asPath: Target = {
  name: 'bgp-as-path-text',
  covers: ['bgp:parseAsPath'],
  roundTrip: 'value',
  growth: 12,
  codes: ['as-path-syntax', 'as-path-segment-empty', 'asn-syntax', 'asn-range'],
  seeds: () => octetsOf(...AS_PATHS, '', 'AS64496 1.1', '{1 2}{3}'),
  mutate: textMutation(['{', '}', '(', ')', '[', ']', ',', 'AS', ' ']),
  run(octets) {
    const value = parseAsPath(textOf(octets));
    must(sameValue(parseAsPath(formatAsPath(value)), value), 'another path');
    return value;
  },
};

const asPathJson: Target = {
  name: 'bgp-as-path-json',
  covers: ['bgp:parseAsPathJson'],
  roundTrip: 'value, through JSON',
  growth: 12,
  codes: ['as-path-syntax', 'as-path-segment-empty', 'asn-syntax', 'asn-range'],
  errors: [SyntaxError], // of JSON.parse, which is not what is tested
  seeds: () => octetsOf('[64496,[64497,"AS64498"],"1.1"]', '[]', '[1]'),
  mutate: textMutation(['[', ']', ',', 'null', '"']),
  run(octets) {
    const value = parseAsPathJson(JSON.parse(textOf(octets)));
    const again = value.flatMap<unknown>(({ type, asns }) => (type === 2 ? asns : [[...asns]]));
    must(sameValue(parseAsPathJson(JSON.parse(JSON.stringify(again))), value), 'another path');
    return value;
  },
};

export const TEXT: readonly Target[] = [hexText, asn, address, prefix, asPath, asPathJson];
