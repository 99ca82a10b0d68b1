import { createAspaTable } from '../../aspa/index.js';
import { createRovTable } from '../../rov/index.js';
import type { SeedOptions } from '../../tables/index.js';
import { type Audit, createAudit } from '../audit.js';
import { compareText } from '../path-order.js';
import type { AuditProblem, LazyAuditReport } from '../report.js';
import type { PayloadContents } from '../timeline.js';
import {
  type AuditConditions,
  isTimed,
  optionsOfConditions,
  requireSameConditions,
  requireSameContents,
} from './conditions.js';
import { createGatheredTimeline } from './gathered-timeline.js';
import { joinFacts } from './join-facts.js';
import { fileKey, type JudgedFile } from './judged-file.js';

/**
 * A partial report: judged files under one set of conditions. As values they merge like sets of files: in any order, in any
 * grouping, each file once, and with {@link EMPTY_PARTIAL} nothing changes.
 */
export interface PartialReport {
  /** Undefined where there is no file, and no audit that said. */
  readonly conditions: AuditConditions | undefined;
  /** Each content once, by it. */
  readonly files: readonly JudgedFile[];
}

/** The partial report of nothing: merged with another it makes that one. */
export const EMPTY_PARTIAL: PartialReport = { conditions: undefined, files: [] };

/**
 * The union of partial reports. A file that several of them have, by its content, is one file, under the first of its names
 * (docs/decisions/audit.md D-audit-partial-twice).
 *
 * @throws {DecodeError} `partial-conditions` where two were made against different payloads or options.
 */
export function mergePartials(partials: readonly PartialReport[]): PartialReport {
  let conditions: AuditConditions | undefined;
  const files = new Map<string, JudgedFile>();
  const sets = new Map<number, PayloadContents>();
  for (const partial of partials) {
    if (conditions !== undefined && partial.conditions !== undefined) {
      requireSameConditions(conditions, partial.conditions);
    }
    conditions ??= partial.conditions;
    for (const file of partial.files) {
      for (const { time, contents } of file.sets ?? []) {
        requireSameContents(time, sets.get(time) ?? contents, contents);
        sets.set(time, contents);
      }
      const known = files.get(fileKey(file));
      if (known === undefined || compareText(file.name, known.name) < 0) files.set(fileKey(file), file);
    }
  }
  return {
    conditions,
    files: [...files].sort(([a], [b]) => compareText(a, b)).map(([, file]) => file),
  };
}

/** The report of many judged files, which come one after the other and are not kept. */
export interface PartialMerge {
  /** Those that were told; undefined before. */
  readonly conditions: AuditConditions | undefined;
  /**
   * Says under which conditions the next files were judged.
   *
   * @throws {DecodeError} `partial-conditions` where the files before were judged under others.
   */
  begin(conditions: AuditConditions): void;
  /**
   * Counts a file, in any order; the name of the file counted before, where one of this content was.
   *
   * @throws {DecodeError} `partial-conditions` where payloads of its times are others than those of files before.
   */
  add(file: JudgedFile): string | undefined;
  /** Names of the files that were counted, in order. */
  names(): string[];
  /**
   * The report that an audit of all these files makes.
   *
   * @param unreadable what else is missing in it.
   * @throws {RangeError} where nothing said under which conditions.
   */
  report(unreadable?: readonly AuditProblem[]): LazyAuditReport;
}

/** A {@link PartialMerge} of nothing yet. Memory grows with the distinct pairs of path and peer, as in an audit. */
export function createPartialMerge({ seed = 0 }: SeedOptions = {}): PartialMerge {
  const aspa = createAspaTable([], { seed });
  const rov = createRovTable([], { seed });
  const files = new Map<string, Pick<JudgedFile, 'name' | 'facts'>>();
  const timeline = createGatheredTimeline(seed);
  let conditions: AuditConditions | undefined;
  let audit: Audit | undefined;
  return {
    get conditions() {
      return conditions;
    },
    begin: (next) => {
      if (conditions !== undefined) requireSameConditions(conditions, next);
      if (audit !== undefined) return;
      conditions = next;
      const common = { seed, ...optionsOfConditions(next) };
      audit = createAudit(isTimed(next) ? { timeline, ...common } : { aspa, rov, ...common });
    },
    add: (file) => {
      if (audit === undefined) throw new RangeError('a file before the conditions that it was judged under');
      const key = fileKey(file);
      const known = files.get(key);
      const { name, facts } = file;
      if (known === undefined) for (const set of file.sets ?? []) timeline.add(set);
      if (known === undefined || compareText(name, known.name) < 0) files.set(key, { name, facts });
      if (known !== undefined) return known.name;
      for (const one of file.aspas) aspa.announce(one);
      rov.unite(file.vrps);
      audit.addPart(file.part);
      return undefined;
    },
    names: () => [...files.values()].map(({ name }) => name).sort(compareText),
    report: (unreadable = []) => {
      if (audit === undefined || conditions === undefined) {
        throw new RangeError('a report of nothing: no conditions were told');
      }
      const missing = unreadable.map((one) => ({ name: one.file ?? '', facts: { unreadable: [one] } }));
      const { vrps, aspas } = conditions;
      const report = audit.lazyReport(joinFacts([...files.values(), ...missing]));
      if (vrps === null || aspas === null) return report;
      return { ...report, payloads: { vrps: vrps.count, aspas: aspas.count } };
    },
  };
}

/**
 * The report that an audit of the files of a partial report makes.
 *
 * @throws {RangeError} for one without conditions.
 */
export function reportOfPartial(
  { conditions, files }: PartialReport,
  options: SeedOptions = {},
): LazyAuditReport {
  if (conditions === undefined) throw new RangeError('a report of nothing: no conditions were told');
  const merge = createPartialMerge(options);
  merge.begin(conditions);
  for (const file of files) merge.add(file);
  return merge.report();
}
