import type { StudyResults } from '../results.js';
import { routerViewSection } from '../router-view/section.js';
import type { TaskName } from '../tasks/names.js';
import { factsOf } from './analysis.js';
import {
  batchTable,
  byLengthTable,
  comparison,
  failureTable,
  feedTable,
  keysAndSigningTable,
  latencyTable,
  nativeTable,
  operationsTable,
  sampleTable,
  schemesTable,
} from './cost-sections.js';
import { FEED, num, table } from './format.js';
import { hypotheses } from './hypotheses/index.js';
import { nativeNote, postQuantumSizes, postQuantumTimes, updatesTable } from './post-quantum-sections.js';
import { disturbances, runTable } from './run-sections.js';
import {
  churnTable,
  limits,
  memoryTable,
  octetsTable,
  packedForm,
  payloadMemoryTable,
  publishedFigures,
  tablesTable,
} from './size-sections.js';
import { targets } from './targets.js';

interface Section {
  readonly title: string;
  /** Without one of these the section is left out. */
  readonly needs: readonly TaskName[];
  readonly text: (results: StudyResults) => string;
}

/** The whole page. Every number in it comes from the results; the words are fixed. */
export function report(results: StudyResults, figure: (name: string) => string): string {
  const has = (name: TaskName): boolean => results.tasks[name] !== undefined;
  const sections = sectionsOf(figure);
  const left = sections.filter(({ needs }) => !needs.every(has));
  const note =
    left.length === 0
      ? ''
      : `\nNot in this run, for want of their tasks: ${left.map(({ title }) => title.replace(/^#+ /, '')).join('; ')}.\n`;
  return `${INTRODUCTION}\n${sections
    .filter(({ needs }) => needs.every(has))
    .map(({ title, text }) => `${title}\n\n${text(results)}\n`)
    .join('\n')}${note}`;
}

const INTRODUCTION = `# What aggregate path signatures would cost and save

NON-STANDARD. This page is about an experiment in the style of APVAS (arXiv:2008.13346). Its two schemes are no suites of
BGPsec, have not been reviewed outside this project, and protect nothing. The page is generated:
\`npm run study -- --quick --publish\` measures, writes \`bench/results/study-quick.json\` and \`bench/results/study-quick.csv\`
with all samples, and this page and its figures from them. [How this was measured, and what it does not
show](study-method.md) belongs to it.

## The question

BGPsec carries one signature per hop. An aggregate carries one signature per path, and can carry one per table. What does
that save in octets and memory, what does it cost in CPU, and what does it lose? All systems below sit on the same routes,
parser, key tables and language (TypeScript, \`@noble/curves\`), so that ratios compare schemes and not languages.

| system | what it is |
| --- | --- |
| S0 | unsigned routes |
| S1, S1p, S1c, S1b | BGPsec: ECDSA per hop; with tables for keys; with a cache of common segments; best path only |
| S2 | PLAIN: BLS12-381, one final exponentiation per route; without and with cached lines of keys |
| S2g | PLAIN in batches of n, grouped by signer, random coefficients of 128 or 64 bits |
| S3 | CHAIN: the published sequential construction with the target AS signed; literal, and merged with cached lines |
| S4 | PLAIN, one aggregate per peer, no single signatures (stub) |
| S5, S6 | half-aggregated Schnorr; post-quantum signatures per hop |
| FC-BGP | forwarding commitments: ECDSA per hop beside the AS_PATH, gaps allowed |
| ROV, ASPA | origin validation and ASPA path verification: no signatures in UPDATEs at all |
`;

