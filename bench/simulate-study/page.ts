import { figuresOf, likenesses, shownOf } from './figures.js';
import { ATTACKS, MECHANISMS, ORDERED, type StudyRun } from './parts.js';
import { type Point, pointsOf } from './rows.js';

const SAID: Readonly<Record<string, string>> = {
  exact: 'The attacker announces the prefix of the victim as its own.',
  subprefix:
    'The attacker announces half of the prefix. A router that drops it still sends traffic to a next hop that may not have.',
  squat: 'The attacker announces what its holder does not announce; a ROA for AS 0 says so.',
  superprefix:
    'The attacker announces the prefix and a covering one that has no ROA: who drops the former and is left without a route takes the latter.',
  forged: 'The path ends at the victim; only its last hop is wrong.',
  'path:2': 'Behind the attacker stands a true neighbour of the victim.',
  replay: 'The attacker sends the path that it has to all its neighbours.',
  shortest:
    'The shortest path that the mechanism cannot refuse, so that each curve has an attack of its own.',
  stripped: 'The same without the attacker in front.',
  leak1: 'From a provider to other providers.',
  leak2: 'From a peer to other peers.',
  leak3: 'From a provider to peers.',
  leak4: 'From a peer to providers.',
  leak5: 'A route of a provider, announced anew to other providers as an own one.',
  leak6: 'An own more-specific of the victim goes to its providers; counted is who follows it.',
};

/** The page, of a run and its rows as CSV. */
export function studyPage(run: StudyRun, csv: string): string {
  const points = pointsOf(csv);
  const figures = new Map(figuresOf(csv).map((figure) => [figure.file, figure]));
  const image = (file: string): string => {
    const figure = figures.get(file);
    if (figure === undefined) throw new Error(`no figure ${file}`);
    return `![${figure.title}](simulate-study/${file}.svg)`;
  };
  return [
    ...headOf(run),
    ...matrixOf(points),
    '## Curves',
    '',
    'Per cent of all ASes whose traffic ends at the attacker, of leaks and replays who passes the leaker and did not before, by how many adopt;',
    'bands are the 95 % interval of the mean. Curves that are one and the same, to a tenth of a point, are drawn once.',
    '',
    ...ATTACKS.flatMap((attack) => {
      const same = [...likenesses(points, attack)].filter(([, others]) => others.length > 0);
      const words = same.map(
        ([name, others]) => `like \`${name}\`: ${others.map((one) => `\`${one}\``).join(', ')}`,
      );
      return [
        `### ${attack}`,
        '',
        SAID[attack] ?? '',
        '',
        image(attack.replace(':', '-')),
        '',
        ...(words.length > 0 ? [`${words.join('; ').replace(/^l/, 'L')}.`, ''] : []),
      ];
    }),
    ...publishedOf(points, image),
    ...REPEAT,
  ].join('\n');
}

function headOf({ date, commit, seconds, seed, topology, trials }: StudyRun): string[] {
  return [
    '# What mechanisms are worth, simulated',
    '',
    'This page is generated: `npm run simulate-study -- --publish` (with `--ases`, `--links` and `--trials` as below) simulates, keeps the',
    'rows in `bench/results/simulate-study.csv` (in a clone) and writes this page and its figures from them. [simulate.md](simulate.md) says what the attacks, mechanisms and groups are. It is a model:',
    'one route an AS and prefix, no geography, and what a mechanism stops here it stops under these assumptions.',
    '',
    '| | |',
    '|---|---|',
    `| topology | ${topology.name}: ${grouped(topology.ases)} ASes, ${grouped(topology.links)} links, ${topology.clique} in tier 1 |`,
    `| its SHA-256, as lines of serial 1 | \`${topology.sha256}\` |`,
    `| trials of each point, seed | ${grouped(trials)}, ${seed} |`,
    '| attacker, victim | two ASes without customers, by chance; a leaker among those that can leak so; the same for all mechanisms and shares |',
    '| adopters | by chance unless said otherwise; the victim always, the attacker never; they publish and verify |',
    `| date, commit | ${date.slice(0, 10)}, ${commit.slice(0, 7)} |`,
    `| duration | ${grouped(seconds)} s |`,
    '',
  ];
}

function matrixOf(points: readonly Point[]): string[] {
  const cell = (attack: string, mechanism: string): string => {
    const point = shownOf(points, attack, mechanism).find(({ adopt }) => adopt === 50);
    if (point === undefined) return '–';
    const text = point.mean.toFixed(1);
    return mechanism !== 'none' && differs50(points, attack, mechanism) ? `**${text}**` : text;
  };
  return [
    '## At 50 per cent',
    '',
    'Per cent of all ASes whose traffic ends at the attacker, of leaks and replays who passes the leaker and did not before, when half of all ASes',
    'adopt; bold where a mechanism changes it by half a point or more. Of `shortest` and `stripped` each mechanism has an attack of its own, and is not to be held against `none`.',
    '',
    `| | ${MECHANISMS.map((name) => `\`${name}\``).join(' | ')} |`,
    `|---|${MECHANISMS.map(() => '---:|').join('')}`,
    ...ATTACKS.map(
      (attack) => `| \`${attack}\` | ${MECHANISMS.map((name) => cell(attack, name)).join(' | ')} |`,
    ),
    '',
  ];
}

function differs50(points: readonly Point[], attack: string, mechanism: string): boolean {
  const at = (name: string): number =>
    shownOf(points, attack, name).find(({ adopt }) => adopt === 50)?.mean ?? Number.NaN;
  return Math.abs(at(mechanism) - at('none')) >= 0.5;
}

function publishedOf(points: readonly Point[], image: (file: string) => string): string[] {
  const edge = (mechanism: string, group: string, outcome = 'attacker'): string => {
    const point = points.find(
      (one) =>
        one.order === 'edge' &&
        one.attack === 'subprefix' &&
        one.mechanism === mechanism &&
        one.group === group &&
        one.outcome === outcome,
    );
    return point === undefined
      ? '–'
      : `${point.mean.toFixed(1)} (${point.low.toFixed(1)} to ${point.high.toFixed(1)})`;
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
    '### Not reproduced',
    '',
    '| published | why not |',
    '|---|---|',
    '| Flexsealing and Peerlock (NDSS 2021): 80 % of tier-1 leaks stopped | needs full Peerlock with allowed upstreams for each AS, and leaks of tier 1 alone |',
    '| LOTUS: victims less by 96 % with the top eight ASes of Japan | needs that topology; the shape is above |',
    '| Lychev, Goldberg and Schapira (SIGCOMM 2013): gains of BGPsec in points | figures of the paper were not at hand; `bgpsec` and `bgpsec2` are in the curves |',
    '| Cohen and others (SIGCOMM 2016): path-end with 10 to 100 adopters of the top | needs the graph of 2016, and its figures were not at hand |',
    '| ROV++ in per cent | needs the graph of the paper and version 2; the shape is above |',
    '',
  ];
}

const REPEAT = [
  '## On another topology',
  '',
  'In a clone, with AS relationships of CAIDA as they are downloaded, and for one curve by the command:',
  '',
  '```text',
  'npm run simulate-study -- --topology 20260901.as-rel2.txt.bz2 --trials 1000',
  'pathsec simulate curves 20260901.as-rel2.txt.bz2 --attack forged --mechanism none,rov,aspa --trials 1000 --csv --svg figures',
  '```',
  '',
];

function grouped(count: number): string {
  return count.toLocaleString('en');
}
