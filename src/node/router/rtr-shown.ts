import { type Fields, type ShownRoute, VERDICT_KIND, VERDICT_VALUE } from '../../conformance/index.js';
import { type Afi, formatPrefix } from '../../inet/index.js';
import { passBarrier } from './barrier.js';
import type { Lab, LabSession, Seen } from './lab.js';

/** Where and how routes show what a router holds. */
export interface ShowPlace {
  /** The session that announces them. */
  readonly session: LabSession;
  readonly afis: readonly Afi[];
  /** The kind of the marks of ASPA. */
  readonly aspaKind: 'upstream' | 'role';
}

/** Announces routes and gives the verdicts with which they come back, in words; other words tell what came in place of a verdict. */
export async function readShown(
  lab: Lab,
  routes: readonly ShownRoute[],
  { session, afis, aspaKind }: ShowPlace,
): Promise<Fields> {
  const words = new Map<string, string>();
  for (const batch of batchesOf(routes)) {
    const tokens = await lab.announce(session, batch);
    await passBarrier(lab, [session], afis);
    for (const [i, { kind, name, prefix }] of batch.entries()) {
      const seen = lab.seen.get(formatPrefix(prefix));
      words.set(name, wordOf(seen, tokens[i], kind === 'rov' ? 'rov' : aspaKind));
    }
  }
  return Object.fromEntries(routes.map(({ name }) => [name, words.get(name) ?? '']));
}

/** Routes of one prefix are announced one after the other. */
function batchesOf(routes: readonly ShownRoute[]): ShownRoute[][] {
  const batches: ShownRoute[][] = [];
  const counts = new Map<string, number>();
  for (const route of routes) {
    const prefix = formatPrefix(route.prefix);
    const turn = counts.get(prefix) ?? 0;
    counts.set(prefix, turn + 1);
    const batch = batches[turn] ?? [];
    batches[turn] = batch;
    batch.push(route);
  }
  return batches;
}

function wordOf(seen: Seen | undefined, token: number | undefined, kind: keyof typeof VERDICT_KIND): string {
  if (seen === undefined || seen.token !== token) return 'did not come back';
  const own = new Set(seen.marks.filter(([of]) => of === VERDICT_KIND[kind]).map(([, verdict]) => verdict));
  const [verdict, ...others] = own;
  if (verdict === undefined) return 'no mark';
  if (others.length > 0) return 'several marks';
  if (verdict === VERDICT_VALUE.unknown) return kind === 'rov' ? 'not-found' : 'unknown';
  return Object.entries(VERDICT_VALUE).find(([, value]) => value === verdict)?.[0] ?? `mark ${verdict}`;
}
