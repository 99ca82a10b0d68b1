import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../bench/study/config.js';
import { finishRun } from '../../bench/study/finish.js';
import { beginRun, checkResumable, runTasks } from '../../bench/study/run.js';
import { savedTasks } from '../../bench/study/run-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'pathsec-study-run-'));
afterAll(() => rmSync(folder, { recursive: true }));
const root = fileURLToPath(new URL('../..', import.meta.url));
const sample = `${root}/src/sample/rib.mrt.gz`;
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
/** Without the folder of real tables, and silent. */
const begin = (settings: Settings, out: string): Promise<string> => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  return beginRun({ mode: 'smoke', ...settings }, join(folder, out), join(folder, 'absent'));
};
const run = async (place: string): Promise<void> => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await runTasks(place)).toEqual([]);
};

describe('inputs of the study', () => {
  it.each([
    [
      'a table without routes',
      { tables: { t: file('empty.txt', 'no routes here\n') } },
      /table "t".*no routes; first fault/,
    ],
    ['an empty table', { tables: { t: file('nothing', '') } }, /table "t".*no routes; 0 records/],
    ['a table that is not there', { tables: { t: join(folder, 'gone') } }, /table "t".*no such file/],
    ['a folder as a table', { tables: { t: folder } }, /table "t".*not a regular file/],
    ['a device without end', { tables: { t: '/dev/zero' } }, /table "t".*not a regular file/],
    ['two tables of one name', { tables: { 'embedded sample': sample } }, /two tables/],
    ['payloads that are none', { rpki: file('text', 'hello\n') }, /payloads.*no RPKI payloads/],
    [
      'payloads without any',
      { rpki: file('none.json', '{"roas": [], "aspas": []}') },
      /neither VRPs nor ASPAs/,
    ],
  ])('%s ends the run before it begins', async (_title, settings, message) => {
    await expect(begin(settings, 'never')).rejects.toThrow(message);
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });

  it('are counted', async () => {
    const rpki = file('rpki.json', '{"roas": [{"prefix": "192.0.2.0/24", "maxLength": 24, "asn": 64496}]}');
    const place = await begin({ tables: { mine: sample }, rpki }, 'counted');
    expect(JSON.parse(readFileSync(join(place, 'run.json'), 'utf8'))).toMatchObject({
      inputs: {
        tables: [
          { name: 'mine', routes: 3051, withdrawals: 0 },
          { name: 'embedded sample', routes: 3051 },
        ],
        payloads: { vrps: 1, aspas: 0 },
      },
    });
  });
});

describe('a run of the study', () => {
  const tasks = ['octets', 'operations', 'failures', 'memory'] as const;
  const schemes = ['ECDSA', 'PLAIN, CHAIN: transit'];

  it('writes each task as it comes, goes on where it was left, and writes results, samples, page and figures', async () => {
    const place = await begin({ tasks, schemes }, 'run');
    await run(place);
    expect(Object.keys(savedTasks(place)).sort()).toEqual([...tasks].sort());

    // One result is lost; the others are not measured again.
    const kept = readFileSync(join(place, 'tasks/operations.json'), 'utf8');
    rmSync(join(place, 'tasks/octets.json'));
    await checkResumable(place);
    await run(place);
    expect(readFileSync(join(place, 'tasks/operations.json'), 'utf8')).toBe(kept);
    expect(savedTasks(place).octets).toBeDefined();

    await expect(finishRun(place, true)).rejects.toThrow('nothing to publish');
    await finishRun(place, false);
    const results: unknown = JSON.parse(readFileSync(join(place, 'results.json'), 'utf8'));
    const schema = JSON.parse(readFileSync(`${root}/docs/study-results.schema.json`, 'utf8')) as object;
    const ajv = new Ajv2020({ allErrors: true });
    ajv.validate(schema, results);
    expect(ajv.errors).toBeNull();
    expect(JSON.stringify(results)).not.toContain(folder);

    const lines = readFileSync(join(place, 'samples.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('task,scheme,parameter,round,value,unit');
    expect(lines).toContain('octets,unsigned,4,0,64,octets');
    expect(lines.some((line) => /^operations,pairing,1,0,[\d.]+,ms CPU$/.test(line))).toBe(true);
    expect(lines.some((line) => /^memory,"PLAIN, CHAIN: transit",1000,\d+,\d+,/.test(line))).toBe(true);

    const page = readFileSync(join(place, 'study.md'), 'utf8');
    expect(page).toContain('### H1, octets');
    expect(page).toContain('**not refuted** (45.6 % to 46.4 % over');
    expect(page).toContain('**not asked** (needs byLength, batches)');
    for (const [, name = ''] of page.matchAll(/\]\((study\/[\w-]+\.svg)\)/g)) {
      const svg = readFileSync(join(place, name), 'utf8');
      const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]);
      expect([name, Math.round(width)]).toEqual([name, 321]); // 8.5 cm
    }
  });

  it('does not go on with another input, nor in a folder that has no run or one already', async () => {
    const table = join(folder, 'table.mrt.gz');
    cpSync(sample, table);
    const place = await begin({ tables: { mine: table }, tasks: ['octets'] }, 'changed');
    writeFileSync(table, 'TABLE_DUMP2|0|B|192.0.2.1|64496|192.0.2.0/24|64496 64497|IGP\n');
    await expect(checkResumable(place)).rejects.toThrow('an input has changed');
    await expect(checkResumable(folder)).rejects.toThrow('has no run');
    await expect(begin({ tasks: ['octets'] }, 'changed')).rejects.toThrow('is not empty; --resume');
    await expect(begin({ tasks: ['octets'] }, 'table.mrt.gz')).rejects.toThrow('is not a folder');
    await expect(begin({ tasks: ['octets'] }, 'table.mrt.gz/run')).rejects.toThrow('cannot be made');
    writeFileSync(join(folder, 'run.json'), '{"format":"pathsec/study-run/2"}');
    await expect(checkResumable(folder)).rejects.toThrow('is of another form');
    writeFileSync(join(place, 'tasks/octets.json'), '{"task":');
    expect(() => savedTasks(place)).toThrow('octets.json is no result of a task');
  });
});
