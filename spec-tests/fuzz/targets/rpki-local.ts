import { createPayloadSet } from 'pathsec/payload';
import {
  applyPayloadChange,
  applySlurm,
  formatAspaNotation,
  formatVrpNotation,
  mergeSlurm,
  parseAspaNotation,
  parsePayloadChange,
  parseStrictJson,
  parseVrpNotation,
  readAsRelationships,
  readSlurm,
  slurmOfPayloads,
  writeSlurm,
} from 'pathsec/rpki';
import { jsonMutation, textMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { octetsOf, textOf } from './text.js';

const SLURM = JSON.stringify({
  slurmVersion: 2,
  validationOutputFilters: {
    prefixFilters: [{ prefix: '192.0.2.0/24', asn: 64496, comment: 'both' }, { asn: 0 }],
    bgpsecFilters: [{ asn: 64497 }, { SKI: 'A'.repeat(27) }],
    aspaFilters: [{ customerAsid: 64496, comment: '' }, { providerAsns: [1] }].slice(0, 1),
  },
  locallyAddedAssertions: {
    prefixAssertions: [{ asn: 64496, prefix: '2001:DB8::/32', maxPrefixLength: 48 }],
    bgpsecAssertions: [{ asn: 64496, SKI: 'A'.repeat(27), routerPublicKey: 'MFk', comment: 'k' }],
    aspaAssertions: [{ customerAsn: 64496, providerAsns: [64497, 64498] }],
  },
});

const slurm: Target = {
  name: 'rpki-slurm',
  covers: ['rpki:readSlurm', 'rpki:mergeSlurm', 'rpki:applySlurm', 'rpki:writeSlurm', 'rpki:parseStrictJson'],
  roundTrip: 'value; applying keeps what it asserts',
  growth: 64,
  codes: [
    ...[
      'slurm-*',
      'json-syntax',
      'json-depth',
      'json-truncated',
      'duplicate-name',
      'asn-syntax',
      'asn-range',
    ],
    ...[
      'prefix-*',
      'max-length-*',
      'base64-syntax',
      'ski-syntax',
      'key-syntax',
      'aspa-*',
      'router-key-*',
      'afi-syntax',
    ],
  ],
  seeds: () => octetsOf(SLURM, writeSlurm(slurmOfPayloads(createPayloadSet()))),
  mutate: jsonMutation([
    'prefix',
    'asn',
    'comment',
    'SKI',
    'providerAsns',
    'customerAsid',
    'customerAsn',
    'maxPrefixLength',
    'slurmVersion',
  ]),
  run(octets) {
    const text = textOf(octets);
    const value = JSON.stringify(parseStrictJson(text));
    must(value === JSON.stringify(JSON.parse(text)), 'another value than that of JSON');
    const file = readSlurm(text);
    const back = readSlurm(writeSlurm(file));
    // Limits to one family are read in old spellings and never written.
    const unlimited = {
      ...file,
      aspaAssertions: file.aspaAssertions.map(({ afiLimits: _, ...aspa }) => aspa),
    };
    must(sameValue(back, unlimited), 'another file after writing');
    must(sameValue(mergeSlurm([file]), file), 'merging one file changes it');
    const base = createPayloadSet();
    const result = applySlurm(base, file);
    must(result.vrps.size <= file.prefixAssertions.length, 'VRPs from nowhere');
    return [file, result.aspas.size];
  },
};

const relationships: Target = {
  name: 'rpki-as-relationships',
  covers: ['rpki:readAsRelationships', 'inet:parseAsRelationship', 'inet:parseAsRelationshipNote'],
  roundTrip: 'none: every provider link is one ASPA provider',
  growth: 64,
  codes: ['no-relationships'],
  seeds: () => octetsOf('# inferred clique: 174 209\n174|64496|-1\n174|209|0\n64496|64497|-1|bgp\n'),
  mutate: textMutation(['|', '|-1', '|0', '#', '# input clique: ', '4294967295']),
  run(octets) {
    const { aspas, clique, providerLinks, peerLinks } = readAsRelationships(textOf(octets), -1);
    const links = [...aspas].reduce(
      (sum, { providers }) => sum + providers.filter((asn) => asn !== 0).length,
      0,
    );
    must(links <= providerLinks, 'links from nowhere');
    return [[...aspas], clique, providerLinks, peerLinks];
  },
};

const notation: Target = {
  name: 'rpki-notation',
  covers: ['rpki:parseVrpNotation', 'rpki:parseAspaNotation'],
  roundTrip: 'value, through the text that is written of it',
  growth: 64,
  codes: ['notation-syntax', 'asn-*', 'prefix-*', 'max-length-range', 'address-syntax', 'aspa-*'],
  seeds: () => octetsOf('192.0.2.0/24-25 => AS64496', 'AS64496 => [ AS64499,\n AS64498 ]', 'AS174 => AS0'),
  mutate: textMutation([' => ', 'AS', '[', ']', ', ', '/24', '-24', '4294967295', '2001:db8::']),
  run(octets) {
    const text = textOf(octets);
    if (!/^AS/i.test(text)) {
      const vrp = parseVrpNotation(text);
      must(sameValue(parseVrpNotation(formatVrpNotation(vrp)), vrp), 'another VRP after writing');
      return vrp;
    }
    const aspa = parseAspaNotation(text);
    const back = parseAspaNotation(formatAspaNotation(aspa));
    const ascending = [...aspa.providers].sort((a, b) => a - b);
    must(sameValue(back, { ...aspa, providers: ascending }), 'another ASPA after writing');
    return aspa;
  },
};

const change: Target = {
  name: 'rpki-payload-change',
  covers: ['rpki:parsePayloadChange'],
  roundTrip: 'what comes is held afterwards, and goes again',
  growth: 64,
  codes: [
    'notation-syntax',
    'aspa-*',
    'asn-*',
    'prefix-*',
    'address-syntax',
    'max-length-range',
    'no-such-payload',
  ],
  seeds: () =>
    octetsOf(
      'AS64496 => AS64498, AS64499',
      'AS64496 => [\n  AS64498,AS64499\n]',
      '192.0.2.0/24-25 => AS64496',
      '2001:db8::/32 => AS0',
      '- AS64496 => AS64498',
      '-AS64496',
    ),
  mutate: textMutation(['AS', '=>', '-', '[', ']', ',', '/24', 'AS0', '4294967296']),
  run(octets) {
    const text = textOf(octets);
    const planned = parsePayloadChange(text);
    const set = createPayloadSet({ aspas: [{ customer: 64496, providers: [64498] }] });
    applyPayloadChange(set, planned);
    if (planned.action === 'announce') {
      applyPayloadChange(set, parsePayloadChange(`-${text}`));
    }
    must(set.vrps.size === 0 && set.aspas.size < 2, 'something stays');
    return planned;
  },
};

/** Local exceptions, planned changes, relationships: text that is no file of payloads. */
export const RPKI_LOCAL: readonly Target[] = [slurm, relationships, notation, change];
