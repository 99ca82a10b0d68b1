import { createAspaTable, verifyAsPath } from 'pathsec/aspa';
import {
  type Fields,
  judgeRouterRun,
  planRouterRun,
  questionsOf,
  type RouterAbilities,
  type RtrObservation,
  type RtrSession,
  reportOf,
} from 'pathsec/conformance';
import { formatPrefix, parsePrefixMasked } from 'pathsec/inet';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { encodePdu, type RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { answerWithMistake, mistakesOf } from '../../kit/answerer.js';
import { byPath } from './abilities.js';

const rtr = { versions: [0, 1, 2], routerKeys: true, neighborAs: 65_010, strangerAs: 65_011 };
const files = readVectorFiles(['rtr']);
const questions = questionsOf(files);
const planFor = (more: Partial<RouterAbilities>) =>
  planRouterRun(files, questions, { ...byPath, rtr, ...more });
const plan = planFor({});

/** What routes show of payloads; undefined where they are none, as negative AS numbers. */
function heldOf({ shows }: RtrSession, { vrps, aspas }: Fields): Fields | undefined {
  try {
    const origins = createRovTable(
      (vrps as { prefix: string; maxLength: number; asn: number }[]).flatMap((vrp) => {
        // Bits behind the length are bits that no route has.
        const prefix = parsePrefixMasked(vrp.prefix);
        if (formatPrefix(prefix) !== vrp.prefix) return [];
        const most = prefix.afi === 1 ? 32 : 128;
        // One below the length matches nothing, as AS 0 does.
        if (vrp.maxLength < prefix.length) return { prefix, maxLength: prefix.length, asn: 0 };
        return { prefix, maxLength: Math.min(vrp.maxLength, most), asn: vrp.asn };
      }),
    );
    const paths = createAspaTable(aspas as unknown as { customer: number; providers: number[] }[]);
    const word = ({ asPath, kind, prefix }: (typeof shows)[number]) =>
      kind === 'aspa'
        ? verifyAsPath(paths, { asPath, neighborAs: rtr.neighborAs, neighborRole: 'customer' }).outcome
        : validateOrigin(origins, prefix, asPath[0]?.asns.at(-1));
    return Object.fromEntries(shows.map((show) => [show.name, word(show)]));
  } catch {
    return undefined;
  }
}

/** What the wire shows of the answer of an implementation. */
function observe(session: RtrSession, answer: Fields): RtrObservation {
  const held = heldOf(session, answer);
  if (held === undefined) return { kind: 'not-asked', note: 'routes do not show it' };
  const sent = (
    (answer.sent ?? []) as { type: string; version: RtrVersion; sessionId: number; serial: number }[]
  )
    .filter(({ type }) => type !== 'error-report')
    .map(({ type, version, sessionId, serial }) =>
      encodePdu(type === 'serial-query' ? { type, sessionId, serial } : { type: 'reset-query' }, version),
    );
  const { errorCode, state } = answer;
  const report = { type: 'error-report', erroneousPdu: new Uint8Array(0), text: '' } as const;
  const reports = typeof errorCode === 'number' ? [encodePdu({ ...report, errorCode }, session.version)] : [];
  return {
    kind: 'seen',
    state: state as 'synchronized' | 'pending' | 'closed',
    sent: [...sent, ...reports],
    held,
  };
}

function reportFor(mistake: string) {
  const seen = plan.rtrSessions.map((session): [string, RtrObservation] => {
    const { request } = session.question;
    return [request.id, observe(session, answerWithMistake(mistake, request))];
  });
  return reportOf(plan.files, judgeRouterRun(plan, [], new Map(seen)), { strict: true });
}

/** The mistake of time: no session takes as long as data live. Those of caches show in no router. */
const NOT_SHOWN = ['rtr-data-never-expire', ...mistakesOf('rtr').filter((id) => id.startsWith('rtr-cache-'))];
/** Named, though some of what they answer routes do not show: negative AS numbers, and what is not compared in full. */
const NEARLY = ['rtr-aspa-old-layout', 'rtr-flags-in-low-octet', 'rtr-end-of-data-of-one-length'];

describe('sessions of RTR with a router', () => {
  it('are passed by a router without a mistake', () => {
    const { conforms, counts } = reportFor('none');
    expect({ conforms, failed: counts.failed }).toEqual({ conforms: true, failed: undefined });
    expect(counts.passed).toBe(plan.rtrSessions.length);
    expect(plan.rtrSessions.length).toBe(148);
  });

  const shown = mistakesOf('rtr').filter((id) => !NOT_SHOWN.includes(id));
  it.each(shown.map((id) => [id]))('name the router with the mistake %s', (mistake) => {
    const { conforms, diagnoses } = reportFor(mistake);
    const named = diagnoses.map((one) => [one.mistake, one.exact]);
    expect(named).toEqual([[mistake, !NEARLY.includes(mistake)]]);
    expect(conforms).toBe(false);
  });

  it.each(NOT_SHOWN.map((id) => [id]))('are passed by a router with %s', (mistake) => {
    expect(reportFor(mistake).conforms).toBe(true);
  });

  it('are of the versions that the router speaks', () => {
    const versions = (spoken: number[]) =>
      new Set(planFor({ rtr: { ...rtr, versions: spoken } }).rtrSessions.map(({ version }) => version));
    expect([...versions([0, 1, 2])]).toEqual([2, 1, 0]);
    expect([...versions([2])]).toEqual([2]);
    const { notPlayable } = planFor({ rtr: { ...rtr, versions: [2] } });
    expect(notPlayable.get('rtr/session-down-to-1')).toContain('lowest version of RTR is 0, not 2');
    expect(notPlayable.get('rtr/session-no-lower-version')).toBe(undefined);
    expect(notPlayable.get('rtr/session-version-1')).toBe('the router speaks no version 1 of RTR');
  });

  it('tell why a case cannot be played', () => {
    const { notPlayable, rtrSessions } = planFor({ rtr: { ...rtr, routerKeys: false } });
    expect(notPlayable.get('rtr/session-unknown-key')).toContain('router keys decide it');
    expect(notPlayable.get('rtr/session-keys-apart')).toContain('router keys alone');
    expect(notPlayable.get('rtr/session-expired')).toContain('ten minutes');
    expect(notPlayable.size + rtrSessions.length).toBe(questions.length);
    const unknown = planRouterRun(files, questions, byPath);
    expect([unknown.rtrSessions.length, unknown.notPlayable.size]).toEqual([0, questions.length]);
  });

  it('end with those after which the router stays away, and go down in versions before', () => {
    const ids = plan.rtrSessions.map(({ question }) => question.vector.id);
    expect(ids.slice(-2)).toEqual(['rtr/session-down-to-0-answered', 'rtr/session-error-report-13']);
  });

  it('are told by what the router sent, where they fail', () => {
    const session = plan.rtrSessions.find(
      ({ question }) => question.vector.id === 'rtr/session-duplicate-vrp',
    );
    if (session === undefined) throw new Error('no such session');
    const report = {
      type: 'error-report',
      erroneousPdu: new Uint8Array(0),
      errorCode: 3,
      text: 'no\nway',
    } as const;
    const sent = [encodePdu({ type: 'reset-query' }, 2), Uint8Array.of(9, 9, 9, 9), encodePdu(report, 2)];
    const seen: RtrObservation = { kind: 'seen', state: 'closed', sent, held: session.empty };
    const results = judgeRouterRun(plan, [], new Map([[session.question.vector.id, seen]]));
    const own = results.find(({ vector }) => vector.id === session.question.vector.id);
    expect(own?.verdict).toBe('failed');
    expect(own?.note).toBe(
      'it sent:\nreset-query, version 2\nmalformed: 09090909\nerror-report 3, version 2: no\nway',
    );
    const others = results.filter(({ verdict }) => verdict === 'not-asked');
    expect(others.length).toBe(plan.rtrSessions.length - 1);
  });
});
