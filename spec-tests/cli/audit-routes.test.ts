import { readFileSync } from 'node:fs';
import type { AuditReport } from 'pathsec/audit';
import { encodeBgpsecPath, encodeMpReach, encodeNlri, pathAttribute } from 'pathsec/bgp';
import { parseAddress } from 'pathsec/inet';
import { expect, it } from 'vitest';
import { concat } from '../routes/collect.js';
import { announcement, attributes, message, nlri, update } from '../routes/fixtures.js';
import { describeShared, shared } from '../support.js';
import { aspaFile, run, temporaryFile } from './run.js';

const field = encodeNlri(nlri('192.0.2.0/24'), false);
const signature = { ski: new Uint8Array(20), signature: new Uint8Array(70) };
const signedUpdate = update({
  attributes: [
    pathAttribute(1, Uint8Array.of(0)),
    pathAttribute(14, encodeMpReach({ afi: 1, safi: 1, nextHop: parseAddress('198.51.100.100'), field })),
    pathAttribute(
      33,
      encodeBgpsecPath({
        segments: [65536, 64496].map((asn) => ({ pCount: 1, flags: 0, asn })),
        blocks: [{ suite: 1, signatures: [signature, signature] }],
      }),
    ),
  ],
});
const fromUnknown = (address: string) =>
  message(update({ attributes: attributes('64500 64501', 2), nlri: field }), {
    asnSize: 2,
    peerAs: 23456,
    peerAddress: parseAddress(address),
  });

it('audit: signed routes and peers whose AS is not known, in text, JSON and HTML', async () => {
  const octets = concat(
    message(signedUpdate, { peerAs: 65536 }),
    fromUnknown('192.0.2.9'),
    fromUnknown('192.0.2.10'),
    announcement('64496'),
  );
  const html = temporaryFile('report.html', '');
  const rpki = aspaFile({ 64496: [64499] }, [{ asn: 64499, prefix: '192.0.2.0/24', maxLength: 24 }]);
  const argv = ['audit', '--rpki', rpki, '--neighbor-role', 'customer', temporaryFile('routes', octets)];
  const text = await run([...argv, '--html', html]);
  expect(text.code).toBe(0);
  const words = text.stdout.replaceAll(/\s+/g, ' ');
  expect(words).toContain('1 route signed (BGPsec): judged by the path that the Secure_Path stands for');
  expect(words).toContain('ROV 0 valid, 1 invalid, 0 not-found, ASPA 0 valid, 1 invalid, 0 unknown');
  expect(words).toContain(
    'AS23456 192.0.2.9, AS23456 192.0.2.10: the recorded AS does not say who the peer is',
  );
  expect(text.stdout).toMatch(/AS23456 192\.0\.2\.9 +customer +AS unknown/);
  expect(words).not.toContain('dumping router');
  const page = readFileSync(html, 'utf8');
  expect(page).toContain('1 route signed (BGPsec)');
  expect(page).toContain('AS23456 192.0.2.10');
  expect(page).toContain('AS unknown');
  const report = JSON.parse((await run([...argv, '--json'])).stdout) as AuditReport;
  expect(report.signed).toMatchObject({ routes: 1, rov: { invalid: 1 }, aspa: { invalid: 1 } });
  expect(report.routes).toBe(4);
  expect(report.problems.count).toBe(0);
});

describeShared('routes of public reports', () => {
  const audit = async (name: string): Promise<AuditReport> => {
    const folder = shared('cases/2026-11/bgp');
    const { stdout } = await run([
      'audit',
      '--json',
      '--rpki',
      `${folder}/14-rpki.json`,
      `${folder}/${name}`,
    ]);
    return JSON.parse(stdout) as AuditReport;
  };
  const codes = ({ problems }: AuditReport) => problems.listed.map(({ code }) => code);

  it('a message cut off by its record', async () => {
    const report = await audit('01-frr13151-cut-update.mrt');
    expect([report.routes, codes(report)]).toEqual([2_042, ['truncated']]);
  });

  it.each([
    ['03-gobgp3631-peeras0.mrt', 2],
    ['22-as-trans-peers.mrt', 3],
    ['22b-as-trans-peers.mrt', 2],
  ])('%s: peers told apart by address, without step 2', async (name, peers) => {
    const report = await audit(name);
    expect(report.peers.map((peer) => peer.neighborCheck)).toEqual(Array(peers).fill('unknown-as'));
    expect(new Set(report.peers.map((peer) => peer.peerAddress)).size).toBe(peers);
    expect(report.aspa.invalid).toBe(0);
  });

  it('plain prefixes under an ADD-PATH subtype', async () => {
    const report = await audit('08-bgpdump9-reverse-addpath.mrt');
    expect([report.routes, report.withdrawals]).toEqual([3, 1]);
    expect(new Set(codes(report))).toEqual(new Set(['add-path-absent']));
  });

  it.each(['14-bgpsec-update.mrt', '14b-bgpsec-rib.mrt', '14c-bgpsec-ris.jsonl'])(
    '%s: signed routes are routes',
    async (name) => {
      const report = await audit(name);
      expect(report.signed).toMatchObject({ routes: 1, rov: { invalid: 1 } });
      expect(report.peers.find(({ peerAs }) => peerAs === 65536)).toMatchObject({ routes: 1, signed: 1 });
      expect([report.notVerified.local, codes(report)]).toEqual([0, []]);
    },
  );

  it('AS4_PATH: its faults have one answer', async () => {
    const report = await audit('15-as4path.mrt');
    expect([report.routes, report.withdrawals]).toEqual([13, 1]);
    expect(codes(report)).toContain('attribute-flags');
  });

  it('RIS Live lines, good and bad', async () => {
    const report = await audit('60-rislive.jsonl');
    expect([report.routes, report.withdrawals]).toEqual([14, 1]);
    expect(codes(report)).toEqual([
      'message-length',
      'truncated',
      'json-syntax',
      'as-path-missing',
      'as-path-segment-empty',
      'prefix-length',
    ]);
  });
});
