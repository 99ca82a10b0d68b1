import { createServer } from 'node:net';
import {
  type RouterAbilities,
  type RouterPlan,
  type RtrObservations,
  VERDICT_KIND,
  type VerdictKind,
} from '../../conformance/index.js';
import { AFI_IPV4, AFI_IPV6, type Asn, formatAddress, parseAddress } from '../../inet/index.js';
import { startListening } from '../start-listening.js';
import { keepProgram, type ProgramKeeper } from './keeper.js';
import { type Lab, type LabNeighbor, startLab } from './lab.js';
import { type PlayedRun, playPlan } from './play.js';
import { createProbes, PROBE_ASES, STRANGER_AS } from './probe.js';
import { type ConfigFile, type HostPort, NEXT_HOPS, type RouterProfile } from './profile.js';
import { playRtrSessions } from './rtr-play.js';
import { numbersOf, placeFor, RouterTestError, type Started, startProgram } from './start-program.js';

/** A router to be tested, and how. */
export interface RouterTest {
  readonly profile: RouterProfile;
  /** Starts its program: on this machine, in the root of scripts/peers.sh, or where there is one that can do it all. */
  readonly start?: 'here' | 'peers' | 'any';
  /** Where the router listens; where it is started, port 0 takes a free one. */
  readonly router: HostPort;
  /** Where the first of our neighbours waits for a router that connects, the others at the next addresses; absent: they connect. */
  readonly listen?: HostPort;
  readonly rtr: HostPort;
  /** Its AS, as its configuration has it. */
  readonly routerAs: Asn;
  /** The AS of the collector. */
  readonly collectorAs: Asn;
  /** Whether ASPA is asked about. */
  readonly aspa: boolean;
  /** Plans what is played, for what the router can do. */
  readonly plan: (abilities: RouterAbilities) => RouterPlan;
  /** Session ID of the cache. */
  readonly sessionId: number;
  /** Seconds without any move after which a wait is given up. */
  readonly patience: number;
  readonly signal?: AbortSignal;
  /** Before the first round, with the number of all. */
  readonly onRounds?: (of: number) => Promise<void> | void;
  readonly onRound?: (done: number) => Promise<void> | void;
}

/** What came of it. */
export interface RouterRun extends PlayedRun {
  readonly plan: RouterPlan;
  /** What came of the sessions of RTR. */
  readonly rtr: RtrObservations;
  /** The version that the program tells; undefined where none was asked. */
  readonly version?: string;
}

/** The AS of the neighbour that announces the probes. */
export const PROBE_NEIGHBOR_AS: Asn = 4_242_420_003;
/** The ASes that the probes need, which nothing else can have. */
export const PROBING_ASES: readonly Asn[] = [PROBE_NEIGHBOR_AS, STRANGER_AS, ...PROBE_ASES];

/**
 * Tests a router: starts it where that is wanted, plays the plan, and stops it again with all that it started. Where it is
 * interrupted before it has begun, nothing is asked.
 *
 * @throws {RouterTestError} where it cannot begin: no such program, no session within the patience.
 */
export async function testRouter(test: RouterTest): Promise<RouterRun> {
  try {
    return await beginTest(test);
  } catch (error) {
    if (!(error instanceof RouterTestError) || !test.signal?.aborted) throw error;
    return { plan: planOf(test, test.aspa), answers: [], rtr: new Map(), notes: [] };
  }
}

async function beginTest(test: RouterTest): Promise<RouterRun> {
  if (test.start === undefined) return playWith(test, planOf(test, test.aspa), undefined);
  const { place, version, aspa } = await placeFor(test, test.start);
  try {
    const run = await playWith(test, planOf(test, aspa), { place, version, aspa });
    return { ...run, version };
  } finally {
    place.leave();
  }
}

function familiesOf({ abilities }: RouterProfile): RouterAbilities['families'] {
  return abilities.families ?? ['ipv4-unicast', 'ipv6-unicast'];
}

function planOf({ profile, routerAs, collectorAs, plan }: RouterTest, aspa: boolean): RouterPlan {
  return plan({
    rov: true,
    ...profile.abilities,
    localAs: routerAs,
    aspa: aspa ? (profile.aspa?.kind ?? 'none') : 'none',
    rtr: { ...profile.rtr(aspa), neighborAs: PROBE_NEIGHBOR_AS, strangerAs: STRANGER_AS },
    families: familiesOf(profile),
    reservedAses: [collectorAs, ...PROBING_ASES],
  });
}

