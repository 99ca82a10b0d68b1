import {
  type AspaTable,
  type Evidence,
  explainStep,
  layoutRamps,
  type VerificationInput,
  verifyAsPath,
} from '../../aspa/index.js';
import type { InvalidPath, LazyAuditReport } from '../../audit/index.js';
import { type AsPath, parseAsPath } from '../../bgp/index.js';
import { pictureSvg, rampPicture } from '../../draw/index.js';
import { MAX_MADE_LINK, writePathLink } from '../../links/index.js';
import { formatAspaNotation } from '../../rpki/payloads.js';
import { firstRows } from '../shared/rows.js';
import { plural, shorten } from '../shared/text-table.js';
import { escapeHtml } from './html-table.js';
import { peerName } from './peer-name.js';

/** What the paths of a report were judged by, and where links lead. */
export interface Judged {
  readonly aspa: AspaTable;
  /** The address of a playground, without `#`; no links without one. */
  readonly playground?: string | undefined;
}

/** Paths that are drawn, and how many of them are open when the page is. */
const DRAWN = 20;
const OPEN = 3;

/**
 * The invalid paths with the most routes, each with its picture and what is said of it; one halted before it had ramps (steps 1 to 3)
 * has no picture.
 */
export function drawnPaths({ egress, invalidPaths, peers }: LazyAuditReport, judged: Judged): string {
  if (invalidPaths.length === 0) return '<p>None.</p>';
  const checked = new Set(
    peers.filter(({ neighborCheck }) => neighborCheck === 'on').map((peer) => peerName(peer)),
  );
  let drawn = 0;
  /** What belongs to every invalid path is said once. */
  let caution = '';
  const shown = firstRows(invalidPaths, DRAWN, (path) => {
    // Before they are sent, paths are judged by the procedure alone: the role is the receiver's.
    const asked = egress === undefined ? path : { ...path, role: null };
    const evidence = verifyAsPath(judged.aspa, questionOf(asked, checked.has(peerName(path))));
    const sentences = explainStep(evidence);
    const said = sentences.find(({ code }) => code === 'caution');
    if (said) caution = `<p>${escapeHtml(said.text)}</p>`;
    const others = sentences.filter((one) => one !== said).map(({ text }) => text);
    return drawnPath({ path: asked, evidence, sentences: others, open: drawn++ < OPEN }, judged);
  });
  const paths = [...shown].join('\n');
  return `${caution}${paths}`;
}

interface DrawnPath {
  readonly path: InvalidPath;
  readonly evidence: Evidence;
  readonly sentences: readonly string[];
  readonly open: boolean;
}

function drawnPath({ evidence, open, path, sentences }: DrawnPath, { aspa, playground }: Judged): string {
  const layout = layoutRamps(evidence);
  const said = sentences.map((text) => `<li>${escapeHtml(text)}</li>`);
  const link = playground === undefined ? '' : linkTo(playground, path, evidence, aspa);
  const picture = layout === null ? '' : `<div class="scroll">${pictureSvg(rampPicture(layout))}</div>`;
  const summary = `<code>${escapeHtml(shorten(path.path, 400))}</code> ${escapeHtml(`${plural(path.routes, 'route')} from ${peerName(path)}, ${path.procedure}`)}`;
  return `<details${open ? ' open' : ''}><summary>${summary}</summary>${picture}<ul>${said.join('')}</ul>${link}</details>`;
}

/** The question that the audit put: see `verificationInput` of `src/audit/aspa-verdicts.ts`. */
function questionOf({ path, peerAs, procedure, role }: InvalidPath, isChecked: boolean): VerificationInput {
  const asked = { asPath: parseAsPath(path), ...(isChecked && { neighborAs: peerAs }) };
  return role === null ? { ...asked, procedure } : { ...asked, neighborRole: role };
}

function linkTo(
  playground: string,
  { path, role }: InvalidPath,
  { asPath, neighborAs }: Evidence,
  aspa: AspaTable,
): string {
  const link = writePathLink({
    s: 'path',
    path,
    ...(role !== null && { role }),
    ...(neighborAs !== null && neighborAs !== asPath[0]?.asns[0] && { neighborAs }),
    aspas: entriesOn(asPath, aspa),
  });
  if (link.length > MAX_MADE_LINK) return '<p>Too long for a link.</p>';
  return `<p><a href="${escapeHtml(`${playground}#${link}`)}" rel="noreferrer">Open in the playground</a></p>`;
}

/** The ASPAs of the ASes on a path. */
function entriesOn(asPath: AsPath, aspa: AspaTable): string[] {
  const asns = new Set(asPath.flatMap((segment) => segment.asns));
  return [...asns].flatMap((customer) => {
    const providers = aspa.providers(customer);
    return providers
      ? [formatAspaNotation({ customer, providers: providers.length === 0 ? [0] : providers })]
      : [];
  });
}
