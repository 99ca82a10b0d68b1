import * as asn1js from 'asn1js';
import { type Check, checkCertificate, decodeCertificate } from 'pathsec/rpki';
import { type CertificateParts, certificate, implicit } from './router-certificates.js';

/** A time inside the validity of `certificate()`. */
export const NOW = Date.UTC(2026, 5, 1) / 1000;
/** The codes of the items with the outcome, in order. */
export const failures = (items: readonly Check[], outcome: Check['outcome'] = 'error') =>
  items.filter((item) => item.outcome === outcome).map(({ code }) => code);
export const check = (parts: CertificateParts = {}, now: number | undefined = NOW) =>
  checkCertificate(decodeCertificate(certificate(parts)), now);
export const utf8 = (value: string) => new asn1js.Utf8String({ value });
export const uri = (text: string) => implicit(6, new TextEncoder().encode(text));
export const bits = (octet: number, unusedBits: number) =>
  new asn1js.BitString({ valueHex: Uint8Array.of(octet), unusedBits });
