import { DecodeError } from '../../bytes/index.js';
import type { Prefix } from '../../inet/index.js';
import { type Emitter, NO_OCTETS, type ReadOptions, setContext } from '../emitter.js';
import { DEFAULT_MAX_RECORD_LENGTH, type RouteReader, reportEnd } from '../reader.js';
import { elementsOf } from '../summary.js';
import { deliverRoute } from './deliver.js';
import { createLineSplitter } from './line-splitter.js';
import {
  cutShowLine,
  networkOf,
  OLD_COLUMNS,
  pathOf,
  type ShowColumns,
  showColumnsOf,
  withoutOrigin,
} from './show-bgp-line.js';
import { createTextValues } from './values.js';

/** The words above a table, its header, or its first line without either. */
const BEGINS = /^(?:BGP table ve|\s{2,8}Networ|[*sdrSR][ >=][ ib>]? ?[0-9a-f]{1,4}[.:])/;
/** What stands in front of a network: states of a route, and verdicts of origin validation. */
const STATUS = /^[\s*>=a-zA-Z@<#]*$/;
const HISTORY = /h/;

/** Whether an input begins as `show ip bgp` prints, perhaps behind a byte order mark; twelve octets of text are enough. */
export function looksLikeShowBgp(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 19));
  return BEGINS.test(text.replace(/^\xef\xbb\xbf/, '').slice(0, 16));
}

/** What the lines before have said. */
interface Open {
  columns: ShowColumns;
  prefix: Prefix | undefined;
  status: string;
  /** What the next line begins with, where the last one broke off. */
  wants: 'next-hop' | 'numbers' | undefined;
}

/**
 * A reader of the table that `show ip bgp` and `show bgp` of Cisco and FRR print, and archives of RouteViews and PCH keep: a route a
 * line, with the network left out where it is that of the line before, and lines broken behind a long network or next hop. The
 * peer is not told: its AS is the first of the path (docs/decisions/routes.md D-show-bgp).
 */
export function showBgpReaderOf(emitter: Emitter, options: ReadOptions): RouteReader {
  const { summary, source } = emitter;
  const values = createTextValues();
  const open: Open = { columns: OLD_COLUMNS, prefix: undefined, status: '', wants: undefined };
  emitter.route.bordersLost = true;
  source.record = undefined;
  source.octets = NO_OCTETS;

  const deliver = (text: string): void => {
    const path = withoutOrigin(text);
    const { prefix, status } = open;
    if (prefix === undefined)
      throw new DecodeError('line-columns', 'no network above', { field: 'line.network' });
    if (HISTORY.test(status)) return; // withdrawn, and remembered for damping alone
    const asPath = values.path(path);
    const [first] = asPath;
    const asn = first?.type === 2 ? (first.asns[0] ?? 0) : 0;
    setContext(emitter, 0, undefined, values.peer('', String(asn)), false);
    deliverRoute(emitter, prefix, asPath, { rib: true });
  };
  const read = (line: string): void => {
    const columns = showColumnsOf(line);
    if (columns !== undefined) {
      Object.assign(open, { columns, prefix: undefined, wants: undefined });
      return;
    }
    if (line.trim() === '' || !STATUS.test(line.slice(0, open.columns.network))) {
      open.wants = undefined;
      return;
    }
    if (open.wants === 'numbers') {
      open.wants = undefined;
      deliver(pathOf(line, line, open.columns) ?? '');
      return;
    }
    const { status, network, nextHop, path } = cutShowLine(line, open.columns);
    if (open.wants === undefined) {
      if (!/[*>=sdhrSR]/.test(status) || !/[0-9]/.test(network ?? nextHop ?? '')) return; // words around the table
      open.status = status;
      if (network !== undefined) {
        open.prefix = undefined; // not that of the line before, if this one is none
        open.prefix = networkOf(network);
      }
    }
    open.wants = nextHop === undefined ? 'next-hop' : path === undefined ? 'numbers' : undefined;
    if (path !== undefined) deliver(path);
  };
  let ending = false;
  const lines = createLineSplitter(
    (text, number, offset) => {
      source.number = number;
      const elements = elementsOf(summary);
      try {
        read(text);
      } catch (error) {
        if (emitter.calling || !(error instanceof DecodeError)) throw error;
        open.wants = undefined;
        const problem = { code: error.code, message: error.message, field: error.field, number, offset };
        emitter.problem(problem);
        if (ending) summary.cutOff = { ...problem, code: 'line-truncated' };
      }
      if (elementsOf(summary) > elements) summary.usable++;
    },
    emitter.problem,
    options.maxRecordLength ?? DEFAULT_MAX_RECORD_LENGTH,
  );
  const settle = (): void => {
    summary.records = lines.lines;
    summary.octets = lines.octets;
  };
  return {
    summary,
    push: (chunk) => {
      emitter.calling = false;
      lines.push(chunk);
      settle();
    },
    end: (cause) => {
      if (cause) reportEnd(emitter, cause);
      else {
        ending = true;
        lines.end();
        if (open.wants !== undefined) {
          const message = 'the input ends within a route';
          summary.cutOff = {
            code: 'line-truncated',
            message,
            field: 'line',
            number: lines.lines,
            offset: lines.octets,
          };
          emitter.problem(summary.cutOff);
        }
      }
      settle();
    },
  };
}
