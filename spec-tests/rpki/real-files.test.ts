import { readdirSync, readFileSync } from 'node:fs';
import { createPayloadSet } from 'pathsec/payload';
import { applySlurm, readPayloads, readSlurm } from 'pathsec/rpki';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

const read = (path: string): string => readFileSync(shared(`data/${path}`), 'utf8');

describeShared('payload files as others write them', () => {
  // dialect, VRPs, ASPAs, router keys; duplicates count once
  const files: [string, string, number, number, number][] = [
    ['json/rpki-client/sample-2026-09-16.json', 'rpki-client', 1, 5, 0],
    ['json/bgpipe-rpki.json', 'rpki-client', 3, 3, 0],
    ['json/stayrtr-test.rpki.json', 'provider-authorizations', 19, 2, 3],
    ['json/routinator/001.json', 'routinator', 0, 1, 0],
    ['json/routinator/011.json', 'routinator', 0, 1, 1],
    ['json/routinator/111.json', 'routinator', 1, 1, 1],
    ['json/routinator/001.jsonext', 'routinator-ext', 0, 1, 0],
    ['json/routinator/011.jsonext', 'routinator-ext', 0, 1, 1],
    ['json/routinator/111.jsonext', 'routinator-ext', 1, 1, 1],
    ['json/routinator/001.csv', 'routinator-csv', 0, 0, 0],
    ['json/routinator/011.csv', 'routinator-csv', 0, 0, 0],
    ['json/routinator/111.csv', 'routinator-csv', 1, 0, 0],
    ['json/routinator/001.csvext', 'routinator-csv', 0, 0, 0],
    ['json/routinator/011.csvext', 'routinator-csv', 0, 0, 0],
    ['json/routinator/111.csvext', 'routinator-csv', 1, 0, 0],
    ['json/routinator/001.openbgpd', 'openbgpd', 0, 0, 0],
    ['json/routinator/011.openbgpd', 'openbgpd', 0, 0, 0],
    ['json/routinator/111.openbgpd', 'openbgpd', 1, 0, 0],
    ['json/routinator/111.bird2', 'bird', 1, 0, 0],
  ];
  it.each(files)('%s', (path, dialect, vrps, aspas, routerKeys) => {
    const file = readPayloads(read(path), { strict: true });
    expect([file.dialect, file.vrps.size, file.aspas.size, file.routerKeys.size]).toEqual([
      dialect,
      vrps,
      aspas,
      routerKeys,
    ]);
  });

  it.each(['001', '011'])('json/routinator/%s.bird2 is empty', (digits) => {
    expect(() => readPayloads(read(`json/routinator/${digits}.bird2`))).toThrow(
      expect.objectContaining({ code: 'empty-file' }),
    );
  });

  // prefix, BGPsec and ASPA filters, then assertions
  const slurms: [string, number[]][] = [
    ['rpki/rpki-rs/slurm/full.json', [3, 3, 0, 2, 1, 0]],
    ['rpki/rpki-rs/slurm/full_v2.json', [3, 3, 1, 2, 1, 1]],
    ['json/routinator/001.slurm', [0, 0, 0, 0, 0, 0]],
    ['json/routinator/011.slurm', [0, 0, 0, 0, 2, 0]],
    ['json/routinator/111.slurm', [0, 0, 0, 2, 2, 0]],
    ['json/routinator/001.slurm2', [0, 0, 0, 0, 0, 2]],
    ['json/routinator/011.slurm2', [0, 0, 0, 0, 2, 2]],
    ['json/routinator/111.slurm2', [0, 0, 0, 2, 2, 2]],
  ];
  it.each(slurms)('%s', (path, counts) => {
    const text = read(path);
    const slurm = readSlurm(text);
    expect([
      slurm.prefixFilters.length,
      slurm.bgpsecFilters.length,
      slurm.aspaFilters.length,
      slurm.prefixAssertions.length,
      slurm.bgpsecAssertions.length,
      slurm.aspaAssertions.length,
    ]).toEqual(counts);
    const applied = applySlurm(createPayloadSet(), slurm);
    expect(applied.aspas.size).toBe(Math.min(1, counts[5] as number));
    expect(() => readPayloads(text)).toThrow(expect.objectContaining({ code: 'slurm-file' }));
  });

  it('reads every file of the Routinator folder', () => {
    const named = [...files, ...slurms]
      .map(([path]) => path)
      .filter((path) => path.startsWith('json/routinator/'));
    expect(readdirSync(shared('data/json/routinator')).length).toBe(named.length + 2);
  });

  it.each(['json/bgpipe-updates.json', 'json/bgpipe-aspa-updates.json'])(
    '%s holds routes, not payloads',
    (path) => {
      expect(() => readPayloads(read(path))).toThrow(expect.objectContaining({ code: 'unknown-dialect' }));
    },
  );
});
