import type { RtrVersion } from '../pdu/format.js';
import type { RtrCache } from './cache.js';

/** What a misbehaviour is made from. */
export interface MisbehaviourContext {
  readonly version: RtrVersion;
  readonly cache: RtrCache;
}

/**
 * Something that a cache must not do, by name, for testing routers. Those of `now` are sent out of the blue; those of
 * `response` spoil the next response, which `octets` is given. (A fault, in contrast, is what a received message has.)
 */
export interface Misbehaviour {
  readonly name: string;
  /** What is wrong with it. */
  readonly what: string;
  /** The section of 8210bis that it breaks. */
  readonly section: string;
  /** The first version in which it can be shown. */
  readonly since: RtrVersion;
  readonly where: 'now' | 'response';
  /** Whether the connection is closed after it. */
  readonly closes: boolean;
  octets(context: MisbehaviourContext, response: Uint8Array): Uint8Array;
}

/** The response as it will be sent, untouched or spoilt by all of `misbehaviours` in turn, and whether that is the end. */
export function spoil(
  misbehaviours: readonly Misbehaviour[],
  response: Uint8Array,
  context: MisbehaviourContext,
): { readonly octets: Uint8Array; readonly closes: boolean } {
  return {
    octets: misbehaviours.reduce((octets, misbehaviour) => misbehaviour.octets(context, octets), response),
    closes: misbehaviours.some(({ closes }) => closes),
  };
}
