import {
  attributeOf,
  createNobleEngine,
  decodeApvasPath,
  decodeSignature,
  keysOfRoute,
  verifyChainLiteral,
  verifyUpdate,
} from 'pathsec/apvas';
import { createAspaTable, fastVerify } from 'pathsec/aspa';
import { decodeBgpsecPath, encodeBgpsecPath } from 'pathsec/bgp';
import { createNobleEngine as createP256Engine, isValidRoute, suite1 } from 'pathsec/bgpsec';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import type { StudyConfig } from '../config.js';
import { interleave, type Samples } from '../counters.js';
import { createWorkload, LOCAL_AS, prefix24 } from '../workload.js';

/** C_v(L): milliseconds from attribute octets to verdict, by system and path length. */
export interface LengthResult {
  readonly length: number;
  readonly samples: Record<string, Samples>;
}

/** Verification of one UPDATE against path length, all systems in the same rounds. */
export function byLength(config: StudyConfig): LengthResult[] {
  return config.lengths.map((length) => {
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
      const route = {
        afi: 1 as const,
        safi: 1,
        nlri: chain.nlri,
        targetAs: LOCAL_AS,
        segments,
        skis: block.skis,
      };
      const found = keysOfRoute(bareKeys, route) ?? [];
      return verifyChainLiteral(bare, [{ route, keys: found }], decodeSignature(bare, block.signature));
    };
    const path = Uint32Array.from([...asns].reverse());
    const aspa = createAspaTable(asns.slice(0, -1).map((asn) => ({ customer: asn, providers: [asn + 1] })));
    const rov = createRovTable([{ prefix: prefix24(1), maxLength: 24, asn: 64_500 }]);
    const operations: Record<string, () => unknown> = {
      S1: bgpsec(workload.suites),
      S1p: bgpsec(tables),
      S2: () => verifyUpdate(bare, bareKeys, update(plain), session).verdict === 'valid',
      'S2 cached': () => verifyUpdate(warm, warmKeys, update(plain), session).verdict === 'valid',
      'S3 literal': chainLiteral,
      'S3 cached': () => verifyUpdate(warm, warmKeys, update(chain), session).verdict === 'valid',
      ASPA: () => fastVerify(aspa, path, 0, path.length) === 0,
      ROV: () => validateOrigin(rov, prefix24(1), 64_500) === 'valid',
    };
    for (const [name, operation] of Object.entries(operations)) {
      if (name !== 'ASPA' && operation() !== true)
        throw new Error(`${name} does not verify at ${length} hops`);
    }
    return { length, samples: interleave(operations, config.rounds) };
  });
}
