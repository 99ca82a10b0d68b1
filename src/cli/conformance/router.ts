import { randomInt } from 'node:crypto';
import { type Command, Option } from 'commander';
import {
  heldRouteFiles,
  judgeRouterRun,
  planRouterRun,
  type Question,
  type RouterAbilities,
  type RouterHello,
  randomOriginFile,
  randomPathFile,
  reportOf,
  type Suite,
  type VectorFile,
} from '../../conformance/index.js';
import { AS_TRANS, type Asn, MAX_ASN } from '../../inet/index.js';
import type { HostPort, RouterProfile } from '../../node/router/profile.js';
import { type GenericMark, genericRouter, USUAL_MARKS } from '../../node/router/profile-generic.js';
import { ROUTER_PROFILES, type RouterProfileName } from '../../node/router/profiles.js';
import { RouterTestError } from '../../node/router/start-program.js';
import { configurationOf, PROBING_ASES, type RouterTest, testRouter } from '../../node/router/test-router.js';
import { readVectorFiles } from '../../node/vector-files.js';
import { seededRandom } from '../../tables/index.js';
import type { Context } from '../shared/command.js';
import { CliError, type Io } from '../shared/io.js';
import { parseAsnOption } from '../shared/parse-options.js';
import { createCountProgress } from '../shared/progress.js';
import { interruptedNote, watchingSignals } from './interrupt.js';
import { readKnownFailures } from './known-failures.js';
import { adviceNotes, exitCode, parseCount, parseTimeout } from './outcome.js';
import { printReport } from './print-report.js';
import {
  parseAddress,
  parseHello,
  parseListen,
  parseMarks,
  parseRandom,
  parseRouter,
  parseSeed,
  parseWhere,
} from './router-words.js';
import { addSelection, meantQuestions, NO_CASE, type Selection } from './selection.js';

interface RouterOptions extends Selection {
  readonly failures: number;
  readonly json?: boolean;
  readonly junit?: boolean;
  readonly profile: RouterProfileName;
  readonly start?: true;
  readonly programs?: 'here' | 'peers';
  readonly marks?: ReadonlySet<GenericMark>;
  readonly hello?: RouterHello;
  readonly connect?: HostPort;
  readonly bgpListen?: HostPort;
  readonly rtrListen?: HostPort;
  readonly routerAs: Asn;
  readonly localAs: Asn;
  readonly timeout: number;
  readonly random: number;
  readonly seed?: number;
  readonly strict?: boolean;
  readonly knownFailures?: string;
  readonly printConfig?: boolean;
}

/** What cases are made for. */
type MadeFor = Pick<RouterAbilities, 'families' | 'localAs' | 'reservedAses'>;

interface Asked {
  readonly files: readonly VectorFile[];
  readonly questions: readonly Question[];
}

/** Suites that a router can be asked. */
const PLAYED: readonly Suite[] = ['aspa', 'rov', 'rtr'];
/** Where a configuration that is printed expects router and cache. */
const USUAL = { router: { host: '127.0.0.1', port: 1790 }, rtr: { host: '127.0.0.1', port: 3323 } } as const;
const LABORATORY =
  'For a laboratory: elsewhere verdicts do not belong into communities (draft-ietf-sidrops-avoid-rpki-state-in-bgp).';
/** Private ASNs (RFC 6996 §5) far from those of the cases. */
const AS = { router: 4_242_420_009, collector: 4_242_420_010 } as const;

