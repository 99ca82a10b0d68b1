import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFcPath, fcOctets } from 'pathsec/apvas';
import { encodeAsPath, encodeUpdateMessage, pathAttribute } from 'pathsec/bgp';
import { octetsToHash, unicast } from 'pathsec/bgpsec';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { finishRun } from '../../bench/study/finish.js';
import { parseSpeed } from '../../bench/study/openssl-speed.js';
import { postQuantumSizes } from '../../bench/study/report/post-quantum-sections.js';
import { beginRun, runTasks } from '../../bench/study/run.js';
import { fcRoute, prefix } from '../apvas/fcbgp-world.js';

const folder = mkdtempSync(join(tmpdir(), 'pathsec-study-pq-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

describe('openssl speed', () => {
  it('is read by its lines for machines', () => {
    const text = `+DTP:256:sign:ecdsa:1
+R7:20000:256:0.5
+DTP:256:verify:ecdsa:1
+R8:5000:256:0.25
+DTP:ML-DSA-44:keygen:1
+R18:4140:ML-DSA-44:0.34
+DTP:ML-DSA-44:signs:1
+R19:500:ML-DSA-44:0.25
+DTP:ML-DSA-44:verify:1
+R20:0:ML-DSA-44:0.00
+F4:3:256:54920.000000:16896.774194
`;
    expect(parseSpeed(text)).toEqual([
      { algorithm: 'ecdsap256', operation: 'sign', ms: 0.025 },
      { algorithm: 'ecdsap256', operation: 'verify', ms: 0.05 },
      { algorithm: 'ML-DSA-44', operation: 'sign', ms: 0.5 },
    ]);
    expect(parseSpeed('speed: Unknown algorithm NOPE\n')).toEqual([]);
  });
});

describe('the computed octets', () => {
  const rowOf = (name: string): string[] =>
    (
      postQuantumSizes()
        .split('\n')
        .find((line) => line.startsWith(`| ${name} |`)) ?? ''
    )
      .split('|')
      .map((cell) => cell.trim())
      .slice(2, -1);

  it('are those of the texts', () => {
    expect(rowOf('ML-DSA-44').slice(0, 4)).toEqual(['1312', '2420', '2500, 9844, 19,636', '1; 26']);
    expect(rowOf('ML-DSA-65 + P-256').slice(0, 2)).toEqual(['2017', '3380']);
    expect(rowOf('SLH-DSA-128s')[3]).toBe('0; 8');
  });

  it('are those of real messages and hash inputs', () => {
    const segments = [1, 2, 3, 4].map((asn) => ({ asn, pCount: 1, flags: 0 }));
    const signature = { ski: new Uint8Array(20), signature: new Uint8Array(71) };
    const block = { suite: 1, signatures: segments.map(() => signature) };
    const hashed = [1, 2, 3, 4].map(
      (n) => octetsToHash({ segments, blocks: [block] }, block, n, 5, unicast(prefix)).length,
    );
    expect(rowOf('ECDSA P-256')[4]).toBe(String(hashed.reduce((sum, octets) => sum + octets)));

    const { path, asPath } = fcRoute([64501, 64502, 64503, 64504], 64505);
    const of71 = path.segments.map((segment) => ({ ...segment, signature: new Uint8Array(71) }));
    const message = encodeUpdateMessage(
      {
        kind: 'update',
        withdrawnField: new Uint8Array(0),
        attributes: [
          pathAttribute(14, Uint8Array.of(0, 1, 1, 4, 198, 51, 100, 1, 0, 24, 192, 0, 2)),
          pathAttribute(1, Uint8Array.of(0)),
          pathAttribute(2, encodeAsPath(asPath, 4)),
          { flags: 0xd0, code: 255, value: encodeFcPath({ segments: of71 }) },
        ],
        nlriField: new Uint8Array(0),
      },
      true,
    );
    const [, , updates, , octets] = rowOf('FC-BGP, ECDSA P-256');
    expect(updates?.split(', ')[1]).toBe(String(message.length));
    expect(octets).toBe(String(path.segments.reduce((sum, each) => sum + fcOctets(each, prefix).length, 0)));
  });
});

describe('the task of post-quantum suites', () => {
  it('runs, and says what is absent', async () => {
    vi.stubEnv('PATHSEC_PEERS', join(folder, 'no-peers'));
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const settings = {
      mode: 'smoke',
      tasks: ['postQuantum'],
      schemes: ['ML-DSA-44', 'ECDSA, noble', 'FC-BGP, OpenSSL'],
    } as const;
    const place = await beginRun(settings, join(folder, 'run'), join(folder, 'absent'));
    expect(await runTasks(place)).toEqual([]);
    await finishRun(place, false);
    const page = readFileSync(join(place, 'study.md'), 'utf8');
    expect(page).toMatch(
      /\| ML-DSA-44 \| [\d.]+ \(.*\) \| [\d.]+ \(.*\) \| absent \| absent \| 0\.0478 \| 1\.38 \|/,
    );
    expect(page).toMatch(/\| ML-DSA-65 \| absent \| {2}\| absent \| absent \| 0\.0734 \| 2\.13 \|/);
    expect(page).toMatch(/\| ML-DSA-44 \+ P-256 \(model\) \| [\d.]+ \(/);
    expect(page).toMatch(/\| ML-DSA-65 \+ P-256 \(model\) \| absent \| {2}\| absent/);
    expect(page).toContain('The native columns are absent: ');
    expect(page).toMatch(/no root in .*no-peers/);
    expect(page).toMatch(/\| FC-BGP, OpenSSL \| [\d.]+ \(/);
  });
});
