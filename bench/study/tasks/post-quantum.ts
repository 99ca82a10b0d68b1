import { falcon512padded } from '@noble/post-quantum/falcon.js';
import { ml_dsa44, ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { slh_dsa_sha2_128s } from '@noble/post-quantum/slh-dsa.js';
import {
  createSuiteEngine,
  createSuiteKey,
  decodeFcPath,
  encodeFcPath,
  experimentalSuite,
  postQuantumSigner,
  SUITE_POST_QUANTUM,
  type SuiteSigner,
  verifyFcRoute,
} from 'pathsec/apvas';
import { type BgpsecPath, decodeBgpsecPath, encodeBgpsecPath } from 'pathsec/bgp';
import {
  addSegment,
  createNobleEngine as createP256Engine,
  createRouterKeys,
  createSigner,
  isValidRoute,
  originSegment,
  type RouterPrivateKey,
  routerPrivateKey,
  type SignatureEngine,
  type Suites,
  suite1,
  unicast,
} from 'pathsec/bgpsec';
import { createOpensslEngine } from 'pathsec/node';
import type { StudyConfig } from '../config.js';
import { measure } from '../measure/counters.js';
import { type Cell, measureRounds } from '../measure/rounds.js';
import { opensslSpeed } from '../openssl-speed.js';
import { isWanted } from '../schemes.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';
import type { Job, TaskPart } from './part.js';
import { NATIVE_ECDSA, type PostQuantumFacts, PQ_NATIVE } from './post-quantum-facts.js';

const ASNS = [64_500, 64_501, 64_502, 64_503];

/** Signing takes seconds: a sample of it, and no path of four hops. */
const SLOW = 'SLH-DSA-SHA2-128s';

const SIGNERS: Readonly<Record<string, SuiteSigner>> = {
  'ML-DSA-44': postQuantumSigner('ML-DSA-44', ml_dsa44),
  'ML-DSA-65': postQuantumSigner('ML-DSA-65', ml_dsa65),
  'FN-DSA-512': postQuantumSigner('FN-DSA-512', falcon512padded),
  [SLOW]: postQuantumSigner('SLH-DSA-128s', slh_dsa_sha2_128s),
};

/**
 * Post-quantum algorithms in BGPsec, and FC-BGP: one signature made and verified, and a whole UPDATE of four hops, in
 * portable code beside native and portable ECDSA; natively by `openssl speed`.
 */
export async function postQuantum(
  config: StudyConfig,
  { process }: Job,
): Promise<TaskPart<PostQuantumFacts>> {
  const openssl = createOpensslEngine();
  const noble = createP256Engine({ maxTables: 0 });
  const cells: Cell[] = [
    ...ecdsaCells(NATIVE_ECDSA, openssl, 'p256'),
    ...ecdsaCells('ECDSA, noble', noble, 'pairing'),
    ...commitmentCells('FC-BGP, OpenSSL', openssl, 'p256'),
    ...commitmentCells('FC-BGP, noble', noble, 'pairing'),
  ].filter(({ scheme }) => scheme === NATIVE_ECDSA || isWanted(config.schemes, scheme));
  const signMs: Record<string, number> = {};
  for (const [name, signer] of Object.entries(SIGNERS)) {
    if (!isWanted(config.schemes, name)) continue;
    const made = suiteCells(name, signer);
    if (made.signMs !== undefined) signMs[name] = made.signMs;
    cells.push(...made.cells);
  }
  for (const { scheme, parameter, run } of cells) {
    if (run() === false) throw new Error(`${scheme} does not verify (${parameter})`);
  }
  const algorithms = Object.entries(PQ_NATIVE).flatMap(([name, native]) =>
    native === undefined || !isWanted(config.schemes, name) ? [] : [native],
  );
  const native = await opensslSpeed(['ecdsap256', ...algorithms]);
  return {
    cells: measureRounds(cells, config.rounds, { seed: config.seed, process }),
    facts: { signMs, native: [native] },
  };
}

/** What is signed alone: the octets of the first hop of BGPsec, about. */
const OCTETS = new Uint8Array(64).fill(7);

/** How long ML-DSA takes to sign depends on the octets: several at once, and never the same. */
const SIGNATURES = 8;
let signed = 0;
function octetsToSign(): Uint8Array {
  new DataView(OCTETS.buffer).setUint32(0, signed++);
  return OCTETS;
}

function signatureCells(
  scheme: string,
  engine: SignatureEngine,
  key: RouterPrivateKey,
  unit: 'p256' | 'pairing',
  withSigning = true,
): { readonly cells: Cell[]; readonly signMs: number } {
  let signature = new Uint8Array();
  const { cpu } = measure(() => {
    signature = Uint8Array.from(engine.sign(key, OCTETS));
    return true;
  });
  const octets = OCTETS.slice();
  const verify = { scheme, parameter: 'verify', unit, run: () => engine.verify(key.spki, octets, signature) };
  const sign = {
    scheme,
    parameter: 'sign',
    unit,
    per: SIGNATURES,
    run: () => {
      for (let i = 0; i < SIGNATURES; i++) engine.sign(key, octetsToSign());
      return true;
    },
  };
  return { cells: withSigning ? [verify, sign] : [verify], signMs: cpu };
}

function suiteCells(
  scheme: string,
  signer: SuiteSigner,
): { readonly cells: Cell[]; readonly signMs?: number } {
  const engine = createSuiteEngine(signer);
  const keyOf = (asn: number): RouterPrivateKey => createSuiteKey(signer, new Uint8Array(32).fill(asn % 251));
  if (scheme === SLOW) return signatureCells(scheme, engine, keyOf(64_500), 'pairing', false);
  const keys = ASNS.map((asn) => ({ asn, key: keyOf(asn), suite: SUITE_POST_QUANTUM }));
  const [first] = keys;
  if (first === undefined) throw new Error('no AS');
  const update = updateCell(scheme, experimentalSuite(signer), keys, 'pairing');
  return { cells: [...signatureCells(scheme, engine, first.key, 'pairing').cells, update] };
}

function ecdsaCells(scheme: string, engine: SignatureEngine, unit: 'p256' | 'pairing'): Cell[] {
  const keyOf = (asn: number): RouterPrivateKey => routerPrivateKey(new Uint8Array(32).fill(asn % 251));
  const keys = ASNS.map((asn) => ({ asn, key: keyOf(asn), suite: 1 }));
  const { cells } = signatureCells(scheme, engine, keyOf(64_500), unit);
  return [...cells, updateCell(scheme, suite1(engine), keys, unit)];
}

/** From the octets of the attribute to the verdict, four hops. */
function updateCell(
  scheme: string,
  suites: Suites,
  keys: readonly { readonly asn: number; readonly key: RouterPrivateKey; readonly suite: number }[],
  unit: 'p256' | 'pairing',
): Cell {
  const signer = createSigner(suites, keys);
  const announced = unicast(prefix24(5));
  let path: BgpsecPath | undefined;
  for (const [i, { asn, suite }] of keys.entries()) {
    const segment = { pCount: 1, flags: 0, asn };
    const target = keys[i + 1]?.asn ?? LOCAL_AS;
    path =
      path === undefined
        ? originSegment(segment, target, announced, signer, [suite])
        : addSegment(path, segment, target, announced, signer);
  }
  const octets = encodeBgpsecPath(path as BgpsecPath);
  const session = { localAs: LOCAL_AS, peerAs: ASNS.at(-1) ?? 0, kind: 'external' as const };
  const routerKeys = createRouterKeys(keys.map(({ asn, key: { ski, spki } }) => ({ asn, ski, spki })));
  const run = () =>
    isValidRoute({ path: decodeBgpsecPath(octets), announced, session }, { keys: routerKeys, suites });
  return { scheme, parameter: 'UPDATE of 4 hops', unit, run };
}

function commitmentCells(scheme: string, engine: SignatureEngine, unit: 'p256' | 'pairing'): Cell[] {
  const workload = createWorkload();
  const { path, ...route } = workload.commitments({ asns: ASNS, prefix: prefix24(5) });
  const octets = encodeFcPath(path);
  const session = { localAs: LOCAL_AS, peerAs: ASNS.at(-1) ?? 0, kind: 'external' as const };
  const verifier = { keys: workload.fcKeys(), suites: suite1(engine) };
  const run = () =>
    verifyFcRoute({ ...route, path: decodeFcPath(octets) }, session, verifier).verdict === 'valid';
  return [{ scheme, parameter: 'UPDATE of 4 hops', unit, run }];
}
