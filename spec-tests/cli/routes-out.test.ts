import { appendFileSync, existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { AuditReport } from 'pathsec/audit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

const sample = new URL('../../src/sample/', import.meta.url);
const RPKI = fileURLToPath(new URL('rpki.json', sample));
const ROLES = fileURLToPath(new URL('roles.json', sample));
const RIB = fileURLToPath(new URL('rib.mrt.gz', sample));
const MESSAGES = [
  'BGP4MP_ET|1700000000.000123|A|192.0.2.1|4|192.0.2.0/24|4 {1,2}|IGP|192.0.2.1|0|0||NAG||',
  'BGP4MP|1700000001|A|192.0.2.1|4|203.0.113.0/25|4 3 1|IGP|192.0.2.1|0|0||NAG||',
  'BGP4MP|1700000002|W|192.0.2.1|4|203.0.113.0/24',
  '203.0.113.0/24|5|5',
  '4 3 2',
];

/** An audit with a table of its routes. */
async function tableOf(
  kind: string,
  argv: readonly string[],
): Promise<{ file: string; report: AuditReport }> {
  const file = `${temporaryFile('routes', '')}.${kind}`;
  const { code, stdout, stderr } = await run(['audit', '--json', ...argv, '--routes-out', file]);
  expect([code, stderr]).toEqual([0, `pathsec: wrote ${file}\n`]);
  return { file, report: JSON.parse(stdout) as AuditReport };
}

/** The rows that DuckDB finds. */
async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  onTestFinished(() => instance.closeSync());
  const connection = await instance.connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
}

