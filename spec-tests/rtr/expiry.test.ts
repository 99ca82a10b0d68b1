import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { agoText, firstExpiry, unexpired } from '../../src/cli/shared/expiry.js';
import { createPayloadSource } from '../../src/cli/shared/payload-source.js';
import { followFiles } from '../../src/cli/shared/rested-files.js';
import { run, temporaryFile } from '../cli/run.js';
import { contentOf } from '../rpki/content.js';

const roa = (asn: number, expires?: number): object => ({
  asn,
  prefix: '192.0.2.0/24',
  maxLength: 24,
  expires,
});
const file = (roas: readonly object[], metadata: object = {}): string =>
  temporaryFile('payloads.json', JSON.stringify({ metadata, roas }));

/** A source of a file under a clock of the test, with what it notes. */
function source(path: string, start: number) {
  const clock = { now: start };
  const notes: string[] = [];
  const io = {
    stdin: (async function* () {})(),
    stdout: { isTerminal: false, write: async () => {} },
    stderr: { isTerminal: false, write: async (text: string) => void notes.push(text.trim()) },
    env: {},
    now: () => clock.now,
    seed: 1,
  };
  const note = (text: string): void => void notes.push(text);
  return { one: createPayloadSource(path, { maxDrop: 50, now: io.now }, io, note), clock, notes };
}

