import { shownOf } from './figures.js';
import { MECHANISMS, ORDERED } from './parts.js';
import type { Point } from './rows.js';

/** Shapes that papers report, as far as a made topology can show them, and those that it cannot. */
export function publishedOf(points: readonly Point[], image: (file: string) => string): string[] {
  const edge = (mechanism: string, group: string, outcome = 'attacker'): string => {
    const point = points.find(
      (one) =>
        one.order === 'edge' &&
        one.attack === 'subprefix' &&
        one.mechanism === mechanism &&
        one.group === group &&
        one.outcome === outcome,
    );
    return withInterval(point);
  };
  const shortest = MECHANISMS.flatMap((name) => {
    const point = shownOf(points, 'shortest', name).find(({ adopt }) => adopt === 50);
    return point === undefined ? [] : [{ name, ...point }];
  }).sort((a, b) => a.mean - b.mean);
  return [
    '## Published shapes',
    '',
    '### ROV++ with few adopters at the edge',
    '',
    'ROV++ (Morillo and others, NDSS 2021) reports of 5 % adoption at the edge that ROV prevents less than 5 % of sub-prefix hijacks and ROV++ more',
    'than 90 %. Here adopt 5 % of all ASes, all of them without customers; per cent of the ASes of a group, with the interval:',
    '',
    '| | adopters that reach the attacker | adopters without a route | all that reach the attacker |',
    '|---|---:|---:|---:|',
    ...['none', 'rov', 'rovpp1'].map(
      (name) =>
        `| \`${name}\` | ${edge(name, name === 'none' ? 'all' : 'adopting')} | ${edge(name, name === 'none' ? 'all' : 'adopting', 'disconnected')} | ${edge(name, 'all')} |`,
    ),
    '',
    'The shape is that of the paper as far as version 1 goes, which protects the adopters themselves and drops their traffic rather than',
    'delivering it. (`none` has no adopters: its row is of all ASes.)',
    '',
    '### The order of mechanisms',
    '',
    'The ASPA paper (NDSS 2025) orders mechanisms by what an attacker still reaches that does its best against each of them: ASPA far before',
    'ROV, BGPsec and path-end. Here, at 50 %, under `shortest`, the least first; how far they are apart is for the intervals to say:',
    '',
    '| mechanism | ASes that reach the attacker, % | 95 % interval |',
    '|---|---:|---:|',
    ...shortest.map(
      ({ name, mean, low, high }) =>
        `| \`${name}\` | ${mean.toFixed(1)} | ${low.toFixed(1)} to ${high.toFixed(1)} |`,
    ),
    '',
    '### From the top, or from the leaves',
    '',
    'LOTUS (Umeda and others) finds for a national topology that ASPA at a few ASes of the top does nearly everything, and from the leaves nothing.',
    `Here by the order of adoption, ${ORDERED.map((order) => `\`${order}\``).join(', ')}:`,
    '',
    image('order-forged'),
    '',
    image('order-leak1'),
    '',
    ...leaksOf(points),
    ...strippedOf(points),
    '### Not reproduced',
    '',
    '| published | why not |',
    '|---|---|',
    '| Flexsealing and Peerlock (NDSS 2021): 80 % of tier-1 leaks stopped | needs full Peerlock with allowed upstreams for each AS, and leaks of tier 1 alone |',
    '| LOTUS: victims less by 96 % with the top eight ASes of Japan | needs that topology; the shape is above |',
    '| the ASPA paper: ASPA is worth as much without tier 1 | needs an order of adoption that leaves tier 1 out; `edge` above leaves out all that have customers |',
    '| Goldberg and others (SIGCOMM 2010): how much traffic attacks draw under each secure protocol | needs their graph, and the figures of the paper were not at hand |',
    '| Lychev, Goldberg and Schapira (SIGCOMM 2013): gains of BGPsec in points | figures of the paper were not at hand; `bgpsec` and `bgpsec2` are in the curves |',
    '| Cohen and others (SIGCOMM 2016): path-end with 10 to 100 adopters of the top | needs the graph of 2016, and its figures were not at hand |',
    '| ROV++ in per cent | needs the graph of the paper and version 2; the shape is above |',
    '',
  ];
}

/** OTC against ASPA where a leak is no intent. */
function leaksOf(points: readonly Point[]): string[] {
  return [
    '### Leaks by accident: OTC and ASPA',
    '',
    'The ASPA paper finds OTC (RFC 9234) as good as ASPA against leaks by accident, in which nobody forges a path. Here the ASes that are diverted,',
    'at 50 %, with the interval:',
    '',
    '| leak | `none` | `otc` | `aspa` |',
    '|---|---:|---:|---:|',
    ...['leak1', 'leak2', 'leak3', 'leak4'].map(
      (leak) =>
        `| \`${leak}\` | ${['none', 'otc', 'aspa'].map((name) => half(points, leak, name)).join(' | ')} |`,
    ),
    '',
  ];
}

/** What an attacker gains that leaves itself out of the path. */
function strippedOf(points: readonly Point[]): string[] {
  return [
    '### The first AS left out',
    '',
    'The ASPA paper finds that an attacker who leaves itself out of the path does better than one who only forges the origin, against what does not',
    'check the first AS. Here the ASes that reach the attacker, at 50 %, with the interval; `stripped` is the shortest path that each mechanism cannot refuse:',
    '',
    '| mechanism | `forged` | `stripped` |',
    '|---|---:|---:|',
    ...['rov', 'pathEnd', 'bgpsec', 'firstAs', 'aspa', 'asra'].map(
      (name) => `| \`${name}\` | ${half(points, 'forged', name)} | ${half(points, 'stripped', name)} |`,
    ),
    '',
  ];
}

function half(points: readonly Point[], attack: string, mechanism: string): string {
  return withInterval(shownOf(points, attack, mechanism).find(({ adopt }) => adopt === 50));
}

function withInterval(point: Point | undefined): string {
  if (point === undefined) return '–';
  return `${point.mean.toFixed(1)} (${point.low.toFixed(1)} to ${point.high.toFixed(1)})`;
}
