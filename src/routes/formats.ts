import { looksLikeBmp, looksLikeOpenBmp } from '../bmp/index.js';
import { looksLikePcap, looksLikePcapng } from '../unpack/captures.js';
import { bmpReaderOf } from './bmp/bmp-reader.js';
import { openBmpReaderOf } from './bmp/openbmp-reader.js';
import type { Emitter, ReadOptions } from './emitter.js';
import { looksLikeMrt, mayBeMrt } from './mrt/mrt-header.js';
import { mrtReaderOf } from './mrt/mrt-reader.js';
import { pcapReaderOf } from './pcap/pcap-reader.js';
import type { RouteReader } from './reader.js';
import { isBgpdumpLine, readBgpdumpLine } from './text/bgpdump.js';
import { isBgpipeLine, readBgpipeLine } from './text/bgpipe.js';
import { isBgpkitJson, isBgpkitLine, readBgpkitJson, readBgpkitLine } from './text/bgpkit.js';
import { isBgpreaderLine, readBgpreaderLine } from './text/bgpreader.js';
import { isExabgpLine, readExabgpLine } from './text/exabgp.js';
import { isGobgpLine, readGobgpLine } from './text/gobgp.js';
import { isPlainRoute, looksLikePlainRoute, readPlainPath, readPlainRoute } from './text/plain.js';
import { isJsonLine, looksLikeRisLive, readRisLive } from './text/ris-live.js';
import { looksLikeShowBgp, showBgpReaderOf } from './text/show-bgp-reader.js';
import type { TextValues } from './text/values.js';

/** Octets by which the reader of an input of records is chosen. */
export const SNIFFED = 12;

/** What every row has. */
interface Row<Begins> {
  readonly name: string;
  /** How the format is called in messages. */
  readonly title: string;
  /** Whether what begins so is read by this row, where it is of routes at all. Rows are asked in order. */
  readonly takes: (begins: Begins) => boolean;
  /** Whether nothing else begins so: for who wanted something else, and says what this is. */
  readonly surely: (begins: Begins) => boolean;
}

/** A format that is a stream of octets, told by the first {@link SNIFFED} of an input (`surely` may look at more). */
export interface OctetFormat extends Row<Uint8Array> {
  readonly unit: 'octets';
  readonly reader: (emitter: Emitter, options: ReadOptions) => RouteReader;
}

/** A format of which each line says for itself what it is; an input may mix them. */
export interface LineFormat extends Row<string> {
  readonly unit: 'line';
  /**
   * Delivers what a line holds, which has no blanks in front and is no comment.
   *
   * @returns false for a line that says nothing of routes.
   * @throws {DecodeError} for a line that cannot be read: it is a problem, and the next one is read.
   */
  readonly read: (emitter: Emitter, values: TextValues, line: string) => boolean;
}

/**
 * Every format of routes, in the order in which they are asked. A new one is its reader and a row; `spec-tests/node/formats.test.ts`
 * wants a sample of it.
 */
