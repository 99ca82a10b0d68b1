import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Router } from './rtr-router.js';

/** One row of docs/interop.md. */
export interface Row {
  readonly peer: string;
  readonly package: string;
  readonly needs: Router['needs'];
  /** What the peer is. */
  readonly role: string;
  readonly version: number;
  readonly compared: string;
  result: string;
}

/** Writes docs/interop.md: the same results give the same octets. */
export async function writeMatrix(
  rows: readonly Row[],
  versionOf: (row: Row) => Promise<string>,
): Promise<void> {
  const lines: string[] = [];
  for (const row of rows) {
    const { peer, package: pack, role, version, compared, result } = row;
    const cells = [peer, `${pack} ${await versionOf(row)}`, role, String(version), compared, result];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  const text = `# RTR with real peers

Written by \`spec-tests/interop/rtr.test.ts\` when every peer is installed; all traffic stays on loopback. As a cache,
\`pathsec\` serves VRPs, router keys and ASPAs, changes them with a Serial Notify, and then forgets its history, so that
the router has to go through Cache Reset; after each step the router must hold exactly what is served. As a router,
\`pathsec\` must hold exactly what the peer was given, before and after a change.

| peer | package | the peer is | RTR version | compared | result |
|---|---|---|---|---|---|
${lines.join('\n')}

What the peers cannot do:

- The ASPA PDU of 8210bis-14 and later is spoken by BIRD 3 and OpenBGPD 8 alone, which are newer than the other packages:
  \`scripts/peers.sh\` makes a root with them.
- StayRTR 0.5.1 and its rtrdump speak version 2 in the layout of 8210bis-10, which \`pathsec\` speaks only when told to
  (\`--aspa-layout 8210bis-10\`). Those of 0.6.2 have no version 2: asked in it, the cache answers with error 4 of version 0, and
  rtrdump refuses to ask.
- GoBGP asks in version 0 only. BIRD, OpenBGPD and RTRlib ask in version 1 first; version 0 is reached by a cache that
  speaks nothing else, which it says with an Error Report of version 0. OpenBGPD 7.7 answers that one with error 8 and
  never asks in version 0, so it has no such row.
- GoBGP 3.10 adds what comes after a Cache Reset to what it had: VRPs that went meanwhile stay until it restarts.
- BIRD, GoBGP, OpenBGPD and FRR keep no router keys that could be compared; rtrclient shows them.
- OpenBGPD does not list its ROA set: the numbers of its prefixes are compared, and the origin validation state of networks.
  Of ASPAs it gives the number alone.
- rtrclient exports ASNs above 2147483647 as negative numbers; its live output, which is compared here, is right.
`;
  writePage(text, sectionsOf().sections);
}

const PAGE = fileURLToPath(new URL('../../docs/interop.md', import.meta.url));

/** The page, cut before each heading of a section: what each test file writes is its own. */
function sectionsOf(): { readonly first: string; readonly sections: readonly string[] } {
  const text = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const [first = '', ...sections] = text.split(/^(?=## )/m);
  return { first, sections };
}

function writePage(first: string, sections: readonly string[]): void {
  const parts = [first, ...sections].map((part) => part.trimEnd());
  writeFileSync(PAGE, `${parts.join('\n\n')}\n`);
}

/** Writes a section of the page where the one with its title stands, and leaves the others as they are. */
export function writeSection(title: string, text: string): void {
  const { first, sections } = sectionsOf();
  const written = `## ${title}\n\n${text}`;
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`));
  writePage(first, at < 0 ? [...sections, written] : sections.with(at, written));
}
