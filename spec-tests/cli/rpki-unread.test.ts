import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ID, signedObject } from '../kit/objects/generator/builder.js';
import { TIME, TRUST_ANCHOR } from '../kit/objects/generator/certificate.js';
import { crlOctets } from '../kit/objects/generator/crl.js';
import { bitString, int, octetString, seq } from '../kit/objects/generator/der.js';
import { folder } from './bgpsec-world.js';
import { jsonLines, run, temporaryFile } from './run.js';

const unread = (eContentType: string) => signedObject({ content: Buffer.from('of any kind'), eContentType });
const aspa = signedObject({});

function show(...argv: string[]) {
  const issuer = folder();
  writeFileSync(join(issuer, 'ta.cer'), TRUST_ANCHOR);
  writeFileSync(join(issuer, 'ta.crl'), crlOctets({ revoked: [3] }));
  return run(['rpki', 'show', '--issuer', issuer, '--time', TIME, ...argv]);
}

describe('rpki show and content that is not read', () => {
  it.each([
    ['a.gbr', ID.ghostbusters, 'ghostbusters'],
    ['a.sig', ID.checklist, 'checklist'],
    ['a.tak', ID.trustAnchorKey, 'trust-anchor-key'],
  ])('%s is unexamined: 3', async (name, type, kind) => {
    const { code, stdout } = await show(temporaryFile(name, unread(type)), '--json');
    expect(code).toBe(3);
    expect(jsonLines(stdout)[0]).toMatchObject({
      type: kind,
      validation: 'unexamined',
      findings: [{ code: 'content-unexamined', severity: 'warning' }],
    });
  });

  it('a signed prefix list is read: 0, and its prefixes are exported', async () => {
    const content = seq(
      int(64496),
      seq(seq(octetString(Buffer.of(0, 1)), seq(bitString(Buffer.of(192, 0, 2))))),
    );
    const file = temporaryFile('b.spl', signedObject({ content, eContentType: ID.prefixList }));
    const { code, stdout } = await show(file, '--json');
    expect([code, jsonLines(stdout)[0]]).toMatchObject([
      0,
      { type: 'prefix-list', version: 0, asid: 64496, prefixes: ['192.0.2.0/24'], validation: 'valid' },
    ]);
    expect((await show(file)).stdout).toMatch(/\nasid +64496\n(?:.*\n)*prefixes +192\.0\.2\.0\/24\n/);
    const payloads = JSON.parse((await show(file, '--payloads')).stdout);
    expect(payloads.prefixLists).toMatchObject([{ asn: 64496, prefixes: ['192.0.2.0/24'] }]);
  });

  it('says so to a person', async () => {
    const { stdout } = await show(temporaryFile('a.gbr', unread(ID.ghostbusters)));
    expect(stdout).toMatch(/warning .*is not read.*\nvalidation +unexamined\n$/);
  });

  it('exports the valid objects beside it, and exits 3; an invalid one makes it 1', async () => {
    const good = temporaryFile('a.asa', aspa);
    const gbr = temporaryFile('a.gbr', unread(ID.ghostbusters));
    const bad = temporaryFile('b.asa', signedObject({ flip: 1 }));
    const { code, stdout } = await show(good, gbr, '--payloads');
    expect(code).toBe(3);
    expect(JSON.parse(stdout).aspas).toMatchObject([{ customer_asid: 64496 }]);
    expect((await show(gbr, bad)).code).toBe(1);
    expect((await show(good)).code).toBe(0);
  });

  it.each(['a.gbr', 'a.roa', 'a.ROA', 'a.Mft'])('an ASPA object named %s is invalid: 1', async (name) => {
    const { code, stdout } = await show(temporaryFile(name, aspa));
    expect([code, stdout]).toEqual([1, expect.stringContaining('object-type')]);
  });

  it.each(['a.ASA', 'a.txt', 'a'])('an ASPA object named %s is valid: 0', async (name) => {
    expect((await show(temporaryFile(name, aspa))).code).toBe(0);
  });
});

describe('rpki show --issuer of what is no folder', () => {
  it('names it and ends with 2', async () => {
    const [object, file] = [temporaryFile('a.asa', aspa), temporaryFile('ta.cer', TRUST_ANCHOR)];
    const [none, wrong] = await Promise.all(
      [join(folder(), 'none'), file].map((issuer) => run(['rpki', 'show', '--issuer', issuer, object])),
    );
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none?.stderr).toMatch(/^pathsec: \/.*\/none: no such file or directory \(ENOENT\)\n$/);
    expect(wrong).toEqual({ code: 2, stdout: '', stderr: `pathsec: ${file}: not a directory (ENOTDIR)\n` });
  });
});
