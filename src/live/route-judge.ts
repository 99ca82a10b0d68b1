import {
  compareNeighbor,
  fastVerify,
  fastVerifyAsPath,
  isRsClientOf,
  type PackedOutcomes,
  type Procedure,
} from '../aspa/index.js';
import type { Update } from '../bgp/index.js';
import { isValidRoute, receiveUpdate, type StoredRoute, type Suites } from '../bgpsec/index.js';
import type { Asn, Prefix } from '../inet/index.js';
import { originAs, validateReadOrigin } from '../rov/index.js';
import type { LiveTables } from './live-tables.js';
import type { PathTable } from './path-table.js';
import type { LiveSession } from './route-types.js';
import { type PackedVerdicts, packAspa, packBgpsec, packedOutcomes, packRov } from './verdicts.js';

/** Judges routes whose paths stand in a table. */
export interface RouteJudge {
  /** Origin validation and ASPA of a route. */
  judge(prefix: Prefix, path: number, session: LiveSession, procedure: Procedure | undefined): PackedVerdicts;
  /** What a signed UPDATE comes to; undefined where nobody can verify it. */
  receive(update: Update, session: LiveSession): StoredRoute | 'treat-as-withdraw' | undefined;
  /** BGPsec of a route that was received. */
  judgeSigned(route: StoredRoute, session: LiveSession): PackedVerdicts;
}

/** A judge over tables that may change between two calls; it verifies signatures where it is given suites. */
export function createRouteJudge(
  { vrps, aspas, routerKeys: keys }: LiveTables,
  suites: Suites | undefined,
  paths: PathTable,
): RouteJudge {
  /** RFC 6811 §2. */
  const originOf = (path: number): Asn | undefined => {
    if (!paths.isSequence(path)) return originAs(paths.asPath(path));
    const length = paths.length(path);
    return length === 0 ? undefined : paths.words[paths.start(path) + length - 1];
  };
  const outcomesOf = (path: number, { peerAs: neighborAs, neighborRole }: LiveSession): PackedOutcomes => {
    if (!paths.isSequence(path)) {
      const input = { asPath: paths.asPath(path), neighborAs };
      if (neighborRole) {
        const outcome = fastVerifyAsPath(aspas, { ...input, neighborRole });
        return packedOutcomes(outcome, outcome);
      }
      const by = (procedure: Procedure) => fastVerifyAsPath(aspas, { ...input, procedure });
      return packedOutcomes(by('upstream'), by('downstream'));
    }
    const { words } = paths;
    const start = paths.start(path);
    const length = paths.length(path);
    // Step 2 of both procedures (draft-28 §5.5, §5.6); step 1, the empty path, is one of fastVerify.
    const mismatch =
      length > 0 && !isRsClientOf(neighborRole) && compareNeighbor(words[start], neighborAs) === 'mismatch';
    if (mismatch) return packedOutcomes('invalid', 'invalid');
    return fastVerify(aspas, words, start, length);
  };
  /** What was found last: routes of one message have their path in common. */
  const last = { path: -1, made: -1, generation: -1, session: undefined as LiveSession | undefined };
  let lastOrigin: Asn | undefined;
  let lastOutcomes: PackedOutcomes = 0;
  const look = (path: number, session: LiveSession): void => {
    const { generation } = aspas;
    const { made } = paths;
    const known =
      last.path === path && last.made === made && last.session === session && last.generation === generation;
    if (known) return;
    lastOrigin = originOf(path);
    lastOutcomes = outcomesOf(path, session);
    last.path = path;
    last.made = made;
    last.session = session;
    last.generation = generation;
  };
  return {
    judge(prefix, path, session, procedure) {
      look(path, session);
      return packRov(validateReadOrigin(vrps, prefix, lastOrigin)) | packAspa(lastOutcomes, procedure);
    },
    receive(update, { bgpsec }) {
      if (!suites || !bgpsec) return undefined;
      const { route } = receiveUpdate(update, bgpsec);
      return route ? { announced: route.announced, path: route.path } : 'treat-as-withdraw';
    },
    judgeSigned(route, { bgpsec: session }) {
      if (!suites || !session) return 0;
      if (!route.path.blocks.some(({ suite }) => suites.has(suite))) return packBgpsec('unsigned');
      return packBgpsec(isValidRoute({ ...route, session }, { keys, suites }) ? 'valid' : 'not-valid');
    },
  };
}
