import { readFileSync } from 'node:fs';
import { fromHex } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { createPayloadSet } from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import {
  type AspaLayout,
  type ClientOutput,
  createCacheSession,
  createRtrCache,
  createRtrClient,
  createScriptPlayer,
  decodePdu,
  encodePdu,
  parseScript,
  type RtrCache,
  type RtrVersion,
  storeSize,
} from 'pathsec/rtr';
import { join, put } from '../lib/mutate.js';
import { jsonMutation } from '../lib/mutate-text.js';
import type { Mutation } from '../lib/target.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { changeOctets } from './bgp-frames.js';
import { octetsOf, textOf } from './text.js';

const CODES = [
  ...[
    'rtr-version',
    'rtr-length',
    'rtr-pdu-type',
    'rtr-prefix-length',
    'rtr-max-length',
    'rtr-host-bits',
    'rtr-router-key-as',
  ],
  ...['rtr-error-report', 'rtr-aspa-count', 'rtr-aspa-customer', 'rtr-aspa-empty', 'rtr-aspa-old-layout'],
  ...['rtr-aspa-order', 'rtr-aspa-withdrawal', 'rtr-aspa-zero'],
];

interface PduFact {
  readonly octets: string;
  readonly version: number;
  readonly type: string;
  readonly layout?: string;
}
const facts = JSON.parse(readFileSync(new URL('../../kit/rtr/facts/pdu.json', import.meta.url), 'utf8')) as {
  readonly valid: readonly PduFact[];
};
const PDUS = facts.valid.map(({ octets }) => fromHex(octets));

const repairLength = (octets: Uint8Array): Uint8Array => {
  if (octets.length >= 8) {
    octets[0] = (octets[0] as number) % 3;
    put(octets, 4, 4, octets.length);
  }
  return octets;
};

const pdu = (layout: AspaLayout): Target => ({
  name: `rtr-pdu-${layout}`,
  covers: ['rtr:decodePdu'],
  roundTrip: 'value: reserved octets and unknown flags are not kept',
  growth: 12,
  codes: CODES,
  seeds: () => PDUS.filter((octets) => decodes(octets, layout)),
  repair: repairLength,
  run(octets) {
    const options = { aspaLayout: layout } as const;
    const { version, pdu: value } = decodePdu(octets, options);
    const again = encodePdu(value, version);
    must(again.length <= Math.max(65_535, octets.length), 'longer than a PDU may be');
    const { pdu: back } = decodePdu(again, options);
    if (value.type === 'error-report' && back.type === 'error-report') {
      must(back.errorCode === value.errorCode && value.text.startsWith(back.text), 'another report');
    } else must(sameValue(back, value), 'another PDU after encoding');
    // The lenient reading takes all that the strict one takes.
    must(
      sameValue(decodePdu(octets, { ...options, zeroProvider: 'drop' }).pdu, value),
      'leniency changes a good PDU',
    );
    return value;
  },
});

function decodes(octets: Uint8Array, aspaLayout: AspaLayout): boolean {
  try {
    decodePdu(octets, { aspaLayout });
    return true;
  } catch {
    return false;
  }
}

const LIMIT = 500;

function cacheWith(layout: AspaLayout = 'current'): RtrCache {
  const cache = createRtrCache({ sessionId: 0xb2d8, serial: 7, aspaLayout: layout });
  cache.replace({
    vrps: [
      { prefix: parsePrefix('192.0.2.0/24'), maxLength: 26, asn: 64496 },
      { prefix: parsePrefix('2001:db8::/32'), maxLength: 48, asn: 64497 },
    ],
    aspas: [{ customer: 64496, providers: [64498, 64499] }],
    routerKeys: [{ asn: 64496, ski: new Uint8Array(20).fill(7), spki: new Uint8Array(91).fill(9) }],
  });
  return cache;
}

/** A whole answer of a cache, and a second one with changes. */
function streams(version: RtrVersion, layout: AspaLayout): Uint8Array[] {
  const cache = cacheWith(layout);
  const full = cache.snapshot(version);
  const query = encodePdu({ type: 'serial-notify', sessionId: cache.sessionId(version), serial: 8 }, version);
  const before = cache.serial;
  cache.change(
    { vrps: [{ prefix: parsePrefix('198.51.100.0/24'), maxLength: 24, asn: 1 }] },
    { vrps: [{ prefix: parsePrefix('192.0.2.0/24'), maxLength: 26, asn: 64496 }] },
  );
  const changes = cache.since(version, before) ?? full;
  return [full, join(full, query, changes)];
}

/** Changes one PDU of a stream and writes its length anew. */
const pduMutation: Mutation = (octets, random, other) => {
  const list = pdusOf(octets);
  if (list.length === 0) return octets;
  const at = random(list.length);
  const one = list[at] as Uint8Array;
  const donors = pdusOf(other);
  switch (random(5)) {
    case 0:
      list.splice(at, 1);
      break;
    case 1:
      list.splice(random(list.length), 0, one);
      break;
    case 2:
      list.splice(at, 0, donors[random(donors.length)] ?? one);
      break;
    default:
      list[at] = random(2) === 0 ? repairLength(changeOctets(one, random)) : changeOctets(one, random);
  }
  return join(...list);
};

