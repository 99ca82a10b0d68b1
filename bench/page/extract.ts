import type { Spread } from '../lib/spread.js';
import type { Aim, Figure } from './figures.js';

type Value = number | Spread;
/** A figure as `aspa`, `bgpsec` and `plain` print theirs. */
interface Listed {
  readonly what: string;
  readonly value: Value;
  readonly unit: string;
  readonly target?: number | null;
}

const most = (limit: number): { readonly aim: Aim } => ({ aim: { most: limit } });
const least = (limit: number): { readonly aim: Aim } => ({ aim: { least: limit } });

function listed(result: unknown, aimOf: (target: number) => Aim): Figure[] {
  const { figures } = result as { readonly figures: readonly Listed[] };
  return figures.map(({ what, value, unit, target }) => ({
    what,
    value,
    unit,
    ...(typeof target === 'number' && { aim: aimOf(target) }),
  }));
}

interface Rov {
  readonly vrps: number;
  readonly loadMs: number;
  readonly tableOctetsPerVrp: number;
  readonly nsPerValidation: Value;
  readonly nsPerChange: number;
  readonly jsonReadMs: number;
}
interface MrtFile {
  readonly file: string;
  readonly elements: number;
  readonly seconds: Value;
  readonly warmRatio?: Value;
  readonly coldRatio?: Value;
}
interface AuditFile {
  readonly file: string;
  readonly ratio: Value;
  readonly peakRssMiB: number;
}
interface Rtr {
  readonly records: number;
  readonly fullImageSeconds: Value;
  readonly fullImageWithTablesSeconds: Value;
  readonly updateChanges: number;
  readonly updateMilliseconds: Value;
  readonly updateMillisecondsWorst: number;
  readonly cachePeakMegabytes: number;
  readonly routerPeakMegabytes: number;
}
interface Live {
  readonly table: {
    readonly routes: number;
    readonly octetsARoute: number;
    readonly octetsAPath: number;
    readonly changes: number;
    readonly touched: number;
    readonly changesCpuMilliseconds: Value;
    readonly changesOfWholeTable: Value;
  };
  readonly intake: {
    readonly judgedACpuSecond: Value;
    readonly printedACpuSecond: Value;
    readonly judgedAgainstBird?: Value;
    readonly printedAgainstBird?: Value;
  };
}
interface Peers {
  readonly vrps: number;
  readonly seconds: Readonly<Record<string, Value>>;
  readonly cacheAgainstStayRTR: Readonly<Record<string, Value>>;
  readonly routerAgainst: Readonly<Record<string, Value>>;
}

interface Jobs {
  readonly table: { readonly routes: number; readonly distinctPaths: number };
  readonly jobs: {
    readonly gainOfTwoProcesses: Value;
    readonly gainOfTwoThreads: Value;
    readonly twoFilesShare: Value;
    readonly gainOfTwoThreadsOnOneDump: Value;
    readonly oneDumpShare: Value;
    readonly memoryOfAThreadMiB: Value;
  };
  readonly oneCore: { readonly ratio?: Value };
  readonly growth: {
    readonly cpuNsARoute: number;
    readonly cpuFit: number;
    readonly octetsADistinctPath: number;
    readonly memoryFit: number;
  };
  /** Absent in what was kept before it was measured. */
  readonly queue?: { readonly workerCpuRatio?: Value; readonly allStepsCpuRatio?: Value };
}
interface Simulate {
  readonly ases: number;
  readonly links: number;
  readonly trials: readonly {
    readonly what: string;
    readonly cpuMilliseconds: Value;
    readonly most?: number;
  }[];
  readonly everyLinkOnceMilliseconds: Value;
  readonly twoThreadsAgainstTwoProcesses: Value;
  readonly typedArraysMegabytes: number;
  readonly rssMegabytes: number;
}

/** Smaller files are over before a program has started. */
const LEAST_ELEMENTS = 10_000;

