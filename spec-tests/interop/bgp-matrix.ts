import type { Neighbor } from './bgp-neighbor.js';
import { writeSection } from './matrix.js';

/** One row of the section on BGP in docs/interop.md. */
export interface BgpRow {
  readonly peer: string;
  readonly package: string;
  readonly needs: Neighbor['needs'];
  readonly what: string;
  result: string;
}

/** Writes the section: the same results give the same octets. */
export async function writeBgpMatrix(
  rows: readonly BgpRow[],
  versionOf: (row: BgpRow) => Promise<string>,
): Promise<void> {
  const lines: string[] = [];
  for (const row of rows) {
    lines.push(
      `| ${[row.peer, `${row.package} ${await versionOf(row)}`, row.what, row.result].join(' | ')} |`,
    );
  }
  writeSection(
    'BGP sessions with real peers',
    `Written by \`spec-tests/interop/bgp.test.ts\` when every peer is installed; all traffic stays on loopback. Our side is \`startBgpSpeaker\`, on
which \`pathsec bgp listen\` and \`pathsec bgp connect\` stand; the peer announces three IPv4 prefixes and one of IPv6, and
withdraws one.

| peer | package | session | result |
|---|---|---|---|
${lines.join('\n')}
`,
  );
}