function pdusOf(octets: Uint8Array): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (let at = 0; at + 8 <= octets.length; ) {
    const length = Math.max(8, (octets[at + 6] as number) * 256 + (octets[at + 7] as number));
    list.push(octets.subarray(at, at + length));
    at += length;
  }
  return list;
}

const client = (version: RtrVersion, layout: AspaLayout = 'current'): Target => ({
  name: `rtr-client-${version}${layout === 'current' ? '' : `-${layout}`}`,
  covers: ['rtr:createRtrClient'],
  roundTrip: 'none: the same events and records in chunks (every second input), within the limits',
  growth: 64,
  codes: [],
  seeds: () => streams(version, layout),
  dictionary: PDUS,
  mutate: pduMutation,
  run(octets) {
    const whole = play(octets, octets.length || 1, version, layout);
    if (octets.length % 2 === 0) {
      must(sameValue(whole, play(octets, 5, version, layout)), 'chunks change what comes out');
    }
    return whole;
  },
});

function play(octets: Uint8Array, chunk: number, version: RtrVersion, aspaLayout: AspaLayout): unknown {
  const session = createRtrClient({
    highestVersion: version,
    aspaLayout,
    limits: { maxPayloads: LIMIT, maxProviders: 100 },
  });
  const outputs: ClientOutput[] = [...session.tick(0), ...session.opened(0)];
  for (let at = 0; at < octets.length; at += chunk) {
    outputs.push(...session.received(octets.slice(at, at + chunk), 1));
  }
  must(storeSize(session.store) <= LIMIT, 'more payloads than the limit');
  const { vrps, aspas, routerKeys } = session.payloads();
  for (const { providers } of aspas) must(providers.length <= 100, 'more providers than the limit');
  const list = [...vrps].map(({ prefix, maxLength, asn }) => `${formatPrefix(prefix)}-${maxLength} ${asn}`);
  outputs.push(...session.tick(10_000_000), ...session.closed(10_000_001));
  must(storeSize(session.store) === 0, 'data outlives its expiry');
  // The sets in an event are packed records with methods: their sizes say enough.
  const events = outputs.map((output) => ('changes' in output ? { ...output, changes: null } : output));
  return [events, list, aspas, routerKeys, session.status];
}

const cacheSession: Target = {
  name: 'rtr-cache-session',
  covers: ['rtr:createCacheSession'],
  roundTrip: 'none: chunks of any size give the same answers',
  growth: 400, // an answer to a query of 8 octets is the whole data
  codes: [],
  seeds: () =>
    ([0, 1, 2] as const).map((version) =>
      join(
        encodePdu({ type: 'reset-query' }, version),
        encodePdu({ type: 'serial-query', sessionId: 0xb2d8 + version, serial: 7 }, version),
      ),
    ),
  dictionary: PDUS,
  mutate: pduMutation,
  run(octets) {
    const [whole, pieces] = [3, octets.length || 1].map((chunk) => {
      const session = createCacheSession(CACHE);
      const outputs: unknown[] = [];
      for (let at = 0; at < octets.length; at += chunk) {
        outputs.push(...session.received(octets.slice(at, at + chunk), 1));
      }
      return outputs;
    });
    must(sameValue(whole, pieces), 'chunks change the answers');
    return whole;
  },
};
const CACHE = cacheWith();

const script: Target = {
  name: 'rtr-script',
  covers: ['rtr:parseScript', 'rtr:createScriptPlayer'],
  roundTrip: 'none: the steps come in the order of time, and play',
  growth: 64,
  codes: [
    'script-syntax',
    'unknown-member',
    'unknown-dialect',
    'empty-file',
    'json-syntax',
    'json-truncated',
    'json-depth',
  ],
  errors: [SyntaxError], // of JSON.parse, which is not what is tested
  seeds: () =>
    octetsOf(
      JSON.stringify({
        steps: [
          {
            at: 5,
            announce: { roas: [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }] },
            withdraw: { roas: [] },
          },
          { at: 1, replace: { aspas: [{ customer_asid: 1, providers: [2] }], roas: [] } },
          { at: 12, do: 'new-session', comment: 'x' },
          { at: 15.5, do: 'lose-data' },
          { at: 15, fault: 'garbage' },
        ],
      }),
      '{"steps":[]}',
    ),
  mutate: jsonMutation([
    'at',
    'announce',
    'withdraw',
    'replace',
    'do',
    'fault',
    'notify',
    'forget-history',
    'steps',
  ]),
  run(octets) {
    const steps = parseScript(JSON.parse(textOf(octets)), (value) => readPayloads(JSON.stringify(value)));
    for (const [i, { at }] of steps.entries()) must(i === 0 || at >= (steps[i - 1]?.at ?? 0), 'out of order');
    const cache = cacheWith();
    const player = createScriptPlayer(steps, cache);
    const played = player.tick(Number.POSITIVE_INFINITY).length;
    must(played === steps.length && player.nextWake() === Number.POSITIVE_INFINITY, 'steps were left out');
    const { vrps, aspas } = createPayloadSet();
    return [steps.map(({ at, action }) => [at, action]), vrps.size, aspas.size];
  },
};

export const RTR: readonly Target[] = [
  pdu('current'),
  pdu('8210bis-10'),
  client(0),
  client(1),
  client(2),
  client(2, '8210bis-10'),
  cacheSession,
  script,
];