/** `pathsec conformance router`: the runner of the kit with a router behind it in place of a program. */
export function define(command: Command, { io, exit }: Context): void {
  addSelection(
    command.addOption(
      new Option('--profile <name>', 'the router under test')
        .choices(Object.keys(ROUTER_PROFILES))
        .makeOptionMandatory(),
    ),
  )
    .option('--start', 'start its program, and stop it at the end')
    .option('--programs <place>', 'start the one that is here, or the one among the peers', parseWhere)
    .option('--connect <address>', 'HOST:PORT of a router that runs already', parseRouter)
    .option(
      '--bgp-listen <address>',
      'ADDRESS:PORT of our first neighbour, for a router that connects; the others have the next addresses',
      parseListen,
    )
    .option('--marks <list>', 'what a generic router marks: rov, and both or role for ASPA', parseMarks)
    .option(
      '--hello <json>',
      'what else is known of a generic router, as programs say it: {"firstAs": true, "maxProviders": 10000} …',
      parseHello,
    )
    .option(
      '--rtr-listen <address>',
      'HOST:PORT of our RTR cache (default: 127.0.0.1, any port)',
      parseAddress,
    )
    .option('--router-as <asn>', 'the AS of the router', parseAsnOption, AS.router)
    .option('--local-as <asn>', 'our AS on the session that reads the verdicts', parseAsnOption, AS.collector)
    .option('--timeout <seconds>', 'without any move, after which a wait is given up', parseTimeout, 30)
    .option('--random <number>', 'random routes of each suite besides, under random tables', parseRandom, 0)
    .option('--seed <number>', 'which random routes (default: others each time)', parseSeed)
    .option('--print-config', 'print the configuration of the router, and do nothing')
    .option('--failures <number>', 'failures shown in full', parseCount, 10)
    .option('--strict', 'failures that go against advice alone (SHOULD) count too')
    .option('--known-failures <file>', 'ids of cases, one a line, whose failure does not count')
    .option('-j, --json', 'the whole report as one JSON object')
    .option('--junit', 'the report as JUnit XML')
    .action(async (options: RouterOptions) => {
      if (options.json && options.junit) throw new CliError('either --json or --junit');
      const seed = options.seed ?? io.seed % 1_000_000_000; // so many as --seed takes
      const test = testOf(options, seed);
      if (options.printConfig) await printConfig(test, io);
      else exit(await runTest(test, { ...options, seed }, io));
    });
}

function testOf(options: RouterOptions, seed: number): RouterTest {
  const {
    bgpListen,
    connect,
    localAs,
    profile,
    programs,
    routerAs,
    rtrListen,
    start,
    suite = PLAYED,
    timeout,
  } = options;
  const other = suite.find((one) => !PLAYED.includes(one));
  if (other !== undefined) throw new CliError(`--suite ${other}: a router is asked ${PLAYED.join(', ')}`);
  if (start && connect) throw new CliError('--start or --connect, not both');
  if (connect && ROUTER_PROFILES[profile].program?.told)
    throw new CliError(
      `--profile ${profile}: its verdicts are read from what it prints, which needs --start`,
    );
  if (bgpListen && (start || connect)) throw new CliError('--bgp-listen or --start or --connect');
  if (programs && !start) throw new CliError('--programs goes with --start');
  if (routerAs === localAs) throw new CliError('--router-as and --local-as: two ASes are needed');
  if (options.seed !== undefined && options.random === 0) throw new CliError('--seed goes with --random');
  for (const [name, asn] of Object.entries({ '--router-as': routerAs, '--local-as': localAs })) {
    if (asn === 0 || asn === AS_TRANS || asn === MAX_ASN)
      throw new CliError(`${name} ${asn}: no session can have this AS`);
    if (PROBING_ASES.includes(asn)) throw new CliError(`${name} ${asn}: the probes have this AS`);
  }
  const published = readVectorFiles(suite);
  const asked = (abilities: MadeFor): Asked => {
    const files = [...published, ...madeFiles(abilities, suite, options.random, seed)];
    const questions = meantQuestions(files, options);
    if (questions.length === 0) throw new CliError(NO_CASE);
    return { files, questions };
  };
  const { questions } = asked({ localAs: routerAs, families: ['ipv4-unicast', 'ipv6-unicast'] });
  const anyPort = { host: '127.0.0.1', port: 0 };
  return {
    profile: profileOf(options),
    ...(bgpListen && { listen: bgpListen }),
    ...(start && { start: programs ?? 'any' }),
    router: connect ?? (start ? anyPort : USUAL.router),
    rtr: rtrListen ?? (start ? anyPort : USUAL.rtr),
    ...{ routerAs, collectorAs: localAs, patience: timeout },
    aspa: questions.some(({ suite }) => suite !== 'rov'),
    plan: (abilities) => {
      const { files, questions } = asked(abilities);
      return planRouterRun(files, questions, abilities);
    },
    sessionId: randomInt(0x1_0000),
  };
}

