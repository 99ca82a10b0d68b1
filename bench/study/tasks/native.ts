import {
  type BlstModule,
  createBlstEngine,
  createKeyTable,
  createMclEngine,
  keysOfRoute,
  longAggregatePathScheme,
  type MclModule,
  type MclPoint,
  verifyChain,
  verifyPlain,
} from 'pathsec/apvas';
import { isValidRoute, suite1 } from 'pathsec/bgpsec';
import { createOpensslEngine } from 'pathsec/node';
import type { StudyConfig } from '../config.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';

/** Libraries that are not installed. */
export interface NativeFacts {
  readonly absent: readonly string[];
}

/** The native ceiling: OpenSSL, mcl-wasm and blst over one UPDATE of four hops, beside noble ECDSA in the same rounds. */
export async function native(config: StudyConfig, { process }: Job): Promise<TaskPart<NativeFacts>> {
  const workload = createWorkload();
  const shape = { asns: [64_500, 64_501, 64_502, 64_503], prefix: prefix24(4) };
  const ecdsa = workload.ecdsa(shape);
  const route = { ...ecdsa, session: { localAs: LOCAL_AS, peerAs: 64_503, kind: 'external' as const } };
  const keys = workload.routerKeys();
  const openssl = suite1(createOpensslEngine());
  const runs: Record<string, () => unknown> = {
    'ECDSA, noble': () => isValidRoute(route, { keys, suites: workload.suites }),
    'ECDSA, OpenSSL': () => isValidRoute(route, { keys, suites: openssl }),
  };
  const absent: string[] = [];
  const plain = workload.aggregate('plain', shape);
  const chain = workload.aggregate('chain', shape);
  try {
    const mcl = await import('mcl-wasm');
    await mcl.init(mcl.BLS12_381);
    const engine = createMclEngine(mcl as unknown as MclModule);
    const table = createKeyTable(engine);
    for (const asn of shape.asns) table.admit(workload.admitted(asn));
    const sigma = (octets: Uint8Array): MclPoint => engine.decodeG1(octets) as MclPoint;
    const found = keysOfRoute(table, plain.route) ?? [];
    const octets = workload.engine.encodeG1(plain.sigma);
    const chained = workload.engine.encodeG1(chain.sigma);
    runs['PLAIN, mcl-wasm'] = () =>
      verifyPlain(engine, { route: plain.route, keys: found, sigma: sigma(octets) });
    runs['CHAIN merged, mcl-wasm'] = () =>
      verifyChain(engine, [{ route: chain.route, keys: found }], sigma(chained));
  } catch {
    absent.push('mcl-wasm');
  }
  try {
    const blst = await import('@chainsafe/blst');
    const scheme = longAggregatePathScheme(createBlstEngine(blst as unknown as BlstModule));
    const pairs = shape.asns.map((_, i) => scheme.keyPair(new Uint8Array(32).fill(i + 1)));
    const verifiers = pairs.map(({ verifier }) => verifier);
    const signatures = scheme.sign(
      plain.route,
      pairs.map(({ secret }) => secret),
    );
    runs['PLAIN with 96-octet signatures, blst'] = () => scheme.verify(plain.route, verifiers, signatures);
  } catch {
    absent.push('@chainsafe/blst');
  }
  const cells = Object.entries(runs).map(
    ([scheme, run]): Cell => ({
      scheme,
      parameter: 4,
      run,
      unit: scheme.endsWith('noble') ? 'pairing' : 'p256',
    }),
  );
  return { cells: measureRounds(cells, config.rounds, { seed: config.seed, process }), facts: { absent } };
}
