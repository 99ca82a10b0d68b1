import * as asn1js from 'asn1js';
import { checkRouterCertificate, decodeRouterCertificate, type ProfileItem } from 'pathsec/bgpsec';
import { type CertificateParts, certificate, implicit } from './certificates.js';

export const NOW = new Date('2026-06-01T00:00:00Z');
export const failures = (items: readonly ProfileItem[], state = 'fail') =>
  items.filter((item) => item.state === state).map(({ section }) => section);
export const check = (parts: CertificateParts = {}, now: Date | undefined = NOW) =>
  checkRouterCertificate(decodeRouterCertificate(certificate(parts)), now);
export const utf8 = (value: string) => new asn1js.Utf8String({ value });
export const uri = (text: string) => implicit(6, new TextEncoder().encode(text));
export const bits = (octet: number, unusedBits: number) =>
  new asn1js.BitString({ valueHex: Uint8Array.of(octet), unusedBits });
