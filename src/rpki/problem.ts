import { DecodeError } from '../bytes/index.js';

/** One record that was reported and skipped (or, where `code` says so, only reported). */
export interface Problem {
  /** Stable kebab-case code; those of `inet` (`asn-range`, `prefix-syntax` ...) among them. */
  readonly code: string;
  readonly message: string;
  /** The list the record stands in: `roas`, `aspas`, `provider_authorizations.ipv4`, `json` for a bare array, `line` for text. */
  readonly list: string;
  /** Number of the record in its list from 0 on, of a line from 1 on; absent when it concerns no single record. */
  readonly index?: number;
}

/** Problems found: all are counted, the first ones kept. */
export interface Problems {
  readonly count: number;
  readonly listed: readonly Problem[];
}

/** Collects problems; memory does not grow with their number. */
export interface ProblemLog extends Problems {
  /** @throws {DecodeError} in strict mode, with the code of the problem and its place as the field. */
  report(code: string, message: string, list: string, index?: number): void;
}

const LISTED = 100;

/** An empty log. In strict mode the first problem is thrown. */
export function createProblemLog(strict: boolean): ProblemLog {
  const listed: Problem[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    listed,
    report: (code, message, list, index) => {
      const place = index === undefined ? list : `${list}[${index}]`;
      if (strict) throw new DecodeError(code, message, { field: place });
      count++;
      if (listed.length < LISTED) {
        listed.push({ code, message, list, ...(index === undefined ? {} : { index }) });
      }
    },
  };
}
