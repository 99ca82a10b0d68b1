import { DecodeError } from '../bytes/index.js';
import type { BgpFaultCode } from './fault-codes.js';

/** The approaches of RFC 7606 §2, weakest first. */
const TREATMENTS = ['attribute-discard', 'treat-as-withdraw', 'afi-safi-disable', 'session-reset'] as const;

/** What a receiver does about a fault (RFC 7606 §2). */
export type Treatment = (typeof TREATMENTS)[number];

/** The content of a NOTIFICATION message (RFC 4271 §4.5): Error Code, Error subcode and Data. */
export interface Notification {
  readonly code: number;
  readonly subcode: number;
  /** Absent when empty. */
  readonly data?: Uint8Array;
}

/** One thing wrong with a message, as a plain value. */
export interface Fault<Code extends string = BgpFaultCode> {
  /** Stable kebab-case name. */
  readonly code: Code;
  readonly treatment: Treatment;
  readonly message: string;
  /** The place in the structure, `update.attribute[2].as-path`. */
  readonly field: string;
  /** Octets from the start of the array that was decoded. */
  readonly offset: number;
  /** Type code of the path attribute at fault. */
  readonly attribute?: number;
  /** For a session reset: the NOTIFICATION to send (RFC 4271 §6). */
  readonly notification?: Notification;
}

/** A {@link Fault} thrown: a {@link DecodeError} that knows its treatment. */
export class BgpError<Code extends string = BgpFaultCode> extends DecodeError<Code> {
  readonly fault: Fault<Code>;

  constructor(fault: Fault<Code>) {
    super(fault.code, fault.message, { field: fault.field, offset: fault.offset });
    this.name = 'BgpError';
    this.fault = fault;
  }

  get treatment(): Treatment {
    return this.fault.treatment;
  }
}

/** The strongest treatment among `faults`, undefined when there are none (RFC 7606 §3 h). */
export function strongestTreatment(faults: Iterable<Fault>): Treatment | undefined {
  let strongest = -1;
  for (const fault of faults) strongest = Math.max(strongest, TREATMENTS.indexOf(fault.treatment));
  return TREATMENTS[strongest];
}

/** A session reset with NOTIFICATION `code`/`subcode`, to be thrown. */
export function sessionReset(
  name: BgpFaultCode,
  message: string,
  place: { readonly field: string; readonly offset: number; readonly attribute?: number },
  code: number,
  subcode: number,
  data?: Uint8Array,
): BgpError {
  return new BgpError({
    code: name,
    treatment: 'session-reset',
    message,
    ...place,
    notification: { code, subcode, ...(data && { data }) },
  });
}
