import { DecodeError } from '../../bytes/index.js';
import { requireOctets } from '../../inet/index.js';
import type { OnElement } from '../element-source.js';
import { createEmitter, type Emitter, NO_OCTETS, type ReadOptions, settleMessages } from '../emitter.js';
import { lineFormatOf } from '../formats.js';
import { DEFAULT_MAX_RECORD_LENGTH, type RouteReader, reportEnd } from '../reader.js';
import { elementsOf } from '../summary.js';
import { createLineSplitter } from './line-splitter.js';
import { createTextValues } from './values.js';

/**
 * A streaming reader of routes as text, told by the content of each line: `bgpdump -m` and `-M` lines, those of bgpreader and
 * bgpkit, JSON of RIS Live, ExaBGP, GoBGP, bgpipe and bgpkit, `prefix|path|peerAs`, and plain paths. Empty lines and what follows `#` in plain lines are comments. A malformed
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

  /** False for a line that says nothing of routes: blank, a comment, a word of the service itself. */
  const read = (line: string): boolean =>
    line !== '' && !line.startsWith('#') && lineFormatOf(line).read(emitter, values, line);
  // The last line has no end: if it cannot be read either, the rest of it is missing.
  let ending = false;
  const lines = createLineSplitter(
    (text, number, offset) => {
      source.number = number;
      source.octets = NO_OCTETS;
      source.attributesStart = source.attributesEnd = 0;
      source.lineAttributes = undefined;
      lineOffset = offset;
      const faults = summary.problems.count;
      const elements = elementsOf(summary);
      let said = true;
      try {
        said = read(text.trimStart());
      } catch (error) {
        if (emitter.calling || !(error instanceof DecodeError)) throw error;
        const { code, field } = error;
        emitter.problem({ code, message: error.message, field, number, offset });
      }
      const faulty = summary.problems.count > faults;
      if (elementsOf(summary) > elements || (said && !faulty)) summary.usable++;
      if (ending && faulty) {
        const message = 'the input ends inside a line that cannot be read';
        summary.cutOff = { code: 'line-truncated', message, field: 'line', number, offset };
      }
    },
    add,
    options.maxRecordLength ?? DEFAULT_MAX_RECORD_LENGTH,
  );
  const settle = (): void => {
    summary.records = lines.lines;
    summary.octets = lines.octets;
    settleMessages(emitter);
  };
  return {
    summary,
    push: (chunk) => {
      requireOctets(chunk, 'the chunk');
      emitter.calling = false;
      lines.push(chunk);
      settle();
    },
    end: (cause) => {
      if (cause) reportEnd(emitter, cause);
      else {
        ending = true;
        lines.end();
      }
      settle();
    },
  };
}
