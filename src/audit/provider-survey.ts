import { type AspaTable, createAspaTable, mostRecentlyAddedAs } from '../aspa/index.js';
import type { AsPath } from '../bgp/index.js';
import { type Asn, requireAsn, requireObject } from '../inet/index.js';
import type { Element, ElementSource, PathOctets, Peer } from '../routes/index.js';
import { SeededHash, type SeedOptions } from '../tables/index.js';
import { buildProviderReport } from './build-providers.js';
import { CustomerTest } from './customer-test.js';
import type { InputFacts } from './options.js';
import { PathLedger } from './path-ledger.js';
import { segmentsOf } from './path-words.js';
import type { ProviderReport, Relation } from './provider-report.js';

/** Whose providers are looked for, and what is known beside the routes. */
export interface ProviderSurveyOptions extends SeedOptions {
  readonly asn: Asn;
  /** ASPAs: what the AS has published, and as evidence of what others are to each other. */
  readonly aspa?: AspaTable;
  /** What `other` is to `asn` by AS relationships; undefined where they do not know. */
  readonly relationOf?: (asn: Asn, other: Asn) => Relation | undefined;
}

/** A running look for providers. */
export interface ProviderSurvey {
  /** Takes one element of an input; plain paths too. Nothing is kept but paths with the AS in them. */
  add(element: Element, source?: ElementSource): void;
  report(facts?: InputFacts): ProviderReport;
}

const NO_ADDRESS = new Uint8Array(0);

/**
 * Starts to look which ASes the routes show as providers of one AS, each with its evidence. What is inferred errs where
 * somebody leaks: a customer or peer that passes routes up looks like a provider. And it misses what these routes do not show
 * (docs/decisions/audit.md D-suggest-evidence).
 *
 * @throws {TypeError} or {@link RangeError} for an `asn` that is none, or is AS 0.
 */
export function createProviderSurvey(options: ProviderSurveyOptions): ProviderSurvey {
  requireObject(options, 'the options', '{asn, aspa, relationOf}');
  const { asn, seed } = options;
  requireAsn(asn, 'asn');
  if (asn === 0) throw new RangeError('AS 0 has no providers');
  const hash = new SeededHash(seed);
  const ledger = new PathLedger(hash);
  const only = new CustomerTest({
    size: 1,
    has: (other) => other === asn,
    [Symbol.iterator]: () => [asn].values(),
  });
  let routes = 0;
  let last: AsPath | PathOctets | undefined;
  let touched = false;
  const select = (path: AsPath | PathOctets): boolean => {
    routes++;
    if (path === last) return touched;
    last = path;
    touched = only.mayBeIn(path) && segmentsOf(path).some(({ asns }) => asns.includes(asn));
    return touched;
  };
  const count = (path: AsPath | PathOctets, peer: Peer): void => {
    ledger.select(path, peer);
    ledger.count('not-found');
  };
  return {
    add: (element, source) => {
      if (element.kind === 'route') {
        if (element.local || !element.hasAsPath) return;
        const path = source?.path ?? element.asPath;
        if (select(path)) count(path, element.peer);
      } else if (element.kind === 'path' && select(element.asPath)) {
        // A line of a path alone names no peer: its first AS is the one that had it.
        count(element.asPath, { asn: mostRecentlyAddedAs(element.asPath) ?? 0, address: NO_ADDRESS });
      }
    },
    report: (facts = {}) =>
      buildProviderReport({
        asn,
        aspa: options.aspa ?? createAspaTable([], { seed }),
        relationOf: options.relationOf ?? (() => undefined),
        hash,
        ledger,
        routes,
        facts,
      }),
  };
}
