import { existsSync } from 'node:fs';
import { toHex } from '../../bytes/index.js';
import { nameOf, readOctets } from '../shared/input.js';
import type { Io } from '../shared/io.js';

const HEX = /^(?:0x)?(?:[0-9a-fA-F]{2}[\s:]*)+$/;
/** Two extended messages of 65,535 octets in hexadecimal with blanks, generously. */
const MAX_INPUT = 1 << 20;

/**
 * BGP octets as hexadecimal digits: from the argument itself, or from a file (`-` is stdin) that holds hexadecimal text,
 * blanks, colons and line ends between octets allowed, or the octets themselves.
 */
export async function readMessageText(argument: string, io: Io): Promise<string> {
  if (isDigits(argument)) return digits(argument);
  const octets = await readOctets(argument, io, MAX_INPUT, 'no BGP message');
  const text = Buffer.from(octets).toString('latin1').trim();
  return HEX.test(text) ? digits(text) : toHex(octets);
}

/** What faults of a message are laid to: the file that holds it, or the argument. */
export function nameOfMessage(argument: string): string {
  return isDigits(argument) ? '<message>' : nameOf(argument);
}

function isDigits(argument: string): boolean {
  return argument !== '-' && HEX.test(argument) && !existsSync(argument);
}

function digits(text: string): string {
  return text.replace(/^0x/, '').replace(/[\s:]/g, '').toLowerCase();
}
