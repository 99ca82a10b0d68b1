import { DecodeError } from '../bytes/index.js';
import { createEmitter, type Emitter, NO_OCTETS, type OnElement, type ReadOptions } from './emitter.js';
import { createLineSplitter } from './line-splitter.js';
import { DEFAULT_MAX_RECORD_LENGTH, type RouteReader, reportEnd } from './mrt-reader.js';
import { isBgpdumpLine, readBgpdumpLine } from './text-bgpdump.js';
import { readPlainPath, readPlainRoute } from './text-plain.js';
import { readRisLive } from './text-ris-live.js';
import { createTextValues } from './text-values.js';

/**
 * A streaming reader of routes as text, told by the content of each line: `bgpdump -m` and `-M` lines, RIS Live JSON,
 * `prefix|path|peerAs`, and plain paths. Empty lines and what follows `#` in plain lines are comments. A malformed
 * line is a problem with its number and is skipped. Errors thrown by `onElement` pass through.
 */
export function createTextReader(onElement: OnElement, options: ReadOptions = {}): RouteReader {
  return textReaderOf(createEmitter(onElement, options), options);
}

/** The reader over an emitter made elsewhere. */
export function textReaderOf(emitter: Emitter, options: ReadOptions): RouteReader {
  const { summary, source } = emitter;
  const values = createTextValues();
  const add = emitter.problem;
  let lineOffset = 0;
  emitter.problem = (problem) => add({ ...problem, number: source.number, offset: lineOffset });
  emitter.route.bordersLost = true;
  source.record = undefined;
  source.octets = NO_OCTETS;

  const read = (line: string): void => {
    if (line.startsWith('{')) {
      readRisLive(emitter, values, line);
      return;
    }
    const columns = line.split('|');
    if (isBgpdumpLine(columns)) {
      readBgpdumpLine(emitter, values, columns);
      return;
    }
    const plain = line.replace(/#.*$/, '').trim();
    if (plain === '') return;
    if (plain.includes('|')) readPlainRoute(emitter, values, plain.split('|'));
    else readPlainPath(emitter, values, plain);
  };
  const lines = createLineSplitter(
    (text, number, offset) => {
      source.number = number;
      lineOffset = offset;
      try {
        read(text.trimStart());
      } catch (error) {
        if (emitter.calling || !(error instanceof DecodeError)) throw error;
        const { code, field } = error;
        emitter.problem({ code, message: error.message, field, number, offset });
      }
    },
    add,
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
      else lines.end();
      settle();
    },
  };
}
