import { DecodeError } from 'pathsec/bytes';
import {
  outcomesOf,
  readScenario,
  readTopology,
  ribs,
  simulate,
  writeAsRelationships,
} from 'pathsec/simulate';
import { jsonMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { octetsOf, textOf } from './text.js';

const SCENARIOS = [
  {
    links: [
      [1, 2, -1],
      [2, 3, 0],
      [3, 4, -1],
      [4, 1, 0],
    ],
    ases: [5],
    clique: [1],
    policies: { 1: ['aspa', 'otc'], 2: ['bgpsec2'], 3: ['rovpp1'] },
    roas: [['192.0.2.0/24', 24, 4]],
    aspas: { 4: [3] },
    asras: { 4: [3] },
    pathEnd: { 4: [3, 9] },
    silent: [1],
    bgpsecRouters: [4],
    seeds: [
      { asn: 4, prefix: '192.0.2.0/24', prepend: 2 },
      { asn: 2, prefix: '192.0.2.0/25', path: [2, 4], to: ['peer', 1], pathTo: { peer: [2] }, signed: false },
    ],
    leaks: [{ asn: 3, prefix: '192.0.2.0/24', from: ['customer'], to: ['peer'], reoriginate: true }],
    attackers: [2],
    victims: [4],
    target: '192.0.2.0/25',
  },
  { links: [[1, 2, -1]], seeds: [{ asn: 1, prefix: '2001:db8::/32' }], target: '2001:db8::1' },
];

const scenario: Target = {
  name: 'simulate-scenario',
  covers: ['simulate:readScenario'],
  roundTrip: 'none: what is read is simulated, and every AS has an outcome',
  growth: 60,
  codes: [
    'address-syntax',
    'as-unknown',
    'asn-range',
    'asn-syntax',
    'json-syntax',
    'link-contradiction',
    'link-self',
    'no-stable-state',
    'prefix-host-bits',
    'prefix-length',
    'prefix-syntax',
    'request-member',
    'seed-twice',
    'unknown-member',
  ],
  seeds: () => octetsOf(...SCENARIOS.map((one) => JSON.stringify(one))),
  mutate: jsonMutation(['aspa', 'rov', 'customer', 'peer', 'provider', '192.0.2.0/24', '1', '2', '-1']),
  run(octets) {
    const read = readScenario(parsed(textOf(octets)));
    const simulation = simulate(read);
    const outcomes = outcomesOf(simulation);
    must(outcomes.length === simulation.topology.asns.length, 'an AS without an outcome');
    return [read, outcomes, [...ribs(simulation)].length];
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON', {});
  }
}

const TOPOLOGIES = [
  '# inferred clique: 1 2\n# IXP ASes: 9\n1|2|0\n1|3|-1\n2|3|-1\n',
  '# source:topology|BGP|20260901|ripe|rrc00\n# input clique: 1 2\n1|2|0|bgp\n1|3|-1|mlp\n',
  '{"links": [[1, 2, 0], [1, 3, -1]], "ases": [4], "clique": [1, 2]}',
];

const topology: Target = {
  name: 'simulate-topology',
  covers: ['simulate:readTopology'],
  roundTrip: 'what is read is written as AS relationships and read again as the same',
  growth: 60,
  codes: [
    'as-rel-relation',
    'as-rel-syntax',
    'asn-range',
    'asn-syntax',
    'duplicate-name',
    'json-depth',
    'json-syntax',
    'link-contradiction',
    'link-self',
    'no-relationships',
    'request-member',
    'unknown-member',
  ],
  seeds: () => octetsOf(...TOPOLOGIES),
  run(octets) {
    const read = readTopology(textOf(octets));
    const { topology: found, clique } = read;
    if (found.customers.targets.length + found.peers.targets.length === 0) return read;
    const again = readTopology([...writeAsRelationships(found, clique)].join('\n')).topology;
    must(
      again.peers.targets.length === found.peers.targets.length,
      'other links than those that were written',
    );
    return read;
  },
};

export const SIMULATE: readonly Target[] = [scenario, topology];
