import { readFileSync } from 'node:fs';
import { encodeMessage, makeOpen } from 'pathsec/bgp';
import { encodeBmp, encodeOpenBmp } from 'pathsec/bmp';
import { createRouteReader, type Element } from 'pathsec/routes';
import { type PayloadDialect, readPayloads, writeBird, writeOpenBgpd } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { inputKindOf } from '../../src/node/input-kind.js';
import {
  lineFormatOf,
  octetFormatOf,
  ROUTE_FORMATS,
  type RouteFormatName,
} from '../../src/routes/formats.js';
import {
  firstLine,
  OCTET_PAYLOAD_FORMATS,
  octetPayloadFormatOf,
  PAYLOAD_FORMATS,
  type PayloadFormatName,
  payloadFormatOf,
} from '../../src/rpki/payload-formats.js';
import { announce, framed, monitor } from '../bmp/samples.js';
import { run } from '../cli/run.js';
import { ROUTE_LINES } from '../fuzz/targets/route-lines.js';
import { announcement } from '../routes/fixtures.js';
import { ccrFile } from '../rpki/ccr-builder.js';
import { Connection, pcap, pcapng } from '../unpack/capture-files.js';

const open = (asn: number): Uint8Array => encodeMessage(makeOpen(asn, asn, []));
const session = new Connection().send('b', open(64500)).send('a', open(64496), announce('64496'));

/** An input of each format of routes, with one route of AS 64496 or path. A format without one does not compile. */
const ROUTES: Readonly<Record<RouteFormatName, Uint8Array | string>> = {
  pcap: pcap(session.packets),
  pcapng: pcapng(session.packets),
  bmp: encodeBmp(monitor(announce('64496'))),
  openbmp: encodeOpenBmp(framed(encodeBmp(monitor(announce('64496'))))),
  mrt: announcement('64496'),
  'show-ip-bgp':
    '   Network          Next Hop            Metric LocPrf Weight Path\n' +
    '*> 198.51.100.0/24  192.0.2.1                0             0 64496 i\n',
  exabgp:
    '{"exabgp":"4.0.1","time":1.5,"type":"update","neighbor":{"address":{"local":"192.0.2.2","peer":"192.0.2.1"},' +
    '"asn":{"local":64500,"peer":64496},"direction":"receive","message":{"update":{"attribute":{"as-path":[64496]},' +
    '"announce":{"ipv4 unicast":{"192.0.2.1":[{"nlri":"198.51.100.0/24"}]}}}}}}\n',
  gobgp:
    '{"198.51.100.0/24":[{"nlri":{"prefix":"198.51.100.0/24"},"age":1,"neighbor-ip":"192.0.2.1",' +
    '"attrs":[{"type":2,"as_paths":[{"segment_type":2,"num":1,"asns":[64496]}]}]}]}\n',
  bgpipe:
    '["R",1,"2026-01-01T00:00:00.000","UPDATE",{"reach":["198.51.100.0/24"],' +
    '"attrs":{"ASPATH":{"flags":"T","value":[64496]}}},{"PEER_AS":"64496"}]\n',
  'bgpkit-json':
    '{"timestamp":1.5,"type":"ANNOUNCE","peer_ip":"192.0.2.1","peer_asn":64496,"prefix":"198.51.100.0/24","as_path":[64496]}\n',
  bgpreader: 'R|R|1.000000|ris|rrc00|||64496|192.0.2.1|198.51.100.0/24|192.0.2.1|64496|64496|||\n',
  bgpkit: 'A|1.5|192.0.2.1|64496|198.51.100.0/24|64496|64496|IGP|192.0.2.1|0|0||false|||\n',
  'ris-live':
    '{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"64496","type":"UPDATE",' +
    '"path":[64496],"announcements":[{"next_hop":"192.0.2.1","prefixes":["198.51.100.0/24"]}]}}\n',
  bgpdump: 'TABLE_DUMP2|1|B|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0||NAG||\n',
  'prefix-path-peer': '198.51.100.0/24|64496|64496\n',
  paths: 'customer 64496\n',
};

interface PayloadSample {
  readonly format: PayloadFormatName;
  readonly text: string;
  /** A file of which the beginning leaves doubt. */
  readonly doubt?: true;
}

