import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatPrefix } from 'pathsec/inet';
import { examineObject } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { describeWithProgram } from '../support.js';
import { NOT_AFTER, ROUTER_SPKI, testLab } from './lab-support.js';

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

describe('a test hierarchy', () => {
  it('holds what RFC 6481 wants in a repository', async () => {
    requirement('rfc8209:3.4:file-extension');
    const { files } = await testLab();
    const count = (pattern: RegExp) => files.filter(({ name }) => pattern.test(name)).length;
    expect([/\.tal$/, /\.cer$/, /\.crl$/, /\.mft$/, /\.asa$/, /\.roa$/, /\.spl$/].map(count)).toEqual([
      1, 3, 2, 2, 1, 2, 1,
    ]);
  });

  it('is valid by our own reading, without a single finding', async () => {
    requirement(
      'aspa-profile:4:rfc6488-checks',
      'aspa-profile:6:signature-under-the-pki',
      'rfc8209:3.1:consistent-with-rfc6487',
      'rfc8209:3.3:validation-of-rfc6487',
      'rfc8608:4:certificate-signature',
      'rfc8608:4:crl-signature',
    );
    const lab = await testLab();
    let examined = 0;
    for (const { name, octets } of lab.files.filter(({ name }) => !name.endsWith('.tal'))) {
      const result = await examineObject(octets, lab.material(), name.split('.').at(-1));
      expect([name, codes(result.findings), result.verdict]).toEqual([name, [], 'valid']);
      examined++;
    }
    expect(examined).toBe(11);
  });

  it('contributes its payloads', async () => {
    requirement('aspa-profile:3.3:ascending', 'aspa-profile:4:validate-before-use', 'rfc8209:3.3:eku');
    const lab = await testLab();
    const aspa = await examineObject(lab.file(/\.asa$/), lab.material());
    expect(aspa.payloads.aspas).toEqual([
      { customer: 64496, providers: [64497, 64498, 4200000000], expires: NOT_AFTER },
    ]);
    const roas = await Promise.all(
      lab.files
        .filter(({ name }) => name.endsWith('.roa'))
        .map(({ octets }) => examineObject(octets, lab.material())),
    );
    const vrps = roas
      .flatMap(({ payloads }) => payloads.vrps)
      .map((v) => `${formatPrefix(v.prefix)}-${v.maxLength} ${v.asn}`);
    expect(vrps).toEqual(['192.0.2.0/24-26 64496', '2001:db8::/32-32 4200000000']);
    const list = await examineObject(lab.file(/\.spl$/), lab.material());
    expect(list.payloads.prefixLists.map(({ prefixes }) => prefixes.map(formatPrefix))).toEqual([
      ['192.0.2.0/24', '2001:db8::/32'],
    ]);
    const router = await examineObject(lab.file(/ca\/(?!ca\.cer$).*\.cer$/), lab.material());
    expect(router.payloads.routerKeys).toMatchObject([{ asn: 64496, spki: ROUTER_SPKI }]);
  });
});

describeWithProgram('OpenSSL reads what we sign', 'openssl', () => {
  it('accepts every signed object (cms -verify) and every certificate (verify)', async () => {
    const lab = await testLab();
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-lab-'));
    try {
      for (const { name, octets } of lab.files) writeFileSync(join(folder, name.replace('/', '-')), octets);
      const run = (...args: string[]) =>
        execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
      for (const [der, pem] of [
        ['ta.cer', 'ta.pem'],
        ['ta-ca.cer', 'ca.pem'],
      ] as const) {
        run('x509', '-inform', 'DER', '-in', der, '-out', pem);
      }
      const time = String(NOT_AFTER - 1000);
      let verified = 0;
      for (const { name } of lab.files) {
        const file = name.replace('/', '-');
        if (/\.(asa|roa|spl|mft)$/.test(name)) {
          // -noverify: the RPKI extensions are not known to "cms"; signature and digest are checked.
          run('cms', '-verify', '-noverify', '-inform', 'DER', '-in', file, '-out', 'content');
          verified++;
        }
        if (/ca\/(?!ca\.cer$).*\.cer$/.test(name)) {
          run('x509', '-inform', 'DER', '-in', file, '-out', 'router.pem');
          expect(
            run('verify', '-attime', time, '-CAfile', 'ta.pem', '-untrusted', 'ca.pem', 'router.pem'),
          ).toContain('OK');
          verified++;
        }
      }
      expect(run('verify', '-attime', time, '-CAfile', 'ta.pem', 'ca.pem')).toContain('OK');
      expect(verified).toBe(7);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describeWithProgram('rpki-client as relying party', 'rpki-client', () => {
  it('validates the whole hierarchy from the trust anchor locator and outputs our VRPs and router key', async () => {
    const lab = await testLab();
    const folder = mkdtempSync(join(tmpdir(), 'pathsec-lab-'));
    try {
      const put = (path: string, octets: Uint8Array) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), octets);
      };
      for (const { name, octets } of lab.files) put(`rpki.example/repo/${name}`, octets);
      put('ta/ta/ta.cer', lab.file(/^ta\.cer$/));
      put('ta.tal', lab.file(/\.tal$/));
      mkdirSync(join(folder, 'out'));
      execFileSync('chmod', ['-R', 'a+rwX', folder]); // rpki-client drops its privileges
      execFileSync(
        'rpki-client',
        ['-n', '-j', '-t', join(folder, 'ta.tal'), '-d', folder, join(folder, 'out')],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const out = JSON.parse(readFileSync(join(folder, 'out/json'), 'utf8'));
      expect(out.metadata).toMatchObject({
        roas: 2,
        failedroas: 0,
        invalidroas: 0,
        certificates: 3,
        manifests: 2,
        failedmanifests: 0,
        crls: 2,
      });
      expect(out.roas).toMatchObject([
        { asn: 64496, prefix: '192.0.2.0/24', maxLength: 26 },
        { asn: 4200000000, prefix: '2001:db8::/32', maxLength: 32 },
      ]);
      expect(out.bgpsec_keys).toMatchObject([
        { asn: 64496, pubkey: Buffer.from(ROUTER_SPKI).toString('base64') },
      ]);
      // rpki-client 8.2 implements an older ASPA profile and cannot decode a current object.
      expect(out.metadata).toMatchObject({ aspas: 1, failedaspas: 1 });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
