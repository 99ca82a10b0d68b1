import { createAspaTable } from 'pathsec/aspa';
import { createAudit } from 'pathsec/audit';
import * as bgp from 'pathsec/bgp';
import { parseAddress, parsePrefix } from 'pathsec/inet';
import * as node from 'pathsec/node';
import { createRouteReader, createTextReader } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { readPayloads, readSlurm } from 'pathsec/rpki';
import { createRtrCache, createRtrClient, packPayloads } from 'pathsec/rtr';
import { createTopology } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';

const prefix = parsePrefix('192.0.2.0/24');
const octets = new TextEncoder().encode('192.0.2.0/24|64496|64496\n');
/** What plain JavaScript hands over. */
const wrong = (value: unknown): never => value as never;

describe('a wrong argument is a sentence that says what was expected, never another value', () => {
  const cases: readonly [name: string, run: () => unknown, expected: RegExp][] = [
    ['a message of no kind', () => bgp.encodeMessage(wrong({})), /kind .*open, update/],
    ['no message', () => bgp.encodeMessage(wrong(undefined)), /the message is undefined/],
    [
      'an UPDATE without fields',
      () => bgp.encodeUpdateMessage(wrong({}), false),
      /withdrawnField is undefined, not octets/,
    ],
    ['ASNs of 3 octets', () => bgp.encodeAsPath([], wrong(3)), /asnSize 3 .*2 .*4/],
    ['ASNs of unsaid size', () => bgp.encodeAsPath([], wrong(undefined)), /asnSize undefined/],
    ['a segment of type 9', () => bgp.encodeAsPath([{ type: wrong(9), asns: [1] }], 4), /type 9 /],
    ['a path as text', () => bgp.encodeAsPath(wrong('64496'), 4), /parseAsPath/],
    ['no path', () => bgp.formatAsPath(wrong(undefined)), /the path is undefined/],
    ['a path that is no text', () => bgp.parseAsPath(wrong(64496)), /as-path is 64496, not text/],
    ['a prefix that is no text', () => parsePrefix(wrong(undefined)), /prefix is undefined, not text/],
    ['an address that is no text', () => parseAddress(wrong(5)), /address is 5, not text/],
    [
      'a prefix beyond its family',
      () => bgp.encodeNlri([{ prefix: { ...prefix, length: 33 } }], false),
      /33/,
    ],
    ['a prefix as an NLRI', () => bgp.encodeNlri(wrong([prefix]), false), /an NLRI .*Prefix/],
    ['no NLRIs', () => bgp.encodeNlri(wrong(undefined), false), /the NLRIs are undefined|is undefined/],
    ['an ORIGIN of another name', () => bgp.encodeOrigin(wrong('IGP')), /"IGP" .*igp, egp, incomplete/],
    ['an attribute without value', () => bgp.pathAttribute(1, wrong(undefined)), /value .*undefined/],
    ['an attribute without code', () => bgp.pathAttribute(Number.NaN, octets), /NaN .*0\.\.255/],
    ['an OPEN of no AS', () => bgp.makeOpen(Number.NaN, 1, []), /NaN is not an ASN/],

    ['a cache without session ID', () => createRtrCache(wrong({})), /sessionId undefined .*0\.\.65535/],
    ['a cache without options', () => createRtrCache(wrong(undefined)), /options/],
    ['a session ID of 17 bits', () => createRtrCache({ sessionId: 65536 }), /sessionId 65536/],
    ['a serial of 33 bits', () => createRtrCache({ sessionId: 1, serial: 2 ** 32 }), /serial 4294967296/],
    ['a history of NaN', () => createRtrCache({ sessionId: 1, maxHistory: Number.NaN }), /maxHistory NaN/],
    ['version 9', () => createRtrClient({ highestVersion: wrong(9) }), /highestVersion 9 .*0, 1, 2/],
    ['a limit of NaN', () => createRtrClient({ limits: { maxPayloads: Number.NaN } }), /maxPayloads NaN/],
    ['an interval of NaN', () => createRtrClient({ timing: { refresh: Number.NaN } }), /refresh NaN/],
    [
      'a VRP of no AS',
      () => packPayloads({ vrps: [{ prefix, maxLength: 24, asn: Number.NaN }] }),
      /NaN is not an ASN/,
    ],
    [
      'a VRP of a prefix as text',
      () => packPayloads({ vrps: [{ prefix: wrong('192.0.2.0/24'), maxLength: 24, asn: 1 }] }),
      /parsePrefix/,
    ],
    [
      'an ASPA without providers',
      () => packPayloads({ aspas: [wrong({ customer: 1 })] }),
      /providers of AS1 is/,
    ],
    [
      'an ASPA of a provider that is no AS',
      () => packPayloads({ aspas: [{ customer: 1, providers: [-1] }] }),
      /-1 is not an ASN/,
    ],

    ['a link to no AS', () => createTopology([[1, Number.NaN, 0]]), /links\[0\].* NaN is not an ASN/],
    ['no links', () => createTopology(wrong(undefined)), /links is undefined/],

    ['an audit without tables', () => createAudit(wrong({})), /aspa is undefined, .*createAspaTable/],
    [
      'an audit with a role of no name',
      () =>
        createAudit({ aspa: createAspaTable([]), rov: createRovTable([]), defaultRole: wrong('upstream') }),
      /"upstream" is not a neighbour role/,
    ],

    ['a reader that tells nobody', () => createRouteReader(wrong(undefined)), /onElement is undefined/],
    [
      'text for a reader',
      () => createRouteReader(() => undefined).push(wrong('a')),
      /chunk is "a", not octets/,
    ],
    ['text for a reader of text', () => createTextReader(() => undefined).push(wrong('a')), /chunk is "a"/],
    [
      'a limit of records of NaN',
      () => createRouteReader(() => undefined, { maxRecordLength: Number.NaN }),
      /maxRecordLength NaN/,
    ],
    ['payloads as octets', () => readPayloads(wrong(octets)), /octets, not text/],
    ['a SLURM file as octets', () => readSlurm(wrong(octets)), /octets, not text/],
  ];

  for (const [name, run, expected] of cases) {
    it(name, () => {
      let thrown: unknown;
      try {
        run();
      } catch (error) {
        thrown = error;
      }
      expect([TypeError, RangeError], String(thrown)).toContain((thrown as Error | undefined)?.constructor);
      expect((thrown as Error).message).toMatch(expected);
    });
  }

  it('one path where files are a list: it is not read letter by letter', async () => {
    const sentence = /the paths is "rib\.mrt", not a list/;
    await expect(node.readRoutes(wrong('rib.mrt'), () => undefined)).rejects.toThrow(sentence);
    await expect(node.routes(wrong('rib.mrt')).next()).rejects.toThrow(sentence);
  });

  it('right ones are taken', () => {
    expect(bgp.encodeNlri([{ prefix }], false)).toEqual(Uint8Array.of(24, 192, 0, 2));
    expect(createRtrCache({ sessionId: 65535, serial: 2 ** 32 - 1, maxHistory: 0 }).serial).toBe(2 ** 32 - 1);
    expect(createRtrClient({ limits: { maxPayloads: Infinity } }).nextWake()).toBeDefined();
  });
});
