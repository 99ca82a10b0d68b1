import { DecodeError } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { readSlurm } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { SKI, slurmText } from './slurm-text.js';

const codeOf = (text: string): string => {
  try {
    readSlurm(text);
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
  return 'none';
};

describe('readSlurm (RFC 8416 §3)', () => {
  it('reads all members of version 2', () => {
    const slurm = readSlurm(
      slurmText({
        prefixFilters: [{ prefix: '192.0.2.0/24', asn: 64496, comment: 'both' }, { asn: 0 }],
        bgpsecFilters: [{ asn: 64497 }, { SKI }, { asn: 64497, SKI }],
        aspaFilters: [{ customerAsid: 64496, comment: '' }],
        prefixAssertions: [{ asn: 64496, prefix: '2001:DB8::/32', maxPrefixLength: 48 }],
        bgpsecAssertions: [{ asn: 64496, SKI, routerPublicKey: 'MFk', comment: 'k' }],
        aspaAssertions: [{ customerAsn: 64496, providerAsns: [64497, 64498] }],
      }),
    );
    const ski = new Uint8Array(20);
    expect(slurm).toEqual({
      prefixFilters: [{ prefix: parsePrefix('192.0.2.0/24'), asn: 64496, comment: 'both' }, { asn: 0 }],
      bgpsecFilters: [{ asn: 64497 }, { ski }, { asn: 64497, ski }],
      aspaFilters: [{ customer: 64496, comment: '' }],
      prefixAssertions: [{ asn: 64496, prefix: parsePrefix('2001:db8::/32'), maxLength: 48 }],
      bgpsecAssertions: [{ asn: 64496, ski, spki: Uint8Array.of(0x30, 0x59), comment: 'k' }],
      aspaAssertions: [{ customer: 64496, providers: [64497, 64498] }],
    });
  });

  it.each([
    ['early drafts', { customerAsid: 1, providers: [{ providerAsid: 2, afiLimit: 'IPv4' }] }],
    ['rpstir2', { customerAsn: 1, providerAsns: [{ providerAsn: 2, addressFamily: 1 }] }],
    ['rpstir2, capitals', { customerASID: 1, providerAsns: [{ providerAsn: 2, afiLimit: 'IPv4' }] }],
  ])('reads the assertion of %s', (_, item) => {
    expect(readSlurm(slurmText({ aspaAssertions: [item] })).aspaAssertions).toEqual([
      { customer: 1, providers: [2], afiLimits: new Map([[2, 1]]) },
    ]);
  });

  it.each([
    ['customerASID', { customerASID: 1 }, { customer: 1 }],
    ['customerAsn', { customerAsn: 1 }, { customer: 1 }],
    [
      'a list of providers',
      { customerAsid: 1, providers: [{ providerAsid: 2 }, 3] },
      { customer: 1, providers: [2, 3] },
    ],
    ['providers only', { providerAsns: [2] }, { providers: [2] }],
  ])('reads a filter with %s', (_, item, filter) => {
    expect(readSlurm(slurmText({ aspaFilters: [item] })).aspaFilters).toEqual([filter]);
  });

  const refused: [string, string, string][] = [
    ['not JSON', 'x', 'json-syntax'],
    ['empty', '', 'json-truncated'],
    ['no object', '[]', 'slurm-syntax'],
    ['an empty object', '{}', 'slurm-missing-member'],
    ['version 3', slurmText({}, 3), 'slurm-version'],
    ['a version in quotes', slurmText({}).replace(':2', ':"2"'), 'slurm-version'],
    ['an unknown member at the top', slurmText({}).replace('{', '{"x":1,'), 'slurm-unknown-member'],
    [
      'an unknown member inside',
      slurmText({}).replace('{"prefixF', '{"x":1,"prefixF'),
      'slurm-unknown-member',
    ],
    [
      'a missing list',
      slurmText({}).replace('"bgpsecFilters":[]', '"aspaFilters":[]'),
      'slurm-missing-member',
    ],
    ['a repeated member', slurmText({}).replace('{', '{"slurmVersion":2,'), 'duplicate-name'],
    ['ASPA in version 1', slurmText({ aspaFilters: [] }, 1), 'slurm-unknown-member'],
    ['ASPA assertions in version 1', slurmText({ aspaAssertions: [] }, 1), 'slurm-unknown-member'],
    ['a list that is none', slurmText({ prefixFilters: {} }), 'slurm-syntax'],
    ['an item that is no object', slurmText({ prefixFilters: [7] }), 'slurm-syntax'],
    ['a filter without criterion', slurmText({ prefixFilters: [{ comment: 'all' }] }), 'slurm-empty-filter'],
    ['a key filter without criterion', slurmText({ bgpsecFilters: [{}] }), 'slurm-empty-filter'],
    ['an ASPA filter without criterion', slurmText({ aspaFilters: [{}] }), 'slurm-empty-filter'],
    [
      'an unknown member of a filter',
      slurmText({ prefixFilters: [{ asn: 1, maxLength: 2 }] }),
      'slurm-unknown-member',
    ],
    ['an ASN as text', slurmText({ prefixFilters: [{ asn: 'AS1' }] }), 'asn-syntax'],
    ['an ASN out of range', slurmText({ prefixFilters: [{ asn: 2 ** 32 }] }), 'asn-range'],
    ['host bits', slurmText({ prefixFilters: [{ prefix: '192.0.2.1/24' }] }), 'prefix-host-bits'],
    ['a comment that is no text', slurmText({ prefixFilters: [{ asn: 1, comment: 1 }] }), 'slurm-syntax'],
    ['a short SKI', slurmText({ bgpsecFilters: [{ SKI: 'Zm9v' }] }), 'ski-syntax'],
    ['an SKI in hexadecimal', slurmText({ bgpsecFilters: [{ SKI: '00'.repeat(20) }] }), 'ski-syntax'],
    [
      'a maxPrefixLength too short',
      slurmText({ prefixAssertions: [{ asn: 1, prefix: '192.0.2.0/24', maxPrefixLength: 23 }] }),
      'max-length-range',
    ],
    [
      'an assertion without ASN',
      slurmText({ prefixAssertions: [{ prefix: '192.0.2.0/24' }] }),
      'slurm-missing-member',
    ],
    ['a key without key', slurmText({ bgpsecAssertions: [{ asn: 1, SKI }] }), 'slurm-missing-member'],
    ['an empty key', slurmText({ bgpsecAssertions: [{ asn: 1, SKI, routerPublicKey: '' }] }), 'key-syntax'],
    [
      'a key of AS 0',
      slurmText({ bgpsecAssertions: [{ asn: 0, SKI, routerPublicKey: 'MFk' }] }),
      'router-key-asn-zero',
    ],
    [
      'two spellings at once',
      slurmText({ aspaAssertions: [{ customerAsn: 1, customerAsid: 1, providers: [2] }] }),
      'ambiguous-member',
    ],
    ['an ASPA without providers', slurmText({ aspaAssertions: [{ customerAsn: 1 }] }), 'aspa-no-providers'],
    [
      'an ASPA with an empty list',
      slurmText({ aspaAssertions: [{ customerAsn: 1, providerAsns: [] }] }),
      'aspa-no-providers',
    ],
    [
      'an ASPA of customer 0',
      slurmText({ aspaAssertions: [{ customerAsn: 0, providerAsns: [1] }] }),
      'aspa-customer-zero',
    ],
    [
      'an unknown member of a provider',
      slurmText({ aspaAssertions: [{ customerAsn: 1, providers: [{ providerAsid: 2, x: 1 }] }] }),
      'slurm-unknown-member',
    ],
  ];
  it.each(refused)('refuses %s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});