const sums = <T>(rows: readonly T[], of: (row: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[of(row)] = (counts[of(row)] ?? 0) + 1;
  return counts;
};

describe('audit --routes-out', () => {
  const argv = ['--rpki', RPKI, '--roles', ROLES, RIB];

  it.each<[string, (file: string) => void]>([
    ['written to', (file) => appendFileSync(file, '198.51.100.0/24|3 2|3\n')],
    ['removed', (file) => rmSync(file)],
  ])('makes no table of a file that was %s since the work began: 2', async (_, change) => {
    const routes = temporaryFile('routes', '192.0.2.0/24|3 2 1|3\n');
    const table = `${temporaryFile('table', '')}.csv`;
    const payloads = async function* (): AsyncGenerator<Uint8Array> {
      change(routes); // payloads are read before routes
      yield readFileSync(RPKI);
    };
    const { code, stderr } = await run(['audit', '--rpki', '-', routes, '--routes-out', table], {
      stdin: payloads(),
    });
    expect([code, existsSync(table)]).toEqual([2, false]);
    expect(stderr).toMatch(/routes[^:]*: input: not the file that was judged .*\(input-changed\)/);
  });

  it('has a row for each verified route, with the verdicts that the report counts', async () => {
    const { file, report } = await tableOf('jsonl', argv);
    const rows = jsonLines(readFileSync(file, 'utf8'));
    expect(rows).toHaveLength(report.routes);
    const { rov, aspa } = report;
    expect(sums(rows, (row) => String(row.rov))).toEqual({
      valid: rov.valid,
      invalid: rov.invalid,
      'not-found': rov.notFound,
    });
    expect(sums(rows, (row) => String(row.aspa))).toEqual({ ...aspa });
    for (const peer of report.peers) {
      const own = rows.filter((row) => row.peer_as === peer.peerAs);
      expect(sums(own, (row) => String(row.aspa)).invalid ?? 0).toBe(peer.aspa.invalid);
    }
    for (const { path, peerAs, reason, hops, routes } of report.invalidPaths) {
      const own = rows.filter((row) => row.path === path && row.peer_as === peerAs && row.aspa === 'invalid');
      expect(own).toHaveLength(routes);
      const [up, down] = (['maxUpRamp', 'maxDownRamp'] as const).map((bounds) =>
        hops.find((one) => one.bounds === bounds),
      );
      expect(own[0]).toMatchObject({
        aspa_reason: reason,
        up_customer: up?.customer ?? null,
        up_provider: up?.provider ?? null,
        down_customer: down?.customer ?? null,
        down_provider: down?.provider ?? null,
      });
    }
  });

  it('is the same table in all three formats, for DuckDB too, with and without threads', async () => {
    const { file: csv } = await tableOf('csv', argv);
    const { file: jsonl } = await tableOf('jsonl', argv);
    const { file: parquet } = await tableOf('parquet', argv);
    for (const [kind, file] of [
      ['csv', csv],
      ['jsonl', jsonl],
      ['parquet', parquet],
    ] as const) {
      const two = await tableOf(kind, [...argv, '--jobs', '2']);
      expect(readFileSync(two.file).equals(readFileSync(file))).toBe(true);
    }
    const columns =
      'time: TIMESTAMP, peer_address: VARCHAR, peer_as: UINTEGER, prefix: VARCHAR, path_id: UINTEGER, path: VARCHAR, ' +
      'origin: UINTEGER, rov: VARCHAR, aspa: VARCHAR, aspa_reason: VARCHAR, up_customer: UINTEGER, up_provider: UINTEGER, ' +
      'down_customer: UINTEGER, down_provider: UINTEGER, bgpsec: VARCHAR, vrps: VARCHAR, payload_time: TIMESTAMP';
    const typed = columns.replaceAll(/(\w+): (\w+)/g, "'$1': '$2'").replaceAll('TIMESTAMP', 'DOUBLE');
    const seconds = (table: string) =>
      `SELECT * REPLACE (epoch(time) AS time, epoch(payload_time) AS payload_time) FROM ${table}`;
    const ofParquet = await query(seconds(`'${parquet}'`));
    expect(ofParquet).toHaveLength(3051);
    const types = await query(`DESCRIBE SELECT * FROM '${parquet}'`);
    expect(types.map((row) => `${String(row.column_name)}: ${String(row.column_type)}`).join(', ')).toBe(
      columns,
    );
    expect(await query(`SELECT * FROM read_json('${jsonl}', columns = {${typed}})`)).toEqual(ofParquet);
    const ofCsv = await query(`SELECT * FROM read_csv('${csv}', header = true, columns = {${typed}})`);
    expect(ofCsv.map(({ vrps, ...row }) => ({ ...row, vrps: vrps ?? '' }))).toEqual(ofParquet);
    const worst = await query(
      `SELECT up_customer AS customer, up_provider AS provider, count(*)::INTEGER AS routes FROM '${parquet}'
       WHERE aspa = 'invalid' AND up_customer IS NOT NULL GROUP BY ALL ORDER BY routes DESC, customer LIMIT 1`,
    );
    expect(worst).toHaveLength(1);
  });

  it('has times with microseconds, sets, and no row for what is no route of a neighbour', async () => {
    const rpki = aspaFile({ 1: [2] }, [{ asn: 1, prefix: '203.0.113.0/24', maxLength: 24 }]);
    const lines = temporaryFile('lines', `${MESSAGES.join('\n')}\n`);
    const rest = ['--rpki', rpki, '--neighbor-role', 'provider', lines];
    const { file: csv } = await tableOf('csv', rest);
    expect(readFileSync(csv, 'utf8').split('\n')).toEqual([
      'time,peer_address,peer_as,prefix,path_id,path,origin,rov,aspa,aspa_reason,up_customer,up_provider,down_customer,down_provider,bgpsec,vrps,payload_time',
      '1700000000.000123,192.0.2.1,4,192.0.2.0/24,,"4 {1,2}",,not-found,invalid,as-set,,,,,unsigned,,',
      '1700000001,192.0.2.1,4,203.0.113.0/25,,4 3 1,1,invalid,unknown,no-attestation,,,,,unsigned,AS1 203.0.113.0/24-24,',
      ',,5,203.0.113.0/24,,5,5,invalid,valid,covered,,,,,unsigned,AS1 203.0.113.0/24-24,',
      '',
    ]);
    const { file: parquet } = await tableOf('parquet', rest);
    expect(await query(`SELECT time::VARCHAR AS time, path FROM '${parquet}'`)).toEqual([
      { time: '2023-11-14 22:13:20.000123', path: '4 {1,2}' },
      { time: '2023-11-14 22:13:21', path: '4 3 1' },
      { time: null, path: '5' },
    ]);
  });

  it('has more rows than a row group, in their order, and an empty table without a route', async () => {
    const many = Array.from(
      { length: 70_000 },
      (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/32|2 1|2`,
    );
    const rpki = aspaFile({ 1: [2] });
    const { file } = await tableOf('parquet', [
      '--rpki',
      rpki,
      temporaryFile('many', `${many.join('\n')}\n`),
    ]);
    const rows = await query(`SELECT prefix FROM '${file}'`);
    expect(rows.map(({ prefix }) => prefix)).toEqual(many.map((line) => line.split('|')[0]));
    const { file: none } = await tableOf('parquet', ['--rpki', rpki, temporaryFile('none', '2 1\n')]);
    expect(await query(`SELECT * FROM '${none}'`)).toEqual([]);
  });

  it('tells of files that are damaged as ever, and has the rows before the damage', async () => {
    const rib = gunzipSync(readFileSync(RIB));
    const file = `${temporaryFile('routes', '')}.jsonl`;
    const cut = temporaryFile('cut.mrt', rib.subarray(0, 50_000));
    const { code, stdout } = await run([
      'audit',
      '--json',
      '--rpki',
      RPKI,
      '--routes-out',
      file,
      cut,
      '/nowhere',
    ]);
    expect(code).toBe(2);
    expect(jsonLines(readFileSync(file, 'utf8'))).toHaveLength((JSON.parse(stdout) as AuditReport).routes);
  });

  it('refuses what it cannot do before the work, and says what cannot be written', async () => {
    const refused = async (...more: string[]) => {
      const { code, stdout, stderr } = await run(['audit', '--rpki', RPKI, ...more]);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await refused('--routes-out', 'x.xlsx', RIB)).toContain('.csv, .jsonl, .parquet');
    expect(existsSync('x.xlsx')).toBe(false);
    const csv = `${temporaryFile('routes', '')}.csv`;
    expect(await refused('--routes-out', csv, '-')).toContain('a second time');
    expect(await refused('--routes-out', csv, '/dev/null')).toContain('a second time');
    expect(existsSync(csv)).toBe(false);
    const full = join(dirname(csv), 'full.csv');
    symlinkSync('/dev/full', full);
    const { code, stderr } = await run(['audit', '--rpki', RPKI, '--routes-out', full, RIB]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/full\.csv: no space left on device/)]);
  });
});
