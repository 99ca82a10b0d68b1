import { byId, grouped, make } from './dom.js';
import type { PageCounts, PageTally } from './messages.js';
import { showPeers } from './peers-view.js';

/** Shows counts; `choose` is called with a peer whose events are wanted. */
export function showCounts(counts: PageCounts, choose: (peer: string) => void): void {
  const { verdicts, payloads } = counts;
  byId('cards').replaceChildren(
    card(counts.held, 'routes held'),
    card(counts.up, 'sessions up'),
    ...(payloads
      ? [
          card(verdicts.rov?.invalid ?? 0, 'ROV invalid', true),
          ...aspaCards(verdicts),
          card(payloads.vrps, 'VRPs'),
          card(payloads.aspas, 'ASPAs'),
        ]
      : []),
    card(counts.routes, 'announcements'),
    card(counts.withdrawals, 'withdrawals'),
    card(counts.changes, 'changes of verdicts'),
    card(counts.faults, 'faults'),
  );
  showPeers(counts, choose);
}

/** Of routes whose neighbour has no known role, those that are invalid whatever it is. */
function aspaCards(verdicts: PageTally): HTMLElement[] {
  const cards = [];
  if (verdicts.aspa) cards.push(card(verdicts.aspa.invalid ?? 0, 'ASPA invalid', true));
  if (verdicts['aspa-downstream']) {
    cards.push(
      card(verdicts['aspa-upstream']?.invalid ?? 0, 'ASPA invalid if from a customer or peer', true),
      card(verdicts['aspa-downstream'].invalid ?? 0, 'ASPA invalid if from a provider', true),
    );
  }
  return cards;
}

function card(count: number, text: string, alarming = false): HTMLElement {
  const figure = make('strong', alarming && count > 0 ? { class: 'bad' } : {}, grouped(count));
  return make('div', { class: 'card' }, figure, make('span', {}, text));
}
