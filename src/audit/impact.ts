import {
  changedCustomers,
  createAspaTable,
  diffAspaTables,
  fastVerify,
  mostRecentlyAddedAs,
} from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import { type Asn, requireObject } from '../inet/index.js';
import { diffPayloads, type PayloadSet } from '../payload/index.js';
import type { Element, ElementSource, PathOctets, Peer, RouteElement } from '../routes/index.js';
import { affectedBy, type OriginValidity, originAs, validateReadOrigin } from '../rov/index.js';
import { doubled, SeededHash, type SeedOptions } from '../tables/index.js';
import { buildImpact } from './build-impact.js';
import { CustomerTest } from './customer-test.js';
import type { Judges } from './gathered-impact.js';
import type { ImpactReport } from './impact-report.js';
import { ImpactRows, packVerdicts } from './impact-rows.js';
import type { InputFacts, PeerOptions } from './options.js';
import { PathStore } from './path-store.js';
import { PathWords, segmentsOf } from './path-words.js';
import { type AuditedPeer, PeerDirectory } from './peer-directory.js';
import { PrefixList } from './prefix-list.js';
import type { NotVerified } from './report.js';

/** Payloads before and after a change, and what is known of the peers. */
export interface ImpactOptions extends PeerOptions, SeedOptions {
  readonly before: PayloadSet;
  readonly after: PayloadSet;
}

/** A change of payloads under test. */
export interface Impact {
  /** Takes one element of an input. Only of routes that the change may touch anything is kept. */
  add(element: Element, source?: ElementSource): void;
  /** What the change does to everything added so far. */
  report(facts?: InputFacts): ImpactReport;
}

const SAME: readonly [OriginValidity, OriginValidity] = ['not-found', 'not-found'];
/** Marks the outcomes of a path that was judged. */
const JUDGED = 1 << 8;

/** Senders that are remembered by the last bits of their AS: entries of a RIB come from the same few in turn. */
const SENDERS = 63;

interface Sender {
  readonly peer: Peer;
  readonly key: number;
  readonly counts: AuditedPeer;
}

/**
 * Starts to look what a change of payloads does to routes. Not a second audit: of each route it is asked whether a VRP that
 * comes or goes covers its prefix (RFC 6811 §4) and whether a customer whose ASPA changes is in its path (draft-28 §5.7);
 * only what is so touched is judged, before and after. The time is that of reading the routes, and the memory grows with
 * the routes that change. Both sets must stay as they are until the report has been read.
 *
 * @throws {TypeError} for what are no sets of payloads.
 */
