import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import { type AuditReport, createAudit } from 'pathsec/audit';
import { createRouteReader } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

const DATA = 'data/mrt/bgpdump/test_data';
const TEXT = 'data/mrt/bgpdump/test_expect';
const read = (path: string): Buffer => gunzipSync(readFileSync(shared(path)));

function auditFile(octets: Uint8Array): AuditReport {
  const aspa = createAspaTable([
    { customer: 3356, providers: [0] },
    { customer: 1239, providers: [0] },
    { customer: 3549, providers: [3356] },
  ]);
  const audit = createAudit({ aspa, rov: createRovTable() });
  const reader = createRouteReader(audit.add);
  for (let at = 0; at < octets.length; at += 1 << 16) reader.push(octets.subarray(at, at + (1 << 16)));
  reader.end();
  return audit.report();
}

describeShared('audit of real dumps', () => {
  it('updates.et-header.2015: an iBGP feed is recognised; sums are those of the manifest', () => {
    const report = auditFile(read(`${DATA}/updates.et-header.2015.gz`));
    expect(report).toMatchObject({ routes: 577_737, paths: 76_816, withdrawals: 3, stateChanges: 4 });
    expect(report.peers).toHaveLength(1);
    expect(report.peers[0]).toMatchObject({
      peerAs: 3856,
      neighborCheck: 'not-its-own-as',
      pathsWithOwnAs: 0,
    });
    expect(report.asSets).toEqual({ paths: 123, routes: 177, ofOneMember: { paths: 95, routes: 142 } });
    const { zero, asTrans, private: privateUse, documentation, reserved } = report.specialAsns;
    expect([zero, asTrans, privateUse, documentation, reserved].map(({ routes }) => routes)).toEqual([
      4, 33, 1069, 20, 21,
    ]);
  });

  it('bview.20020722: 36 peers of 32 ASes, every one shows its own AS', () => {
    const report = auditFile(read(`${DATA}/bview.20020722.2337.gz`));
    expect(report).toMatchObject({ routes: 115_521, paths: 18_451 });
    expect(report.peers).toHaveLength(32);
    expect(
      report.peers.every(
        ({ neighborCheck, paths, pathsWithOwnAs }) => neighborCheck === 'on' && paths === pathsWithOwnAs,
      ),
    ).toBe(true);
    expect(report.asSets).toMatchObject({ paths: 10, routes: 160 });
  });

  it.each([
    'updates.20020722.2238',
    'updates.20071015.1505',
    'bview.64k_stream_overflow',
    'updates.long_withdrawal',
  ])('%s: the same report from the octets and from the text that bgpdump makes of them', (name) => {
    const { problems: _, ...fromOctets } = auditFile(read(`${DATA}/${name}.gz`));
    const { problems: __, ...fromText } = auditFile(read(`${TEXT}/${name}.gz.bgp.gz`));
    expect(fromText).toEqual(fromOctets);
    expect(fromOctets.routes + fromOctets.withdrawals).toBeGreaterThan(0);
  });

  it('survives damage anywhere: sums stay consistent', () => {
    const whole = read(`${DATA}/updates.20071015.1505.gz`).subarray(0, 40_000);
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(damage, fc.nat(whole.length), (edits, length) => {
        const octets = Uint8Array.from(whole);
        for (const [at, value] of edits) octets[at] = value;
        const report = auditFile(octets.subarray(0, length));
        const { valid, invalid, unknown } = report.aspa;
        expect(valid + invalid + unknown).toBe(report.routes);
        expect(report.rov.valid + report.rov.invalid + report.rov.notFound).toBe(report.routes);
      }),
      { numRuns: 60 },
    );
  });
});
