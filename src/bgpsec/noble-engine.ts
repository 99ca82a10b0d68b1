import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../bytes/index.js';
import { type EcdsaSigValue, parseEcdsaSigValue } from './ecdsa-sig-value.js';
import type { SignatureEngine } from './engine.js';
import { publicPoint, spkiFault } from './spki.js';
import { sumOfProducts, type WindowTable, windowTable } from './window-table.js';

const { Point } = p256;
const { Fn, Fp } = Point;
const BASE_WIDTH = 8;
const KEY_WIDTH = 7;

/** How many keys the engine keeps tables for, and when it makes one. */
export interface NobleEngineOptions {
  /** Tables at the same time, about 1 MB each; the least recently used goes first. Default 64; 0 for none. */
  readonly maxTables?: number;
  /** Verifications with a key before a table is made for it (it costs about as much as a dozen). Default 16. */
  readonly tableAfter?: number;
}

/**
 * Suite 1 in pure TypeScript, for browsers and for deterministic signatures (RFC 6979: equal octets give equal
 * signatures, RFC 8205 §7.4). Keys that are used often get a table of multiples (docs/decisions/bgpsec.md
 * D-noble-tables).
 *
 * @throws {RangeError} for an option that is not a whole number in its range.
 */
export function createNobleEngine(options: NobleEngineOptions = {}): SignatureEngine {
  const { maxTables = 64, tableAfter = 16 } = options;
  if (!Number.isInteger(maxTables) || maxTables < 0) throw new RangeError('maxTables: a whole number >= 0');
  if (!Number.isInteger(tableAfter) || tableAfter < 0)
    throw new RangeError('tableAfter: a whole number >= 0');
  const keys = new WeakMap<Uint8Array, KeyState>();
  // Insertion order is order of use: the first entry is the least recently used one.
  const warm = new Map<KeyState, WindowTable>();
  let baseTable: WindowTable | undefined;

  const stateOf = (spki: Uint8Array): KeyState => {
    let state = keys.get(spki);
    if (state === undefined) {
      state =
        spkiFault(spki) === undefined ? { point: Point.fromBytes(publicPoint(spki)), uses: 0 } : { uses: 0 };
      keys.set(spki, state);
    }
    return state;
  };
  const tableOf = (state: KeyState, point: WeierstrassPoint<bigint>): WindowTable | undefined => {
    let table = warm.get(state);
    if (table === undefined) {
      if (maxTables === 0 || ++state.uses <= tableAfter) return undefined;
      table = windowTable(point, KEY_WIDTH);
      const oldest = warm.size >= maxTables ? warm.keys().next().value : undefined;
      if (oldest !== undefined) {
        warm.delete(oldest);
        oldest.uses = 0;
      }
    }
    warm.delete(state);
    warm.set(state, table);
    return table;
  };

  return {
    name: 'noble',
    usableKey: (spki) => stateOf(spki).point !== undefined,
    verify: (spki, octets, signature) => {
      const state = stateOf(spki);
      const { point } = state;
      const value = point && parseEcdsaSigValue(signature);
      if (point === undefined || value === undefined) return false;
      const table = tableOf(state, point);
      if (table === undefined) {
        return p256.verify(signature, octets, publicPoint(spki), { format: 'der', lowS: false });
      }
      baseTable ??= windowTable(Point.BASE, BASE_WIDTH);
      return verifyWithTables(baseTable, table, octets, value);
    },
    sign: (key, octets) => p256.sign(octets, key.scalar(), { format: 'der', lowS: false }),
    digest: (octets) => sha256(octets),
  };
}

interface KeyState {
  /** Absent for an SPKI that is no router key. */
  readonly point?: WeierstrassPoint<bigint>;
  uses: number;
}

/** ECDSA verification (FIPS 186-5 §6.4.2) of a signature whose r and s are in range. */
function verifyWithTables(
  base: WindowTable,
  key: WindowTable,
  octets: Uint8Array,
  value: EcdsaSigValue,
): boolean {
  const r = integer(value.r);
  const e = Fn.create(integer(sha256(octets)));
  const w = Fn.inv(integer(value.s));
  const sum = sumOfProducts(base, Fn.mul(e, w), key, Fn.mul(r, w));
  if (sum.is0()) return false;
  // x = X / Z, compared without the division: x mod n = r means x = r, or x = r + n where that is below p.
  return Fp.mul(r, sum.Z) === sum.X || (r + Fn.ORDER < Fp.ORDER && Fp.mul(r + Fn.ORDER, sum.Z) === sum.X);
}

function integer(octets: Uint8Array): bigint {
  return BigInt(`0x${toHex(octets)}`);
}
