import type { RouteVerdicts } from '../../live/index.js';

/** Verdicts by what was checked; a route whose neighbour has no known role is checked by both procedures. */
export function* checksOf(verdicts: RouteVerdicts | undefined): Generator<readonly [string, string]> {
  if (!verdicts) return;
  const { rov, aspa, aspaBoth, bgpsec } = verdicts;
  yield ['rov', rov];
  if (aspa !== null) yield ['aspa', aspa];
  if (aspaBoth) {
    yield ['aspa-upstream', aspaBoth.upstream];
    yield ['aspa-downstream', aspaBoth.downstream];
  }
  if (bgpsec) yield ['bgpsec', bgpsec];
}
