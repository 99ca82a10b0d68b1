import { kindsOf, type PayloadKind } from '../../payload/index.js';
import { UNSAID } from '../said.js';
import { ASPA_SLURM } from './slurm-aspa.js';
import { BGPSEC_SLURM } from './slurm-bgpsec.js';
import type { SlurmKind, SlurmKinds } from './slurm-kind.js';
import { PREFIX_SLURM } from './slurm-prefix.js';

/** How SLURM treats each kind of payload, in the order of its lists. */
export const SLURM_KINDS: SlurmKinds = {
  vrps: PREFIX_SLURM,
  routerKeys: BGPSEC_SLURM,
  aspas: ASPA_SLURM,
  prefixLists: UNSAID,
  asras: UNSAID,
};

/** A row with the name of its kind. What it takes and gives is of that kind, which the checker cannot follow here. */
export type NamedSlurmKind = SlurmKind<unknown, unknown, unknown> & { readonly kind: PayloadKind };

/** The rows of the kinds that SLURM has lists for. */
export const SLURM_ROWS: readonly NamedSlurmKind[] = kindsOf<SlurmKinds>(SLURM_KINDS).flatMap((kind) => {
  const row = SLURM_KINDS[kind];
  return row === UNSAID ? [] : [{ ...(row as SlurmKind<unknown, unknown, unknown>), kind }];
});
