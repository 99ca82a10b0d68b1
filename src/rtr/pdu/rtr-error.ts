import { DecodeError } from '../../bytes/index.js';
import type { RtrFaultCode } from './fault-codes.js';

/** A PDU that breaks the protocol: a {@link DecodeError} with the RTR error code that answers it (8210bis §12). */
export class RtrError extends DecodeError<RtrFaultCode> {
  readonly errorCode: number;

  constructor(
    errorCode: number,
    code: RtrFaultCode,
    message: string,
    place: { readonly field?: string; readonly offset?: number } = {},
  ) {
    super(code, message, place);
    this.name = 'RtrError';
    this.errorCode = errorCode;
  }
}
