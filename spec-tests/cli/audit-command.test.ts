import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { AuditReport } from 'pathsec/audit';
import { describe, expect, it } from 'vitest';
import { createCountProgress, createProgress } from '../../src/cli/shared/progress.js';
import { aspaFile, run, temporaryFile } from './run.js';

const ROAS = [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }];
const ASPAS = { 1: [2], 2: [0], 4: [0] };

async function* emptyInput(): AsyncGenerator<Uint8Array> {}

/** The JSON report of an audit of one file. */
async function audit(content: string | Uint8Array, ...more: string[]): Promise<AuditReport> {
  const argv = [
    'audit',
    '--json',
    '--rpki',
    aspaFile(ASPAS, ROAS),
    temporaryFile('routes', content),
    ...more,
  ];
  const { code, stdout, stderr } = await run(argv);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as AuditReport;
}

describe('audit: the sample', () => {
  it('prints the report and what was found of what was injected', async () => {
    const { code, stdout, stderr } = await run(['audit', '--sample']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('3,051 routes on 1,048 distinct paths from 6 peers');
    expect(stdout).toContain('65543 lacks 64700; 64496 lacks 65542');
    expect(stdout).toContain('Injected into the sample: 23 incidents, 17 of them found');
    expect(stdout).not.toContain('\u001b');
  });

  it('colours on a terminal, unless NO_COLOR is set', async () => {
    expect((await run(['audit', '--sample'], { terminal: true })).stdout).toContain('\u001b[31m');
    const plain = await run(['audit', '--sample'], { terminal: true, env: { NO_COLOR: '1' } });
    expect(plain).toEqual(await run(['audit', '--sample']));
    const dumb = await run(['audit', '--sample'], { terminal: true, env: { TERM: 'dumb' } });
    expect(dumb).toEqual(plain);
  });

  it('shows no progress on a terminal that cannot redraw it', async () => {
    const written: string[] = [];
    const output = { isTerminal: true, write: async (text: string) => void written.push(text) };
    const io = {
      stdin: emptyInput(),
      stdout: output,
      stderr: output,
      env: { TERM: 'dumb' },
      now: () => 0,
      seed: 1,
    };
    expect(await createProgress(io)).toBeUndefined();
    expect(await createCountProgress(io, 'cases', 5)).toBeUndefined();
    expect(written).toEqual([]);
  });

  it('--json has the members of the contract', async () => {
    const { stdout } = await run(['audit', '--sample', '--json']);
    const report = JSON.parse(stdout) as AuditReport;
    expect(report).toMatchObject({ schema: 'pathsec-audit-1', routes: 3051, paths: 1048 });
    expect(Object.keys(report.rov)).toEqual(['valid', 'invalid', 'notFound']);
    expect(Object.keys(report.aspa).sort()).toEqual(['invalid', 'unknown', 'valid']);
    expect(report.peers).toHaveLength(6);
    expect(Object.keys(report)).toEqual([
      'schema',
      'aspaRevision',
      'unreadable',
      'payloads',
      'routes',
      'paths',
      'withdrawals',
      'stateChanges',
      'signed',
      'notVerified',
      'skipped',
      'addPath',
      'problems',
      'neighborCheckMode',
      'rov',
      'aspa',
      'bothDirections',
      'rovByAspa',
      'peers',
      'rolesWithoutPeer',
      'invalidPaths',
      'notProviderHops',
      'invalidOrigins',
      'asSets',
      'confederations',
      'specialAsns',
      'lengths',
    ]);
  });

  it('--html writes one file that needs nothing else', async () => {
    const html = temporaryFile('report.html', '');
    const { code, stderr } = await run(['audit', '--sample', '--html', html]);
    expect([code, stderr]).toEqual([0, `pathsec: wrote ${html}\n`]);
    const text = readFileSync(html, 'utf8');
    expect(text.match(/<svg /g)?.length).toBeGreaterThan(3);
    expect(text).toContain('64496 65542 64700 65543 64800');
    expect(text.replaceAll(/http:\/\/www\.w3\.org\/[a-z0-9/]+/g, '')).not.toMatch(
      /https?:|<script|<link|@import|url\(/,
    );
    expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });
});

describe('audit: inputs', () => {
  const ris = JSON.stringify({
    type: 'ris_message',
    data: {
      timestamp: 1,
      peer: '192.0.2.1',
      peer_asn: '4',
      type: 'UPDATE',
      path: [4, 3, 2, 1],
      announcements: [{ next_hop: '192.0.2.1', prefixes: ['192.0.2.0/24'] }],
    },
  });

  it.each([
    ['bgpdump -m', 'TABLE_DUMP2|1|B|192.0.2.1|4|192.0.2.0/24|4 3 2 1|IGP|192.0.2.1|0|0||NAG||\n'],
    ['RIS Live', `${ris}\n`],
    ['plain lines', '192.0.2.0/24|4 3 2 1|4\n'],
    ['plain lines, gzip', gzipSync('192.0.2.0/24|4 3 2 1|4\n')],
  ])('%s', async (_, content) => {
    const report = await audit(content, '--neighbor-role', 'provider');
    expect(report).toMatchObject({
      routes: 1,
      paths: 1,
      rov: { valid: 1 },
      aspa: { invalid: 1 },
      bothDirections: null,
    });
    expect(report.invalidPaths[0]).toMatchObject({ path: '4 3 2 1', peerAs: 4, routes: 1, step: 4 });
  });

  it('takes roles by peer, refuses roles it does not know', async () => {
    const routes = '192.0.2.0/24|3 2|3\n192.0.2.0/24|5 2|5\n';
    const roles = temporaryFile('roles.json', '{"AS3":"customer"}');
    const report = await audit(routes, '--roles', roles, '--neighbor-role', 'provider');
    expect(report.peers.map(({ peerAs, role, aspa }) => [peerAs, role, aspa.invalid])).toEqual([
      [3, 'customer', 1],
      [5, 'provider', 0],
    ]);
    for (const [text, said] of [
      ['{"3":"friend"}', ': 3: the role is one of provider, customer, peer, rs, rs-client, complex\n'],
      ['{"3":"custmer"}', '; did you mean customer?\n'],
      ['{"x":"peer"}', ': x: unknown member; the members are AS numbers (unknown-member)\n'],
      ['{"3":"peer","AS3":"customer"}', ': AS3: AS3 has a role already\n'],
      ['[]', ': expected a JSON object from peer AS to role\n'],
      ['peer', ': not JSON; expected {"64496": "provider"}\n'],
    ] as const) {
      const argv = [
        'audit',
        '--rpki',
        aspaFile(ASPAS),
        temporaryFile('r', routes),
        '--roles',
        temporaryFile('o', text),
      ];
      const { code, stderr } = await run(argv);
      expect([text, code, stderr.startsWith('pathsec: '), stderr.endsWith(said)]).toEqual([
        text,
        2,
        true,
        true,
      ]);
    }
  });

  it('says in the text that there is no role, and whose paths never begin with the peer', async () => {
    const argv = ['audit', '--rpki', aspaFile(ASPAS), temporaryFile('r', '192.0.2.0/24|3 2 1|9\n')];
    const { stdout } = await run(argv);
    expect(stdout).toContain('No peer has a role');
    expect(stdout).toContain("AS9: no path begins with the peer's own AS");
    expect((await run([...argv, '--neighbor-check', 'on'])).stdout).toContain('neighbor-as-mismatch');
  });

  it('ends well on any octets', async () => {
    const rpki = aspaFile(ASPAS, ROAS);
    const head = fc.constantFrom(
      '',
      '\u001f\u008b\u0008',
      'BZh9',
      '{"type":',
      'TABLE_DUMP2|1|B|',
      '\u0000\u0000',
    );
    await fc.assert(
      fc.asyncProperty(head, fc.uint8Array({ maxLength: 300 }), async (begin, octets) => {
        const file = temporaryFile('any', Buffer.concat([Buffer.from(begin, 'latin1'), octets]));
        const { code, stdout } = await run(['audit', '--json', '--rpki', rpki, file]);
        const report = JSON.parse(stdout) as AuditReport;
        expect(report.schema).toBe('pathsec-audit-1');
        expect(code).toBe(report.unreadable.length > 0 ? 2 : 0);
        if (report.routes === 0) expect(code).toBe(2);
      }),
      { numRuns: 60 },
    );
  });

  it('bears a path of a million ASes', async () => {
    const report = await audit(`192.0.2.0/24|${'3 2 '.repeat(500_000)}1|3\n`, '--neighbor-role', 'provider');
    expect(report).toMatchObject({ routes: 1, lengths: [{ length: 1_000_001 }] });
    expect((await audit(`192.0.2.0/24|${'3 '.repeat(1_000_000)}|3\n`)).lengths).toMatchObject([
      { length: 1 },
    ]);
  });

  it('escapes what comes from the input', async () => {
    const html = temporaryFile('report.html', '');
    const evil = temporaryFile(
      'a<img src=x onerror=alert(1)>&"',
      '192.0.2.0/24|<script>alert(1)</script>|3\n192.0.2.0/24|3 1|3\n',
    );
    const { code } = await run(['audit', '--rpki', aspaFile(ASPAS), evil, '--html', html]);
    expect(code).toBe(0);
    const text = readFileSync(html, 'utf8');
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('&lt;img');
  });
});
