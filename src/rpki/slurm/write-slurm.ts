import { formatPrefix } from '../../inet/index.js';
import type { PayloadSet } from '../../payload/index.js';
import { toBase64Url } from '../octet-text.js';
import type { Slurm } from './slurm.js';

/**
 * A SLURM file in the order of the value: version 1 when it says nothing of ASPAs, else version 2 with the members that
 * Routinator and rpki-rs know, and no others. RFC 8416 §3.
 */
export function writeSlurm(slurm: Slurm): string {
  const { aspaFilters, aspaAssertions } = slurm;
  const version = aspaFilters.length + aspaAssertions.length > 0 ? 2 : 1;
  const file = {
    slurmVersion: version,
    validationOutputFilters: {
      prefixFilters: slurm.prefixFilters.map(({ prefix, asn, comment }) => {
        return { prefix: prefix && formatPrefix(prefix), asn, comment };
      }),
      bgpsecFilters: slurm.bgpsecFilters.map(({ asn, ski, comment }) => {
        return { asn, SKI: ski && toBase64Url(ski), comment };
      }),
      ...(version === 1
        ? {}
        : {
            aspaFilters: aspaFilters.map(({ customer, providers, comment }) => {
              return { customerAsid: customer, providerAsns: providers, comment };
            }),
          }),
    },
    locallyAddedAssertions: {
      prefixAssertions: slurm.prefixAssertions.map(({ prefix, asn, maxLength, comment }) => {
        return { asn, prefix: formatPrefix(prefix), maxPrefixLength: maxLength, comment };
      }),
      bgpsecAssertions: slurm.bgpsecAssertions.map(({ asn, ski, spki, comment }) => {
        return { asn, SKI: toBase64Url(ski), routerPublicKey: toBase64Url(spki), comment };
      }),
      ...(version === 1
        ? {}
        : {
            aspaAssertions: aspaAssertions.map(({ customer, providers, comment }) => {
              return { customerAsn: customer, providerAsns: providers, comment };
            }),
          }),
    },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Payloads as assertions, ordered: a SLURM file that adds all of them and filters nothing. RFC 8416 §3.4. */
export function slurmOfPayloads({ vrps, aspas, routerKeys }: PayloadSet): Slurm {
  return {
    prefixFilters: [],
    bgpsecFilters: [],
    aspaFilters: [],
    prefixAssertions: [...vrps.sorted()].map(({ prefix, maxLength, asn }) => {
      return { prefix, asn, ...(maxLength === prefix.length ? {} : { maxLength }) };
    }),
    bgpsecAssertions: [...routerKeys.sorted()].map(({ asn, ski, spki }) => ({ asn, ski, spki })),
    aspaAssertions: [...aspas.sorted()].map(({ customer, providers }) => ({ customer, providers })),
  };
}
