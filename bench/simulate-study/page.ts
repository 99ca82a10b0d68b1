import { figuresOf, likenesses, shownOf } from './figures.js';
import { ATTACKS, MECHANISMS, type StudyRun } from './parts.js';
import { publishedOf } from './published.js';
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
    '`bgpsec1` is left out: where signed routes come before everything, ASes may never agree.',
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
