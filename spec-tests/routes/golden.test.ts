import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { formatAddress, formatPrefix, parseAddress, parsePrefixMasked } from 'pathsec/inet';
import { openInput } from 'pathsec/node';
import { createBgpdumpWriter, createMrtReader, type ReadOptions, type ReadSummary } from 'pathsec/routes';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

/** Reads a file through decompression and the reader; gives every `bgpdump -m` line to `onLine`. */
async function lines(
  path: string,
  onLine: (line: string) => void,
  options: ReadOptions = {},
): Promise<ReadSummary> {
  const write = createBgpdumpWriter();
  const reader = createMrtReader(
    (element, source) => {
      const line = write(element, source);
      if (line !== undefined) onLine(line);
    },
    { reuse: true, ...options },
  );
  for await (const chunk of openInput(shared(path))) reader.push(chunk);
  reader.end();
  return reader.summary;
}

async function allLines(path: string, options: ReadOptions = {}) {
  const found: string[] = [];
  const summary = await lines(path, (line) => found.push(line), options);
  return { found, summary };
}

function golden(path: string): string {
  const file = shared(path);
  expect(existsSync(file)).toBe(true);
  const octets = readFileSync(file);
  return (path.endsWith('.gz') ? gunzipSync(octets) : octets).toString('latin1');
}

/** Golden files that are reproduced octet for octet: elements, problems, records skipped, families skipped. */
const FILES: readonly (readonly [
  file: string,
  golden: string,
  elements: number,
  problems: number,
  skipped: number,
  families: number,
])[] = [
  ...(
    [
      ['bview.20020722.2337.gz', 115_521, 0],
      ['bview.64k_stream_overflow.gz', 23, 0],
      ['bview.ipv4_unicast_add_path.gz', 62, 0],
      ['bview.ipv6_unicast_add_path.gz', 62, 0],
      ['updates.20020722.2238.gz', 3_337, 0],
      ['updates.20071015.1505.gz', 10_496, 0],
      ['updates.et-header.2015.gz', 577_744, 0],
      ['updates.long_withdrawal.gz', 4_096, 0],
      ['updates.nlri_mask_trailing_bits.gz', 1, 1],
    ] as const
  ).map(
    ([name, elements, problems]) =>
      [`bgpdump/test_data/${name}`, `bgpdump/test_expect/${name}.bgp.gz`, elements, problems, 0, 0] as const,
  ),
  ['mrtparse/quagga_bgp', 'mrtparse/expect/quagga_bgp.bgp', 38, 0, 0, 4],
  ['mrtparse/quagga_rib', 'mrtparse/expect/quagga_rib.bgp', 9, 0, 0, 0],
  ['mrtparse/openbgpd_bgp', 'mrtparse/expect/openbgpd_bgp.bgp', 109, 0, 0, 6],
  ['mrtparse/openbgpd_rib_table-v2', 'mrtparse/expect/openbgpd_rib_table-v2.bgp', 31, 0, 0, 2],
  ['bgpkit/updates.bz2', 'bgpkit/expect/updates.bz2.bgp', 268, 0, 0, 0],
  ['gobgp/gobgp-3.10-updates.mrt', 'gobgp/expect/gobgp-3.10-updates.mrt.bgp', 6, 0, 0, 0],
];

