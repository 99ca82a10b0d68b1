import { DecodeError } from '../../bytes/index.js';
import type { Asn } from '../../inet/index.js';
import { OID } from '../oids.js';
import type { ResourceCertificate } from '../x509/resource-certificate.js';
import { kindOfKeyFile } from './key-kind.js';
import { routerKeyFault } from './router-key.js';

/** A router's public key certified for a range of ASNs, in the form that `RouterKeys` of `pathsec/bgpsec` takes. */
export interface CertifiedRouterKey {
  readonly min: Asn;
  readonly max: Asn;
  readonly ski: Uint8Array;
  readonly spki: Uint8Array;
}

/**
 * The key of a router certificate for each range of its AS Resources (RFC 8209 §3.1.3.5). A certificate without the
 * purpose id-kp-bgpsec-router is refused, whatever other purposes it has (§3.1.3.2); whether it keeps the rest of the
 * profile is for `checkCertificate`. AS 0 is cut off the ranges, since no path
 * can hold it (RFC 7607; docs/decisions/rpki-objects.md D-router-certificate-as-zero).
 *
 * @throws {DecodeError} `certificate-key` when it lacks the purpose, names no ASN or no SKI of 20 octets, or its key is
 * no router key.
 */
export function certifiedRouterKeys({
  asIdentifiers,
  extendedKeyUsage,
  ski,
  spki,
}: ResourceCertificate): readonly CertifiedRouterKey[] {
  const refuse = (message: string): DecodeError =>
    new DecodeError('certificate-key', message, { field: 'certificate' });
  if (!extendedKeyUsage?.includes(OID.bgpsecRouter)) throw refuse('is not for BGPsec routers');
  const asnum = asIdentifiers?.asnum;
  if (ski?.length !== 20) throw refuse('names no Subject Key Identifier');
  if (asnum === undefined || asnum === 'inherit') throw refuse('names no AS number');
  const fault = routerKeyFault(spki);
  if (fault !== undefined)
    throw refuse(`holds no router key: ${kindOfKeyFile(spki, spki) ?? fault} (${fault})`);
  const ranges = asnum.filter(({ max }) => max > 0n);
  if (ranges.length === 0) throw refuse('names no AS number');
  return ranges.map(({ min, max }) => ({ min: Math.max(1, Number(min)), max: Number(max), ski, spki }));
}
