// The page of `pathsec live --http`: counts of the moment, events as they come, and why a route has its verdicts.
import { showCounts } from './counts-view.js';
import { byId, grouped } from './dom.js';
import { createEventsClient, faultOf } from './events-client.js';
import type { PageBatch, PageCounts, PageExplanation, PageRow } from './messages.js';
import { createRowsView } from './rows-view.js';
import { showNoWhy, showWhy } from './why-view.js';

const token = location.hash.slice(1);
const form = byId<HTMLFormElement>('filter');
const pause = byId<HTMLButtonElement>('pause');
const rows = createRowsView();
/** Events that stand in the page. */
const SHOWN = 200;
/** Events of the filter since it was set, with and without a row. */
let matched = 0;
let judged = false;
let paused = false;
/** Explanations that were asked for. */
let questions = 0;

const say = (text: string): void => {
  byId('status').textContent = text;
};
const fault = (text: string): void => {
  byId('fault').textContent = text;
};

const client = createEventsClient(token, {
  connected() {
    say('Connected.');
    fault('');
  },
  message({ event, data }) {
    if (event === 'batch') take(JSON.parse(data) as PageBatch);
    if (event === 'end') {
      showCounts(JSON.parse(data) as PageCounts, choosePeer);
      say('pathsec live has ended; these are its last counts.');
    }
  },
  waiting: (reason) => say(`Not connected (${reason}); trying again.`),
  refused(reason) {
    say('Not connected.');
    fault(reason);
  },
});

function take(batch: PageBatch): void {
  if (batch.counts) {
    judged = batch.counts.payloads !== null;
    showCounts(batch.counts, choosePeer);
  }
  if (batch.missed === null) rows.note('Another run of pathsec live: what came before is not known here.');
  else if (batch.missed)
    rows.note(`${grouped(batch.missed)} events went by while this page was not connected.`);
  rows.add(batch.rows, judged ? ask : undefined);
  matched += batch.rows.length + batch.left;
  const last = matched > SHOWN ? `; the last ${SHOWN} stand below` : '';
  byId('shown').textContent = `${grouped(matched)} events${last}, newest first.`;
}

async function ask(row: PageRow): Promise<void> {
  // An answer that others were asked after is not shown: it would take the place of theirs.
  const mine = ++questions;
  const why = byId('why');
  why.setAttribute('aria-busy', 'true');
  const show = (shown: () => void): void => {
    if (mine !== questions) return;
    why.removeAttribute('aria-busy');
    shown();
  };
  const question = new URLSearchParams({ prefix: row.prefix ?? '', path: row.path ?? '' });
  if (row.peer?.as != null) question.set('neighborAs', String(row.peer.as));
  if (row.neighborRole) question.set('neighborRole', row.neighborRole);
  try {
    const answer = await fetch(`/explain?${question}`, { headers: { authorization: `Bearer ${token}` } });
    if (answer.ok) {
      const explanation = (await answer.json()) as PageExplanation;
      show(() => showWhy(row, explanation));
    } else {
      const fault = await faultOf(answer);
      show(() => showNoWhy(row, fault));
    }
  } catch {
    show(() => showNoWhy(row, 'Not connected.'));
  }
}

/** The filter as a query: members that ask for something. */
function query(): string {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== '') asked.set(name, String(value).trim());
  return String(asked);
}

function start(resume: boolean): void {
  paused = false;
  pause.textContent = 'Pause';
  if (!resume) {
    rows.clear();
    matched = 0;
  }
  say('Connecting…');
  client.connect(query(), resume);
}

function choosePeer(peer: string): void {
  const field = form.elements.namedItem('peer');
  if (field instanceof HTMLInputElement) field.value = peer;
  start(false);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  start(false);
});
form.addEventListener('change', (event) => {
  if (event.target instanceof HTMLSelectElement) start(false);
});
form.addEventListener('reset', () => setTimeout(() => start(false)));
pause.addEventListener('click', () => {
  if (paused) return start(true);
  paused = true;
  pause.textContent = 'Go on';
  client.pause();
  say('Paused: counts and events are those of the moment when it was.');
});
byId('why-close').addEventListener('click', () => {
  byId('why').hidden = true;
  byId('events-title').focus();
});

if (token === '') {
  say('Not connected.');
  fault('Open the address that pathsec printed, with all that stands behind #.');
} else start(false);
