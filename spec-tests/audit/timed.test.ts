import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import {
  type AuditConditions,
  type AuditOptions,
  type AuditReport,
  createAudit,
  createPartialMerge,
  createPartialReader,
  createRouteJudge,
  type JudgedFile,
  mergePartials,
  type PayloadTimeline,
  packJudgedFile,
  partialEnd,
  partialHead,
  partialLines,
  readPackedFile,
  reportOfPartial,
  type TimedAuditOptions,
  timedEvidenceOf,
} from 'pathsec/audit';
import { concatOctets } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import type { Element, RouteElement } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { conditionsOf, element, options } from './arbitrary-files.js';
import { route } from './build.js';

/** Payloads of four times: each differs from the one before in what judges the routes of the arbitrary files. */
const TIMES = [100, 200, 300, 400];
const ASPAS = [
  [[1, 2, 3]],
  [
    [1, 2],
    [2, 0],
  ],
  [],
  [
    [1, 0],
    [10, 64_512],
  ],
];
const VRPS = [['10.0.0.0/8', 1], ['10.1.0.0/16', 2], ['192.0.2.0/24', 3], []] as const;

function tablesAt(set: number): Pick<AuditOptions, 'aspa' | 'rov'> {
  const [prefix, asn] = VRPS[set] ?? [];
  const vrps = prefix === undefined ? [] : [{ prefix: parsePrefix(prefix), maxLength: 24, asn: asn ?? 0 }];
  const aspas = (ASPAS[set] ?? []).map(([customer = 0, ...providers]) => ({ customer, providers }));
  return { aspa: createAspaTable(aspas), rov: createRovTable(vrps) };
}

const setOf = (time: number): number => Math.floor(time / 100) - 1;
const TIMELINE: PayloadTimeline = {
  setOf: (time) => TIMES[setOf(time)] as number,
  aspa: (time) => tablesAt(setOf(time)).aspa,
  rov: (time) => tablesAt(setOf(time)).rov,
  contents: (time) => {
    const { aspa, rov } = tablesAt(setOf(time));
    const sha256 = (letter: string): string => `${setOf(time)}${letter.repeat(63)}`;
    return {
      vrps: { count: rov.size, sha256: sha256('a') },
      aspas: { count: aspa.size, sha256: sha256('b') },
    };
  },
};

const timedElement: fc.Arbitrary<Element> = fc
  .tuple(element, fc.integer({ min: 100, max: 499 }))
  .map(([one, time]) => (one.kind === 'path' ? one : { ...one, time }));
const files = fc.array(fc.array(timedElement, { maxLength: 12 }), { maxLength: 4 });
const timedOptions = options.map(
  ({ aspa: _, rov: __, ...rest }): TimedAuditOptions => ({ ...rest, timeline: TIMELINE }),
);
const isRoute = (one: Element): one is RouteElement => one.kind === 'route' && !one.local && one.hasAsPath;

function auditOf(of: AuditOptions | TimedAuditOptions, elements: Iterable<Element>) {
  const audit = createAudit(of);
  for (const one of elements) audit.add(one);
  return audit;
}

function judge(elements: readonly Element[], number: number, of: TimedAuditOptions): JudgedFile {
  const part = auditOf(of, elements).part();
  return {
    name: `file-${number}`,
    sha256: number.toString(16).padStart(64, '0'),
    facts: { unreadable: [], skipped: [], addPath: [], problems: { count: 0, listed: [] } },
    part,
    ...timedEvidenceOf(part, of.timeline),
  };
}

const timedConditions = (of: TimedAuditOptions): AuditConditions => ({
  ...conditionsOf({ ...of, ...tablesAt(0) }),
  vrps: null,
  aspas: null,
});