function profileOf({ bgpListen, hello, marks, profile }: RouterOptions): RouterProfile {
  if (profile === 'generic') {
    if (hello?.rtrVersions?.includes(2) === false && !(marks && isWithoutAspa(marks)))
      throw new CliError('--hello: rtrVersions without 2, in which ASPAs come: --marks rov goes with it');
    return genericRouter(marks ?? USUAL_MARKS, hello);
  }
  if (hello) throw new CliError('--hello goes with --profile generic');
  if (marks) throw new CliError('--marks goes with --profile generic');
  if (bgpListen) throw new CliError('--bgp-listen goes with --profile generic');
  return ROUTER_PROFILES[profile];
}

const isWithoutAspa = (marks: ReadonlySet<GenericMark>): boolean => !marks.has('both') && !marks.has('role');

/** Cases that routers alone are asked: of routes that stay while the table changes, and random ones. */
function madeFiles(
  { families, localAs, reservedAses = [] }: MadeFor,
  suites: readonly Suite[],
  count: number,
  seed: number,
): readonly VectorFile[] {
  const options = { count, random: seededRandom(seed), avoid: [localAs, ...reservedAses], families };
  const random = count === 0 ? [] : [randomPathFile(options), randomOriginFile(options)];
  return [...heldRouteFiles(), ...random].filter(({ suite }) => suites.includes(suite));
}

async function printConfig(test: RouterTest, io: Io): Promise<void> {
  for (const { comment, name, text } of configurationOf(test)) {
    if (comment) await io.stdout.write(`${comment} ${name}\n${comment} ${LABORATORY}\n`);
    else await io.stderr.write(`pathsec: ${name}. ${LABORATORY}\n`);
    await io.stdout.write(text);
  }
}

async function runTest(test: RouterTest, options: RouterOptions, io: Io): Promise<number> {
  const { bgpListen, start, connect, strict = false, profile } = options;
  if (!start && !connect && !bgpListen)
    throw new CliError(
      'which router? --start, --connect HOST:PORT or --bgp-listen ADDRESS:PORT; --print-config shows how to configure one',
    );
  const known =
    options.knownFailures === undefined
      ? new Set<string>()
      : await readKnownFailures(options.knownFailures, io);
  let progress: Awaited<ReturnType<typeof createCountProgress>>;
  const { done: run, interrupted } = await watchingSignals((signal) =>
    testRouter({
      ...test,
      signal,
      onRounds: async (of) => {
        progress = await createCountProgress(io, 'rounds', of);
      },
      onRound: (done) => progress?.update(done),
    }),
  )
    .catch((error: unknown) => {
      if (error instanceof RouterTestError) throw new CliError(error.message);
      throw error;
    })
    .finally(() => {
      progress?.stop();
    });
  const results = judgeRouterRun(run.plan, run.answers, run.rtr);
  const report = reportOf(run.plan.files, results, { strict });
  const notes = [
    ...(interrupted === undefined ? [] : [interruptedNote(interrupted, results)]),
    ...adviceNotes(report),
    ...(options.random === 0 ? [] : [`random routes of --seed ${options.seed}`]),
    ...run.notes,
  ];
  const router = { profile, version: run.version ?? options.hello?.version ?? null };
  await printReport(report, run.plan.questions, { router, notes }, { ...options, known }, io);
  return exitCode(report, known, interrupted !== undefined);
}
