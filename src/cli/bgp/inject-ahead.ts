import { EXIT } from '../shared/io.js';
import { type Feed, type Outlet, Stopped, type Target } from './inject-target.js';

/** Octets of messages that are made before the session is up, and pieces of the input that are read for them. */
const MOST_OCTETS = 1 << 22;
const MOST_PIECES = 256;

/** What is made of an input before there is a peer to send it to. */
export interface ReadAhead {
  /** Resolves when so much is made as is made without a peer, or all. */
  readonly ready: Promise<void>;
  /**
   * The exit code of an input of which nothing could be read, after `ready`: there is nothing that any peer could be told.
   *
   * @throws what `feed` threw.
   */
  nothing(): Promise<number | undefined>;
  /** Gives what was made, and makes the rest; where the peer is another than the guess, all of it anew. */
  readonly feed: Feed;
  /** Ends the reading; resolves when it has ended. */
  stop(): Promise<void>;
}

interface Taker {
  readonly target: Target;
  readonly outlet: Outlet;
}

/**
 * Begins to feed for a peer of which is guessed what its OPEN will say (docs/decisions/speaker.md D-inject-ahead). Messages are no longer
 * than every peer takes them, until this one says that it takes longer ones.
 */
export function readAhead(feed: Feed, guess: Target): ReadAhead {
  let waiting: { readonly message: Uint8Array; readonly routes: number }[] = [];
  let [octets, pieces] = [0, 0];
  let taker: Taker | undefined;
  let isWrong = false;
  let [setReady, setTaken] = [(): void => {}, (): void => {}];
  const ready = new Promise<void>((resolve) => (setReady = resolve));
  const taken = new Promise<void>((resolve) => (setTaken = resolve));
  const target: Target = {
    ...guess,
    get extendedMessages() {
      return taker?.target.extendedMessages ?? false;
    },
  };
  const outlet: Outlet = {
    put(message, routes) {
      if (taker) taker.outlet.put(message, routes);
      else {
        waiting.push({ message, routes });
        octets += message.length;
      }
    },
    async drain(isLast = false) {
      // Signals and timers get their turn.
      if (!taker) await new Promise((resolve) => setImmediate(resolve));
      if (!taker && ((isLast && octets > 0) || octets >= MOST_OCTETS || ++pieces >= MOST_PIECES)) {
        setReady();
        await taken;
      }
      if (isWrong) throw new Stopped();
      await taker?.outlet.drain(isLast);
    },
    misguessed() {
      if (taker) return;
      isWrong = true;
      throw new Stopped();
    },
  };
  const made = feed(target, outlet);
  let settled = false;
  const settle = (): void => {
    settled = true;
    setReady();
  };
  const ended = made.then(settle, settle); // what went wrong is told to whoever takes it
  const stop = async (): Promise<void> => {
    isWrong = true;
    waiting = [];
    setTaken();
    await ended;
  };
  return {
    ready,
    stop,
    async nothing() {
      if (!settled || octets > 0 || isWrong) return undefined;
      const { code, skipped } = await made;
      // What was passed over may be for the peer that comes, if it is another than the guess.
      return skipped.size === 0 && code !== EXIT.done ? code : undefined;
    },
    async feed(real, into) {
      if (isWrong || !isAsGuessed(real, guess)) {
        await stop();
        return feed(real, into);
      }
      for (const { message, routes } of waiting) into.put(message, routes);
      waiting = [];
      taker = { target: real, outlet: into };
      setTaken();
      return made;
    },
  };
}

/** Whether messages are the same for both; that one takes longer ones shows as they are made. */
function isAsGuessed(real: Target, guess: Target): boolean {
  return (
    real.asnSize === guess.asnSize &&
    real.peerKind === guess.peerKind &&
    real.neighborRole === guess.neighborRole &&
    real.families.join() === guess.families.join() &&
    equal(real.nextHop4, guess.nextHop4) &&
    equal(real.nextHop6, guess.nextHop6)
  );
}

function equal(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one?.join() === other?.join();
}