const one = readPayloads('{"roas":[{"prefix":"192.0.2.0/24","maxLength":24,"asn":64496}]}');
const roas = '"roas":[{"asn":"AS64496","prefix":"192.0.2.0/24","maxLength":24';

/** A file of each dialect with one payload. A dialect without one does not compile. */
const PAYLOADS: Readonly<Record<Exclude<PayloadDialect, 'ccr'>, PayloadSample>> = {
  'rpki-client': { format: 'json', text: `{"metadata":{},${roas}}]}` },
  'rpki-client-filemode': {
    format: 'json',
    text: '{"type":"aspa","customer_asid":64496,"providers":[64497],"validation":"OK"}',
    doubt: true,
  },
  'provider-authorizations': {
    format: 'json',
    text: '{"provider_authorizations":{"ipv4":[{"customer_asid":64496,"providers":[64497]}]}}',
  },
  routinator: { format: 'json', text: `{"metadata":{"generated":1},${roas},"ta":"x"}]}` },
  'routinator-ext': { format: 'json', text: `{${roas},"source":[]}]}` },
  openbgpd: { format: 'openbgpd', text: writeOpenBgpd(one) },
  bird: { format: 'bird', text: writeBird(one) },
  'routinator-csv': {
    format: 'csv',
    text: 'ASN,IP Prefix,Max Length,Trust Anchor\nAS64496,192.0.2.0/24,24,x\n',
  },
  'fort-csv': { format: 'csv', text: 'ASN,Prefix,Max prefix length\nAS64496,192.0.2.0/24,24\n' },
  csv: { format: 'csv', text: 'AS64496,192.0.2.0/24,24\n' },
  'srx-script': { format: 'srx', text: 'addASPA 0 64496 64497\n' },
  'json-array': { format: 'json', text: '[{"customer":64496,"providers":[64497]}]' },
  'vrp-notation': { format: 'notation', text: '192.0.2.0/24-25 => AS64496\n' },
  'aspa-notation': { format: 'notation', text: 'AS64496 => AS64497\n' },
};

/** A file of each format of payloads that is no text. */
const OCTETS: Readonly<Record<(typeof OCTET_PAYLOAD_FORMATS)[number]['name'], Uint8Array>> = {
  ccr: ccrFile(),
};

/** Files that hold no payloads and are known. A row without one does not compile. */
const OTHERS: Readonly<
  Record<Exclude<PayloadFormatName, 'json' | 'openbgpd' | 'bird' | 'csv' | 'srx' | 'notation'>, string>
> = {
  slurm: '{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[],"bgpsecFilters":[]}}',
  'as-rel': '# source: example\n64496|64497|-1|bgp\n',
};

const octetsOf = (sample: Uint8Array | string): Uint8Array =>
  typeof sample === 'string' ? new TextEncoder().encode(sample) : sample;
const textOf = (sample: Uint8Array | string): string => new TextDecoder('latin1').decode(octetsOf(sample));
const lineOf = (sample: Uint8Array | string): string => firstLine(textOf(sample)) ?? '';

/** The rows of both tables that are sure of an input. */
function sureOf(sample: Uint8Array | string): string[] {
  const line = lineOf(sample);
  return [
    ...ROUTE_FORMATS.filter((row) =>
      row.unit === 'octets' ? row.surely(octetsOf(sample)) : row.surely(line),
    ),
    ...OCTET_PAYLOAD_FORMATS.filter(({ takes }) => takes(octetsOf(sample))),
    ...PAYLOAD_FORMATS.filter(({ surely }) => surely(line, textOf(sample))),
  ].map(({ name }) => name);
}

describe('the formats of routes', () => {
  it.each(ROUTE_FORMATS.map(({ name }) => name))(
    '%s: its sample is of that row alone, and is read',
    (name) => {
      const sample = ROUTES[name];
      expect(sureOf(sample)).toEqual(name === 'paths' ? [] : [name]);
      const octets = octetsOf(sample);
      expect((octetFormatOf(octets) ?? lineFormatOf(lineOf(sample))).name).toBe(name);
      const elements: Element[] = [];
      const reader = createRouteReader((element) => elements.push(element));
      for (const octet of octets) reader.push(Uint8Array.of(octet));
      reader.end();
      expect(reader.summary.problems.count).toBe(0);
      expect(elements.map((element) => element.kind)).toEqual([name === 'paths' ? 'path' : 'route']);
      expect(inputKindOf(octets)?.holds).toBe(name === 'paths' ? undefined : 'routes');
    },
  );
});

