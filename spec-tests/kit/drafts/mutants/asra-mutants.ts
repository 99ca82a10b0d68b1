import type { Mutant } from '../../mutant.js';
import { type Kit, kit } from './kit.js';

/** Mistakes with ASRAs. */
export const asraMutants: readonly Mutant<Kit>[] = [
  { id: 'drafts-asra-ignored', text: 'ignores ASRAs', parts: { looksAt: () => false } },
  {
    id: 'drafts-asra-unknown-alone',
    text: 'looks for fake links only where ASPA says unknown',
    parts: { looksAt: (role, outcome) => role === 'provider' && outcome === 'unknown' },
  },
  {
    id: 'drafts-asra-without-aspa',
    text: 'uses the ASRAs of an AS that has no ASPA',
    parts: { fake: (link, algorithm) => kit.fake({ ...link, provider: link.provider ?? false }, algorithm) },
  },
  {
    id: 'drafts-asra-all-united',
    text: 'unites the ASRA3 of an AS with its ASRA1 and ASRA2',
    parts: { lists: (asras) => kit.lists(asras.map((one) => ({ ...one, subcategory: 1 }))) },
  },
  {
    id: 'drafts-asra-combined-alone',
    text: 'reads no ASRA but ASRA3',
    parts: { lists: (asras) => kit.lists(asras.filter(({ subcategory }) => subcategory === 3)) },
  },
  {
    id: 'drafts-asra-customers-alone',
    text: 'does not read ASRA2, the lateral peers',
    parts: { lists: (asras) => kit.lists(asras.filter(({ subcategory }) => subcategory !== 2)) },
  },
  {
    id: 'drafts-asra-peers-alone',
    text: 'does not read ASRA1, the customers',
    parts: { lists: (asras) => kit.lists(asras.filter(({ subcategory }) => subcategory !== 1)) },
  },
  {
    id: 'drafts-asra-last-wins',
    text: 'keeps only the last of several ASRAs of one subcategory',
    parts: {
      lists: (asras) =>
        kit.lists(
          asras.filter(
            (one, i) =>
              !asras
                .slice(i + 1)
                .some((other) => other.asn === one.asn && other.subcategory === one.subcategory),
          ),
        ),
    },
  },
  {
    id: 'drafts-asra-as0-any',
    text: 'takes AS 0 in an ASRA for any AS',
    parts: { holds: (list, asn) => list.includes(0) || kit.holds(list, asn) },
  },
  {
    id: 'drafts-asra-as0-none',
    text: 'takes an ASRA of AS 0 alone for no ASRA',
    parts: {
      lists: (asras) => kit.lists(asras.filter(({ neighbors }) => neighbors.some((asn) => asn !== 0))),
    },
  },
  {
    id: 'drafts-asra-always-a',
    text: 'runs algorithm A whichever is asked for',
    parts: { algorithm: () => 'A' },
  },
  {
    id: 'drafts-asra-always-b',
    text: 'runs algorithm B whichever is asked for',
    parts: { algorithm: () => 'B' },
  },
  {
    id: 'drafts-asra-swapped',
    text: 'takes algorithm A for B and B for A',
    parts: { algorithm: (asked) => (asked === 'A' ? 'B' : 'A') },
  },
  {
    id: 'drafts-asra-reversed',
    text: 'asks the ASRAs of the AS that receives a hop for the one that sends',
    parts: { fake: (link, algorithm) => kit.fake({ ...link, listed: link.reverseListed }, algorithm) },
  },
  {
    id: 'drafts-asra-no-provider-test',
    text: 'does not look whether the next AS is a provider by the ASPA',
    parts: {
      fake: (link, algorithm) =>
        kit.fake({ ...link, provider: link.provider === undefined ? undefined : false }, algorithm),
      span: ({ minDown }, N, algorithm) => ({ first: 1, last: algorithm === 'A' ? N - minDown : N - 1 }),
    },
  },
  {
    id: 'drafts-asra-a-wants-aspa',
    text: 'finds no fake link by algorithm A where the next AS has no ASPA',
    parts: {
      fake: (link, algorithm) =>
        kit.fake(link, algorithm) && (algorithm === 'B' || link.reverse !== undefined),
    },
  },
  {
    id: 'drafts-asra-first-hop',
    text: 'looks at the hop on top of the up-ramp alone',
    parts: {
      span(bounds, N, algorithm) {
        const { first, last } = kit.span(bounds, N, algorithm);
        return { first, last: Math.min(first, last) };
      },
    },
  },
  {
    id: 'drafts-asra-last-hop-missed',
    text: 'does not look at the hop to its neighbour',
    parts: {
      span(bounds, N, algorithm) {
        const { first, last } = kit.span(bounds, N, algorithm);
        return { first, last: Math.min(last, N - 2) };
      },
    },
  },
  {
    id: 'drafts-asra-unknown',
    text: 'answers unknown where it finds a fake link',
    parts: { found: 'unknown' },
  },
];
