import { byId, grouped, make } from './dom.js';
import type { PageCounts } from './messages.js';
import { peerText } from './peer-text.js';
import { kindOf } from './verdict-view.js';

/** Checks in the order of their columns, and the verdicts of each. */
const CHECKS: readonly (readonly [check: string, title: string, verdicts: readonly string[]])[] = [
  ['rov', 'ROV', ['valid', 'invalid', 'not-found']],
  ['aspa', 'ASPA', ['valid', 'invalid', 'unknown']],
  ['aspa-upstream', 'ASPA if from a customer or peer', ['valid', 'invalid', 'unknown']],
  ['aspa-downstream', 'ASPA if from a provider', ['valid', 'invalid', 'unknown']],
  ['bgpsec', 'BGPsec', ['valid', 'not-valid', 'unsigned']],
];

/** The rows of peers that stand in the page: they stay, for somebody may be about to press one. */
const lines = new Map<string, HTMLTableRowElement>();
let shownChecks = '';

/** Shows the peers of counts; `choose` is called with one whose events are wanted. */
export function showPeers({ peers, otherPeers, verdicts }: PageCounts, choose: (peer: string) => void): void {
  const checks = CHECKS.filter(([check]) => verdicts[check]);
  const said = byId('other-peers');
  said.textContent = peers.length === 0 ? 'None yet.' : '';
  if (otherPeers > 0) said.textContent = `and ${grouped(otherPeers)} more, counted above`;
  const names = String(checks.map(([check]) => check));
  if (names !== shownChecks || lines.size === 0) {
    shownChecks = names;
    lines.clear();
    byId('peers-head').replaceChildren(...headOf(checks));
  }
  // In an order that no count changes.
  const sorted = peers
    .map((one) => ({ ...one, name: peerText(one.peer) }))
    .sort((a, b) => compare(a.name, b.name));
  const gone = new Set(lines.keys());
  const shown = sorted.map(({ name, peer, held, verdicts: tally }, i) => {
    // Two sessions with one peer are two rows.
    const key = `${name} ${sorted.slice(0, i).filter((one) => one.name === name).length}`;
    gone.delete(key);
    const line = lines.get(key) ?? peerLine(name, () => choose(peer.address || String(peer.as ?? '')));
    lines.set(key, line);
    const counts = checks.flatMap(([check, , of]) =>
      of.map((verdict) => [tally[check]?.[verdict] ?? 0, verdict] as const),
    );
    setNumber(line, 1, held, '');
    for (const [i, [count, verdict]] of counts.entries()) setNumber(line, i + 2, count, kindOf(verdict));
    return line;
  });
  for (const key of gone) lines.delete(key);
  const body = byId('peers-body');
  if (shown.length !== body.children.length || shown.some((line, i) => line !== body.children[i])) {
    body.replaceChildren(...shown);
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function headOf(checks: typeof CHECKS): HTMLElement[] {
  if (checks.length === 0) {
    return [make('tr', {}, heading('peer', {}), heading('routes', { class: 'number' }))];
  }
  const head = make(
    'tr',
    {},
    heading('peer', { rowspan: '2' }),
    heading('routes', { rowspan: '2', class: 'number' }),
  );
  for (const [, title] of checks) head.append(heading(title, { colspan: '3', scope: 'colgroup' }));
  const below = make('tr', {});
  for (const [, , names] of checks)
    for (const name of names) below.append(heading(name, { class: 'number' }));
  return [head, below];
}

function peerLine(name: string, choose: () => void): HTMLTableRowElement {
  const button = make('button', { type: 'button', title: 'only events of this peer' }, name);
  button.addEventListener('click', choose);
  return make('tr', {}, make('th', { scope: 'row' }, button));
}

function setNumber(line: HTMLTableRowElement, at: number, count: number, kind: string): void {
  const cell = line.cells[at] ?? line.appendChild(make('td', {}));
  const text = grouped(count);
  if (cell.textContent === text) return;
  cell.textContent = text;
  cell.className = count > 0 ? `number ${kind}` : 'number';
}

function heading(text: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  return make('th', { scope: 'col', ...attributes }, text);
}
