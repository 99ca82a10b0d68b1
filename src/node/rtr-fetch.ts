import { createRtrClient, type RtrClient, type RtrClientOptions } from '../rtr/index.js';
import { connectRtr, formatEndpoint, type RtrEndpoint } from './rtr-connect.js';

/**
 * Takes one complete set of payloads from a cache and ends the session.
 *
 * @returns the client session; its payloads stay readable.
 * @throws {Error} with the reason when the cache cannot be reached, breaks the protocol, has no data, or does not
 * answer within `seconds`.
 */
export function fetchRtr(
  endpoint: RtrEndpoint,
  options: RtrClientOptions = {},
  seconds = 60,
): Promise<RtrClient> {
  const client = createRtrClient(options);
  return new Promise((resolve, reject) => {
    const finish = (reason?: string): void => {
      clearTimeout(timer);
      // The connection may report before `connectRtr` has returned.
      queueMicrotask(() => connection.close());
      if (reason === undefined) resolve(client);
      else reject(new Error(`${formatEndpoint(endpoint)}: ${reason}`));
    };
    const timer = setTimeout(() => finish(`no complete answer within ${seconds} s`), 1000 * seconds);
    /** Whether the client rests; else another attempt follows at once, with another version. */
    const rests = (): boolean => client.nextWake() - performance.now() / 1000 > 1;
    const connection = connectRtr(client, endpoint, (event) => {
      switch (event.kind) {
        case 'update':
          finish();
          break;
        case 'error-sent':
          if (rests()) finish(`broke the protocol: ${event.text} (${event.code})`);
          break;
        case 'error-received':
          // Error 4 is part of the negotiation; it ends in an update or in `no-common-version`.
          if (event.errorCode !== 4) finish(`reports error ${event.errorCode}: ${event.text}`);
          break;
        case 'no-common-version':
          if (rests()) finish('no protocol version in common, or the connection was closed at once');
          break;
        case 'connection-lost':
          if (rests())
            finish(`connection refused or lost${event.cause === undefined ? '' : `: ${event.cause}`}`);
          break;
        case 'stalled':
          finish('stopped in the middle of its answer');
          break;
        default:
          break;
      }
    });
  });
}
