import { readU16, toHex } from '../../bytes/index.js';
import { decodePdu, type Pdu } from '../../rtr/index.js';
import { sentFields } from '../answer-rtr-receive.js';
import { type CaseResult, judgeReply } from '../judge.js';
import type { Fields } from '../vector.js';
import type { RtrSession } from './stage-rtr.js';

/** What came of a session: what was seen, or why nothing was. */
export type RtrObservation =
  | {
      readonly kind: 'seen';
      /** `synchronized`: its last query is answered; `pending`: it is not; `closed`: the session has ended. */
      readonly state: 'synchronized' | 'pending' | 'closed';
      /** The PDUs that the router sent, from the first query on. */
      readonly sent: readonly Uint8Array[];
      /** By the name of a shown route, its verdict in a word; another text says what came in its place. */
      readonly held: Fields;
    }
  | { readonly kind: 'crashed' | 'timeout' | 'not-asked' | 'not-playable'; readonly note: string };

/** Judges a session by the case that it is of. */
export function judgeRtrSession(
  { question: { vector } }: RtrSession,
  observation: RtrObservation | undefined,
): CaseResult {
  if (observation === undefined)
    return { vector, verdict: 'not-asked', mismatches: [], note: 'the session was not played' };
  if (observation.kind !== 'seen')
    return { vector, verdict: observation.kind, mismatches: [], note: observation.note };
  const { held, sent, state } = observation;
  const reports = sent.filter((pdu) => pdu[1] === ERROR_REPORT);
  const last = reports.at(-1);
  const errorCode = last ? readU16(last, 2) : null;
  const fields = { state, errorCode, sent: sent.map(fieldsOf), held };
  const result = judgeReply(vector, { kind: 'answer', fields });
  return result.verdict === 'failed' ? { ...result, note: playedText(sent) } : result;
}

const ERROR_REPORT = 10;

function fieldsOf(octets: Uint8Array): Fields {
  return read(octets) ? sentFields(octets) : { type: 'malformed', octets: toHex(octets) };
}

function read(octets: Uint8Array): Pdu | undefined {
  try {
    return decodePdu(octets).pdu;
  } catch {
    return undefined;
  }
}

/** What the router sent, for people. */
function playedText(sent: readonly Uint8Array[]): string {
  const lines = sent.map((octets) => {
    const pdu = read(octets);
    const version = `version ${octets[0]}`;
    if (pdu === undefined) return `malformed: ${toHex(octets)}`;
    if (pdu.type !== 'error-report') return `${pdu.type}, ${version}`;
    return `${pdu.type} ${pdu.errorCode}, ${version}${pdu.text === '' ? '' : `: ${pdu.text}`}`;
  });
  return ['it sent:', ...lines].join('\n');
}
