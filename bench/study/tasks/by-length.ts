import {
  attributeOf,
  createNobleEngine,
  decodeApvasPath,
  decodeFcPath,
  decodeSignature,
  encodeFcPath,
  keysOfRoute,
  verifyChainLiteral,
  verifyFcRoute,
  verifyUpdate,
} from 'pathsec/apvas';
import { createAspaTable, fastVerify } from 'pathsec/aspa';
import { decodeBgpsecPath, encodeBgpsecPath } from 'pathsec/bgp';
import { createNobleEngine as createP256Engine, isValidRoute, suite1 } from 'pathsec/bgpsec';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import type { StudyConfig } from '../config.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { isWanted } from '../schemes.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/** Calls of the two that take nanoseconds, in one call of their cell. */
const MANY = 2_000;

/** C_v(L): verification of one UPDATE, from attribute octets to verdict; all schemes and path lengths in the same rounds. */
export function byLength(config: StudyConfig, { process }: Job): TaskPart<null> {
  const cells = config.lengths.flatMap(cellsOf).filter(({ scheme }) => isWanted(config.schemes, scheme));
  for (const { scheme, parameter, run } of cells) {
    if (run() === false) throw new Error(`${scheme} does not verify at ${parameter} hops`);
  }
  return { cells: measureRounds(cells, config.rounds, { seed: config.seed, process }), facts: null };
}

function cellsOf(length: number): Cell[] {
  const asns = Array.from({ length }, (_, i) => 64_500 + i);
  const shape = { asns, prefix: prefix24(1) };
  const workload = createWorkload();
  const ecdsa = workload.ecdsa(shape);
  const ecdsaOctets = encodeBgpsecPath(ecdsa.path);
  const peerAs = asns.at(-1) ?? 0;
  const session = { localAs: LOCAL_AS, peerAs, kind: 'external' as const };
  const keys = workload.routerKeys();
  const bgpsec = (suites: ReturnType<typeof suite1>) => () => {
    const route = { path: decodeBgpsecPath(ecdsaOctets), announced: ecdsa.announced, session };
    return isValidRoute(route, { keys, suites });
  };
  const octets = (scheme: 'plain' | 'chain') => {
    const sent = workload.aggregate(scheme, shape);
    return { value: attributeOf(workload.engine, sent), nlri: sent.route.nlri };
  };
  const plain = octets('plain');
  const chain = octets('chain');
  const tables = suite1(createP256Engine({ maxTables: 64, tableAfter: 0 }));
  const bare = createNobleEngine({ cachedKeys: 0 });
  const warm = createNobleEngine();
  const [bareKeys, warmKeys] = [workload.keyTable(bare), workload.keyTable(warm)];
  const update = ({ value, nlri }: typeof plain) => ({
    flags: 0x80,
    value,
    reach: { afi: 1, safi: 1, nlri: [nlri] },
  });
  const chainLiteral = () => {
    const { segments, block } = decodeApvasPath(chain.value);
    if (block.scheme === undefined) return false;
    const { nlri } = chain;
    const route = { afi: 1 as const, safi: 1, nlri, targetAs: LOCAL_AS, segments, skis: block.skis };
    const found = keysOfRoute(bareKeys, route) ?? [];
    return verifyChainLiteral(bare, [{ route, keys: found }], decodeSignature(bare, block.signature));
  };
  const { path: fcPath, ...commitments } = workload.commitments(shape);
  const fcOctets = encodeFcPath(fcPath);
  const fcVerifier = { keys: workload.fcKeys(), suites: workload.suites };
  const path = Uint32Array.from([...asns].reverse());
  const aspa = createAspaTable(asns.slice(0, -1).map((asn) => ({ customer: asn, providers: [asn + 1] })));
  const announced = prefix24(1);
  const many = (once: () => boolean) => () => {
    let good = 0;
    for (let i = 0; i < MANY; i++) if (once()) good++;
    return good === MANY;
  };
  const runs: Record<string, () => unknown> = {
    S1: bgpsec(workload.suites),
    S1p: bgpsec(tables),
    S2: () => verifyUpdate(bare, bareKeys, update(plain), session).verdict === 'valid',
    'S2 cached': () => verifyUpdate(warm, warmKeys, update(plain), session).verdict === 'valid',
    'S3 literal': chainLiteral,
    'S3 cached': () => verifyUpdate(warm, warmKeys, update(chain), session).verdict === 'valid',
    'FC-BGP': () =>
      verifyFcRoute({ ...commitments, path: decodeFcPath(fcOctets) }, session, fcVerifier).verdict ===
      'valid',
    ASPA: many(() => fastVerify(aspa, path, 0, path.length) >= 0),
    ROV: many(() => validateOrigin(oneVrp, announced, 64_500) === 'valid'),
  };
  return Object.entries(runs).map(([scheme, run]) => ({
    scheme,
    parameter: length,
    run,
    per: scheme === 'ASPA' || scheme === 'ROV' ? MANY : 1,
  }));
}

/** The same table at every length: what is asked of it does not know the path. */
const oneVrp = createRovTable([{ prefix: prefix24(1), maxLength: 24, asn: 64_500 }]);
