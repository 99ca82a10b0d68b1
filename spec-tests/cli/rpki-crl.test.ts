import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signedObject } from '../kit/objects/generator/builder.js';
import { KEYS, TIME, TRUST_ANCHOR } from '../kit/objects/generator/certificate.js';
import { crlOctets } from '../kit/objects/generator/crl.js';
import { describeShared, shared } from '../support.js';
import { folder } from './bgpsec-world.js';
import { jsonLines, run, temporaryFile } from './run.js';

/** Serial number 7 of the trust anchor. */
const object = () => temporaryFile('a.asa', signedObject({}));
const REVOKING = crlOctets({ revoked: [7] });

function repository(crls: Readonly<Record<string, Uint8Array>>): string {
  const at = folder();
  writeFileSync(join(at, 'ta.cer'), TRUST_ANCHOR);
  for (const [name, octets] of Object.entries(crls)) writeFileSync(join(at, name), octets);
  return at;
}

const show = (issuer: string, ...argv: string[]) =>
  run(['rpki', 'show', '--issuer', issuer, '--time', TIME, ...argv]);

describe('rpki show and CRLs', () => {
  it('a whole CRL that lists the object: invalid, 1', async () => {
    const { code, stdout } = await show(repository({ 'ta.crl': REVOKING }), object());
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/certificate-revoked.*\n(.*\n)*validation +invalid\n$/),
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['one octet short', REVOKING.subarray(0, -1)],
    ['empty', new Uint8Array()],
    ['something else', TRUST_ANCHOR],
    ['without Authority Key Identifier', crlOctets({ revoked: [7], extensions: { aki: undefined } })],
    ['signed by another key', crlOctets({ revoked: [7], key: KEYS.other })],
  ])('a CRL that is %s: undetermined, 3, nothing exported, and why', async (_, crl) => {
    const issuer = repository({ 'ta.crl': crl });
    const file = object();
    const text = await show(issuer, file);
    expect([text.code, text.stdout]).toEqual([3, expect.stringMatching(/^validation +undetermined$/m)]);
    expect(text.stdout).toMatch(/^warning .*\n(.*\n)*error .*\(crl-unusable, RFC 6487 §7\.2 \(5\)\)$/m);
    const [json] = jsonLines((await show(issuer, file, '--json')).stdout);
    expect(json).toMatchObject({ validation: 'undetermined' });
    const payloads = await show(issuer, file, '--payloads');
    expect([payloads.code, JSON.parse(payloads.stdout).aspas]).toEqual([3, []]);
    expect(payloads.stderr).toContain(`pathsec: ${file}: undetermined: nothing of it is exported\n`);
    expect(payloads.stderr).toContain('(crl-unusable, ');
    expect(payloads.stderr).toContain(`${file}: warning: CRL of /CN=ta: `);
  });

  it('names the file that cannot be read, also beside one that counts', async () => {
    const issuer = repository({ 'a.crl': REVOKING.subarray(0, -1), 'b.crl': crlOctets() });
    const { code, stdout, stderr } = await show(issuer, object(), '--json');
    expect([code, jsonLines(stdout)[0]?.findings]).toEqual([0, []]);
    expect(stderr).toMatch(/^pathsec: .*a\.crl cannot be read: .*\(der-truncated\)\n$/);
  });

  it('no CRL at all: valid with a warning, which --payloads shows too', async () => {
    const { code, stdout, stderr } = await show(repository({}), object(), '--payloads');
    expect([code, JSON.parse(stdout).aspas.length]).toEqual([0, 1]);
    expect(stderr).toMatch(/^pathsec: .*a\.asa: warning: no CRL of \/CN=ta: .*\(crl-absent, .*\)\n$/);
  });

  it('invalid comes before undetermined: 1', async () => {
    const issuer = repository({ 'ta.crl': REVOKING.subarray(0, -1) });
    const { code } = await show(issuer, object(), temporaryFile('b.asa', signedObject({ flip: 1 })));
    expect(code).toBe(1);
  });

  it('prints the CRL Number, and the path of the issuer', async () => {
    const crl = temporaryFile('x.crl', crlOctets({ number: 0x1f, revoked: [7] }));
    const { code, stdout } = await show(repository({}), crl, '--json');
    expect(code).toBe(0);
    expect(jsonLines(stdout)[0]).toMatchObject({
      type: 'crl',
      crl_number: '1F',
      revoked: [{ serial: '7' }],
      path: ['/CN=ta'],
      validation: 'valid',
    });
  });

  it('what an object says cannot make lines of its own on stderr', async () => {
    const file = join(folder(), 'a\nb.asa');
    writeFileSync(file, signedObject({ flip: 1 }));
    const { stderr } = await show(repository({}), file, '--payloads');
    expect(stderr).toContain('a\\nb.asa: error: ');
    expect(stderr.split('\n').every((line) => line === '' || line.startsWith('pathsec: '))).toBe(true);
  });
});

describeShared('rpki show and the CRLs of a laboratory', () => {
  const at = (name: string) => shared(`cases/2026-11/objects/${name}`);
  const verdict = async (time: string, issuer: string, file: string) => {
    const result = await run(['rpki', 'show', '--json', '--time', time, '--issuer', at(issuer), at(file)]);
    const [json] = jsonLines(result.stdout) as { validation: string; findings: { code: string }[] }[];
    return [result.code, json?.validation, json?.findings.map(({ code }) => code)];
  };

  it.each<[string, readonly string[]]>([
    ['80-good', []],
    ['81-empty-revoked', ['crl-revoked-empty']],
    ['82-number-21-octets', ['crl-number']],
    ['83-number-negative', ['crl-number']],
    ['84-number-critical', ['crl-extension-critical']],
    ['85-aki-critical', ['crl-extension-critical']],
    ['86-delta-indicator', ['crl-extensions']],
    ['87-twice-revoked', ['crl-entry-twice']],
    ['88-times-swapped', ['crl-times', 'crl-stale']],
    ['89-no-next', ['crl-next-update']],
    ['90-v1', ['crl-version']],
    ['91-number-text', ['crl-number']],
    ['92-reason', ['crl-entry-extensions']],
  ])('%s: %j', async (name, codes) => {
    const wanted = codes.length === 0 ? [0, 'valid', []] : [1, 'invalid', codes];
    expect(await verdict('1790000000', 'obj/issuer', `obj/${name}.crl`)).toEqual(wanted);
  });

  it.each<[string, readonly unknown[]]>([
    ['issuer', [0, 'valid', ['crl-absent']]],
    ['issuer-number', [1, 'invalid', ['certificate-revoked']]],
    ['issuer-future', [0, 'valid', []]],
    ['issuer-forged', [0, 'valid', []]],
  ])('obj-crl with the CRLs of %s', async (issuer, wanted) => {
    expect(await verdict('1790000000', `obj-crl/${issuer}`, 'obj-crl/a.roa')).toEqual(wanted);
  });

  it('a revoked ROA beside its whole and its damaged CRL', async () => {
    const roa = 'ca/e5f01fea095a02605384dfe24a66348a4cf62794.roa';
    const whole = await verdict('1796000000', 'revoked-roa/lab', `revoked-roa/lab/${roa}`);
    expect(whole).toEqual([1, 'invalid', ['certificate-revoked']]);
    const damaged = await verdict('1796000000', 'revoked-roa/lab2', `revoked-roa/lab/${roa}`);
    expect(damaged).toEqual([3, 'undetermined', ['crl-damaged', 'crl-unusable']]);
  });
});
