import type { Kit } from './kit.js';
import type { OpenKit } from './open-kit.js';
import type { RebuildKit } from './rebuild-kit.js';
import type { SendKit } from './send-kit.js';

/**
 * An implementation with one mistake (docs/decisions/conformance.md D-conformance-bgpsec-mistakes); `text` completes
 * "behaves like an implementation that ...".
 */
export interface Mutant {
  readonly text: string;
  /** The parts of the receiver that are wrong. */
  readonly parts?: Partial<Kit>;
  /** The parts of the reconstruction of AS_PATH that are wrong. */
  readonly rebuild?: Partial<RebuildKit>;
  /** The parts of the negotiation that are wrong. */
  readonly open?: Partial<OpenKit>;
  /** The parts of the sender that are wrong. */
  readonly send?: Partial<SendKit>;
}

export type Mutants = Readonly<Record<string, Mutant>>;
