import { quoted } from '../../bytes/index.js';
import { type ClientEvent, countChanges } from '../../rtr/index.js';
import { plural } from './text-table.js';

/** An event of a client session in words. */
export function describeEvent(event: ClientEvent): string {
  switch (event.kind) {
    case 'version':
      return `version ${event.version}`;
    case 'update': {
      const order = event.orderViolations > 0 ? `, ${event.orderViolations} out of order` : '';
      const count = countChanges(event.changes);
      return `${event.reset ? 'complete data' : 'update'}, serial ${event.serial}, ${plural(count, 'change')}${order}`;
    }
    case 'flush':
      return `all its data dropped: ${event.reason}`;
    case 'error-sent':
      return `broke the protocol: ${event.text} (${event.code})`;
    case 'error-received':
      return `reports error ${event.errorCode}: ${quoted(event.text)}`;
    case 'cache-reset':
      return 'cannot tell the changes, asking for everything';
    case 'stalled':
      return 'stopped in the middle of its answer';
    case 'no-common-version':
      return 'no protocol version in common';
    case 'connection-lost':
      return `connection refused or lost${event.cause === undefined ? '' : `: ${event.cause}`}`;
  }
}
