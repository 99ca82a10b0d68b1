import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.js';
import { freePort } from '../../interop/daemon.js';
import { runUntilStopped } from '../../rtr/run-until-stopped.js';
import { describeWithProgram } from '../../support.js';
import { aspaFile, run, temporaryFile } from '../run.js';
import { routeFiles } from './content-samples.js';
import { CONTENTS } from './contents.js';
import { expectClean, folder, HOSTILE, HOSTILE_ASCII } from './hostile.js';
import { rpkiClient, slurmFiles } from './payload-texts.js';
import { hostileReport } from './peers.js';

describe('hostile contents, peers and programs', () => {
  it('every command is asked', () => {
    expect(Object.keys(CONTENTS).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  it.each(COMMANDS.map(({ name }) => name))('%s', async (name) => {
    const calls = await CONTENTS[name]();
    for (const { argv, stdin } of calls) {
      const ended = await run(argv, { terminal: true, ...(stdin === undefined ? {} : { stdin }) });
      expectClean(ended);
      if (argv.includes('--json')) for (const text of documents(ended.stdout)) JSON.parse(text);
      if (argv.includes('--junit')) expect(XMLValidator.validate(ended.stdout)).toBe(true);
    }
    expect(
      calls.length > 0 ||
        ['bgpsec keygen', 'conformance list', 'conformance show', 'conformance export'].includes(name),
    ).toBe(true);
  });

  it('SLURM files', async () => {
    const rpki = aspaFile({ 1: [2] });
    for (const file of slurmFiles()) expectClean(await run(['rpki', 'convert', rpki, '--slurm', file]));
  });

  it('what an RTR cache and a router say is told, escaped', async () => {
    const port = await freePort();
    const stop = runUntilStopped(['rtr', 'serve', '--listen', `127.0.0.1:${port}`, aspaFile({ 1: [2] })]);
    await new Promise<void>((resolve) => {
      const attempt = (): void => {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => setTimeout(attempt, 50));
        socket.on('connect', () => socket.end(hostileReport(1)));
        socket.on('close', (failed) => (failed ? undefined : resolve()));
        socket.resume();
      };
      attempt();
    });
    const ended = await stop();
    expectClean(ended);
    expect(ended.stderr).toContain('reports error 1: "\\u001b[31mpainted');
  });
});

describeWithProgram('hostile words in certificates of TLS', 'openssl', () => {
  it('are told by the other side, escaped', async () => {
    const at = folder();
    const [cert, key] = [join(at, 'cert.pem'), join(at, 'key.pem')];
    const words = HOSTILE_ASCII.slice(0, 30);
    const names = ['-subj', `/CN=${words}`, '-addext', `subjectAltName=DNS:${words.replace('\n', '')}`];
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
    ];
    execFileSync('openssl', ['req', '-x509', ...made, ...names], { stdio: 'pipe' });
    const server = createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('no port');
    const target = `127.0.0.1:${address.port}`;
    for (const trusted of [['--ca', cert], []]) {
      const argv = ['rtr', 'dump', target, '--tls', '--server-name', 'cache.example', ...trusted];
      const ended = await run(argv, { terminal: true });
      expect(ended.code).toBe(2);
      expectClean(ended);
      expect(ended.stderr).toContain(target);
    }
  });
});

describe('hostile words in HTML', () => {
  it('make no tag and no attribute, and stay visible', async () => {
    const page = async (rpki: string, files: readonly string[]) => {
      const html = temporaryFile('report.html', '');
      expectClean(
        await run(['audit', '--rpki', rpki, '--html', html, '--neighbor-role', 'customer', ...files]),
      );
      return readFileSync(html, 'utf8');
    };
    const rpki = aspaFile({ 1: [2] }, [{ asn: 9, prefix: '192.0.2.0/24' }]);
    const plain = await page(rpki, [
      temporaryFile('routes', '192.0.2.0/24|4 3 1|4\n192.0.2.0/24|x|4\n'),
      temporaryFile('empty', ''),
    ]);
    const hostile = await page(temporaryFile('rpki.json', rpkiClient(HOSTILE)), routeFiles());
    expect(hostile).toContain('\\u001b[31mpainted');
    expect(hostile).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(hostile).not.toMatch(/^\s*FORGED/m);
    const known = markup(plain);
    expect(known.size).toBeGreaterThan(20);
    expect([...markup(hostile)].filter((one) => !known.has(one))).toEqual([]);
    expect(hostile).not.toMatch(/<script|<img/i);
  });
});

/** The names of all elements and attributes of a page. */
function markup(html: string): Set<string> {
  const found = new Set<string>();
  const parser = new XMLParser({
    ignoreAttributes: false,
    unpairedTags: ['meta'],
    stopNodes: ['*.style'],
    htmlEntities: true,
  });
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        found.add(name);
        visit(item);
      }
    }
  };
  visit(parser.parse(html.replace('<!doctype html>', '')));
  return found;
}

/** One object over several lines, or one a line. */
function documents(stdout: string): string[] {
  if (!stdout.startsWith('{\n')) return stdout.split('\n').filter((line) => line !== '');
  return stdout === '' ? [] : [stdout];
}
