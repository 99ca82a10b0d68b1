import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, it, onTestFinished } from 'vitest';
import { describeWithProgram } from '../support.js';
import { startNats } from './archive-server.js';
import { aspaFile, run, temporaryFile } from './run.js';

const A = '192.0.2.0/24|3 2 1|3\n198.51.100.0/24|3 4 1|3\n';
const B = '192.0.2.0/24|5 {1}|5\n2001:db8::/32|7 4|7\n';

/** A server of these files on loopback; others are not there. */
async function serve(files: Map<string, string>): Promise<string> {
  const web = createServer((request, response) => {
    const text = files.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void web.close());
  return `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
}

const fetchedFiles = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('pathsec-archive-'));
const csv = (): string => `${temporaryFile('routes', '')}.csv`;

describeWithProgram('archive collect --routes-out', 'nats-server', () => {
  it('has a row for each route of the files that count, also of those that have an address', async () => {
    const { url } = await startNats();
    const files = new Map([
      ['/b', B],
      ['/a', A],
      ['/copy', A],
    ]);
    const base = await serve(files);
    const rpki = ['--rpki', aspaFile({ 1: [2] }, [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }])];
    const local = temporaryFile('local', '203.0.113.0/24|3 1|3\n');
    const of = ['--server', url, '--job', 'x'];
    const named = ['b', 'copy', 'none', 'a'].map((name) => `${base}/${name}`);
    const submitted = await run(['archive', 'submit', ...named, local, ...of, ...rpki, '--tries', '1']);
    expect([submitted.code, submitted.stderr]).toEqual([0, '']);
    expect((await run(['archive', 'work', ...of, '--until-done', '--json'])).code).toBe(0);
    const collect = (table: string) =>
      run(['archive', 'collect', ...of, '--json', '--routes-out', table, '--max-fetch', '1']);

    const table = csv();
    const { code, stderr } = await collect(table);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${base}/none: given up`)]);
    const expected = csv();
    const inputs = [temporaryFile('b', B), temporaryFile('a', A), local];
    expect((await run(['audit', ...rpki, ...inputs, '--routes-out', expected])).code).toBe(0);
    const rows = (file: string): string[] => readFileSync(file, 'utf8').split('\n').sort();
    expect(rows(table)).toEqual(rows(expected));
    expect(rows(table)).toHaveLength(7); // a head, five routes, and what stands behind the last end of a line

    files.delete('/b');
    const without = csv();
    const failed = await collect(without);
    expect([failed.code, existsSync(without)]).toEqual([2, false]);
    expect(failed.stderr).toMatch(/\/b: .*the server answered 404 \(url-refused\)/);
    expect(fetchedFiles()).toEqual([]);
  });

  it.each<[string, (file: string) => void]>([
    ['is another one by now', (file) => writeFileSync(file, B)],
    ['is gone', (file) => rmSync(file)],
  ])('makes no table where a file %s: 2', async (_, change) => {
    const { url } = await startNats();
    const local = temporaryFile('local', A);
    const of = ['--server', url, '--job', 'x'];
    const rpki = aspaFile({ 1: [2] });
    expect((await run(['archive', 'submit', local, ...of, '--rpki', rpki])).code).toBe(0);
    expect((await run(['archive', 'work', ...of, '--until-done', '--json'])).code).toBe(0);
    change(local);
    const table = csv();
    const { code, stderr } = await run(['archive', 'collect', ...of, '--json', '--routes-out', table]);
    expect([code, existsSync(table)]).toEqual([2, false]);
    expect(stderr).toMatch(/local[^:]*: input: not the file that was judged .*\(input-changed\)/);
    const over = await run(['archive', 'collect', ...of, '--json', '--html', rpki]);
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('(output-is-input)')]);
  });
});
