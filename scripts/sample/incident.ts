import type { Circumstances, Seed } from './propagate.js';

/** One thing gone wrong, injected at a known place. */
export interface Incident {
  readonly id: string;
  readonly kind: 'route-leak' | 'hijack' | 'misconfiguration' | 'as-set';
  /** Route leak type of RFC 7908 §3. */
  readonly rfc7908?: 1 | 2 | 3 | 4 | 5 | 6;
  readonly summary: string;
  /** The AS that did it. */
  readonly offender: number;
  /** The AS whose address space it is. */
  readonly victim: number;
  /** The prefixes that the wrong routes carry. */
  readonly prefixes: readonly string[];
  /** Announcements that would be there anyway. */
  readonly regular: readonly Seed[];
  /** Announcements that are the incident. */
  readonly wrong: readonly Seed[];
  readonly circumstances: Circumstances;
}

/** An AS that plays a part in an incident. */
export interface Actor {
  readonly asn: number;
  readonly providers: readonly number[];
  readonly peers?: readonly number[];
  /** Its ASPA: `true` names its real providers, a list is the list, absent means that it has none. */
  readonly aspa?: true | readonly number[];
  /** Slot of its address block. */
  readonly slot?: number;
  /** The maximum length of its VRP for its block. Absent: no VRP. */
  readonly maxLength?: number | undefined;
}

/** A small story: the actors it adds to the topology, and the incident. */
export interface Scenario {
  readonly actors: readonly Actor[];
  readonly incident: Incident;
}
