import type { SeedOptions } from '../../tables/index.js';
import type { Element } from '../element.js';
import { createEmitter, NO_OCTETS } from '../emitter.js';
import type { Problem } from '../problem.js';
import { type Json, parseJsonLine } from './json-values.js';
import { readRisObject } from './ris-live.js';
import { createTextValues } from './values.js';

/** One message of RIS Live. Its texts are untrusted. */
export type RisLiveMessage =
  | {
      /** What a collector heard of a peer of its own. */
      readonly kind: 'peer';
      /** The collector, such as `rrc21.ripe.net`; empty where the message does not tell. */
      readonly host: string;
      /** `UPDATE`, `RIS_PEER_STATE`, `KEEPALIVE` and so on. */
      readonly type: string;
      /** Routes, withdrawals and changes of state, values of their own; none for other types. */
      readonly elements: readonly Exclude<Element, { kind: 'path' }>[];
      /** What in the message could not be read; the rest is among the elements. `number` is that of the message. */
      readonly problems: readonly Problem[];
    }
  /** The service refuses something: `ris_error`. */
  | { readonly kind: 'error'; readonly message: string }
  /** The answer to a subscription that asked for one: `ris_subscribe_ok`. */
  | { readonly kind: 'subscribed' }
  /** Anything else, such as `pong`. */
  | { readonly kind: 'other'; readonly type: string };

/** Decodes the messages of one stream. */
export interface RisLiveDecoder {
  /**
   * The message of a text.
   *
   * @throws {DecodeError} `json-syntax`, `json-shape`, and the codes of the values in it.
   */
  decode(text: string): RisLiveMessage;
}

/**
 * A decoder of RIS Live's messages, as its WebSocket sends them and its lines hold them. Where the BGP message itself is there
 * (`raw`) and whole, it is read instead of the members (docs/decisions/routes.md D-ris-raw-damaged). No input or output.
 */
export function createRisLiveDecoder({ seed }: SeedOptions = {}): RisLiveDecoder {
  let elements: Exclude<Element, { kind: 'path' }>[] = [];
  let problems: Problem[] = [];
  const values = createTextValues();
  const emitter = createEmitter(
    (element) => {
      if (element.kind !== 'path') elements.push(element);
    },
    { seed, keepProblems: 0, onProblem: (problem) => problems.push(problem) },
  );
  emitter.route.bordersLost = true;
  emitter.source.octets = NO_OCTETS;
  return {
    decode(text) {
      const message = parseJsonLine(text);
      if (message.type === 'ris_subscribe_ok') return { kind: 'subscribed' };
      if (message.type === 'ris_error') return { kind: 'error', message: reasonOf(message.data) };
      emitter.source.number++;
      elements = [];
      problems = [];
      if (!readRisObject(emitter, values, message)) return { kind: 'other', type: textOf(message.type) };
      const data = (message.data ?? message) as Json;
      return { kind: 'peer', host: textOf(data.host), type: textOf(data.type), elements, problems };
    },
  };
}

/** Why the service refuses something, in its words. */
function reasonOf(data: unknown): string {
  const message = typeof data === 'object' && data !== null && 'message' in data ? data.message : data;
  return textOf(message) || 'no reason given';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
