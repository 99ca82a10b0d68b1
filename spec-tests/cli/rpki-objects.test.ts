import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toHex } from 'pathsec/bytes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { folder, withoutStack } from './bgpsec-world.js';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

/** Inside the validity of the hierarchy, as `io.now` says it. */
const NOW = 1_800_000_000;
const ROUTER = keyOf(64496);

let lab = '';

/** One small hierarchy for the file: RSA keys are dear. */
beforeAll(async () => {
  lab = mkdtempSync(join(tmpdir(), 'pathsec-lab-'));
  const rpki = join(lab, 'rpki.json');
  writeFileSync(
    rpki,
    JSON.stringify({
      roas: [{ asn: 64496, prefix: '192.0.2.0/24', maxLength: 26 }],
      aspas: [{ customer_asid: 64496, providers: [64498, 64497] }],
      bgpsec_keys: [
        { asn: 64496, ski: toHex(ROUTER.ski), pubkey: Buffer.from(ROUTER.spki).toString('base64') },
      ],
    }),
  );
  const { code, stdout, stderr } = await run(['rpki', 'lab', join(lab, 'repo'), '--rpki', rpki]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^10 files under .*ta\.tal\n$/);
});

afterAll(() => rmSync(lab, { recursive: true }));

const repo = () => join(lab, 'repo');
/** The objects with the extension, by path. */
const objects = (extension: string) =>
  readdirSync(join(repo(), 'ca'))
    .filter((name) => name.endsWith(`.${extension}`))
    .map((name) => join(repo(), 'ca', name));
const object = (extension: string) => String(objects(extension)[0]);
const show = (...argv: string[]) => run(['rpki', 'show', ...argv]);

describe('rpki lab', () => {
  it('writes a repository with every kind of object', () => {
    expect(readdirSync(repo()).sort()).toEqual(['ca', 'ta', 'ta.cer', 'ta.tal']);
    const kinds = ['asa', 'roa', 'cer', 'mft', 'crl'].map((extension) => objects(extension).length);
    expect(kinds).toEqual([1, 1, 1, 1, 1]);
  });

  it.each<[string, string[]]>([
    ['no payloads', []],
    ['no such file', ['--rpki', '/no/such/file']],
    ['a base that is no rsync URI', ['--base', 'https://rpki.example/repo']],
    ['days that are none', ['--days', '-1']],
    ['days beyond the calendar', ['--days', '999999999']],
    ['a start beyond the calendar', ['--start', '999999999999']],
  ])('%s: 2, and nothing is written', async (name, more) => {
    const at = join(folder(), 'repo');
    const payloads = name.startsWith('no ') ? [] : ['--rpki', aspaFile({ 1: [2] })];
    const { code, stdout, stderr } = await run(['rpki', 'lab', at, ...payloads, ...more]);
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
    expect(() => readdirSync(at)).toThrow();
  });

  it('does not make a mirror of the Internet', async () => {
    const many = Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [i + 1, [70_000]]));
    const { code, stderr } = await run(['rpki', 'lab', join(folder(), 'repo'), '--aspa', aspaFile(many)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('5001 objects')]);
  });
});

