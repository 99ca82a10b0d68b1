import { type AspaTable, createAspaTable } from '../aspa/index.js';
import type { Asn } from '../inet/index.js';
import { createNumberMap, type NumberMap, SeededHash } from '../tables/index.js';
import type { AsList, Scenario } from './scenario.js';
import { indexIn, indexOfAs, isNeighbor, type Topology } from './topology.js';

/** What there is of an AS: no object, a true one that needs no list, or one whose list was given. */
export const NOTHING = 0;
export const TRUE = 1;
export const GIVEN = 2;

/** Answers of authorized(); draft-ietf-sidrops-aspa-verification-28 §5.3. */
export const NO_ATTESTATION = 0;
export const PROVIDER = 1;
export const NOT_PROVIDER = 2;

/** The lists that a scenario gives. */
export type GivenObjects = Pick<Scenario, 'aspas' | 'asras' | 'pathEnd'>;

/**
 * What the ASes publish about themselves. True objects (all providers, all neighbours) are read off the topology; given ones
 * may be wrong or partial, and may be of an AS that the topology has not.
 */
export class Objects {
  /** By index: {@link NOTHING}, {@link TRUE} or {@link GIVEN}. */
  readonly aspa: Uint8Array;
  readonly asra: Uint8Array;
  readonly pathEnd: Uint8Array;
  readonly #topology: Topology;
  readonly #aspas: AspaTable;
  readonly #asras: NumberMap<Uint32Array>;
  readonly #approved: NumberMap<Uint32Array>;

  constructor(topology: Topology, given: GivenObjects, seed?: number) {
    const count = topology.asns.length;
    const hash = new SeededHash(seed);
    this.aspa = new Uint8Array(count);
    this.asra = new Uint8Array(count);
    this.pathEnd = new Uint8Array(count);
    this.#topology = topology;
    this.#aspas = createAspaTable(given.aspas, { seed });
    this.#asras = createNumberMap(hash);
    this.#approved = createNumberMap(hash);
    this.#take(given.asras, this.#asras, this.asra);
    this.#take(given.pathEnd, this.#approved, this.pathEnd);
    for (const { customer } of given.aspas) mark(topology, customer, this.aspa);
  }

  /** authorized(customer, provider) of draft-28 §5.3. */
  authorized(customer: Asn, provider: Asn): number {
    const at = indexOfAs(this.#topology, customer);
    if (at >= 0 && this.aspa[at] === TRUE) {
      const to = indexOfAs(this.#topology, provider);
      return to >= 0 && isNeighbor(this.#topology.providers, at, to) ? PROVIDER : NOT_PROVIDER;
    }
    const answer = this.#aspas.authorized(customer, provider);
    return answer === 'provider+' ? PROVIDER : answer === 'not-provider+' ? NOT_PROVIDER : NO_ATTESTATION;
  }

  /** Whether `asn` has ASRAs, which count only beside an ASPA, and they do not name `other`. draft-sriram-sidrops-asra-verification. */
  disowns(asn: Asn, other: Asn): boolean {
    const at = indexOfAs(this.#topology, asn);
    const hasAspa = at >= 0 ? this.aspa[at] !== NOTHING : this.#aspas.has(asn);
    return hasAspa && this.#misses(asn, other, this.asra, this.#asras);
  }

  /** Whether `origin` has a path-end record, and it does not approve of `before` in front of it. */
  disapproves(origin: Asn, before: Asn): boolean {
    return this.#misses(origin, before, this.pathEnd, this.#approved);
  }

  #misses(asn: Asn, other: Asn, marks: Uint8Array, lists: NumberMap<Uint32Array>): boolean {
    const at = indexOfAs(this.#topology, asn);
    if (at >= 0 && marks[at] === TRUE) return !isLinked(this.#topology, at, indexOfAs(this.#topology, other));
    const list = lists.get(asn);
    return list !== undefined && indexIn(list, other) < 0;
  }

  #take(given: readonly AsList[], lists: NumberMap<Uint32Array>, marks: Uint8Array): void {
    for (const { asn, list } of given) {
      lists.set(asn, Uint32Array.from(list).sort());
      mark(this.#topology, asn, marks);
    }
  }
}

function mark(topology: Topology, asn: Asn, marks: Uint8Array): void {
  const at = indexOfAs(topology, asn);
  if (at >= 0) marks[at] = GIVEN;
}

function isLinked({ providers, customers, peers }: Topology, one: number, other: number): boolean {
  return [providers, customers, peers].some((neighbors) => isNeighbor(neighbors, one, other));
}
