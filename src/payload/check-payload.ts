import { isAsn, requireAsn, requireIterable, requireObject, requirePrefix, sayValue } from '../inet/index.js';
import type { AspaPayload, AsraPayload, PrefixListPayload, RouterKey, Vrp } from './payload.js';

/** Octets of a Subject Key Identifier (RFC 8210 §5.10). */
export const SKI_LENGTH = 20;

/**
 * Refuses what is no VRP.
 *
 * @throws {TypeError} for another kind of value, {@link RangeError} for numbers that are impossible for the prefix.
 */
export function requireVrp(vrp: Vrp): void {
  requireObject(vrp, 'a VRP', '{prefix, maxLength, asn}');
  const { prefix, maxLength, asn } = vrp;
  requirePrefix(prefix, 'the prefix of a VRP');
  if (!Number.isInteger(maxLength) || maxLength < prefix.length || maxLength > 8 * prefix.octets.length) {
    throw new RangeError(
      `VRP of length ${prefix.length}, maxLength ${sayValue(maxLength)}, ASN ${sayValue(asn)}`,
    );
  }
  requireAsn(asn, 'the ASN of a VRP');
}

/**
 * Refuses what is no ASPA payload.
 *
 * @throws {TypeError} for another kind of value, {@link RangeError} for customer 0, an empty list or a number that is no
 * ASN.
 */
export function requireAspa(aspa: AspaPayload): void {
  requireObject(aspa, 'an ASPA', '{customer, providers}');
  const { customer, providers } = aspa;
  requireAsn(customer, 'customer');
  requireIterable(providers, `the providers of AS${customer}`, 'a list of ASNs');
  if (customer === 0 || providers.length === 0) {
    throw new RangeError(`ASPA of customer ${customer} with ${providers.length} providers`);
  }
  for (const provider of providers) if (!isAsn(provider)) requireAsn(provider, `provider of AS${customer}:`);
}

/**
 * Refuses what is no prefix list.
 *
 * @throws {TypeError} for another kind of value, {@link RangeError} for AS 0 or a number that is no ASN.
 */
export function requirePrefixList(list: PrefixListPayload): void {
  requireObject(list, 'a prefix list', '{asn, prefixes}');
  const { asn, prefixes } = list;
  requireAsn(asn, 'the ASN of a prefix list');
  if (asn === 0) throw new RangeError('prefix list of AS 0');
  requireIterable(prefixes, `the prefixes of AS${asn}`, 'a list of prefixes');
  for (const prefix of prefixes) requirePrefix(prefix, `a prefix of AS${asn}`);
}

/**
 * Refuses what names no ASRA payload.
 *
 * @throws {TypeError} for another kind of value, {@link RangeError} for signer 0 or a subcategory that is none.
 */
export function requireAsraIdentity(identity: Pick<AsraPayload, 'asn' | 'subcategory'>): void {
  requireObject(identity, 'an ASRA', '{asn, subcategory, neighbors}');
  const { asn, subcategory } = identity;
  requireAsn(asn, 'the signer of an ASRA');
  if (asn === 0) throw new RangeError('ASRA of signer 0');
  if (subcategory !== 1 && subcategory !== 2 && subcategory !== 3) {
    throw new RangeError(`ASRA subcategory ${sayValue(subcategory)} of AS${asn} is none of 1, 2, 3`);
  }
}

/**
 * Refuses what is no ASRA payload.
 *
 * @throws as {@link requireAsraIdentity}; {@link RangeError} also for an empty list or a number that is no ASN.
 */
export function requireAsra(asra: AsraPayload): void {
  requireAsraIdentity(asra);
  const { asn, neighbors } = asra;
  requireIterable(neighbors, `the neighbours of AS${asn}`, 'a list of ASNs');
  if (neighbors.length === 0) throw new RangeError(`ASRA of signer ${asn} without neighbours`);
  for (const neighbor of neighbors) if (!isAsn(neighbor)) requireAsn(neighbor, `neighbour of AS${asn}:`);
}

/**
 * Refuses what is no router key.
 *
 * @throws {TypeError} for another kind of value, {@link RangeError} for ASN 0, a number that is no ASN, an SKI that has
 * not 20 octets, or an empty key.
 */
export function requireRouterKey(key: RouterKey): void {
  requireObject(key, 'a router key', '{asn, ski, spki}');
  const { asn, ski, spki } = key;
  requireAsn(asn, 'the ASN of a router key');
  for (const octets of [ski, spki]) {
    if (!(octets instanceof Uint8Array)) {
      throw new TypeError(
        `router key of AS ${asn}: ${sayValue(octets)} stands where octets are needed (ski, spki)`,
      );
    }
  }
  if (asn === 0 || ski.length !== SKI_LENGTH || spki.length === 0) {
    throw new RangeError(`router key of AS ${asn}: SKI ${ski.length}, key ${spki.length} octets`);
  }
}
