import { DecodeError } from '../../bytes/index.js';
import { parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, setContext } from '../emitter.js';
import { deliverState } from '../state-element.js';
import { deliverRoute, deliverWithdrawal } from './deliver.js';
import { parseTime, type TextValues } from './values.js';

const BEGINS = /^[RU]\|[RAWS]\|[0-9]+(?:\.[0-9]+)?\|/;
const COLUMNS = 16;
/** States by their names in the last two columns (RFC 4271 §8.2.2, and what libbgpstream adds). */
const STATES = [
  'UNKNOWN',
  'IDLE',
  'CONNECT',
  'ACTIVE',
  'OPENSENT',
  'OPENCONFIRM',
  'ESTABLISHED',
  'CLEARING',
  'DELETED',
];

/** Whether a line is an element of bgpreader: kind of dump, kind of element, time. */
export function isBgpreaderLine(line: string): boolean {
  return BEGINS.test(line);
}

/**
 * Delivers an element as bgpreader of libbgpstream prints it, in 16 columns: dump and element type, time, project, collector,
 * router name and address, peer AS and address, prefix, next hop, path, origin AS, communities, old and new state.
 *
 * @throws {DecodeError} `line-columns`, `session-state`, or the codes of the values.
 */
export function readBgpreaderLine(emitter: Emitter, values: TextValues, line: string): true {
  const columns = line.split('|');
  if (columns.length < COLUMNS) {
    throw new DecodeError('line-columns', `${columns.length} columns instead of ${COLUMNS}`, {
      field: 'line',
    });
  }
  const [
    ,
    kind,
    seconds = '',
    ,
    ,
    ,
    ,
    peerAs = '',
    address = '',
    prefix = '',
    ,
    path = '',
    ,
    ,
    before,
    after,
  ] = columns;
  const { time, microseconds } = parseTime(seconds);
  const peer = values.peer(address, peerAs);
  setContext(emitter, time, microseconds, peer, false);
  if (kind === 'S') {
    deliverState(
      emitter,
      time,
      microseconds,
      peer,
      stateOf(before, 'old-state'),
      stateOf(after, 'new-state'),
    );
  } else if (kind === 'W') deliverWithdrawal(emitter, parsePrefixMasked(prefix));
  else deliverRoute(emitter, parsePrefixMasked(prefix), values.path(path), { rib: kind === 'R' });
  return true;
}

function stateOf(text: string | undefined, field: string): number {
  const state = STATES.indexOf(text ?? '');
  if (state >= 0) return state;
  throw new DecodeError('session-state', `${JSON.stringify(text ?? '').slice(0, 40)} is no state`, { field });
}