describe('text of another system: a byte order mark in front, CR LF at the ends of lines', () => {
  const texts = Object.entries(ROUTES).filter((row): row is [string, string] => typeof row[1] === 'string');

  it.each(texts)('%s', (name, text) => {
    const octets = octetsOf(`\ufeff${text.replaceAll('\n', '\r\n')}`);
    for (const size of [1, octets.length]) {
      const kinds: string[] = [];
      const reader = createRouteReader((element) => kinds.push(element.kind));
      for (let at = 0; at < octets.length; at += size) reader.push(octets.subarray(at, at + size));
      reader.end();
      expect([reader.summary.problems.count, kinds]).toEqual([0, [name === 'paths' ? 'path' : 'route']]);
    }
    expect(inputKindOf(octets)?.holds).toBe(name === 'paths' ? undefined : 'routes');
  });

  it.each(Object.entries(PAYLOADS))('%s', (_, { text }) => {
    const read = readPayloads(`\ufeff${text.replaceAll('\n', '\r\n')}`);
    expect([read.problems.count, read.vrps.size + read.aspas.size]).toEqual([0, 1]);
  });
});

describe('the formats of payload files', () => {
  it.each(Object.entries(PAYLOADS))('%s: its sample is of one row alone, and is read', (dialect, sample) => {
    const { format, text, doubt } = sample;
    expect(sureOf(text)).toEqual(doubt ? [] : [format]);
    expect(payloadFormatOf(lineOf(text))?.name).toBe(format);
    const read = readPayloads(text);
    expect([read.dialect, read.problems.count]).toEqual([dialect, 0]);
    expect(read.vrps.size + read.aspas.size).toBe(1);
    expect(inputKindOf(octetsOf(text))?.holds).toBe(doubt ? undefined : 'payloads');
  });

  it.each(OCTET_PAYLOAD_FORMATS)(
    '$name: its sample is of one row alone, and is read',
    async ({ name, readOctets }) => {
      const octets = OCTETS[name];
      expect(sureOf(octets)).toEqual([name]);
      expect(octetPayloadFormatOf(octets.subarray(0, 20))?.name).toBe(name);
      expect(await readOctets(octets, {})).toMatchObject({ dialect: name, problems: { count: 0 } });
      expect(inputKindOf(octets)).toEqual({ holds: 'payloads', text: 'payloads (CCR)' });
    },
  );

  it.each(Object.entries(OTHERS))('%s is known, and read by something else', (name, text) => {
    expect(sureOf(text)).toEqual([name]);
    expect(() => readPayloads(text)).toThrowError(/SLURM|AS relationships/);
  });

  it('each have a sample', () => {
    const sampled = [...Object.values(PAYLOADS).map(({ format }) => format), ...Object.keys(OTHERS)];
    expect(new Set(sampled)).toEqual(new Set(PAYLOAD_FORMATS.map(({ name }) => name)));
  });
});

describe('what else is told by its first octets', () => {
  it('is a signed object, and nothing is what it is not', () => {
    expect(inputKindOf(Uint8Array.of(0x30, 0x82, 1, 2))?.holds).toBe('a signed object');
    expect(inputKindOf(new Uint8Array())).toBeUndefined();
    expect(inputKindOf(octetsOf('Lorem ipsum\n'))).toBeUndefined();
  });

  it('has its title in docs/cli.md', () => {
    const text = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    for (const { title } of [...ROUTE_FORMATS, ...PAYLOAD_FORMATS, ...OCTET_PAYLOAD_FORMATS])
      expect(text).toContain(title);
  });

  it.each(['audit', 'aspa compare'])('has its title in the help of %s', async (command) => {
    const { stdout } = await run([...command.split(' '), '--help']);
    const help = stdout.replaceAll(/\s+/g, ' ');
    for (const { name, title } of ROUTE_FORMATS) if (name !== 'paths') expect(help).toContain(title);
  });

  it('has a line among the seeds of fuzzing', () => {
    const seeded = new Set<string>(ROUTE_LINES.map((line) => lineFormatOf(line).name));
    const wanted = ROUTE_FORMATS.filter(({ unit }) => unit === 'line').map(({ name }) => name);
    expect([...seeded].sort()).toEqual([...wanted].sort());
  });
});
