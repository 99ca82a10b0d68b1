import WebSocket from 'ws';
import { DecodeError, printable } from '../bytes/index.js';
import { createRisLiveDecoder, type RisLiveMessage } from '../routes/index.js';

/** Which messages of RIS Live are wanted: all that fit every member. */
export interface RisLiveFilter {
  /** The collector, such as `rrc21`. */
  readonly host?: string;
  /** `UPDATE`, `OPEN`, `NOTIFICATION`, `KEEPALIVE` or `RIS_PEER_STATE`. */
  readonly type?: string;
  /** Only messages that have this member, such as `announcements`. */
  readonly require?: string;
  /** The address of the collector's peer. */
  readonly peer?: string;
  /** ASNs with commas between, with `^` for the beginning of the path and `$` for its end. */
  readonly path?: string;
  readonly prefix?: string | readonly string[];
  /** Also prefixes inside `prefix`, which the service takes to be so where nothing is said. */
  readonly moreSpecific?: boolean;
  /** Also prefixes around `prefix`. */
  readonly lessSpecific?: boolean;
}

/** Where RIS Live is, what of it is wanted, and how long to be patient. */
export interface RisLiveOptions {
  /** `wss://…` or `ws://…`. RIPE NCC asks for `?client=NAME` in it. */
  readonly url: string;
  /** A subscription each; default: one for everything. */
  readonly filters?: readonly RisLiveFilter[];
  /** Octets of the longest message that is taken; default 1,048,576. A longer one ends the connection. */
  readonly maxMessageLength?: number;
  /** Seconds for the connection to be ready; default 30. */
  readonly connectSeconds?: number;
  /** Seconds without any message after which the service is asked for a sign of life, and as many until it is given up; default 30. */
  readonly pingSeconds?: number;
  /** Seconds before the second attempt to connect, doubled for each further one up to 64 times; default 1. */
  readonly retrySeconds?: number;
  /** Numbers from 0 up to 1, by which attempts of many clients come apart; default `Math.random`. */
  readonly random?: () => number;
  /** Of the tables of the decoder. */
  readonly seed?: number;
  /**
   * Takes what happens. One that gives a promise holds the service until it is done: nothing more is read meanwhile. What it
   * throws, or rejects with, ends everything and is what {@link RisLive.close} rejects with.
   */
  readonly onEvent: (event: RisLiveEvent) => void | Promise<void>;
}

/** A stretch of time of which nothing is known: seconds since 1970 (docs/decisions/routes.md D-ris-gap). */
export interface RisLiveGap {
  /** The last sign of life before it; the beginning, where there was none. */
  readonly from: number;
  readonly to: number;
}

/** What happens with the service. */
export type RisLiveEvent =
  /** It is connected and has been sent the subscriptions; `gap` tells what was missed since the connection before. */
  | { readonly kind: 'connected'; readonly gap?: RisLiveGap }
  | { readonly kind: 'message'; readonly message: RisLiveMessage }
  /** A message that cannot be read; what follows is read. */
  | { readonly kind: 'fault'; readonly error: DecodeError }
  /** The connection is gone, or could not be made; another attempt follows. */
  | {
      readonly kind: 'interrupted';
      readonly reason: string;
      /** When the gap begins that this makes, or prolongs. */
      readonly from: number;
      readonly retrySeconds: number;
    };

/** A stream of RIS Live that is being followed. */
export interface RisLive {
  /** Ends it for good; gives the gap that is open, if any. Rejects with what `onEvent` threw. */
  close(): Promise<RisLiveGap | undefined>;
}

/** Longest wait between two attempts, in multiples of the first. */
const LONGEST = 64;

/** Milliseconds to wait for the answer to a close frame. */
const GOODBYE = 1_000;

/** The code of WebSocket's close frame for a normal end (RFC 6455 §7.4.1). */
const NORMAL = 1000;

/**
 * Follows RIS Live over WebSocket (RFC 6455): subscribes, asks for the BGP messages themselves, connects again when the
 * connection is gone, and tells of every gap. Redirects are not followed.
 *
 * @throws {TypeError} for a `url` that is none of WebSocket.
 */
