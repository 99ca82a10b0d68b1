import { AFI_IPV4, AFI_IPV6, type Afi } from '../../inet/index.js';
import type { BgpConnection } from '../../node/bgp-connection.js';
import { createPrefixScan, createPrefixSet, type PrefixSet } from '../../routes/index.js';
import { type Outlet, Stopped } from './inject-target.js';

/** Seconds that a peer has to take what is sent last. */
const LAST_SECONDS = 5;
/** Seconds that a paced outlet may be late and catch up again. */
const MOST_LATE = 0.1;

/** An outlet into a session. */
export interface SessionOutlet extends Outlet {
  /** What went out so far. */
  readonly sent: { routes: number; updates: number; octets: number };
  /** The prefixes that went out: they have to be withdrawn in the end. */
  readonly announced: Readonly<Record<Afi, PrefixSet>>;
  /** The session takes messages again. */
  writable(): void;
  /** Nothing is sent any more; a {@link Outlet.drain} under way is rejected. */
  stop(): void;
  /** Sends messages after the stop; false where the peer does not take them all within some seconds. */
  sendLast(messages: Iterable<Uint8Array>): Promise<boolean>;
}

/**
 * An outlet that sends as fast as the session takes messages, or `rate` UPDATEs a second. What a slow peer does not take waits
 * in the queue, and whoever fills it waits for `drain`.
 */
export function createSessionOutlet(
  connection: BgpConnection,
  rate: number | undefined,
  seed: number,
): SessionOutlet {
  const sent = { routes: 0, updates: 0, octets: 0 };
  const announced = {
    [AFI_IPV4]: createPrefixSet(AFI_IPV4, { seed }),
    [AFI_IPV6]: createPrefixSet(AFI_IPV6, { seed }),
  };
  let queue: { readonly message: Uint8Array; readonly routes: number }[] = [];
  let stopped = false;
  let wake = (): void => {};
  let due: number | undefined;

  /** Until `wake`, or so many seconds. */
  const wait = (seconds?: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = seconds === undefined ? undefined : setTimeout(() => wake(), 1000 * seconds);
      wake = () => {
        clearTimeout(timer);
        wake = () => {};
        resolve();
      };
    });
  const prefixesOf = createPrefixScan((prefix) => void announced[prefix.afi].add(prefix));
  const pace = async (): Promise<void> => {
    if (rate === undefined) return;
    const now = (): number => performance.now() / 1000;
    due = Math.max(due ?? now(), now() - MOST_LATE);
    while (!stopped && due > now()) await wait(due - now());
    due += 1 / rate;
  };
  return {
    sent,
    announced,
    put: (message, routes) => void queue.push({ message, routes }),
    async drain() {
      // Timers, signals and the peer get their turn between two pieces of the input, however fast those come.
      await new Promise((resolve) => setImmediate(resolve));
      const messages = queue;
      queue = [];
      for (const { message, routes } of messages) {
        await pace();
        while (!stopped && !connection.send(message)) await wait();
        if (stopped) throw new Stopped();
        if (routes === 0) continue; // End-of-RIB
        prefixesOf(message);
        sent.updates++;
        sent.octets += message.length;
        sent.routes += routes;
      }
      if (stopped) throw new Stopped();
    },
    writable: () => wake(),
    stop() {
      stopped = true;
      wake();
    },
    async sendLast(messages) {
      const end = performance.now() + 1000 * LAST_SECONDS;
      for (const message of messages) {
        while (!connection.send(message)) {
          const left = (end - performance.now()) / 1000;
          if (connection.status.state !== 'Established' || left <= 0) return false;
          await wait(left);
        }
      }
      return true;
    },
  };
}
