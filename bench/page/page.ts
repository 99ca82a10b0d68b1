import { EXTRACT } from './extract.js';
import { type Entry, type Figure, isMet, medianOf, say, sayFigure } from './figures.js';

/** A section of the page: its head, and what a reader has to know of its figures, whatever they are. */
interface Section {
  readonly title: string;
  readonly text: string;
}

/** In the order of the page. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  aspa: {
    title: 'ASPA',
    text: 'Both procedures on every distinct path of real tables, with payloads made over their adjacencies. At 80,000 ASPAs a hop waits for memory: a line of the cache of a table of some megabytes.',
  },
  rov: { title: 'Origin validation', text: 'Synthetic VRPs in number and shape of the real RPKI.' },
  mrt: {
    title: 'Reading MRT',
    text: 'Every element delivered to a callback; warm in one process, cold in a new one, in turn with bgpdump.',
  },
  audit: {
    title: 'The audit command',
    text: 'Whole processes in turn, origins and paths judged by 20,000 VRPs and 3,400 ASPAs. Of a small table the start of Node and the loading of payloads are a large part.',
  },
  jobs: {
    title: 'All cores',
    text: '`pathsec audit --jobs 2` as whole processes by the clock, of made dumps of 24 peers: the gain over `--jobs 1` as a share of what two independent processes gain in the same round. The large dump has a million distinct paths; real tables have fewer. The growth is the line of least squares over dumps of an eighth, a quarter, a half and all of the routes.',
  },
  impact: {
    title: 'A change of payloads',
    text: 'What a change of one ASPA does to a RIB of 600,000 entries, CPU time in one process: the routes are read once, and what the change does not touch is not judged.',
  },
  bgpsec: {
    title: 'BGPsec',
    text: 'Rates of one core are by CPU time. A batch is by the clock against as many processes of `openssl speed` in the same round, because two cores of a shared machine are not always two; the line by CPU time counts what the threads cost each other.',
  },
  plain: {
    title: 'Engines of PLAIN',
    text: 'The experiment with aggregate signatures by the engine that one option chooses (`loadPlainVerifier`, `pathsec apvas verify --engine`), CPU time. blst has signatures of 96 octets and no coefficients, so its batch is verified one by one. A batch of n routes of four hops with s signers costs 4n maps to the curve, n decoded signatures with a subgroup check each, one multiplication of 5n points by coefficients in s + 1 groups, s + 1 Miller loops and one final exponentiation, whatever the engine; a test counts them ([D-apvas-cofactor](decisions/apvas.md#d-apvas-cofactor)).',
  },
  simulate: {
    title: 'Simulation',
    text: 'A topology made with 75,000 ASes and 500,000 links. A trial draws attacker, victim and adopters, lets all ASes choose by one mechanism that half of them adopt, and counts; a leak takes two passes, and one more to draw who leaks.',
  },
  rtr: { title: 'RTR', text: 'Cache and router in two processes over loopback.' },
  live: {
    title: 'Live',
    text: 'A table of 20 peers with verdicts, 200,000 distinct paths; and one session over which a full table comes, rates for each second of CPU. What the library takes is measured in a process of its own on a second pass, when its code is compiled; the others are whole programs from the first UPDATE to the last, the first pass and the reading of sockets included.',
  },
  inject: {
    title: 'Routes and signatures sent',
    text: 'The same receiver counts the routes of `pathsec bgp inject` and of ExaBGP. Signatures are by CPU time beyond that of a run that makes one route.',
  },
  peers: {
    title: 'RTR with other programs',
    text: 'Processes and all, by the clock. Our router runs in the process that measures, the others start. Below 1 ours takes less time.',
  },
};

/** The page `docs/benchmarks.md`, of what the benchmarks have kept; those that are not there are named. */
export function benchmarksPage(entries: readonly Entry[]): string {
  const known = Object.keys(SECTIONS).map((name) => ({
    name,
    entry: current(
      name,
      entries.find(({ benchmark }) => benchmark === name),
    ),
  }));
  const figures = known.flatMap(({ name, entry }) => (entry ? figuresOf(name, entry) : []));
  const missed = figures.filter((figure) => !isMet(figure));
  const absent = known.filter(({ entry }) => entry === undefined).map(({ name }) => `\`${name}\``);
  return [
    '# Benchmarks',
    '',
    'Made by `npm run bench -- --publish`, which measures, keeps the results in `bench/results` (in a clone) and writes this page of them;',
    '`bench/README.md` says how each is taken. Medians with quartiles; a ratio is one of each round, the two sides in turn. What the experiment',
    'with aggregate signatures costs is another matter: [study.md](study.md).',
    '',
    `Aims missed: ${missed.length} of ${figures.filter(({ aim }) => aim !== undefined).length}${missed.length === 0 ? '' : `, in bold: ${missed.map(({ what }) => what).join('; ')}`}.${absent.length === 0 ? '' : ` Not measured yet: ${absent.join(', ')}.`}`,
    ...known.flatMap(({ name, entry }) => (entry ? section(name, entry) : [])),
    '',
  ].join('\n');
}