/** The figures of each benchmark, of what it prints with `--json`. */
export const EXTRACT: Readonly<Record<string, (result: unknown) => Figure[]>> = {
  aspa: (result) => listed(result, (target) => ({ most: target })),
  rov: (result) => {
    const { vrps, loadMs, tableOctetsPerVrp, nsPerValidation, nsPerChange, jsonReadMs } = result as Rov;
    return [
      { what: `${count(vrps)} VRPs loaded`, value: loadMs, unit: 'ms', ...most(5000) },
      { what: 'the same read from JSON', value: jsonReadMs, unit: 'ms' },
      { what: 'table, per VRP', value: tableOctetsPerVrp, unit: 'octets', ...most(100) },
      { what: 'one validation', value: nsPerValidation, unit: 'ns' },
      { what: 'one change', value: nsPerChange, unit: 'ns' },
    ];
  },
  mrt: (result) =>
    (result as readonly MrtFile[])
      .filter(({ elements }) => elements >= LEAST_ELEMENTS)
      .flatMap(({ file, elements, seconds, warmRatio, coldRatio }) => [
        { what: `${file}, ${count(elements)} elements, warm`, value: seconds, unit: 's' },
        ...ratio(`${file} against \`bgpdump -m\`, warm`, warmRatio),
        ...ratio('the same, cold', coldRatio),
      ]),
  audit: (result) =>
    (result as { readonly results: readonly AuditFile[] }).results.flatMap(
      ({ file, ratio: times, peakRssMiB }) => [
        { what: `\`pathsec audit ${file}\` against \`bgpdump -m\``, value: times, unit: 'times', ...most(1) },
        { what: 'peak memory of the same', value: peakRssMiB, unit: 'MiB', ...most(250) },
      ],
    ),
  jobs: (result) => {
    const { table, jobs, oneCore, growth, queue } = result as Jobs;
    const large = `${count(table.routes)} routes on ${count(table.distinctPaths)} distinct paths`;
    const times = 'times';
    return [
      { what: 'two processes gain', value: jobs.gainOfTwoProcesses, unit: times },
      { what: 'two threads gain, a file each', value: jobs.gainOfTwoThreads, unit: times },
      { what: 'the same, share of two processes', value: jobs.twoFilesShare, unit: times, ...least(0.88) },
      { what: 'two threads gain, one dump', value: jobs.gainOfTwoThreadsOnOneDump, unit: times },
      { what: 'the same, share of two processes', value: jobs.oneDumpShare, unit: times, ...least(0.75) },
      { what: 'memory of a thread', value: jobs.memoryOfAThreadMiB, unit: 'MiB', ...most(200) },
      ...ratio(`${large} on one core against \`bgpdump -m\``, oneCore.ratio, most(1)),
      { what: 'growth of CPU time, a route', value: growth.cpuNsARoute, unit: 'ns' },
      { what: 'the same: R² of the straight line', value: growth.cpuFit, unit: '' },
      { what: 'growth of memory, a distinct path', value: growth.octetsADistinctPath, unit: 'octets' },
      { what: 'the same: R² of the straight line', value: growth.memoryFit, unit: '' },
      ...ratio('64 files by a worker of a queue against `audit`, CPU time', queue?.workerCpuRatio, most(1.1)),
      ...ratio('the same with `submit` and `collect`', queue?.allStepsCpuRatio),
    ];
  },
  impact: (result) => listed(result, (target) => ({ most: target })),
  bgpsec: (result) => listed(result, (target) => ({ least: target })),
  plain: (result) => listed(result, (target) => ({ most: target })),
  rtr: (result) => {
    const rtr = result as Rtr;
    const { cachePeakMegabytes: cache, routerPeakMegabytes: router } = rtr;
    const image = `image of ${count(rtr.records)} records, served and applied`;
    return [
      { what: image, value: rtr.fullImageSeconds, unit: 's', ...most(4) },
      { what: 'the same, with live tables of a verifier', value: rtr.fullImageWithTablesSeconds, unit: 's' },
      {
        what: `update of ${count(rtr.updateChanges)} changes`,
        value: rtr.updateMilliseconds,
        unit: 'ms',
        ...most(50),
      },
      { what: 'the worst of these', value: rtr.updateMillisecondsWorst, unit: 'ms' },
      { what: 'peak memory of cache and router together', value: cache + router, unit: 'MB', ...most(700) },
    ];
  },
  live: (result) => {
    const { table, intake } = result as Live;
    const { changes, touched } = table;
    return [
      {
        what: `one of ${count(table.routes)} routes`,
        value: table.octetsARoute,
        unit: 'octets',
        ...most(150),
      },
      { what: 'one distinct path', value: table.octetsAPath, unit: 'octets' },
      {
        what: `${count(changes)} changes that touch ${count(touched)} routes, CPU time`,
        value: table.changesCpuMilliseconds,
        unit: 'ms',
        ...most(100),
      },
      { what: 'the same against judging all again', value: table.changesOfWholeTable, unit: 'times' },
      {
        what: 'routes that the library takes from a session and judges for each second of CPU',
        value: intake.judgedACpuSecond,
        unit: 'routes',
        ...least(200_000),
      },
      ...ratio('the same against BIRD 2, which judges nothing', intake.judgedAgainstBird),
      {
        what: 'routes that `bgp listen` takes, judges and prints for each second of CPU',
        value: intake.printedACpuSecond,
        unit: 'routes',
      },
      ...ratio('the same against BIRD 2, which judges nothing', intake.printedAgainstBird),
    ];
  },
  inject: (result) => listed(result, (target) => ({ least: target })),
  simulate: (result) => {
    const { trials, ...rest } = result as Simulate;
    return [
      ...trials.map(({ what, cpuMilliseconds, most: aim }) => ({
        what: `a trial: ${what}`,
        value: cpuMilliseconds,
        unit: 'ms',
        ...(aim !== undefined && most(aim)),
      })),
      { what: 'every link looked at once from each end', value: rest.everyLinkOnceMilliseconds, unit: 'ms' },
      {
        what: 'trials of two threads against two processes',
        value: rest.twoThreadsAgainstTwoProcesses,
        unit: 'times',
        ...least(0.88),
      },
      { what: 'typed arrays of a study', value: rest.typedArraysMegabytes, unit: 'MB', ...most(60) },
      { what: 'memory of the process that measures', value: rest.rssMegabytes, unit: 'MB' },
    ];
  },
  peers: (result) => {
    const { vrps, seconds, cacheAgainstStayRTR, routerAgainst } = result as Peers;
    return [
      ...rows(seconds, (name) => `${count(vrps)} VRPs into ${name}`, 's'),
      ...rows(cacheAgainstStayRTR, (name) => `our cache against StayRTR, ${name}`, 'times'),
      ...rows(routerAgainst, (name) => `our router against ${name}`, 'times'),
    ];
  },
};

function ratio(what: string, value: Value | undefined, aim?: { readonly aim: Aim }): Figure[] {
  return value === undefined ? [] : [{ what, value, unit: 'times', ...aim }];
}

function rows(
  values: Readonly<Record<string, Value>>,
  what: (name: string) => string,
  unit: string,
): Figure[] {
  return Object.entries(values).map(([name, value]) => ({ what: what(name), value, unit }));
}

function count(value: number): string {
  return value.toLocaleString('en');
}
