import * as asn1js from 'asn1js';
import { type Asn1, time } from './asn1.js';

/** A time as certificates, CRLs and signed attributes carry it. */
export interface ProfileTime {
  /** Seconds since 1970 UTC. */
  readonly seconds: number;
  /**
   * Whether it is written as RFC 5280 §4.1.2.5 and §5.1.2.4 to §5.1.2.6 demand: UTCTime through 2049, GeneralizedTime
   * from 2050, both with seconds, without fractions, in `Z`.
   */
  readonly conforms: boolean;
}

/**
 * A UTCTime or GeneralizedTime of a certificate, CRL or signing-time attribute (RFC 5652 §11.3).
 *
 * @throws {DecodeError} `asn1-syntax` for anything else.
 */
export function profileTime(value: Asn1 | undefined, field: string): ProfileTime {
  const seconds = time(value, field);
  const text =
    value instanceof asn1js.UTCTime || value instanceof asn1js.GeneralizedTime
      ? String.fromCharCode(...value.valueBlock.valueHexView)
      : '';
  // A UTCTime has two digits of the year and ends with 2049 of its own accord (RFC 5280 §4.1.2.5.1).
  const conforms =
    value instanceof asn1js.GeneralizedTime
      ? /^\d{14}Z$/.test(text) && Number(text.slice(0, 4)) >= 2050
      : /^\d{12}Z$/.test(text);
  return { seconds, conforms };
}
