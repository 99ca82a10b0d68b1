import { formatPrefix, parseAddress } from '../../inet/index.js';
import {
  announcedAttributes,
  createTextReader,
  createUpdateWriter,
  type Element,
  type ElementSource,
  withdrawalUpdates,
} from '../../routes/index.js';
import { type Gathered, joined, pause } from './gathered.js';

const PIECE = 1 << 16;
/** Next hops that stand for what the lines do not say (RFC 5737, RFC 3849). */
const NEXT_HOPS = { nextHop4: parseAddress('192.0.2.1'), nextHop6: parseAddress('2001:db8::1') };

/**
 * Routes in text, JSON of RIS Live and others among it, as the UPDATEs that would say the same, one a route, at most so many;
 * undefined where there are none (docs/decisions/playground.md D-playground-made-updates).
 */
export async function updatesOfRoutes(octets: Uint8Array, most: number): Promise<Gathered | undefined> {
  const messages: { readonly octets: Uint8Array; readonly label: string }[] = [];
  let label = '';
  const writer = createUpdateWriter({ ...NEXT_HOPS, window: 1 }, (message) =>
    messages.push({ octets: message, label }),
  );
  const take = (element: Element, source: ElementSource): void => {
    if (messages.length > most || element.kind === 'path' || element.kind === 'state') return;
    label = `line ${source.number}, ${formatPrefix(element.prefix)}`;
    if (element.kind === 'route') {
      writer.announce(element.prefix, element.asPath, announcedAttributes(source, 'external'));
    } else {
      for (const message of withdrawalUpdates(element.prefix.afi, [element.prefix], false)) {
        messages.push({ octets: message, label });
      }
    }
  };
  const reader = createTextReader(take);
  for (let at = 0; at < octets.length && messages.length <= most; at += PIECE) {
    reader.push(octets.subarray(at, at + PIECE));
    await pause();
  }
  reader.end();
  if (messages.length === 0) return undefined;
  return {
    ...joined(messages.slice(0, most)),
    kind: 'bgp',
    cut: messages.length > most,
    note: 'made of routes in text: UPDATEs that say the same, with next hops 192.0.2.1 and 2001:db8::1 for those that the text does not tell',
  };
}
