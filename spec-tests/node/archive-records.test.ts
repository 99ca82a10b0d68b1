import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { readJob, writeJob } from '../../src/node/archive/job.js';
import { JOB_NAME, jobOfStream, keyOfFile, namesOf } from '../../src/node/archive/names.js';
import {
  MOST_RECORD,
  readDone,
  readFileRecord,
  readHeld,
  readKept,
  readLost,
  reasonOf,
  writeRecord,
} from '../../src/node/archive/records.js';
import { joinJobs } from '../../src/node/archive/submit.js';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const kept = fc.record({ sha256: hash, octets: fc.nat(1 << 20), pieces: fc.nat(40) });
const reason = fc.record({ code: text, message: text });
const attempt = { name: text, worker: text, tries: fc.nat(100) };
const payload = fc.record({ count: fc.nat(), sha256: hash });
const state = fc.record({
  archives: fc.uniqueArray(fc.tuple(text, fc.nat()), { maxLength: 3, selector: ([name]) => name }),
  slurm: fc.array(hash, { maxLength: 2 }),
});
const oneTime = fc.record({
  payloads: fc.record({
    rpki: fc.array(text, { maxLength: 3 }),
    slurm: fc.array(text, { maxLength: 2 }),
    now: fc.option(fc.nat()),
    strict: fc.boolean(),
    rpkiAt: fc.option(fc.nat()),
    spool: fc.option(text),
    node: fc.option(text),
    state: fc.constant(null),
  }),
  conditions: fc.record({
    aspaRevision: fc.constant('28' as const),
    vrps: payload,
    aspas: payload,
    neighborCheck: fc.constantFrom('on' as const, 'off' as const, 'auto' as const),
    neighborRole: fc.option(fc.constantFrom('provider' as const, 'rs' as const)),
    roles: fc.constantFrom({}, { 64496: 'customer' as const }),
    maxInvalidOrigins: fc.nat(1000),
  }),
  tries: fc.integer({ min: 1, max: 100 }),
  patience: fc.integer({ min: 1, max: 86_400 }),
  files: fc.array(fc.tuple(text, text), { maxLength: 8 }).map((pairs) => new Map(pairs)),
});

/** One of the times of its routes, and one of one time. */
const job = fc.oneof(
  oneTime,
  fc.tuple(oneTime, state, text).map(([one, of, spool]) => ({
    ...one,
    payloads: { ...one.payloads, rpkiAt: 'routes' as const, spool, state: of },
    conditions: { ...one.conditions, vrps: null, aspas: null },
  })),
);

/** A record with one of its members, at any depth, exchanged or taken away, or with one more. */
function damaged(octets: Uint8Array, at: number, value: unknown): Uint8Array {
  let number = 0;
  const json = JSON.stringify(JSON.parse(new TextDecoder().decode(octets)), (key, old: unknown) =>
    key !== '' && number++ === at ? value : old,
  );
  return new TextEncoder().encode(json);
}

const CODECS = [
  ['a file', fc.record({ name: text }), readFileRecord, writeRecord],
  [
    'what is kept',
    kept.map((one) => ({ kept: one })),
    (o: Uint8Array) => ({ kept: readKept(o) }),
    writeRecord,
  ],
  ['a result', fc.record({ ...attempt, result: kept }), readDone, writeRecord],
  [
    'who holds a file',
    fc.record({ ...attempt, state: fc.constantFrom('held', 'failed', 'left'), reason: fc.option(reason) }),
    readHeld,
    writeRecord,
  ],
  ['what was given up', fc.record({ ...attempt, name: fc.option(text), reason }), readLost, writeRecord],
  ['a job', job, readJob, writeJob],
] as const satisfies readonly (readonly [
  string,
  fc.Arbitrary<object>,
  (octets: Uint8Array) => object,
  (value: never) => Uint8Array,
])[];

describe.each(CODECS)('%s', (_, arbitrary, read, write) => {
  const encode = write as (value: object) => Uint8Array;

  it('is read as it was written, and written again with the same octets', () => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<object>, (value) => {
        const octets = encode(value);
        const again = read(octets);
        expect(again).toEqual(value);
        expect(encode(again)).toEqual(octets);
      }),
    );
  });

  it('is refused by name where anything in it is something else', () => {
    const other = fc.constantFrom(undefined, null, -1, 0.5, 2 ** 60, 'x', [], {}, { more: 1 }, true);
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<object>, fc.nat(12), other, (value, at, wrong) => {
        const octets = damaged(encode(value), at, wrong);
        try {
          expect(encode(read(octets))).toEqual(octets); // it may be another good one
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
          expect((error as DecodeError).code).toMatch(/^(?:archive-message|partial-[a-z]+)$/);
        }
      }),
    );
  });

  it('is refused as octets of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(() => read(octets)).toThrow(DecodeError);
      }),
    );
  });
});

describe('the messages of an archive', () => {
  it('are bounded, and reasons are cut so that they fit', () => {
    expect(() => readFileRecord(writeRecord({ name: 'x'.repeat(MOST_RECORD) }))).toThrow(
      /at most 65536 octets/,
    );
    const lost = {
      name: 'x'.repeat(4096),
      worker: 'w',
      tries: 1,
      reason: reasonOf('c'.repeat(99), 'm'.repeat(9999)),
    };
    expect(readLost(writeRecord(lost))).toEqual(lost);
    expect(writeRecord({ ...lost, name: '\u0001'.repeat(4096) }).length).toBeLessThan(MOST_RECORD);
  });

  it('stand under names that no other job has', () => {
    fc.assert(
      fc.property(fc.stringMatching(JOB_NAME), fc.stringMatching(JOB_NAME), text, (a, b, name) => {
        expect(jobOfStream(namesOf(a).files)).toBe(a);
        expect(jobOfStream(namesOf(a).kept)).toBeUndefined();
        expect(namesOf(a).file(keyOfFile(name))).toMatch(/^[A-Za-z0-9_.-]+$/);
        const streams = new Set([namesOf(a).files, namesOf(a).kept, namesOf(b).files, namesOf(b).kept]);
        expect(streams.size).toBe(a === b ? 2 : 4);
      }),
    );
  });
});

describe('two jobs of one name', () => {
  it('have the files of both, in any order and however often', () => {
    fc.assert(
      fc.property(job, fc.array(fc.tuple(text, text)), fc.array(fc.tuple(text, text)), (one, more, less) => {
        const placed = new Map([...more, ...less]);
        const part = (pairs: readonly (readonly [string, string])[]) => ({
          ...one,
          files: new Map(pairs.map(([name]) => [name, placed.get(name) ?? ''])),
        });
        const [a, b] = [part(more), part(less)];
        const joined = joinJobs(a, b);
        expect(new Map([...joinJobs(b, a).files].sort())).toEqual(new Map([...joined.files].sort()));
        expect(joinJobs(joined, b)).toEqual(joined);
        expect([...joined.files.keys()].sort()).toEqual(
          [...new Set([...a.files.keys(), ...b.files.keys()])].sort(),
        );
      }),
    );
  });

  it('do not join under other conditions, or with a file in two places', () => {
    const [one] = fc.sample(job, 1);
    if (one === undefined) throw new TypeError('no sample');
    const other = { ...one, conditions: { ...one.conditions, maxInvalidOrigins: 1001 } };
    expect(() => joinJobs(one, other)).toThrow(/limit of listed origins/);
    const placed = (place: string) => ({ ...one, files: new Map([['a', place]]) });
    expect(() => joinJobs(placed('/x/a'), placed('/y/a'))).toThrow(/a is \/x\/a in it, and now \/y\/a/);
  });
});