function sectionsOf(figure: (name: string) => string): Section[] {
  return [
    { title: '## This run', needs: [], text: (r) => `${runTable(r)}\n\n${disturbances(r)}` },
    {
      title: '## Three kinds of protection, per UPDATE of four hops',
      needs: ['octets', 'byLength'],
      text: (r) => `${comparison(r)}

Memory is octets beyond an unsigned route, measured in packed stores, transit role. ROV and ASPA look things up in tables, whose
memory is divided by the routes of one full feed. They and signatures answer different questions: ASPA finds leaks that every
signature scheme calls valid, and signatures find forged paths that attested providers would still let pass.

${figure('cpu-by-length')}

${byLengthTable(r)}

Milliseconds of CPU from attribute octets to verdict, decoding of signatures included.

${figure('ratio-by-length')}`,
    },
    {
      title: '## Octets',
      needs: ['octets'],
      text: (r) => `${figure('octets-by-length')}

${octetsTable(r)}

Of L hops with signatures of s octets. BGPsec and the private attribute are encoded messages (BGPsec is the mean over several);
the rest is computed by \`52 + 26L + L(2 + s)\`, with one signature by \`54 + 26L + s\`, and FC-BGP, whose AS_PATH stays, by
\`52 + 4L + L(36 + s)\`. All of them carry one prefix per UPDATE.

${limits()}`,
    },
    {
      title: '## Memory',
      needs: ['memory'],
      text: (r) => `${figure('memory-by-size')}

${memoryTable(r)}

Octets per route beyond S0. *Payload* is what is logically needed, *arrays* what the packed store allocates, *measured*
the difference of heap and external memory of fresh processes after forced collection: median of the processes, and the
most and the least that any two of them differ by. Transit keeps each route's signature; the stub keeps none, and 48 octets
per peer. With one JavaScript object per signature the same schemes look quite different, which is a property of the data
structure and not of the schemes.`,
    },
    {
      title: '### Tables of validation and keys',
      needs: ['payloadMemory'],
      text: (
        r,
      ) => `Octets per payload, in the same way: the table filled in fresh processes, what it was filled from gone. *Per route* divides
the whole table by the ${num(FEED)} routes of one full feed: what origin validation, ASPA and the keys of BGPsec take
beside the octets per route above.

${payloadMemoryTable(r)}`,
    },
    {
      title: '### The model over real tables',
      needs: ['tables'],
      text: (r) => `${tablesTable(r)}\n\n${packedForm(r)}`,
    },
    { title: '### Where the published 80 % and 20 % sit', needs: ['tables'], text: publishedFigures },
    {
      title: '## Batches',
      needs: ['batches'],
      text: (r) => `${figure('cost-by-batch')}

CPU per route divided by ECDSA one by one over the same routes; four hops:

${batchTable(r)}

${latencyTable(r)}`,
    },
    {
      title: '## Bad routes',
      needs: ['failures'],
      text: (r) => `${figure('cost-by-bad-share')}

${failureTable(r)}

A wrong path signature says that some hop is wrong, never which one. ECDSA says which, and stops there.`,
    },
    { title: '## Churn', needs: ['churn'], text: (r) => `${figure('tombstones')}\n\n${churnTable(r)}` },
    {
      title: '## Keys and signing',
      needs: ['keysAndSigning'],
      text: (r) => `${keysAndSigningTable(r)}

Signing is for d neighbour ASes of a verified route of four hops. *First sight* admits the four keys of an UPDATE with their
proofs of possession, computes their lines, and verifies.`,
    },
    {
      title: '## A whole feed',
      needs: ['byLength'],
      text: (
        r,
      ) => `1.2 million routes of one peer with the path lengths of a full feed (2010), extrapolated from the lengths that were measured, which
have to go from 1 to 10 hops; one core:

${feedTable(r)}`,
    },
    { title: '### A signed sample of a table', needs: ['tableSample'], text: sampleTable },
    {
      title: '## Other schemes',
      needs: ['schemes'],
      text: (r) => `${schemesTable(r)}

Equal security is not given: BLS12-381 is rated at 117 to 126 bits, P-256, Ed25519 and secp256k1 at 128.`,
    },
    {
      title: '## Post-quantum signatures in BGPsec, and FC-BGP',
      needs: ['postQuantum'],
      text: (
        r,
      ) => `NON-STANDARD: no document defines a post-quantum suite of BGPsec. The algorithms are those that
draft-yoshikawa-sidrops-pqc-rpki compares for the RPKI, one signature per hop as ECDSA has it; the composites are a model, the
sizes of the draft's table and the times of both parts added. FC-BGP is draft-wang-sidrops-fcbgp-protocol: the AS_PATH stays, each AS
signs a few octets about its two neighbours, and the segments can be verified in any order and at once. In a packed store it takes what
ECDSA takes. It also says less: segments of several announcements fit together, and of ASes without keys it says nothing; tests of the
package show both.

${postQuantumSizes()}

${postQuantumTimes(r, 'verify')}

${postQuantumTimes(r, 'sign')}

${nativeNote(r)} Published are the medians of the draft's appendix, an Apple M4 with OpenSSL 3.6.2 (composites: means of 100,000).

${updatesTable(r)}`,
    },
    {
      title: '## Native ceiling',
      needs: ['native'],
      text: (r) => `${nativeTable(r)}

blst has the variant with 96-octet signatures alone, and its aggregate calls use threads: compare CPU, not wall time.`,
    },
    { title: "## A router's view", needs: ['byLength'], text: routerViewSection },
    {
      title: '## Do the systems agree?',
      needs: ['agreement'],
      text: (r) => {
        const { cases, valid, differences, byFault } = factsOf(r, 'agreement');
        const differing = Object.entries(differences).map((entry) => entry.join(' '));
        return `${cases} cases (${valid} valid) with the same faults under every system; verdicts that differ from S1:
${differing.join(', ')}.

${table(
  ['fault', 'cases', 'refused'],
  Object.entries(byFault).map(([fault, row]) => [fault, String(row.cases), String(row.refused)]),
)}`;
      },
    },
    { title: '## The hypotheses', needs: [], text: hypotheses },
    { title: '## Targets', needs: ['byLength', 'batches', 'operations', 'memory'], text: targets },
    {
      title: '## Operations',
      needs: ['operations'],
      text: (r) => `${operationsTable(r)}

The library's hash ends with a subgroup check of its own result; the engine hashes by the same steps without it.`,
    },
    { title: '## Limits', needs: [], text: () => LIMITS },
  ];
}

const LIMITS = `- One language and one library in the main tables; the native ceiling shows that native ECDSA gains more than native
  pairings do.
- Keys are synthetic, one per AS; real deployments would have several per AS.
- No confederations: contributions cannot be taken out of a signature at egress, which is a cost of aggregation.
- No hop can be blamed; no early end at the first bad signature; added keys need signatures that a stub has dropped.
- Neither scheme is constant time in JavaScript, and the security argument has not been reviewed.
- What the papers measured, and against what, could not be read. Statements about them rest on their abstracts.`;
