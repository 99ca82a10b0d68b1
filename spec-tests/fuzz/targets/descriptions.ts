import { readFileSync } from 'node:fs';
import { describeBmp } from 'pathsec/bmp';
import { type DescribedOctets, fromHex } from 'pathsec/bytes';
import { describeMrt } from 'pathsec/routes';
import { describeDer } from 'pathsec/rpki';
import { describePdus } from 'pathsec/rtr';
import { OCTETS } from '../../bmp/samples.js';
import { checkDescribed } from '../../bytes/described.js';
import { announcement, peerIndexTable } from '../../routes/fixtures.js';
import { derMutation } from '../lib/mutate-der.js';
import { must, type Target } from '../lib/target.js';
import { labFiles } from './rpki-seeds.js';

type Details = Pick<Target, 'name' | 'covers' | 'seeds'> & Partial<Target>;

const description = (describe: (octets: Uint8Array) => DescribedOctets, details: Details): Target => ({
  roundTrip: 'none: every octet stands in the tree, gaps and overlaps fail',
  growth: 1_500, // an octet can be a node, which has a path
  codes: [],
  ...details,
  run(octets) {
    const tree = describe(octets);
    must(tree.offset === 0 && tree.length === octets.length, 'the tree is not the input');
    checkDescribed(tree);
    return tree;
  },
});

const facts = JSON.parse(readFileSync(new URL('../../kit/rtr/facts/pdu.json', import.meta.url), 'utf8')) as {
  readonly valid: readonly { readonly octets: string }[];
};

export const DESCRIPTIONS: readonly Target[] = [
  description(describePdus, {
    name: 'rtr-describe-pdus',
    covers: ['rtr:describePdus'],
    seeds: () => facts.valid.map(({ octets }) => fromHex(octets)),
  }),
  description(describeBmp, {
    name: 'bmp-describe',
    covers: ['bmp:describeBmp', 'bgp:describeMessageIn'],
    seeds: () => OCTETS,
  }),
  description(describeMrt, {
    name: 'mrt-describe',
    covers: ['routes:describeMrt', 'bgp:describeAttributesIn'],
    seeds: () => [peerIndexTable, announcement('64496 64499')],
  }),
  description(describeDer, {
    name: 'der-describe',
    covers: ['rpki:describeDer'],
    seeds: async () => (await labFiles()).map(({ octets }) => octets).filter(([tag]) => tag === 0x30),
    mutate: derMutation,
    testRuns: 1_000, // objects of some thousand octets, each a node or two
  }),
];
