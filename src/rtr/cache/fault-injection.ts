import type { Fault, FaultContext } from './fault.js';

/** Faults that wait for the next response. */
export interface PendingFaults {
  inResponse: Fault[];
}

/** The response as it will be sent, untouched or spoilt by all waiting faults in turn, and whether that is the end. */
export function injectFaults(
  pending: PendingFaults,
  response: Uint8Array,
  context: FaultContext,
): { readonly octets: Uint8Array; readonly closes: boolean } {
  const faults = pending.inResponse;
  pending.inResponse = [];
  return {
    octets: faults.reduce((octets, fault) => fault.octets(context, octets), response),
    closes: faults.some((fault) => fault.closes),
  };
}
