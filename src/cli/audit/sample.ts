import type { LazyAuditReport } from '../../audit/index.js';
import type { Style } from '../shared/style.js';
import { formatTable } from '../shared/text-table.js';

/** What was injected into the sample, as `truth.json` tells it. */
interface Truth {
  readonly incidents: ReadonlyArray<{
    readonly id: string;
    readonly summary: string;
    readonly seen: ReadonlyArray<{ readonly peerAs: number; readonly prefix: string; readonly path: string }>;
  }>;
}

/** Which of the injected incidents the report shows, and by which mechanism. */
export function formatFindings(report: LazyAuditReport, truth: string, style: Style): string {
  const { incidents } = JSON.parse(truth) as Truth;
  const paths = new Set([...report.invalidPaths].map(({ peerAs, path }) => `${peerAs} ${path}`));
  const origins = new Set(report.invalidOrigins.listed.map(({ prefix, origin }) => `${prefix} ${origin}`));
  const originOf = (path: string): string =>
    path.endsWith('}') ? 'null' : (path.split(' ').at(-1) ?? 'null');
  const rows = incidents.map(({ id, summary, seen }) => {
    const rov = seen.some(({ prefix, path }) => origins.has(`${prefix} ${originOf(path)}`));
    const aspa = seen.some(({ peerAs, path }) => paths.has(`${peerAs} ${path}`));
    return { rov, aspa, cells: [rov ? 'ROV' : '-', aspa ? 'ASPA' : '-', id, summary] };
  });
  const columns = [{ head: 'found' }, { head: 'by' }, { head: 'incident' }, { head: 'what happened' }];
  const found = rows.filter(({ rov, aspa }) => rov || aspa).length;
  const lines = [
    style.bold(`Injected into the sample: ${rows.length} incidents, ${found} of them found`),
    ...formatTable(
      columns,
      rows.map(({ cells }) => cells),
    ),
    'What is not found cannot be: no VRP, no ASPA, a loose maxLength, or a forgery by the own provider.',
  ];
  return `\n${lines.join('\n')}\n`;
}
