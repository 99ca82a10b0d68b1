import { concatOctets } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import type { RouteToSign, SignedFor } from './sign-routes.js';

/** What a thread is told when it starts. */
export interface SignSetup {
  /** Private scalars by AS. */
  readonly keys: readonly (readonly [asn: Asn, scalar: Uint8Array])[];
  /** Of the keys of all other ASes; undefined: they have none. */
  readonly seed: number | undefined;
}

/** Routes that a thread signs together. */
export interface SignWork extends SignedFor {
  readonly routes: readonly RouteToSign[];
}

/** Messages one behind the other; length 0: there is none. */
export interface PackedMessages {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
}

/** Routes as they are sent to a thread: octets that are a part of larger ones would take all of these with them. */
export function plainWork({ peerAs, extendedMessages, routes }: SignWork): SignWork {
  return {
    ...{ peerAs, extendedMessages },
    routes: routes.map(({ announced, attributes, hops, nextHop }) => ({
      announced,
      hops,
      nextHop: nextHop.slice(),
      attributes: attributes.map((one) => ({ ...one, value: one.value.slice() })),
    })),
  };
}

export function packMessages(messages: readonly (Uint8Array | undefined)[]): PackedMessages {
  const octets = new Uint8Array(concatOctets(messages.flatMap((one) => one ?? [])));
  return { octets, lengths: messages.map((one) => one?.length ?? 0) };
}

export function unpackMessages({ octets, lengths }: PackedMessages): (Uint8Array | undefined)[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return length === 0 ? undefined : octets.subarray(at - length, at);
  });
}
