import { ATTR_APVAS, attributeOf } from 'pathsec/apvas';
import {
  AS_SEQUENCE,
  ATTR_AS_PATH,
  ATTR_MP_REACH_NLRI,
  encodeAsPath,
  encodeMpReach,
  encodeUpdateMessage,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { encodeSignedUpdate } from 'pathsec/bgpsec';
import type { StudyConfig } from '../config.js';
import { createWorkload, destinationOf, prefix24 } from '../workload.js';
import type { TaskPart } from './part.js';

/** Octets of whole messages: by formula in `computed`, else of real ones. */
export interface OctetRow {
  readonly length: number;
  readonly unsigned: number;
  /** Mean over several signatures, whose DER lengths vary. */
  readonly ecdsaMean: number;
  readonly ecdsaSignatures: number;
  readonly aggregate: number;
  readonly computed: Record<string, number>;
}

/** B_wire(L). */
export interface OctetFacts {
  readonly rows: readonly OctetRow[];
}

/** Octets of one signature per hop. */
const PER_HOP = {
  'ECDSA P-256 (mean 71)': 71,
  Ed25519: 64,
  'FN-DSA-512': 666,
  'ML-DSA-44': 2420,
  'SLH-DSA-SHA2-128s': 7856,
} as const;

/** UPDATE messages of one IPv4 /24 by path length, encoded for ECDSA and the aggregate schemes, computed for the rest. */
export function octets(config: StudyConfig): TaskPart<OctetFacts> {
  const workload = createWorkload();
  const origin = pathAttribute(1, Uint8Array.of(0));
  const nextHop = Uint8Array.of(198, 51, 100, 1);
  const messages = config.mode === 'full' ? 200 : 12;
  const rows = config.lengths.map((length) => {
    const asns = Array.from({ length }, (_, i) => 64_500 + i);
    const reach = (field: Uint8Array): PathAttribute =>
      pathAttribute(ATTR_MP_REACH_NLRI, encodeMpReach({ afi: 1, safi: 1, nextHop, field }));
    const send = (field: Uint8Array, path: PathAttribute): number =>
      encodeUpdateMessage(
        {
          kind: 'update',
          withdrawnField: new Uint8Array(0),
          attributes: [reach(field), origin, path],
          nlriField: new Uint8Array(0),
        } as never,
        true,
      ).length;
    const { nlri } = destinationOf(prefix24(0));
    let wire = 0;
    let signatures = 0;
    for (let i = 0; i < messages; i++) {
      const { path, announced } = workload.ecdsa({ asns, prefix: prefix24(i) });
      const parts = { announced, bgpsecPath: path, nextHop, attributes: [origin] };
      wire += encodeSignedUpdate(parts, true).length;
      for (const { signature } of path.blocks[0]?.signatures ?? []) signatures += signature.length;
    }
    const value = attributeOf(workload.engine, workload.aggregate('plain', { asns, prefix: prefix24(0) }));
    // The private attribute always has a length field of two octets, like BGPsec_PATH in the tables it is compared to.
    const attribute = { flags: 0x90, code: ATTR_APVAS, value };
    const asPath = encodeAsPath([{ type: AS_SEQUENCE, asns: [...asns].reverse() }], 4);
    const computed: Record<string, number> = {};
    for (const [name, s] of Object.entries(PER_HOP)) computed[name] = 52 + 26 * length + length * (2 + s);
    computed['half-aggregated Schnorr'] = 52 + 26 * length + 2 + 32 * length + 32;
    computed['PLAIN, CHAIN'] = 52 + 26 * length + 2 + 48;
    computed['BLS with 96-octet signatures'] = 52 + 26 * length + 2 + 96;
    // The AS_PATH stays; 36 octets and a signature for each segment.
    computed['FC-BGP'] = 52 + 4 * length + length * (36 + 71);
    return {
      length,
      unsigned: send(nlri, pathAttribute(ATTR_AS_PATH, asPath)),
      ecdsaMean: wire / messages,
      ecdsaSignatures: signatures / messages,
      aggregate: send(nlri, attribute),
      computed,
    };
  });
  return { cells: [], facts: { rows } };
}