describe('an audit of routes by the payloads of their times', () => {
  it('counts what audits of the routes of each time count, added up', () => {
    fc.assert(
      fc.property(fc.array(timedElement, { maxLength: 40 }), timedOptions, (elements, of) => {
        // What step 2 does in mode auto depends on all routes of a peer.
        const { timeline: _, ...others } = of;
        const common = { ...others, neighborCheck: of.neighborCheck === 'on' ? 'on' : 'off' } as const;
        const whole = auditOf({ ...common, timeline: TIMELINE }, elements).report();
        const parts = TIMES.map((time, set) => {
          const own = elements.filter((one) => isRoute(one) && setOf(one.time) === set);
          return { time, report: auditOf({ ...common, ...tablesAt(set) }, own).report() };
        });
        const sum = (count: (report: AuditReport) => number): number =>
          parts.reduce((total, { report }) => total + count(report), 0);
        expect(whole.routes).toBe(sum(({ routes }) => routes));
        for (const state of ['valid', 'invalid', 'notFound'] as const) {
          expect(whole.rov[state]).toBe(sum(({ rov }) => rov[state]));
          expect(whole.signed.rov[state]).toBe(sum(({ signed }) => signed.rov[state]));
        }
        for (const outcome of ['valid', 'invalid', 'unknown'] as const) {
          expect(whole.aspa[outcome]).toBe(sum(({ aspa }) => aspa[outcome]));
          for (const state of ['valid', 'invalid', 'notFound'] as const) {
            expect(whole.rovByAspa[state][outcome]).toBe(sum(({ rovByAspa }) => rovByAspa[state][outcome]));
          }
        }
        expect(whole.payloadSets).toEqual(
          parts
            .filter(({ report }) => report.routes > 0)
            .map(({ time, report }) => ({ time, ...TIMELINE.contents(time), routes: report.routes })),
        );
        const routesOf = (rows: Iterable<{ readonly routes: number }>): number =>
          [...rows].reduce((total, { routes }) => total + routes, 0);
        expect(routesOf(whole.invalidPaths)).toBe(sum(({ invalidPaths }) => routesOf(invalidPaths)));
        expect(routesOf(whole.notProviderHops)).toBe(sum(({ notProviderHops }) => routesOf(notProviderHops)));
        for (const {
          path,
          peerAs,
          peerAddress,
          payloadTime,
          procedure,
          step,
          reason,
          hops,
        } of whole.invalidPaths) {
          const { report } = parts.find(({ time }) => time === payloadTime) ?? {};
          const same = { path, peerAs, peerAddress, procedure, step, reason, hops };
          expect(report?.invalidPaths).toContainEqual(expect.objectContaining(same));
        }
        for (const { prefix, origin, reason, vrps, payloadTime } of whole.invalidOrigins.listed) {
          const first = parts.find(({ report }) =>
            report.invalidOrigins.listed.some((one) => one.prefix === prefix && one.origin === origin),
          );
          expect(first?.time).toBe(payloadTime);
          expect(first?.report.invalidOrigins.listed).toContainEqual(
            expect.objectContaining({ prefix, origin, reason, vrps }),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is that of one set of payloads where all routes are of its time, but for what it says of times', () => {
    fc.assert(
      fc.property(fc.array(timedElement, { maxLength: 30 }), timedOptions, (elements, of) => {
        const own = elements.map((one) => (one.kind === 'path' ? one : { ...one, time: 250 }));
        const {
          payloadSets: _,
          invalidPaths,
          invalidOrigins,
          payloads: __,
          ...timed
        } = auditOf(of, own).report();
        const { timeline: ___, ...common } = of;
        const { payloads: ____, ...one } = auditOf({ ...common, ...tablesAt(1) }, own).report();
        const rows = [...invalidPaths, ...invalidOrigins.listed];
        expect(rows.filter(({ payloadTime }) => payloadTime !== 200)).toEqual([]);
        const untimed = <T extends { readonly payloadTime?: number }>(list: readonly T[]) =>
          list.map(({ payloadTime: _time, ...row }) => row);
        expect({
          ...timed,
          invalidPaths: untimed(invalidPaths),
          invalidOrigins: { ...invalidOrigins, listed: untimed(invalidOrigins.listed) },
        }).toEqual(one);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same report in parts, in any order, and by their text, whose lines are of the schema', () => {
    const page = new URL('../../docs/partial.schema.json', import.meta.url);
    const isLine = new Ajv2020({ allErrors: true, strictTuples: false }).compile(
      JSON.parse(readFileSync(page, 'utf8')) as object,
    );
    fc.assert(
      fc.property(files, timedOptions, fc.nat(1_000), (inputs, of, seed) => {
        const whole = JSON.stringify(auditOf(of, inputs.flat()).lazyReport());
        const judged = inputs.map((one, i) => judge(one, i, of));
        const sum = createAudit({ ...of, seed });
        for (const { part } of [...judged].reverse()) sum.addPart(structuredClone(part));
        expect(JSON.stringify(sum.lazyReport())).toBe(whole);

        const conditions = timedConditions(of);
        const lines = [partialHead(conditions), ...judged.flatMap((one) => [...partialLines(one)])]
          .concat(partialEnd(judged.length))
          .join('')
          .trimEnd()
          .split('\n');
        const again: JudgedFile[] = [];
        const reader = createPartialReader({
          onConditions: (one) => expect(one).toEqual(conditions),
          onFile: (one) => void again.push(one),
        });
        for (const line of lines) {
          isLine(JSON.parse(line));
          expect(isLine.errors ?? []).toEqual([]);
          reader.push(line);
        }
        reader.end();
        expect(again).toEqual(judged);
        for (const file of judged) {
          const octets = concatOctets([...packJudgedFile(conditions, file)]);
          expect(readPackedFile(octets)).toEqual({ conditions, file });
        }
        const merge = createPartialMerge({ seed });
        merge.begin(conditions);
        for (const one of again.reverse()) merge.add(one);
        const { unreadable: _, ...merged } = JSON.parse(JSON.stringify(merge.report())) as AuditReport;
        const { unreadable: __, ...expected } = JSON.parse(whole) as AuditReport;
        expect(merged).toEqual(expected);
        const values = mergePartials(judged.map((file) => ({ conditions, files: [file] })));
        if (judged.length > 0) expect(reportOfPartial(values)).toMatchObject({ routes: merged.routes });
      }),
      { numRuns: 150 },
    );
  });

  it('says of each route what it counts', () => {
    fc.assert(
      fc.property(fc.array(timedElement, { maxLength: 30 }), timedOptions, (elements, of) => {
        const report = auditOf(of, elements).report();
        const judgeRoute = createRouteJudge(of, report.peers);
        const rows = elements.filter(isRoute).map((one) => judgeRoute(one));
        expect(rows).toHaveLength(report.routes);
        for (const state of ['valid', 'invalid', 'not-found'] as const) {
          const count = rows.filter((row) => row?.rov === state).length;
          expect(count).toBe(report.rov[state === 'not-found' ? 'notFound' : state]);
        }
        for (const outcome of ['valid', 'invalid', 'unknown'] as const) {
          expect(rows.filter((row) => row?.aspa === outcome)).toHaveLength(report.aspa[outcome]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not add up with what was judged by the same payloads, or by others of the same time', () => {
    const timed: TimedAuditOptions = { timeline: TIMELINE };
    const one = { ...route('10.0.0.0/8', '2 1', 2), time: 150 };
    const part = auditOf(timed, [one]).part();
    const single = auditOf(tablesAt(0), [one]).part();
    expect(() => createAudit(timed).addPart(single)).toThrow(RangeError);
    expect(() => createAudit(tablesAt(0)).addPart(part)).toThrow(RangeError);
    const conditions = timedConditions(timed);
    const file = judge([one], 1, timed);
    const other = {
      ...file,
      sha256: 'f'.repeat(64),
      sets: (file.sets ?? []).map((set) => ({
        ...set,
        contents: { ...set.contents, vrps: { count: 7, sha256: 'e'.repeat(64) } },
      })),
    };
    const fault = expect.objectContaining({
      code: 'partial-conditions',
      message: expect.stringMatching(/of the time 100 made against other VRPs/),
    });
    expect(() => mergePartials([{ conditions, files: [file, other] }])).toThrow(fault);
    const merge = createPartialMerge();
    merge.begin(conditions);
    merge.add(file);
    expect(() => merge.add(other)).toThrow(fault);
    expect(() => merge.begin(conditionsOf(tablesAt(0)))).toThrow(
      /those of the time of each route, and SHA-256/,
    );
  });
});