export function followRisLive(options: RisLiveOptions): RisLive {
  const { url, filters = [{}], connectSeconds = 30, pingSeconds = 30, retrySeconds = 1 } = options;
  const { random = Math.random, maxMessageLength = 1 << 20, onEvent } = options;
  if (!/^wss?:\/\//.test(url) || !URL.canParse(url)) throw new TypeError(`${url} is no ws:// or wss:// URL`);
  const decoder = createRisLiveDecoder({ ...(options.seed !== undefined && { seed: options.seed }) });
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  let attempts = 0;
  /** Where the gap began that is open now, and whether its interruption was told: nothing has come yet. */
  let gapFrom: number | undefined = now();
  let interrupted = false;
  /** The last sign of life: when it was, and on the clock that nobody sets. */
  let heard = now();
  let heardAt = performance.now();
  const alive = (): void => {
    heard = now();
    heardAt = performance.now();
  };

  /** Events that wait for the one whose taker is at work. */
  const waiting: (() => RisLiveEvent | undefined)[] = [];
  let taking: Promise<void> | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    stop();
  };
  const drain = (): void => {
    while (taking === undefined && failure === undefined) {
      const next = waiting.shift();
      if (next === undefined) return;
      try {
        const event = next();
        const done = event && onEvent(event);
        if (done) {
          socket?.pause();
          taking = done.then(() => {
            taking = undefined;
            drain();
            if (taking !== undefined) return;
            heardAt = performance.now(); // what was not read meanwhile is nobody's silence
            socket?.resume();
          }, fail);
        }
      } catch (error) {
        fail(error);
      }
    }
  };
  const tell = (event: () => RisLiveEvent | undefined): void => {
    waiting.push(event);
    drain();
  };
  const decoded = (text: string): RisLiveEvent => {
    try {
      return { kind: 'message', message: decoder.decode(text) };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return { kind: 'fault', error };
    }
  };

  const open = (): void => {
    const fresh = new WebSocket(url, {
      maxPayload: maxMessageLength,
      handshakeTimeout: 1000 * connectSeconds,
      perMessageDeflate: false,
    });
    socket = fresh;
    let reason: string | undefined;
    const watch = setInterval(
      () => {
        const silent = (performance.now() - heardAt) / 1000;
        if (taking || fresh.readyState !== WebSocket.OPEN || silent < pingSeconds) return;
        if (silent < 2 * pingSeconds) fresh.ping();
        else {
          reason = `silent for ${2 * pingSeconds} s`;
          fresh.terminate();
        }
      },
      Math.max(10, 250 * pingSeconds),
    );
    fresh.on('open', () => {
      alive();
      if (taking) fresh.pause();
      for (const filter of filters) fresh.send(JSON.stringify(subscription(filter)));
      const gap = interrupted && gapFrom !== undefined && { from: gapFrom, to: heard };
      gapFrom = undefined;
      interrupted = false;
      tell(() => ({ kind: 'connected', ...(gap && { gap }) }));
    });
    fresh.on('message', (data) => {
      if (closed) return;
      alive();
      attempts = 0;
      tell(() => decoded(String(data)));
    });
    fresh.on('pong', alive);
    fresh.on('error', (error) => {
      reason ??= printable(error.message);
    });
    fresh.on('close', (code, text) => {
      clearInterval(watch);
      if (socket !== fresh || closed) return;
      socket = undefined;
      gapFrom ??= heard;
      interrupted = true;
      const from = gapFrom;
      const wait = retrySeconds * Math.min(2 ** attempts++, LONGEST) * (0.5 + random() / 2);
      const said = printable(text.toString()) || `closed with code ${code}`;
      tell(() => ({ kind: 'interrupted', reason: reason ?? said, from, retrySeconds: wait }));
      timer = setTimeout(open, 1000 * wait);
    });
  };
  const stop = (): void => {
    closed = true;
    clearTimeout(timer);
    waiting.length = 0;
    if (socket?.readyState !== WebSocket.OPEN) socket?.terminate();
    else {
      socket.resume();
      socket.close(NORMAL);
    }
  };
  open();
  return {
    async close() {
      stop();
      await taking;
      await (socket && goodbye(socket));
      if (failure) throw failure.error;
      return gapFrom === undefined ? undefined : { from: gapFrom, to: now() };
    },
  };
}

/** Waits until the other side has closed too, but not long. */
async function goodbye(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return;
  await new Promise<void>((resolve) => {
    const impatience = setTimeout(() => socket.terminate(), GOODBYE);
    socket.once('close', () => {
      clearTimeout(impatience);
      resolve();
    });
  });
}

const now = (): number => Date.now() / 1000;

/** The subscription of a filter; it asks for the BGP message itself, and for an answer. */
function subscription(filter: RisLiveFilter) {
  const socketOptions = { includeRaw: true, acknowledge: true };
  return { type: 'ris_subscribe', data: { ...filter, socketOptions } };
}