describeShared('golden bgpdump output', () => {
  let compared = 0;
  it.each(FILES)('%s', async (file, expected, elements, problems, skipped, families) => {
    const hash = createHash('sha256');
    let count = 0;
    let pending = '';
    const summary = await lines(`data/mrt/${file}`, (line) => {
      count++;
      pending += `${line}\n`;
      if (pending.length > 1 << 16) {
        hash.update(pending, 'latin1');
        pending = '';
      }
    });
    hash.update(pending, 'latin1');
    const text = golden(`data/mrt/${expected}`);
    expect(count).toBe(elements);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(text, 'latin1').digest('hex'));
    expect(summary.problems.count).toBe(problems);
    expect(summary.skippedRecords).toBe(skipped);
    expect(summary.skippedFamilies).toBe(families);
    expect(summary.routes + summary.withdrawals + summary.states).toBe(elements);
    compared++;
  });

  it('compared all of them', () => {
    expect(compared).toBe(15);
  });

  it('keeps what stood before a broken NLRI entry, and says so (D-mrt-partial-nlri)', async () => {
    const path = 'data/mrt/bgpdump/test_data/updates.nlri_mask_trailing_bits.gz';
    const { summary } = await allLines(path);
    expect(summary.problems.first).toEqual([
      {
        code: 'nlri-overrun',
        field: 'nlri',
        message: '11 bits in 0 octets',
        number: 1,
        offset: 87,
        treatment: 'session-reset',
      },
    ]);
    const strict = await allLines(path, { strict: true });
    expect(strict.found).toEqual([]);
    expect(strict.summary.problems.byCode).toEqual(new Map([['nlri-overrun', 1]]));
  });

  it('openbgpd_rib_table: an AGGREGATOR of 8 octets is read by its length (D-mrt-aggregator-length)', async () => {
    const { found } = await allLines('data/mrt/mrtparse/openbgpd_rib_table');
    const text = golden('data/mrt/mrtparse/expect/openbgpd_rib_table.bgp').split('\n').slice(0, -1);
    expect(found).toHaveLength(31);
    const differing = text.flatMap((line, i) => (line === found[i] ? [] : [i]));
    expect(differing).toHaveLength(1);
    const at = differing[0] as number;
    expect(found[at]).toBe((text[at] as string).replace('|0 253.232.192.168|', '|65000 192.168.0.15|'));
  });

  it('openbgpd_rib_table-mp: deprecated BGP4MP_ENTRY records are counted and skipped', async () => {
    const { found, summary } = await allLines('data/mrt/mrtparse/openbgpd_rib_table-mp');
    expect(found).toEqual([]);
    expect(summary.skippedRecords).toBe(31);
    expect(summary.recordTypes).toEqual(new Map([['16/2', 31]]));
    expect(summary.problems.count).toBe(0);
  });

  it('sample.mrt: only the text of addresses and host bits differ (D-mrt-address-text, D-mrt-host-bits)', async () => {
    const { found } = await allLines('data/mrt/bgpipe/sample.mrt', { detectAddPath: false });
    const text = golden('data/mrt/bgpipe/expect/sample.mrt.bgp').split('\n').slice(0, -1);
    expect(found).toHaveLength(816);
    expect(text.filter((line, i) => line !== found[i])).toHaveLength(206);
    expect(found).toEqual(text.map(canonical));
  });

  it('sample.mrt: hidden Path Identifiers are found (D-add-path-detection)', async () => {
    const { found, summary } = await allLines('data/mrt/bgpipe/sample.mrt');
    const text = golden('data/mrt/bgpipe/expect/sample.mrt.add-path-aware.bgp').split('\n').slice(0, -1);
    const without = found.map((line) => {
      const columns = line.split('|');
      if (columns[0] !== 'BGP4MP_ET_AP') return line;
      columns[0] = 'BGP4MP_ET';
      columns.splice(6, 1);
      return columns.join('|');
    });
    expect(found.filter((line) => line.startsWith('BGP4MP_ET_AP|'))).toHaveLength(24);
    expect(without).toEqual(text.map(canonical));
    expect(summary.hiddenAddPath).toBe(11);
    expect(summary.problems.byCode).toEqual(new Map([['add-path-hidden', 11]]));
  });

  it('no other update file shows signs of a subtype that is wrong about Path Identifiers', async () => {
    const others = [
      'bgpdump/test_data/updates.20020722.2238.gz',
      'bgpdump/test_data/updates.20071015.1505.gz',
      'bgpkit/updates.bz2',
      'mrtparse/quagga_bgp',
      'mrtparse/openbgpd_bgp',
      'gobgp/gobgp-3.10-updates.mrt',
    ];
    for (const file of others) {
      const { summary } = await allLines(`data/mrt/${file}`);
      expect([summary.hiddenAddPath, summary.absentAddPath]).toEqual([0, 0]);
    }
  });

  it('routes of one path share one object', async () => {
    const paths = new Set<unknown>();
    let routes = 0;
    const reader = createMrtReader((element) => {
      if (element.kind !== 'route') return;
      routes++;
      paths.add(element.asPath);
    });
    for await (const chunk of openInput(shared('data/mrt/bgpdump/test_data/bview.20020722.2337.gz'))) {
      reader.push(chunk);
    }
    reader.end();
    expect(routes).toBe(115_521);
    expect(paths.size).toBe(18_452); // one path is there in two segmentations
  });
});

/**
 * bgpdump 1.6.2 shortens a single group of zeros, which RFC 5952 §4.2.2 forbids, and prints host bits of a prefix,
 * which RFC 4271 §4.3 calls irrelevant.
 */
function canonical(line: string): string {
  const columns = line.split('|');
  for (const at of [3, 8]) {
    if (columns[at]?.includes(':')) columns[at] = formatAddress(parseAddress(columns[at]));
  }
  columns[5] = formatPrefix(parsePrefixMasked(columns[5] as string));
  return columns.join('|');
}