describe('rpki show', () => {
  it.each(['asa', 'roa', 'cer', 'mft', 'crl'])('a valid .%s: 0', async (extension) => {
    const argv = [object(extension), '--issuer', repo()];
    const text = await show(...argv);
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/^file +\/.*\n(?:.*\n)*validation +valid\n$/);
    const [json] = jsonLines((await show(...argv, '--json')).stdout);
    expect(json).toMatchObject({ file: argv[0], validation: 'valid', findings: [] });
    expect(json?.hash_id).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  it('says what is in them, in the words of rpki-client', async () => {
    const files = [object('asa'), object('roa'), object('cer'), object('mft'), object('crl')];
    const { stdout } = await show(...files, '--issuer', repo(), '--json');
    const [aspa, roa, router, manifest, crl] = jsonLines(stdout);
    expect(aspa).toMatchObject({
      type: 'aspa',
      customer_asid: 64496,
      providers: [64497, 64498],
      asns: ['64496'],
    });
    expect(aspa?.path).toHaveLength(3);
    expect(roa).toMatchObject({ type: 'roa', vrps: [{ prefix: '192.0.2.0/24', asid: 64496, maxlen: 26 }] });
    expect(router).toMatchObject({
      type: 'router-certificate',
      ski: toHex(ROUTER.ski).toUpperCase(),
      cert_subject: '/CN=ROUTER-0000FBF0',
      asns: ['64496'],
    });
    const names = (manifest as { filesandhashes: { filename: string }[] }).filesandhashes;
    expect(names.map(({ filename }) => filename).sort()).toEqual(
      readdirSync(join(repo(), 'ca'))
        .filter((name) => !name.endsWith('.mft'))
        .sort(),
    );
    expect(crl).toMatchObject({ type: 'crl', revoked: [] });
  });

  it('--payloads prints those of the valid objects alone', async () => {
    const files = [object('asa'), object('roa'), object('cer')];
    const { code, stdout } = await show(...files, '--issuer', repo(), '--payloads');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      roas: [{ asn: 64496, prefix: '192.0.2.0/24', maxLength: 26 }],
      aspas: [{ customer_asid: 64496, providers: [64497, 64498] }],
      bgpsec_keys: [{ asn: 64496 }],
    });
    const unanchored = JSON.parse((await show(...files, '--payloads')).stdout);
    expect([unanchored.roas, unanchored.aspas, unanchored.bgpsec_keys]).toEqual([[], [], []]);
  });

  it('without the issuer it is unanchored: 3', async () => {
    const { code, stdout } = await show(object('asa'));
    expect([code, stdout]).toEqual([3, expect.stringContaining('path-incomplete')]);
    expect(stdout).toMatch(/validation +unanchored\n$/);
  });

  it('--time judges another time', async () => {
    const at = (time: string) => show(object('roa'), '--issuer', repo(), '--time', time);
    expect((await at(`${NOW}`)).code).toBe(0);
    expect((await at(new Date(NOW * 1000).toISOString())).code).toBe(0);
    const early = await at('2019-06-18T04:00:00Z');
    expect([early.code, early.stdout]).toEqual([1, expect.stringContaining('certificate-time')]);
    expect((await at('soon')).code).toBe(2);
  });

  it('a changed object is invalid with the section it breaks: 1', async () => {
    const octets = new Uint8Array(readFileSync(object('asa')));
    const last = octets.length - 1;
    octets[last] = (octets[last] as number) ^ 1;
    const { code, stdout } = await show(temporaryFile('x.asa', octets), '--issuer', repo());
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error +.*\([a-z-]+, RFC \d+ §[\d.]+.*\)$/m);
    expect(stdout).toMatch(/validation +invalid\n$/);
  });

  it('a name that promises something else is an error', async () => {
    const path = join(folder(), 'x.roa');
    copyFileSync(object('asa'), path);
    const { code, stdout } = await show(path, '--issuer', repo());
    expect([code, stdout]).toEqual([1, expect.stringContaining('object-type')]);
  });

  it.each<[string, Uint8Array | string]>([
    ['nothing', ''],
    ['text', 'hello'],
    ['zeros', new Uint8Array(1000)],
    ['an empty SEQUENCE', Uint8Array.of(0x30, 0)],
    ['a SEQUENCE without end', Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ['nesting', new Uint8Array(5000).fill(0x30)],
    ['PEM', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'],
  ])('%s is invalid, with a code: 1', async (_name, content) => {
    const file = temporaryFile('x.cer', content);
    const { code, stdout, stderr } = await show(file, '--json');
    expect([code, stderr]).toEqual([1, '']);
    expect(jsonLines(stdout)[0]).toMatchObject({ validation: 'invalid', findings: [{ severity: 'error' }] });
  });

  it('a bad file among good ones is told apart', async () => {
    const files = [object('asa'), temporaryFile('x.cer', 'hello'), object('roa')];
    const { code, stdout } = await show(...files, '--issuer', repo(), '--json');
    expect(code).toBe(1);
    expect(jsonLines(stdout).map(({ validation }) => validation)).toEqual(['valid', 'invalid', 'valid']);
  });

  it.each<[string, () => string[]]>([
    ['no file', () => []],
    ['no such file', () => ['/no/such/file']],
    ['a directory', () => ['/']],
    ['a huge file', () => [temporaryFile('x.mft', new Uint8Array(16 * 1024 * 1024 + 1))]],
    ['no such issuer folder', () => [object('asa'), '--issuer', '/no/such/folder']],
    ['an issuer that is no folder', () => [object('asa'), '--issuer', object('asa')]],
    ['another way of overclaim', () => [object('asa'), '--overclaim', 'ignored']],
  ])('%s: 2', async (_name, argv) => {
    const { code, stdout, stderr } = await show(...argv());
    expect([code, stdout]).toEqual([2, '']);
    withoutStack(stderr);
  });

  it('leaves out what cannot be read in the issuer folder, aloud', async () => {
    const at = folder();
    for (const name of ['ta', 'ca']) mkdirSync(join(at, name));
    copyFileSync(join(repo(), 'ta.cer'), join(at, 'ta.cer'));
    copyFileSync(join(repo(), 'ta', 'ca.cer'), join(at, 'ta', 'ca.cer'));
    writeFileSync(join(at, 'ca', 'broken.cer'), 'hello');
    const { code, stdout, stderr } = await show(object('asa'), '--issuer', at);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^pathsec: .*broken\.cer is left out: .*\([a-z0-9-]+\)\n$/);
    expect(stdout).toContain('crl-absent');
  });

  it('sends no control characters of an object or a file name to the terminal', async () => {
    const octets = Buffer.from(readFileSync(object('cer')));
    const at = octets.indexOf('ROUTER-');
    octets.write('\u001b[31mX', at, 'latin1');
    const path = join(folder(), 'a\u001b[2Jb.cer');
    writeFileSync(path, octets);
    const { stdout } = await show(path);
    expect(stdout).toContain('\\u001b[31mX');
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});