/** The figures of a benchmark; none of one that said why it did not measure. */
function figuresOf(name: string, { result }: Entry): Figure[] {
  if (typeof result === 'object' && result !== null && 'skipped' in result) return [];
  return EXTRACT[name]?.(result) ?? [];
}

/** The entry, unless an earlier version has written it in another form. */
function current(name: string, entry: Entry | undefined): Entry | undefined {
  if (entry === undefined) return undefined;
  const whole = figuresOf(name, entry).every((figure) => Number.isFinite(medianOf(figure)));
  return whole ? entry : undefined;
}

const README = [
  /^path, both directions, fast, [\d,]+ ASPAs$/,
  /VRPs loaded$/,
  /^one validation$/,
  /^`pathsec audit/,
  /^native against openssl speed$/,
  /^image of/,
  /^update of/,
];

/** The table of the README: some of the figures of the page. */
export function readmeTable(entries: readonly Entry[]): string {
  const rows = entries.flatMap((entry) => {
    const { benchmark } = entry;
    const known = current(benchmark, entry);
    const figures = known === undefined ? [] : figuresOf(benchmark, known);
    return figures
      .filter(({ what }) => README.some((pattern) => pattern.test(what)))
      .map((figure) => `| ${SECTIONS[benchmark]?.title}: ${figure.what} | ${sayFigure(figure)} |`);
  });
  return ['| what | figure |', '|---|---|', ...rows].join('\n');
}

function section(name: string, entry: Entry): string[] {
  const { title, text } = SECTIONS[name] as Section;
  const { cpu, node, date, load, result } = entry;
  const loads = load.map((one) => one.toFixed(1)).join(' and ');
  const { skipped, absent = [] } = result as {
    readonly skipped?: string;
    readonly absent?: readonly string[];
  };
  const rows = figuresOf(name, entry).map((figure) => {
    const { what, aim, unit } = figure;
    const wanted =
      aim === undefined
        ? ''
        : `${'most' in aim ? 'at most' : 'at least'} ${say('most' in aim ? aim.most : aim.least)} ${unit}`;
    return `| ${what.replaceAll('|', '\\|')} | ${sayFigure(figure)} | ${wanted} |`;
  });
  return [
    '',
    `## ${title}`,
    '',
    text,
    '',
    ...(rows.length === 0 ? [] : ['| what | figure | aim |', '|---|---|---|', ...rows, '']),
    `\`npm run bench -- ${name}\`, ${date.slice(0, 10)}, ${cpu}, Node ${node.slice(1)}, load average ${loads} before and after.`,
    ...(skipped === undefined ? [] : [`Not measured: ${skipped}.`]),
    ...(absent.length === 0 ? [] : [`Not there to compare with: ${absent.join('; ')}.`]),
  ];
}