export const ROUTE_FORMATS = [
  {
    name: 'pcap',
    title: 'pcap',
    unit: 'octets',
    takes: looksLikePcap,
    surely: looksLikePcap,
    reader: pcapReaderOf,
  },
  {
    name: 'pcapng',
    title: 'pcapng',
    unit: 'octets',
    takes: looksLikePcapng,
    surely: looksLikePcapng,
    reader: pcapReaderOf,
  },
  {
    name: 'bmp',
    title: 'BMP',
    unit: 'octets',
    takes: looksLikeBmp,
    surely: looksLikeBmp,
    reader: bmpReaderOf,
  },
  {
    name: 'openbmp',
    title: 'OpenBMP',
    unit: 'octets',
    takes: looksLikeOpenBmp,
    surely: looksLikeOpenBmp,
    reader: openBmpReaderOf,
  },
  {
    name: 'mrt',
    title: 'MRT',
    unit: 'octets',
    takes: mayBeMrt,
    surely: looksLikeMrt,
    reader: mrtReaderOf,
  },
  {
    name: 'show-ip-bgp',
    title: 'show ip bgp',
    unit: 'octets',
    takes: looksLikeShowBgp,
    surely: looksLikeShowBgp,
    reader: showBgpReaderOf,
  },
  {
    name: 'exabgp',
    title: 'ExaBGP JSON',
    unit: 'line',
    takes: isExabgpLine,
    surely: isExabgpLine,
    read: readExabgpLine,
  },
  {
    name: 'gobgp',
    title: 'GoBGP JSON',
    unit: 'line',
    takes: isGobgpLine,
    surely: isGobgpLine,
    read: readGobgpLine,
  },
  {
    name: 'bgpipe',
    title: 'bgpipe JSON',
    unit: 'line',
    takes: isBgpipeLine,
    surely: isBgpipeLine,
    read: readBgpipeLine,
  },
  {
    name: 'bgpkit-json',
    title: 'bgpkit JSON',
    unit: 'line',
    takes: isBgpkitJson,
    surely: isBgpkitJson,
    read: readBgpkitJson,
  },
  {
    name: 'ris-live',
    title: 'RIS Live JSON',
    unit: 'line',
    takes: isJsonLine,
    surely: looksLikeRisLive,
    read: readRisLive,
  },
  {
    name: 'bgpdump',
    title: 'bgpdump -m',
    unit: 'line',
    takes: isBgpdumpLine,
    surely: isBgpdumpLine,
    read: readBgpdumpLine,
  },
  {
    name: 'bgpreader',
    title: 'bgpreader',
    unit: 'line',
    takes: isBgpreaderLine,
    surely: isBgpreaderLine,
    read: readBgpreaderLine,
  },
  {
    name: 'bgpkit',
    title: 'bgpkit',
    unit: 'line',
    takes: isBgpkitLine,
    surely: isBgpkitLine,
    read: readBgpkitLine,
  },
  {
    name: 'prefix-path-peer',
    title: 'prefix|path|peerAs',
    unit: 'line',
    takes: isPlainRoute,
    surely: looksLikePlainRoute,
    read: readPlainRoute,
  },
  {
    // Plain paths have nothing to know them by: what no other row takes is one.
    name: 'paths',
    title: 'paths',
    unit: 'line',
    takes: () => true,
    surely: () => false,
    read: readPlainPath,
  },
] as const satisfies readonly (OctetFormat | LineFormat)[];

/** The name of a format of routes. */
export type RouteFormatName = (typeof ROUTE_FORMATS)[number]['name'];

type AnyFormat = OctetFormat | LineFormat;
const formats: readonly AnyFormat[] = ROUTE_FORMATS;
const octetFormats = formats.filter((row): row is OctetFormat => row.unit === 'octets');
const lineFormats = formats.filter((row): row is LineFormat => row.unit === 'line');

/** The format of octets that reads an input which begins so; undefined for text. */
export function octetFormatOf(head: Uint8Array): OctetFormat | undefined {
  return octetFormats.find(({ takes }) => takes(head));
}

/** The format that reads a line. */
export function lineFormatOf(line: string): LineFormat {
  return lineFormats.find(({ takes }) => takes(line)) as LineFormat;
}

/**
 * What kind of routes the octets begin like beyond doubt, in words for a message, or undefined; plain paths have nothing to
 * know them by. For a reader of something else that wants to say what it got instead; the more octets the better.
 */
export function routesByBeginning(head: Uint8Array): string | undefined {
  const line = firstLine(head);
  const found = formats.find((row) =>
    row.unit === 'octets' ? row.surely(head) : line !== '' && row.surely(line),
  );
  return found && `routes (${found.title})`;
}

/** The first line that says anything, of as much as is looked at. */
function firstLine(head: Uint8Array): string {
  const lines = new TextDecoder().decode(head.subarray(0, 1 << 12)).split('\n');
  const line = lines.map((one) => one.trimStart()).find((one) => one !== '' && !one.startsWith('#')) ?? '';
  return line.includes('\0') ? '' : line; // an archive that has a text in it is no text
}
