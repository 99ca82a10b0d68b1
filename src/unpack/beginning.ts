import { printable, toHex } from '../bytes/index.js';

const LOOKED_AT = 512;

/** What other programs put into files, by octets in hexadecimal at the beginning; none of it is read. */
const FOREIGN_OCTETS: readonly (readonly [name: string, hex: string, offset?: number])[] = [
  ['a ZIP archive', '504b0304'],
  ['a 7z archive', '377abcaf271c'],
  ['a RAR archive', '526172211a07'],
  ['LZ4', '04224d18'],
  ['lzip', '4c5a4950'],
  ['lzma without the container of xz', '5d0000'],
  ['compress', '1f9d'],
  ['text in UTF-16, where UTF-8 is wanted', 'fffe'],
  ['text in UTF-16, where UTF-8 is wanted', 'feff'],
  ['a tar archive', '7573746172', 257],
  ['a capture of packets (pcap)', 'd4c3b2a1'],
  ['a capture of packets (pcap)', 'a1b2c3d4'],
  ['a capture of packets (pcap)', '4d3cb2a1'],
  ['a capture of packets (pcap)', 'a1b23c4d'],
  ['a capture of packets (pcapng)', '0a0d0d0a'],
  ['a capture of packets (snoop)', '736e6f6f70000000'],
  ['a capture of packets (pcap as changed by Kuznetzov)', 'a1b2cd34'],
  ['a capture of packets (pcap as changed by Kuznetzov)', '34cdb2a1'],
  ['a capture of packets (Network Monitor)', '474d4255'],
  ['a capture of packets (Network Monitor)', '52545353'],
  ['a capture of packets (Sniffer)', '545253494646206461746120202020201a'],
  ['a capture of packets (BTSnoop)', '6274736e6f6f7000'],
];

/** The same by text. */
const FOREIGN_TEXT: readonly (readonly [name: string, begins: RegExp])[] = [
  ['Parquet', /^PAR1/],
  ['a SQLite database', /^SQLite format 3/],
  ['PDF', /^%PDF-/],
  ['PEM', /^-----BEGIN /],
  ['a pointer of Git LFS', /^version https:\/\/git-lfs/],
  ['an HTML page', /^\s*<(?:!doctype html|html)/i],
  ['XML', /^\s*<\?xml/],
];

/** What text is nearest to, by its first line. */
const NEAREST: readonly (readonly [name: string, line: RegExp])[] = [
  ['JSON of packets, as tshark prints them', /^\{"index":\{"_index":"packets-/],
  ['JSON of RIPEstat', /^\{.*"data_call_(?:name|status)"/],
  ['JSON of no kind that is known', /^[[{]/],
  ['text with columns apart by bars', /\|.*\|/],
  ['CSV', /,.*,/],
];

/** What the octets of another kind begin like beyond doubt, `a ZIP archive`; undefined where nothing is known of them. */
export function foreignKindOf(head: Uint8Array): string | undefined {
  const hex = toHex(head.subarray(0, LOOKED_AT));
  const byOctets = FOREIGN_OCTETS.find(([, begins, offset = 0]) => hex.startsWith(begins, 2 * offset));
  if (byOctets !== undefined) return byOctets[0];
  const text = new TextDecoder('latin1').decode(head.subarray(0, LOOKED_AT));
  return FOREIGN_TEXT.find(([, begins]) => begins.test(text))?.[0];
}

/**
 * The first octets of an input in words, with the nearest guess of what it is: `50 4b 03 04 … (a ZIP archive)`, `"x,y,z" (CSV)`.
 * For who could make nothing of them.
 */
export function beginningOf(head: Uint8Array): string {
  if (head.length === 0) return 'nothing';
  const line = new TextDecoder().decode(head.subarray(0, 200)).trimStart().split(/\r?\n/, 1)[0] ?? '';
  const isText = !/[^\P{Cc}\t]|\ufffd/u.test(line.slice(0, 40));
  const guess =
    foreignKindOf(head) ?? (isText ? NEAREST.find(([, like]) => like.test(line))?.[0] : undefined);
  const octets = toHex(head.subarray(0, 8)).replaceAll(/..(?=.)/g, '$& ');
  const shown = isText
    ? `"${printable(line.slice(0, 40))}${line.length > 40 ? '…' : ''}"`
    : `${octets}${head.length > 8 ? ' …' : ''}`;
  return guess === undefined ? shown : `${shown} (${guess})`;
}
