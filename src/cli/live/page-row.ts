import { printable } from '../../bytes/index.js';
import type { PagePeer, PageRow } from '../../live-page/messages.js';
import type { BgpEvent, EventPeer } from '../bgp/events.js';

/** Characters of a text of a row: a path can have thousands of ASes. */
const LONGEST = 2_000;

/** An event as a row: bounded, and without characters that a page would not show as they are. */
export function pageRow(n: number, event: BgpEvent): PageRow {
  return { n, ...shown(event) };
}

/** A peer so. */
export function pagePeer(peer: EventPeer): PagePeer {
  return shown(peer);
}

/** Texts anywhere in a value made fit to be shown. */
function shown<T>(value: T): T {
  if (typeof value === 'string') return cut(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shown) as T;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)])) as T;
}

function cut(text: string): string {
  return printable(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
}
