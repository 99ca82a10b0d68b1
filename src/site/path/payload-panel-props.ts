import type { Asn } from '../../inet/index.js';
import type { PathState } from '../../links/index.js';
import type { Entries, EntryProblem } from './entries.js';
import type { PayloadFileHandle } from './use-payload-file.js';

/** What the payload panel is given. */
export interface PayloadPanelProps {
  readonly state: PathState;
  readonly onState: (state: PathState) => void;
  readonly entries: Entries;
  readonly problems: readonly EntryProblem[];
  readonly onPath: readonly Asn[];
  readonly file: PayloadFileHandle;
  /** Opens files of payloads, and objects. */
  readonly onFiles: (files: readonly File[]) => void;
  /** What is said of objects that were opened. */
  readonly said: readonly string[];
  /** The entries are those of what was asked before. */
  readonly outstanding: boolean;
}