describe('what has expired (docs/decisions/rtr.md D-rtr-serve-expiry)', () => {
  it('goes at the next minute, and the file is read again for it', async () => {
    const path = file([roa(1, 1_000), roa(2, 1_050), roa(3)], { buildtime: '1970-01-01T00:01:40Z' });
    const { one, clock, notes } = source(path, 1_000);
    expect((await one.load('start'))?.()).toBe(true);
    expect(contentOf(one.payloads).vrps).toHaveLength(3);
    expect(notes).toEqual([`${path}: made 1970-01-01T00:01:40Z, 15 minutes ago`]);
    clock.now = 1_059; // one has ended, and the minute is not over
    expect(one.due?.()).toBe(false);
    clock.now = 1_060;
    expect(one.due?.()).toBe(true);
    expect((await one.load('change'))?.()).toBe(true);
    expect(contentOf(one.payloads).vrps).toEqual(['192.0.2.0/24-24 3']);
    expect(notes.slice(1)).toEqual([`pathsec: ${path}: 2 payloads have expired`]);
    clock.now = 9_999;
    expect(one.due?.()).toBe(false);
  });

  it('is no loss of the file: however much ends, it is not kept', async () => {
    const path = file(Array.from({ length: 200 }, (_, asn) => roa(asn, 1_000)));
    const { one, clock } = source(path, 900);
    (await one.load('start'))?.();
    clock.now = 1_001;
    expect((await one.load('change'))?.()).toBe(true);
    expect(one.payloads.vrps.size).toBe(0);
  });

  it('goes also where the file cannot be read any more', async () => {
    const path = file([roa(1, 1_000), roa(2)]);
    const { one, clock, notes } = source(path, 900);
    (await one.load('start'))?.();
    rmSync(path);
    clock.now = 2_000;
    expect((await one.load('change'))?.()).toBe(true);
    expect(contentOf(one.payloads).vrps).toEqual(['192.0.2.0/24-24 2']);
    expect(notes.slice(1)).toEqual([
      expect.stringContaining('warning: kept the old data'),
      `${path}: 1 payloads have expired`,
    ]);
    writeFileSync(path, '{');
    expect(await one.load('change')).toBeUndefined();
  });

  it('goes from a pipe, which cannot be read twice', async () => {
    const { one, clock } = source(file([roa(1, 1_000), roa(2)]), 900);
    let changes = 0;
    const stamp = async () => ({ text: '', time: 0, once: true });
    const watch = await followFiles([one], 1, () => changes++, stamp);
    clock.now = 2_000;
    while (changes < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    watch.close();
    expect(contentOf(one.payloads).vrps).toEqual(['192.0.2.0/24-24 2']);
  });

  it('is told by whole numbers of the largest unit of which there are two', () => {
    expect([0, 119, 120, 7_199, 7_200, 172_799, 172_800, -90].map(agoText)).toEqual([
      ...['0 seconds ago', '119 seconds ago', '2 minutes ago', '119 minutes ago', '2 hours ago'],
      ...['47 hours ago', '2 days ago', '90 seconds ahead of the clock'],
    ]);
  });

  it('counts from the second after', () => {
    const set = readPayloads(JSON.stringify({ roas: [roa(1, 10), roa(2, 11), roa(3)] }));
    expect(firstExpiry(set)).toBe(10);
    expect(contentOf(unexpired(set, 11, 1)).vrps).toEqual(['192.0.2.0/24-24 2 <11,>', '192.0.2.0/24-24 3']);
    expect(firstExpiry(unexpired(set, 12, 1))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the time at which a payload file says it was made', () => {
  it.each<[string, object, number | undefined]>([
    ['rpki-client', { buildtime: '2020-08-15T18:00:00Z' }, 1_597_514_400],
    ['Routinator', { generated: 1_597_514_400, generatedTime: '1999-01-01T00:00:00Z' }, 1_597_514_400],
    ['Routinator, the text alone', { generatedTime: '2020-08-15T18:00:00Z' }, 1_597_514_400],
    ['nobody', { generated: -1, buildtime: 'yesterday' }, undefined],
  ])('%s', (_, metadata, made) => {
    const read = readPayloads(JSON.stringify({ metadata, roas: [] }));
    expect([read.made, read.problems.count]).toEqual([made, 0]);
  });
});

describe('rtr diff', () => {
  const NOW = 1_800_000_000; // the clock of `run`

  it('leaves out what has expired, by the clock or by --now, and says how old the files are', async () => {
    const one = file([roa(1, NOW - 1), roa(2)], { buildtime: '2020-08-15T18:00:00Z' });
    const other = file([roa(2)]);
    utimesSync(other, NOW - 300, NOW - 300);
    const now = await run(['rtr', 'diff', one, other, '--exit-code']);
    expect([now.code, now.stdout]).toEqual([0, '']);
    expect(now.stderr.split('\n')).toEqual([
      `pathsec: ${one}: 1 payloads have expired`,
      `pathsec: ${one}: made 2020-08-15T18:00:00Z, 2343 days ago`,
      `pathsec: ${other}: last changed 2027-01-15T07:55:00Z, 5 minutes ago`,
      '',
    ]);
    const then = await run(['rtr', 'diff', one, other, '--exit-code', '--now', String(NOW - 1)]);
    expect([then.code, then.stdout]).toEqual([1, expect.stringContaining('192.0.2.0/24')]);
  });
});

describe('rtr serve', () => {
  const serve = (...argv: string[]) =>
    run(['rtr', 'serve', '--listen', '127.0.0.1:0', '--for', '0', ...argv]);

  it('leaves out what has expired, by the clock or by --now, and says how old the file is', async () => {
    const path = file([roa(1, 1_700_000_000), roa(2), roa(3, 1_600_000_000)], {
      buildtime: '2020-08-15T18:00:00Z',
    });
    const now = await serve(path);
    expect(now.stderr).toContain(`${path}: 2 payloads have expired\n`);
    expect(now.stderr).toContain(`${path}: made 2020-08-15T18:00:00Z, 2343 days ago\n`);
    expect(now.stderr).toMatch(/^serial 0: 1 change$/m);
    expect((await serve('--now', '1650000000', path)).stderr).toMatch(/^serial 0: 2 changes$/m);
  });

  it('warns of a session that every run has', async () => {
    const path = file([roa(2)]);
    expect((await serve(path)).stderr).not.toContain('warning');
    expect((await serve('--session', '7', path)).stderr).toMatch(
      /^warning: --session 7: .* leave --session out$/m,
    );
  });
});
