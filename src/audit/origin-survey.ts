import type { AsPath } from '../bgp/index.js';
import { type Asn, requireObject } from '../inet/index.js';
import { createVrpStore } from '../payload/index.js';
import type { Element, ElementSource, PathOctets } from '../routes/index.js';
import { originAs, type RovTable } from '../rov/index.js';
import { HashedMap, SeededHash, type SeedOptions } from '../tables/index.js';
import { buildOriginSurvey, type EndOfPath } from './build-origins.js';
import type { InputFacts } from './options.js';
import type { OriginSurveyReport } from './origin-report.js';
import { PathWords, segmentsOf } from './path-words.js';

/** The VRPs that routes are held against. */
export interface OriginSurveyOptions extends SeedOptions {
  readonly rov: RovTable;
}

/** A running comparison of VRPs with what is announced. */
export interface OriginSurvey {
  /** Takes one element of an input. Nothing is kept but distinct pairs of prefix and origin. */
  add(element: Element, source?: ElementSource): void;
  report(facts?: InputFacts): OriginSurveyReport;
}

/**
 * Starts to hold VRPs against the routes: which permit more than is announced (RFC 9319), which match nothing, which announced
 * prefixes they make invalid, and which prefixes have several origins. The table must stay as it is until the report has been
 * read.
 *
 * @throws {TypeError} for what are no options.
 */
export function createOriginSurvey(options: OriginSurveyOptions): OriginSurvey {
  requireObject(options, 'the options', '{rov, seed}');
  const { rov, seed } = options;
  const hash = new SeededHash(seed);
  // A pair of prefix and origin is a VRP of just that prefix.
  const announced = createVrpStore([], { seed });
  const ends = new HashedMap<EndOfPath, true>({
    hash: ({ before, last }) => hash.five(before, last, 0, 0, 0, 2),
    equal: (a, b) => a.before === b.before && a.last === b.last,
  });
  const words = new PathWords();
  let routes = 0;
  let withoutOrigin = 0;
  let lastPath: AsPath | PathOctets | undefined;
  let origin: Asn | undefined;
  const select = (path: AsPath | PathOctets): void => {
    if (path === lastPath) return;
    lastPath = path;
    const length = words.read(path);
    if (length < 0) {
      origin = originAs(segmentsOf(path));
      return;
    }
    origin = length === 0 ? undefined : words.asns[length - 1];
    let at = length - 2;
    while (at >= 0 && words.asns[at] === origin) at--;
    if (at >= 0 && origin !== undefined) ends.set({ before: words.asns[at] as Asn, last: origin }, true);
  };
  return {
    add: (element, source) => {
      if (element.kind !== 'route' || element.local || !element.hasAsPath) return;
      select(source?.path ?? element.asPath);
      routes++;
      const { prefix } = element;
      if (origin === undefined) withoutOrigin++;
      else announced.announce({ prefix, maxLength: prefix.length, asn: origin });
    },
    report: (facts = {}) =>
      buildOriginSurvey({
        rov,
        announced,
        hash,
        isEnd: (end) => ends.has(end),
        counts: { routes, withoutOrigin },
        facts,
      }),
  };
}
