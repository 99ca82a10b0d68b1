import { formatPrefix } from '../../inet/index.js';
import type { PayloadSet, Vrp } from '../../payload/index.js';
import { toBase64Url } from '../octet-text.js';
import type { AspaAssertion, BgpsecAssertion, PrefixAssertion, Slurm } from './slurm.js';

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
      prefixAssertions: slurm.prefixAssertions.map(prefixMembers),
      bgpsecAssertions: slurm.bgpsecAssertions.map(bgpsecMembers),
      ...(version === 1 ? {} : { aspaAssertions: aspaAssertions.map(aspaMembers) }),
    },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The text of `writeSlurm(slurmOfPayloads(payloads))` (RFC 8416 §3) in pieces, made one assertion at a time. */
export function* slurmPieces({ vrps, aspas, routerKeys }: PayloadSet): IterableIterator<string> {
  const version = aspas.size > 0 ? 2 : 1;
  yield `{\n  "slurmVersion": ${version},\n  "validationOutputFilters": {\n    "prefixFilters": [],\n`;
  yield `    "bgpsecFilters": []${version === 1 ? '' : ',\n    "aspaFilters": []'}\n  },\n`;
  yield '  "locallyAddedAssertions": {\n';
  yield* members('prefixAssertions', vrps.sorted(), (vrp) => prefixMembers(prefixAssertion(vrp)));
  yield ',\n';
  yield* members('bgpsecAssertions', routerKeys.sorted(), ({ asn, ski, spki }) => {
    return bgpsecMembers({ asn, ski, spki });
  });
  if (version === 2) {
    yield ',\n';
    yield* members('aspaAssertions', aspas.sorted(), ({ customer, providers }) => {
      return aspaMembers({ customer, providers });
    });
  }
  yield '\n  }\n}\n';
}

/** A list of the file, laid out as `JSON.stringify` does it. */
function* members<T>(name: string, items: Iterable<T>, convert: (item: T) => object): Generator<string> {
  let lead = '\n      ';
  yield `    "${name}": [`;
  for (const item of items) {
    yield lead + JSON.stringify(convert(item), null, 2).replaceAll('\n', '\n      ');
    lead = ',\n      ';
  }
  yield lead.startsWith(',') ? '\n    ]' : ']';
}

function prefixMembers({ prefix, asn, maxLength, comment }: PrefixAssertion): object {
  return { asn, prefix: formatPrefix(prefix), maxPrefixLength: maxLength, comment };
}

function bgpsecMembers({ asn, ski, spki, comment }: BgpsecAssertion): object {
  return { asn, SKI: toBase64Url(ski), routerPublicKey: toBase64Url(spki), comment };
}

function aspaMembers({ customer, providers, comment }: AspaAssertion): object {
  return { customerAsn: customer, providerAsns: providers, comment };
}

function prefixAssertion({ prefix, maxLength, asn }: Vrp): PrefixAssertion {
  return { prefix, asn, ...(maxLength === prefix.length ? {} : { maxLength }) };
}

/** Payloads as assertions, ordered: a SLURM file that adds all of them and filters nothing. RFC 8416 §3.4. */
export function slurmOfPayloads({ vrps, aspas, routerKeys }: PayloadSet): Slurm {
  return {
    prefixFilters: [],
    bgpsecFilters: [],
    aspaFilters: [],
    prefixAssertions: [...vrps.sorted()].map(prefixAssertion),
    bgpsecAssertions: [...routerKeys.sorted()].map(({ asn, ski, spki }) => ({ asn, ski, spki })),
    aspaAssertions: [...aspas.sorted()].map(({ customer, providers }) => ({ customer, providers })),
  };
}
