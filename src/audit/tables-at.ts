import type { AspaTable } from '../aspa/index.js';
import type { RovTable } from '../rov/index.js';
import type { AuditOptions, TimedAuditOptions } from './options.js';

/** What routes of a time are judged by. */
export interface Tables {
  readonly aspa: AspaTable;
  readonly rov: RovTable;
  /** The time of the payloads, where there are payloads of many times. */
  readonly time?: number;
}

/** Gives the tables for a time, the same object as long as the same payloads judge. */
export function tablesAt(options: AuditOptions | TimedAuditOptions): (time: number) => Tables {
  if (!('timeline' in options)) return () => options;
  const { timeline } = options;
  let set: number | undefined;
  let tables: Tables | undefined;
  return (time) => {
    const next = timeline.setOf(time);
    if (tables !== undefined && next === set) return tables;
    set = next;
    tables = { aspa: timeline.aspa(next), rov: timeline.rov(next), time: next };
    return tables;
  };
}
