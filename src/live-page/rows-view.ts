import { byId, grouped, make } from './dom.js';
import type { PageRow } from './messages.js';
import { peerText } from './peer-text.js';
import { aspaView, verdictView } from './verdict-view.js';

/** Rows that stand in the page. */
const ROWS = 200;
const COLUMNS = 8;

/** What is done with a route that somebody asks about. */
export type Ask = (row: PageRow) => void;

/** The table of events, newest first. */
export interface RowsView {
  /** Adds rows, oldest first. `ask`: undefined where nothing can be asked. */
  add(rows: readonly PageRow[], ask: Ask | undefined): void;
  /** Adds a line of words between the rows. */
  note(text: string): void;
  clear(): void;
}

export function createRowsView(): RowsView {
  const [body] = byId<HTMLTableElement>('rows').tBodies;
  if (!body) throw new Error('the table has no body');
  let waiting: HTMLElement[] = [];
  const isHeld = holdOf(body);
  const put = (lines: readonly HTMLElement[]): void => {
    waiting = [...waiting, ...lines].slice(-ROWS);
    if (isHeld()) return;
    const fragment = document.createDocumentFragment();
    for (const one of waiting) fragment.prepend(one);
    waiting = [];
    body.prepend(fragment);
    while (body.rows.length > ROWS) body.deleteRow(ROWS);
  };
  return {
    add: (rows, ask) => put(rows.slice(-ROWS).map((row) => line(row, ask))),
    note: (text) => put([make('tr', {}, make('td', { colspan: String(COLUMNS), class: 'said' }, text))]),
    clear() {
      waiting = [];
      body.replaceChildren();
    },
  };
}

/** Whether somebody is about to press something in the element: it has to stay where it is. */
function holdOf(element: HTMLElement): () => boolean {
  let pointed = false;
  element.addEventListener('pointerover', () => {
    pointed = true;
  });
  element.addEventListener('pointerleave', () => {
    pointed = false;
  });
  element.addEventListener('pointerup', ({ pointerType }) => {
    // A finger points at nothing once it is lifted; the press that it was comes first.
    if (pointerType !== 'mouse') setTimeout(() => (pointed = false));
  });
  return () => pointed || element.contains(document.activeElement);
}

function line(row: PageRow, ask: Ask | undefined): HTMLElement {
  const first = [cell(timeText(row.time)), cell(peerText(row.peer))];
  switch (row.type) {
    case 'route':
      return make(
        'tr',
        {},
        ...first,
        cell('route'),
        prefixCell(row, ask),
        pathCell(row),
        ...verdictCells(row),
      );
    case 'change': {
      const was = make(
        'td',
        { class: 'said' },
        `change by ${row.cause === 'key' ? 'a key' : 'payloads'}, was `,
      );
      was.append(...wasView(row));
      return make('tr', {}, ...first, was, prefixCell(row, ask), pathCell(row), ...verdictCells(row));
    }
    case 'withdraw':
      return make('tr', {}, ...first, cell('withdrawal'), cell(row.prefix ?? ''), wide('', 4));
    case 'fault': {
      const said = `${row.message ?? ''} (${row.code ?? ''}): ${row.treatment ?? ''}`;
      return make('tr', {}, ...first, make('td', { class: 'bad' }, 'fault'), wide(said, 5));
    }
    case 'session':
      return make('tr', {}, ...first, cell(row.state ?? ''), wide(row.reason ?? '', 5));
    case 'end':
      return make(
        'tr',
        {},
        ...first,
        cell('end'),
        wide(row.family ? `of the table of family ${row.family}` : '', 5),
      );
  }
}

const cell = (text: string): HTMLElement => make('td', {}, text);
const wide = (text: string, columns: number): HTMLElement =>
  make('td', { colspan: String(columns), class: 'said' }, text);
const pathCell = ({ path = '' }: PageRow): HTMLElement => make('td', { class: 'path' }, path);

function prefixCell(row: PageRow, ask: Ask | undefined): HTMLElement {
  const { prefix = '', pathId } = row;
  const text = pathId === undefined ? prefix : `${prefix} path ${grouped(pathId)}`;
  if (!ask || row.path?.endsWith('…')) return cell(text);
  const button = make('button', { type: 'button', title: 'why' }, text);
  button.addEventListener('click', () => ask(row));
  return make('td', {}, button);
}

function verdictCells(row: PageRow): HTMLElement[] {
  return [
    make('td', {}, verdictView(row.rov)),
    make('td', {}, ...aspaView(row)),
    make('td', {}, verdictView(row.bgpsec)),
  ];
}

/** Of the verdicts of before those that are others now. */
function wasView({ was = {}, ...now }: PageRow): Node[] {
  const words: Node[] = [];
  const add = (name: string, nodes: readonly Node[]): void => {
    if (words.length > 0) words.push(document.createTextNode(', '));
    words.push(document.createTextNode(`${name} `), ...nodes);
  };
  if (was.rov !== now.rov) add('ROV', [verdictView(was.rov)]);
  if (JSON.stringify([was.aspa, was.aspaBoth]) !== JSON.stringify([now.aspa, now.aspaBoth])) {
    add('ASPA', aspaView(was));
  }
  if (was.bgpsec !== now.bgpsec) add('BGPsec', [verdictView(was.bgpsec)]);
  return words;
}

/** The time of day, UTC. */
const timeText = (seconds: number): string => new Date(1000 * seconds).toISOString().slice(11, 23);
