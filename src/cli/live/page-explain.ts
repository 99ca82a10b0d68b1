import {
  explainStep,
  formatExplanation,
  formatRepairs,
  layoutRamps,
  type Procedure,
  repairs,
  verifyAsPath,
} from '../../aspa/index.js';
import { isKnownPeer } from '../../audit/index.js';
import { pictureSvg, rampPicture } from '../../draw/index.js';
import { formatPrefix } from '../../inet/index.js';
import type { LiveTables } from '../../live/index.js';
import type { PageExplanation } from '../../live-page/messages.js';
import type { Vrp } from '../../payload/index.js';
import {
  type PathQuestion,
  PROCEDURES,
  readOriginQuestion,
  readPathQuestion,
} from '../../questions/index.js';
import { explainOrigin, originAs } from '../../rov/index.js';
import { queryMembers } from './page-query.js';

/** VRPs that are named. */
const VRPS = 20;

/**
 * Why a route has its verdicts, by the payloads of this moment. The query is a question about the route, with the members of a
 * batch: `prefix`, `path`, `neighborAs`, and `neighborRole`, without which both procedures are run.
 *
 * @throws {DecodeError} as `readPathQuestion` and `readOriginQuestion`.
 */
export function explainRoute({ aspas, vrps }: LiveTables, query: URLSearchParams): PageExplanation {
  const members = queryMembers(query);
  const { prefix, origin } = readOriginQuestion({ ...members, neighborAs: undefined }, originAs);
  const procedures: readonly (Procedure | undefined)[] =
    members.neighborRole === undefined && members.direction === undefined ? PROCEDURES : [undefined];
  return {
    origin: originOf(explainOrigin(vrps, prefix, origin)),
    paths: procedures.map((direction) => {
      const question = readPathQuestion({ ...members, ...(direction && { direction }) });
      const input = withoutUnknownPeer(question);
      const evidence = verifyAsPath(aspas, input);
      const layout = layoutRamps(evidence);
      return {
        procedure: evidence.procedure,
        outcome: evidence.outcome,
        picture: layout && pictureSvg(rampPicture(layout)),
        sentences: explainStep(evidence).map(({ text }) => text),
        text: `${formatExplanation(evidence)}${formatRepairs(repairs(aspas, input))}`,
      };
    }),
  };
}

/** As the route was judged: docs/decisions/audit.md D-audit-unknown-peer. */
function withoutUnknownPeer(question: PathQuestion): PathQuestion {
  const { neighborAs } = question;
  return neighborAs === undefined || isKnownPeer(neighborAs)
    ? question
    : { ...question, neighborAs: undefined };
}

function originOf({
  validity,
  reason,
  matched,
  unmatchedAs,
  unmatchedLength,
}: ReturnType<typeof explainOrigin>): PageExplanation['origin'] {
  const named = (vrps: readonly Vrp[], fares: 'matches' | 'as' | 'length') =>
    vrps.slice(0, VRPS).map(({ prefix, maxLength, asn }) => {
      return { vrp: `AS${asn}: ${formatPrefix(prefix)} up to /${maxLength}`, fares };
    });
  const all = [
    ...named(matched, 'matches'),
    ...named(unmatchedAs, 'as'),
    ...named(unmatchedLength, 'length'),
  ];
  const count = matched.length + unmatchedAs.length + unmatchedLength.length;
  const vrps = all.slice(0, VRPS);
  return { validity, reason: reason ?? null, vrps, otherVrps: count - vrps.length };
}
