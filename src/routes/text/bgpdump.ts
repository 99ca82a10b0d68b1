import type { PathAttribute } from '../../bgp/index.js';
import { DecodeError } from '../../bytes/index.js';
import { parsePrefixMasked } from '../../inet/index.js';
import { type Emitter, setContext, setElementContext } from '../emitter.js';
import { attributesOf } from './line-attributes.js';
import { parseNumber, parseTime, type TextValues } from './values.js';

/** The first column of `bgpdump -m` and `-M` lines. */
const TYPE = /^(?:TABLE_DUMP2?|BGP(?:4MP)?)(_ET)?(_LOCAL)?(_AP)?(?=\||$)/;
const KINDS = new Set(['A', 'B', 'W', 'STATE']);
/** `-M` time: month, day, two digits of the year, time of day, in UTC. */
const HUMAN_TIME = /^([0-9]{2})\/([0-9]{2})\/([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{6}))?$/;

/** Whether a line is one of bgpdump. */
export function isBgpdumpLine(line: string): boolean {
  return TYPE.test(line);
}

/**
 * Delivers a line of `bgpdump -m` or `-M`: kinds `B`, `A`, `W`, `STATE`; suffixes `_ET`, `_LOCAL`,
 * `_AP`; the index column of `-p` in front of the time; the columns of `-l` and `-u`, which stand behind the path,
 * are not looked at.
 *
 * @throws {DecodeError} `line-columns`, `line-kind`, or the codes of the values.
 */
export function readBgpdumpLine(emitter: Emitter, values: TextValues, line: string): true {
  const [, , local, addPath] = TYPE.exec(line) ?? [];
  const columns = line.split('|');
  // With -p the packet index is the second column and the kind the fourth.
  const at = KINDS.has(columns[2] ?? '') ? 1 : 2;
  const kind = columns[at + 1] ?? '';
  if (!KINDS.has(kind)) throw new DecodeError('line-kind', 'no A, B, W or STATE', { field: 'line.kind' });
  const { time, microseconds } = readTime(columns[at] as string);
  const peer = values.peer(required(columns, at + 2, 'peer'), required(columns, at + 3, 'peer-as'));
  setContext(emitter, time, microseconds, peer, local !== undefined);

  if (kind === 'STATE') {
    setElementContext(emitter.state, time, microseconds, peer, local !== undefined);
    emitter.state.oldState = parseNumber(columns[at + 4], 0xffff, 'old-state');
    emitter.state.newState = parseNumber(columns[at + 5], 0xffff, 'new-state');
    emitter.summary.states++;
    emitter.deliver(emitter.state);
    return true;
  }
  const prefix = parsePrefixMasked(required(columns, at + 4, 'prefix'));
  const pathId = addPath === undefined ? undefined : parseNumber(columns[at + 5], 0xffff_ffff, 'path-id');
  if (kind === 'W') {
    emitter.withdrawal.prefix = prefix;
    emitter.withdrawal.pathId = pathId;
    emitter.summary.withdrawals++;
    emitter.deliver(emitter.withdrawal);
    return true;
  }
  const pathAt = at + (addPath === undefined ? 5 : 6);
  // The origin column stands behind the path in every variant: without it the line was cut.
  required(columns, pathAt + 1, 'origin');
  emitter.route.asPath = values.path(columns[pathAt] as string);
  emitter.route.hasAsPath = emitter.route.asPath.length > 0 || kind === 'A';
  emitter.route.rib = kind === 'B';
  emitter.route.prefix = prefix;
  emitter.route.pathId = pathId;
  emitter.source.lineAttributes = () => bgpdumpAttributes(columns.slice(pathAt + 1));
  emitter.summary.routes++;
  emitter.deliver(emitter.route);
  return true;
}

function required(columns: readonly string[], index: number, field: string): string {
  const column = columns[index];
  if (column !== undefined && column !== '') return column;
  throw new DecodeError('line-columns', `${columns.length} columns, no ${field}`, { field: `line.${field}` });
}

function readTime(text: string): { readonly time: number; readonly microseconds: number | undefined } {
  const human = HUMAN_TIME.exec(text);
  if (!human) return parseTime(text);
  const [month, day, year, hour, minute, second] = human.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  // MRT is younger than 1990; two digits from 90 on are of the last century (docs/decisions/routes.md
  // D-bgpdump-human-time).
  const milliseconds = Date.UTC(year < 90 ? 2000 + year : 1900 + year, month - 1, day, hour, minute, second);
  return { time: milliseconds / 1000, microseconds: human[7] === undefined ? undefined : Number(human[7]) };
}

/** The attributes of the columns behind the path; bgpdump writes 0 for a number that is not there. */
function bgpdumpAttributes(columns: readonly string[]): readonly PathAttribute[] {
  const [origin, , localPref, med, communities = '', aggregated, aggregator] = columns;
  return attributesOf({
    origin,
    med: med === '0' ? undefined : med,
    localPref: localPref === '0' ? undefined : localPref,
    atomicAggregate: aggregated === 'AG',
    aggregator,
    communities: communities.split(' '),
  });
}