export function createImpact(options: ImpactOptions): Impact {
  requireObject(options, 'the options', '{before, after}');
  const { seed } = options;
  const { announced, withdrawn } = diffPayloads(options.before, options.after);
  const hash = new SeededHash(seed);
  const [before, after] = [options.before, options.after].map(({ vrps, aspas }) => ({
    rov: vrps,
    aspa: createAspaTable(aspas, { seed }),
  })) as [Judges, Judges];
  const aspas = diffAspaTables(before.aspa, after.aspa);
  const customers = new CustomerTest(changedCustomers(aspas, { seed }));
  const prefixesTouched = affectedBy([...announced.vrps, ...withdrawn.vrps], { seed });

  const words = new PathWords();
  const paths = new PathStore(hash);
  const peers = new PeerDirectory(hash);
  const prefixes = new PrefixList(hash);
  const rows = new ImpactRows();
  const notVerified: NotVerified = { local: 0, sentByCollector: 0, pathOnly: 0 };
  const judged = { origins: 0, paths: 0 };
  let routes = 0;
  /** By path: its outcomes before, after, and that they are there. */
  let outcomes = new Uint32Array(1 << 8);

  // The path in work. Routes of one message have one path object, and of most no more is asked than the test.
  let last: AsPath | PathOctets | undefined;
  let loaded = false;
  let length = 0;
  let mixed: AsPath = [];
  let touched = false;
  const load = (path: AsPath | PathOctets): void => {
    if (loaded) return;
    loaded = true;
    length = words.read(path);
    if (length < 0) mixed = segmentsOf(path);
  };
  const select = (path: AsPath | PathOctets): void => {
    if (path === last) return;
    last = path;
    loaded = false;
    touched = false;
    if (!customers.mayBeIn(path)) return;
    load(path);
    // Step 3 of both procedures halts at other segments, whatever the table is: no change of ASPAs touches such a path.
    for (let i = 0; i < length && !touched; i++) touched = customers.has(words.asns[i] as Asn);
  };
  const leadsWith = (path: AsPath | PathOctets, asn: number): boolean => {
    load(path);
    return length < 0 ? mostRecentlyAddedAs(mixed) === asn : length > 0 && words.asns[0] === asn;
  };
  /** RFC 6811 §2. */
  const originOf = (path: AsPath | PathOctets): Asn | undefined => {
    load(path);
    if (length < 0) return originAs(mixed);
    return length === 0 ? undefined : words.asns[length - 1];
  };
  const outcomesOf = (path: number): number => {
    outcomes = doubled(outcomes, path + 1);
    const known = outcomes[path] as number;
    if (known !== 0) return known;
    judged.paths++;
    const start = paths.start(path);
    const size = paths.end(path) - start;
    const [was, is] = [before, after].map(({ aspa }) => fastVerify(aspa, paths.asns, start, size));
    outcomes[path] = (was as number) | ((is as number) << 4) | JUDGED;
    return outcomes[path] as number;
  };
  const senders: (Sender | undefined)[] = new Array(SENDERS + 1);
  const senderOf = (peer: Peer): Sender => {
    const known = senders[peer.asn & SENDERS];
    if (known?.peer === peer) return known;
    const key = peers.keyOf(peer);
    const sender = { peer, key, counts: peers.of(key) };
    senders[peer.asn & SENDERS] = sender;
    return sender;
  };
  const addRoute = (route: RouteElement, source: ElementSource | undefined): void => {
    if (route.local) {
      notVerified.sentByCollector++;
      return;
    }
    // docs/decisions/audit.md D-audit-empty-path
    if (!route.hasAsPath) {
      notVerified.local++;
      return;
    }
    const path = source?.path ?? route.asPath;
    select(path);
    routes++;
    const { key, counts } = senderOf(route.peer);
    counts.paths++;
    // Whether there is one is all that is asked of them (docs/decisions/audit.md D-audit-neighbor-check).
    if (counts.own === 0 && leadsWith(path, key)) counts.own++;
    let rov = SAME;
    if (prefixesTouched.has(route.prefix)) {
      judged.origins++;
      const origin = originOf(path);
      rov = [
        validateReadOrigin(before.rov, route.prefix, origin),
        validateReadOrigin(after.rov, route.prefix, origin),
      ];
    }
    let number = -1;
    let aspa = 0;
    if (touched) {
      number = paths.add(path);
      aspa = outcomesOf(number);
    }
    const [was, is] = [aspa & 15, (aspa >> 4) & 15];
    if (rov[0] === rov[1] && was === is) return;
    if (number < 0) number = paths.add(path);
    rows.add(prefixes.add(route.prefix), number, key, packVerdicts(rov, was, is));
  };
  return {
    add: (element, source) => {
      if (element.kind === 'route') addRoute(element, source);
      else if (element.kind === 'path') notVerified.pathOnly++;
    },
    report: (facts = {}) =>
      buildImpact({
        options,
        hash,
        before,
        after,
        change: {
          vrps: { announced: announced.vrps.length, withdrawn: withdrawn.vrps.length },
          aspas,
        },
        rows,
        paths,
        peers,
        prefixes,
        routes,
        notVerified,
        judged,
        facts,
      }),
  };
}
