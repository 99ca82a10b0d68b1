import { byId, make } from './dom.js';
import type { PageExplanation, PageRow } from './messages.js';
import { peerText } from './peer-text.js';
import { verdictView } from './verdict-view.js';

const FARES = { matches: 'matches', as: 'another origin', length: 'does not allow so long a prefix' };
const SECTIONS = {
  upstream: 'as from a customer, a lateral peer or a route server',
  downstream: 'as from a provider',
};

/** Shows why a route has its verdicts. */
export function showWhy(row: PageRow, { origin, paths }: PageExplanation): void {
  byId('why-title').textContent = `Why: ${row.prefix} from ${peerText(row.peer)}`;
  const vrps = origin.vrps.map(({ vrp, fares }) => make('li', {}, make('code', {}, vrp), ` ${FARES[fares]}`));
  if (origin.otherVrps > 0) vrps.push(make('li', {}, `and ${origin.otherVrps} more`));
  byId('why-text').replaceChildren(
    make('p', {}, 'By the payloads of this moment.'),
    make('p', {}, 'ROV: ', verdictView(origin.validity), originSentence(origin)),
    ...(vrps.length > 0 ? [make('ul', {}, ...vrps)] : []),
    ...paths.flatMap(({ procedure, outcome, picture, sentences, text }) => [
      make(
        'p',
        {},
        `ASPA, ${procedure}, ${SECTIONS[procedure as keyof typeof SECTIONS]}: `,
        verdictView(outcome),
      ),
      ...(picture === null ? [] : [make('div', { class: 'scroll' }, pictureOf(picture))]),
      make('ul', {}, ...sentences.map((sentence) => make('li', {}, sentence))),
      make('details', {}, make('summary', {}, 'As text'), make('pre', { tabindex: '0' }, text)),
    ]),
  );
  show();
}

/** Says why it cannot be said. */
export function showNoWhy(row: PageRow, text: string): void {
  byId('why-title').textContent = `Why: ${row.prefix}`;
  byId('why-text').replaceChildren(make('p', { class: 'bad' }, text));
  show();
}

function originSentence({ validity, reason }: PageExplanation['origin']): string {
  if (validity === 'not-found') return ': no VRP covers the prefix';
  if (validity === 'valid') return ': a VRP has this origin and allows this length';
  return reason === 'as'
    ? ': VRPs that cover the prefix have another origin'
    : ': the prefix is longer than its VRPs allow';
}

/** SVG as elements; the policy of the page lets nothing in it act. */
function pictureOf(svg: string): Node {
  return document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
}

function show(): void {
  byId('why').hidden = false;
  byId('why-title').focus();
}
