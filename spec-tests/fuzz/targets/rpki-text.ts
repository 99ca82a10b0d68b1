import { readFileSync } from 'node:fs';
import type { PayloadSet } from 'pathsec/payload';
import { createPayloadSet } from 'pathsec/payload';
import {
  readPayloads,
  writeBird,
  writeOpenBgpd,
  writeRoutinatorJson,
  writeRpkiClientJson,
} from 'pathsec/rpki';
import { contentOf } from '../../rpki/content.js';
import { jsonMutation, textMutation } from '../lib/mutate-text.js';
import { type Mutation, must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { octetsOf, textOf } from './text.js';

const SKI = '5D4250E2D81D4448D8A29EFCE91D29FF075EC9E2';
const CODES = [
  ...['unknown-dialect', 'empty-file', 'json-syntax', 'json-truncated', 'json-depth', 'json-shape'],
  ...[
    'openbgpd-truncated',
    'bird-truncated',
    'notation-truncated',
    'duplicate-name',
    'ambiguous-member',
    'record-syntax',
    'list-syntax',
  ],
];
/** In strict mode the first fault of a record is fatal. */
const RECORD_CODES = [
  ...['asn-syntax', 'asn-range', 'prefix-syntax', 'prefix-length', 'prefix-host-bits', 'max-length-syntax'],
  ...[
    'max-length-range',
    'aspa-*',
    'expires-syntax',
    'ta-syntax',
    'ski-syntax',
    'key-syntax',
    'base64-syntax',
  ],
  ...[
    'router-key-*',
    'openbgpd-syntax',
    'bird-*',
    'csv-*',
    'srx-syntax',
    'notation-syntax',
    'source-syntax',
    'vrps-syntax',
  ],
  ...[
    'afi-syntax',
    'duplicate-member',
    'member-spelling',
    'two-aspa-lists',
    'validation-failed',
    'no-payload',
    'time-syntax',
  ],
  ...['hex-*', 'validation-*', 'address-syntax'],
];

const sample = readFileSync(new URL('../../../src/sample/rpki.json', import.meta.url), 'utf8').split('\n');

const JSON_SEEDS = [
  [...sample.slice(0, 12), '{"asn":1,"prefix":"10.0.0.0/8","maxLength":8}]}'].join('\n'),
  `{"metadata":{"vrps":1},"roas":[{"asn":13335,"prefix":"1.0.0.0/24","maxLength":24,"ta":"apnic","expires":1790000255}],
    "bgpsec_keys":[{"asn":15562,"ski":"${SKI}","pubkey":"MFk=","ta":"ripe","expires":1790000255}],
    "aspas":[{"customer_asid":80,"expires":1789689600,"providers":[6461,3356]}]}`,
  `{"roas":[{"prefix":"192.0.2.0/24","maxLength":24,"asn":"AS1","ta":"x"}],"provider_authorizations":{
    "ipv4":[{"customer_asid":64496,"providers":[1,2]}],"ipv6":[{"customer_asid":64496,"providers":[2,3]}]}}`,
  `{"file":"a.asa","type":"aspa","ski":"5D:42","customer_asid":945,"providers":[2,1],"expires":9,"validation":"OK"}
   {"file":"c.roa","type":"roa","expires":7,"vrps":[{"prefix":"192.0.2.0/24","asid":5,"maxlen":25}],"validation":"OK"}`,
  `{"metadata":{"generated":1},"roas":[{"asn":"AS1","prefix":"2001:db8::/32","maxLength":48,"ta":"x"}],
    "routerKeys":[{"asn":"AS15562","SKI":"${SKI}","routerPublicKey":"MFk"}],"aspas":[{"customer":"AS1","providers":["AS2"]}]}`,
  `[{"asn":64496,"prefix":"192.0.2.0/24","maxLength":24,"ta":"ripe"},{"customer":64496,"providers":[64500,64501]},
    {"asn":15562,"ski":"${SKI}","pubkey":"MFk="}]`,
];

const TEXT_SEEDS = [
  'roa-set {\n\t192.0.2.0/24 maxlen 25 source-as 64496 expires 1900000000\n\t2001:db8::/32 source-as 1.10 # x\n}\naspa-set {\n\tcustomer-as 64496 expires 1900000000 provider-as { 64498, 64499 }\n\tcustomer-as 64497 provider-as { 64498 inet 64499 inet6 }\n}\n',
  'ASN,IP Prefix,Max Length,Trust Anchor\nAS13335,1.0.0.0/24,24,apnic\nAS0,2001:db8::/32,48,ripe\n',
  '"ASN","Prefix","Max prefix length"\n"AS1","192.0.2.0/24","25"\n',
  'AS64496,192.0.2.0/24,24,"a, ""b"", c"\n',
  'addASPA 0 64496 64497 64498\naddASPA 0 1 2\n',
  '192.0.2.0/24-25 => AS64496\n2001:db8::/32 => AS0\nAS64496 => [ AS64499,\n  AS64498\n]\n',
];

/** Reads leniently and strictly, writes in every dialect that holds the payloads, and reads again. */
function readBoth(octets: Uint8Array): unknown {
  const text = textOf(octets);
  const file = readPayloads(text);
  const content = contentOf(file);
  const unlimited = withoutLimits(file);
  const written = readPayloads(writeRpkiClientJson(unlimited), { strict: true });
  must(sameValue(contentOf(written), contentOf(unlimited)), 'rpki-client JSON differs');
  const plain = bare(file);
  for (const write of [writeRoutinatorJson, writeBird, writeOpenBgpd]) {
    const back = contentOf(readPayloads(write(plain), { strict: true }));
    must(sameValue(back.vrps, contentOf(plain).vrps), `${write.name}: other VRPs after writing`);
    must(
      write === writeOpenBgpd || sameValue(back.aspas, contentOf(plain).aspas),
      `${write.name}: other ASPAs`,
    );
  }
  must(readPayloads(text, { now: 1_790_000_000 }).vrps.size <= file.vrps.size, 'expiry adds payloads');
  return [content, file.dialect, file.problems.count];
}

/** Limits of an ASPA to one family, of old spellings, are read and never written. */
function withoutLimits({ vrps, aspas, routerKeys }: PayloadSet): PayloadSet {
  return createPayloadSet({
    vrps,
    aspas: [...aspas].map(({ afiLimits: _, ...aspa }) => aspa),
    routerKeys,
  });
}

/** Without notes, which not every dialect has. */
function bare({ vrps, aspas, routerKeys }: PayloadSet): PayloadSet {
  return createPayloadSet({
    vrps: [...vrps].map(({ prefix, maxLength, asn }) => ({ prefix, maxLength, asn })),
    aspas: [...aspas].map(({ customer, providers }) => ({ customer, providers })),
    routerKeys: [...routerKeys].map(({ asn, ski, spki }) => ({ asn, ski, spki })),
  });
}

const WORDS = [
  'roas',
  'aspas',
  'bgpsec_keys',
  'routerKeys',
  'provider_authorizations',
  'metadata',
  'customer_asid',
  'type',
  'vrps',
  'expires',
];

const payloads = (name: string, seeds: readonly string[], mutate: Mutation): Target => ({
  name: `rpki-payloads-${name}`,
  covers: ['rpki:readPayloads'],
  roundTrip: 'value, through rpki-client JSON, Routinator JSON, OpenBGPD and BIRD',
  growth: 64,
  codes: CODES,
  seeds: () => octetsOf(...seeds),
  mutate,
  run: readBoth,
});

const strict: Target = {
  name: 'rpki-payloads-strict',
  covers: ['rpki:readPayloads'],
  roundTrip: 'value: the strict and the lenient reading agree',
  growth: 64,
  codes: [...CODES, ...RECORD_CODES],
  seeds: () => octetsOf(...JSON_SEEDS.slice(0, 2), ...TEXT_SEEDS.slice(1)),
  mutate: jsonMutation(WORDS),
  run(octets) {
    const text = textOf(octets);
    const file = readPayloads(text, { strict: true, now: 5 });
    const content = contentOf(file);
    must(file.problems.count === 0, 'strict with problems');
    must(sameValue(contentOf(readPayloads(text, { now: 5 })), content), 'strict and lenient differ');
    return content;
  },
};

/** Files of payloads. */
export const RPKI_TEXT: readonly Target[] = [
  payloads('json', JSON_SEEDS, jsonMutation(WORDS)),
  payloads(
    'text',
    TEXT_SEEDS,
    textMutation([
      'roa-set',
      'aspa-set',
      'customer-as',
      'provider-as',
      'source-as',
      'maxlen',
      'expires',
      'route ',
      'addASPA',
      ' => ',
      '[',
      ']',
      'AS',
    ]),
  ),
  strict,
];