async function playWith(
  test: RouterTest,
  plan: RouterPlan,
  started: Started | undefined,
): Promise<RouterRun> {
  const { listen, profile, router, rtr, sessionId, patience, signal } = test;
  const isStarted = started !== undefined;
  const aspa = started?.aspa ?? (test.aspa && profile.aspa !== undefined);
  const roles = aspa && profile.aspa?.kind === 'role';
  const neighbors = neighborsOf(plan, test, roles);
  const where = {
    ...router,
    port: isStarted && router.port === 0 ? await freePort(router.host) : router.port,
  };
  const lab = await startLab({
    ...{ rtr, neighbors, nextHops: NEXT_HOPS, sessionId, patience },
    ...(listen ? { listenPort: listen.port } : { router: where }),
    rtrVersion: profile.rtrVersion,
    isTold: profile.program?.told !== undefined,
    ...(signal && { signal }),
  });
  let program: ProgramKeeper | undefined;
  try {
    if (started) {
      const version = numbersOf(started.version);
      const rtrAt = { host: rtr.host, port: lab.rtrPort };
      const folder = started.place.inside;
      const words = { folder, routerAs: test.routerAs, router: where, rtr: rtrAt, neighbors, aspa, version };
      program = await keepProgram(lab, () => startProgram(started.place, profile, words, lab));
    }
    const isUp = await lab.patience.until(() => lab.sessions.every(({ connection }) => connection));
    if (!isUp || program?.ended) throw new RouterTestError(whyDown(lab, program));
    const kinds: VerdictKind[] = [
      ...(profile.abilities.rov === false ? [] : ['rov' as const]),
      ...(aspa ? [roles ? ('role' as const) : ('upstream' as const)] : []),
    ];
    const probeSession = lab.sessions.at(-2) ?? lab.collector;
    const afis = familiesOf(profile).map((family) => (family === 'ipv4-unicast' ? AFI_IPV4 : AFI_IPV6));
    const probes = createProbes(
      lab,
      probeSession,
      kinds.map((kind) => VERDICT_KIND[kind]),
      afis,
    );
    const byName = new Map(plan.sessions.map(({ name }, i) => [name, lab.sessions[i] ?? lab.collector]));
    await test.onRounds?.(plan.rounds.length + plan.rtrSessions.length);
    const revive = async (): Promise<boolean> => (await program?.restart()) === true;
    const run = await playPlan(lab, plan, probes, (name) => byName.get(name) ?? lab.collector, {
      ...{ afis, revive },
      ...(signal && { signal }),
      onRound: (done) => test.onRound?.(done),
    });
    const sessions =
      plan.rtrSessions.length > 0 && (!program?.ended || (await revive())) && !signal?.aborted
        ? await playRtrSessions(lab, await lab.takeRtr(), plan.rtrSessions, {
            session: probeSession,
            kinds: new Set(kinds.map((kind) => (kind === 'rov' ? kind : 'aspa'))),
            ...{ afis, revive, sessionId, aspaKind: roles ? 'role' : 'upstream' },
            ...(signal && { signal }),
            onSession: (done) => void test.onRound?.(plan.rounds.length + done),
          })
        : { observations: new Map(), notes: [] };
    const unasked =
      lab.unasked === 0 ? [] : [`it announced prefixes that it was not told of: ${lab.unasked} times`];
    return {
      ...run,
      plan,
      rtr: sessions.observations,
      notes: [
        ...run.notes,
        ...sessions.notes,
        ...unasked,
        ...repeatedNote(probes.repeated),
        ...(program?.notes ?? []),
        ...lab.rtrErrors.map((one) => `it sent an RTR Error Report: ${one}`),
      ],
    };
  } finally {
    await lab.close();
    await program?.stop();
  }
}

/** RFC 6811 §4: when a mapping is added or deleted, a router MUST re-validate. */
function repeatedNote(times: number): string[] {
  if (times === 0) return [];
  const often = times === 1 ? 'once' : `${times} times`;
  return [
    `its verdicts followed a change of the table only after it was given again (RFC 6811 §4): ${often}`,
  ];
}

/** The neighbours of a plan, that of the probes, and the collector. */
function neighborsOf(
  { sessions }: RouterPlan,
  { collectorAs, listen }: RouterTest,
  roles: boolean,
): LabNeighbor[] {
  const probe = { as: PROBE_NEIGHBOR_AS, role: 'customer' } as const;
  const played = [...sessions, probe].map(({ as, role }) => ({ as, ...(roles && { role }) }));
  return [...played, { as: collectorAs }].map((one, i) => ({ ...one, address: addressOf(i, listen?.host) }));
}

/** The configuration that a test wants the router to have. */
export function configurationOf(test: RouterTest): readonly ConfigFile[] {
  const { listen, profile, router, routerAs, rtr } = test;
  const aspa = test.aspa && profile.aspa !== undefined;
  const neighbors = neighborsOf(planOf(test, aspa), test, aspa && profile.aspa?.kind === 'role');
  return profile.config({
    ...{ routerAs, router, rtr, neighbors, aspa, version: profile.usualVersion },
    ...(listen && { listenPort: listen.port }),
  });
}

function whyDown(lab: Lab, program: ProgramKeeper | undefined): string {
  const down = lab.sessions.filter(({ connection }) => !connection);
  const [first] = down;
  const why =
    first === undefined
      ? ''
      : `: ${first.lastEnd ?? 'no connection'} (AS ${first.neighbor.as} at ${first.neighbor.address})`;
  const output = program && program.output !== '' ? `; the router says: ${program.output}` : '';
  if (program?.ended) return `the router ended at once${output}`;
  return `${down.length} of ${lab.sessions.length} sessions did not come up${why}${output}`;
}

/** The addresses of our neighbours count up from that of the first. */
function addressOf(index: number, first = '127.1.0.1'): string {
  const octets = parseAddress(first).slice();
  for (let rest = index, i = octets.length - 1; rest > 0 && i >= 0; i--) {
    rest += octets[i] ?? 0;
    octets[i] = rest & 0xff;
    rest >>= 8;
  }
  return formatAddress(octets);
}

async function freePort(host: string): Promise<number> {
  const server = createServer();
  const port = await startListening(server, { host, port: 0 });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
