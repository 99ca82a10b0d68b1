/** Octets out of a text, or what is wrong with it. */
export type ReadOctets = { readonly octets: Uint8Array } | { readonly problem: string };

/** Octets that are taken from a text: the largest BGP message some times over. */
export const MAX_OCTETS = 1 << 18;

/** A line of xxd, hexdump or Wireshark: where it begins, then octets, then their characters. */
const DUMP_LINE = /^\s*([0-9a-fA-F]{4,8}):?\s{1,3}(\S.*)$/;
const ROW = 16;

/**
 * Octets of hexadecimal text as programs write it: digits with blanks, colons, commas or `0x` between octets, or a dump with
 * offsets in front and characters behind (xxd, `hexdump -C`, Wireshark).
 */
export function readOctets(text: string): ReadOctets {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return { problem: 'no octets yet: paste them here, or drop a file' };
  const digits = isDump(lines) ? lines.map(dumpDigits).join('') : plainDigits(text);
  const wrong = /[^0-9a-fA-F]/.exec(digits);
  if (wrong) return { problem: `${JSON.stringify(wrong[0])} is no hexadecimal digit` };
  if (digits.length % 2 === 1) return { problem: 'an odd number of hexadecimal digits' };
  if (digits.length > 2 * MAX_OCTETS)
    return {
      problem: `more than ${MAX_OCTETS.toLocaleString('en-US')} octets: drop them as a file that is no text`,
    };
  const octets = new Uint8Array(digits.length / 2);
  for (let i = 0; i < octets.length; i++) octets[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return { octets };
}

const plainDigits = (text: string): string => text.replaceAll(/0x|[\s:,;\\]/gi, '');

/** Whether the lines begin with offsets that grow by what stands in them. */
function isDump(lines: readonly string[]): boolean {
  const offsets = lines.map((line) => DUMP_LINE.exec(line)?.[1]);
  const [first, second] = offsets;
  if (first === undefined || Number.parseInt(first, 16) !== 0) return false;
  // One line alone may as well be octets that begin with zeros: a colon or a wide gap tells.
  if (second === undefined) return /^\s*0{4,8}(?::|\s{2})/.test(lines[0] ?? '');
  return Number.parseInt(second, 16) === ROW;
}

/** The octets of a line of a dump: at most sixteen, and nothing behind a wide gap or a bar. */
function dumpDigits(line: string): string {
  const [, , rest = ''] = DUMP_LINE.exec(line) ?? [];
  const [octets = ''] = rest.split(/\s{3,}|\|/);
  let digits = '';
  for (const word of octets.split(/\s+/)) {
    if (digits.length >= 2 * ROW || !/^(?:[0-9a-fA-F]{2})+$/.test(word)) break;
    digits += word;
  }
  return digits.slice(0, 2 * ROW);
}

/** Octets as they stand in the input: sixteen a line. */
export function writeOctets(octets: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += ROW) {
    lines.push(
      Array.from(octets.subarray(at, at + ROW), (octet) => octet.toString(16).padStart(2, '0')).join(' '),
    );
  }
  return lines.join('\n');
}
