import type { FindingCode } from './finding-codes.js';

/** One observation about an object: what a profile demands and the object does not do. */
export interface Finding {
  /** Stable kebab-case code. */
  readonly code: FindingCode;
  /** The document and section that is broken, e.g. `RFC 6488 §2.1.6.4`. */
  readonly section: string;
  readonly message: string;
  /** `error` makes the object invalid; `warning` is a SHOULD, or a lapse that validators accept. */
  readonly severity: 'error' | 'warning';
}

/** One rule of a profile and how the object stands to it; `message` is empty for `pass`. */
export interface Check {
  readonly code: FindingCode;
  readonly section: string;
  readonly outcome: 'pass' | 'warning' | 'error' | 'not-checkable';
  readonly message: string;
}

/** Collects the checks of a profile in their order. */
export interface Findings {
  /** What is wrong. */
  readonly list: readonly Finding[];
  /** Everything that was looked at, passed checks included. */
  readonly checks: readonly Check[];
  /** Records an error unless `holds`. Returns `holds`. */
  must(holds: boolean, code: FindingCode, section: string, message: string): boolean;
  /** Records a warning unless `holds`. */
  should(holds: boolean, code: FindingCode, section: string, message: string): void;
}

/** An empty {@link Findings}. */
export function createFindings(): Findings {
  const list: Finding[] = [];
  const checks: Check[] = [];
  const add = (
    severity: Finding['severity'],
    holds: boolean,
    code: FindingCode,
    section: string,
    message: string,
  ) => {
    checks.push({ code, section, outcome: holds ? 'pass' : severity, message: holds ? '' : message });
    if (!holds) list.push({ code, section, message, severity });
    return holds;
  };
  return {
    list,
    checks,
    must: (...rest) => add('error', ...rest),
    should: (...rest) => {
      add('warning', ...rest);
    },
  };
}
