import { judgePaths } from './aspa-verdicts.js';
import type { AuditOptions } from './options.js';
import type { LazyAuditReport } from './report.js';
import { createReportSums, type Gathered } from './report-sums.js';

/** Verdicts and sums: from what was gathered to the report. */
export function buildReport(gathered: Gathered & { readonly options: AuditOptions }): LazyAuditReport {
  const { ledger, options } = gathered;
  const { paths } = ledger;
  const sums = createReportSums(gathered, options, options.aspa);
  const outcomes = judgePaths(options.aspa, paths);
  let routes = 0;
  const judge = (key: number, valid: number, invalid: number, notFound: number, signed: number): void => {
    sums.judge(key, valid, invalid, notFound, signed);
    routes += valid + invalid + notFound;
  };
  for (let path = 0; path < paths.size; path++) {
    sums.turnTo(path, outcomes);
    routes = 0;
    ledger.forEachPeer(path, judge);
    sums.count(path, routes);
  }
  return sums.report({ vrps: options.rov.size, aspas: options.aspa.size });
}
