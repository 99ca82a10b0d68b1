import { createAspaTable } from 'pathsec/aspa';
import {
  type AuditConditions,
  createAudit,
  createPartialMerge,
  createPartialReader,
  evidenceOf,
  type JudgedFile,
  packJudgedFile,
  partialEnd,
  partialHead,
  partialLines,
  readPackedFile,
  timedEvidenceOf,
} from 'pathsec/audit';
import { parseAsPath } from 'pathsec/bgp';
import { concatOctets, equalOctets } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { createRovTable } from 'pathsec/rov';
import { textMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { octetsOf, textOf } from './text.js';

const CODES = [
  ...['partial-schema', 'partial-syntax', 'partial-limit', 'partial-truncated', 'partial-conditions'],
  ...['count-range', 'as-path-*', 'asn-*', 'address-syntax', 'prefix-*'],
];

/** One file of two routes with its conditions; `timed`: each by the payloads of its time. */
function sample(timed: boolean): { readonly conditions: AuditConditions; readonly file: JudgedFile } {
  const aspa = createAspaTable([{ customer: 1, providers: [2] }]);
  const rov = createRovTable([{ prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn: 9 }]);
  const contents = {
    vrps: { count: 1, sha256: 'a'.repeat(64) },
    aspas: { count: 1, sha256: 'b'.repeat(64) },
  };
  const timeline = {
    setOf: (time: number) => time - (time % 10),
    aspa: () => aspa,
    rov: () => rov,
    contents: () => contents,
  };
  const audit = createAudit(timed ? { timeline } : { aspa, rov });
  for (const [path, peerAs, time] of [
    ['3 1', 3, 11],
    ['0 {1,2}', 0, 25],
  ] as const) {
    const peer = { address: Uint8Array.of(192, 0, 2, 1), asn: peerAs };
    const base = { time, microseconds: undefined, peer, peerAs, local: false, pathId: undefined };
    const form = { rib: true, hasAsPath: true, signed: true, bordersLost: false };
    const prefix = parsePrefix('192.0.2.0/24');
    audit.add({ kind: 'route', ...base, ...form, prefix, asPath: parseAsPath(path) });
  }
  const conditions: AuditConditions = {
    aspaRevision: '28',
    ...(timed ? { vrps: null, aspas: null } : contents),
    neighborCheck: 'auto',
    neighborRole: null,
    roles: { 3: 'peer' },
    maxInvalidOrigins: 1_000,
  };
  const part = audit.part();
  const problem = { code: 'truncated', message: 'too short', file: 'x', offset: 3 };
  const facts = {
    unreadable: [],
    skipped: [{ what: 'a kind', count: 1 }],
    addPath: [{ peer: 'AS2', read: 'with-identifiers', evidence: 'prefixes', count: 1 }] as const,
    problems: { count: 1, listed: [problem] },
  };
  const evidence = timed ? timedEvidenceOf(part, timeline) : evidenceOf(part, aspa, rov);
  return { conditions, file: { name: 'x', sha256: 'c'.repeat(64), facts, part, ...evidence } };
}

/** The partial report of {@link sample}. */
function textSample(timed: boolean): string {
  const { conditions, file } = sample(timed);
  return [partialHead(conditions), ...partialLines(file), partialEnd(1)].join('');
}

const packed = (conditions: AuditConditions, file: JudgedFile): Uint8Array =>
  concatOctets([...packJudgedFile(conditions, file)]);

/** The report of files under these conditions is made, and its sums fit. */
function reportOf(conditions: AuditConditions, files: readonly JudgedFile[]): void {
  const merge = createPartialMerge();
  merge.begin(conditions);
  for (const file of files) merge.add(file);
  const { routes, rov } = merge.report();
  must(routes === rov.valid + rov.invalid + rov.notFound, 'routes are not the sum of their states');
}

/** What stands in a partial report, and its text again. */
function read(text: string): { conditions: AuditConditions[]; files: JudgedFile[]; again: string } {
  const conditions: AuditConditions[] = [];
  const files: JudgedFile[] = [];
  const reader = createPartialReader({
    onConditions: (one) => void conditions.push(one),
    onFile: (one) => void files.push(one),
  });
  for (const line of text.trimEnd().split('\n')) reader.push(line);
  reader.end();
  const lines = [
    ...conditions.map(partialHead),
    ...files.flatMap((file) => [...partialLines(file)]),
    partialEnd(files.length),
  ];
  return { conditions, files, again: lines.join('') };
}

/** Partial reports. */
export const AUDIT: readonly Target[] = [
  {
    name: 'audit-partial',
    covers: ['audit:createPartialReader'],
    roundTrip: 'the text written again reads as the same text; its report is made, and has the same sums',
    growth: 60,
    codes: CODES,
    seeds: () => octetsOf(textSample(false), textSample(true)),
    mutate: textMutation(['null', '"3 1"', '"192.0.2.0/24"', '[1,0,1,0,0]', '{"files":1}', '{"end":']),
    run: (octets) => {
      const { conditions, files, again } = read(textOf(octets));
      must(read(again).again === again, 'the text is another one when it is read again');
      const [first] = conditions;
      if (first !== undefined) reportOf(first, files);
      return files;
    },
  },
  {
    name: 'audit-packed',
    covers: ['audit:readPackedFile'],
    roundTrip: 'the octets written again read as the same octets; its report is made, and has the same sums',
    growth: 60,
    codes: CODES,
    seeds: () =>
      [false, true].map((timed) => {
        const { conditions, file } = sample(timed);
        return packed(conditions, file);
      }),
    run: (octets) => {
      const { conditions, file } = readPackedFile(octets);
      const again = packed(conditions, file);
      const read = readPackedFile(again);
      must(
        equalOctets(packed(read.conditions, read.file), again),
        'the octets are others when they are read again',
      );
      reportOf(conditions, [file]);
      return file;
    },
  },
];
