import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Octets before the message in each packet: IPv4 and TCP headers without options. */
const HEADERS = 40;

/** A field that tshark shows: name, offset in the message, length and octets in hexadecimal. */
export interface DissectedField {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly octets: string;
}

/** A pcap file (link type 101, raw IP) of one TCP direction to port 179, one packet for each message. */
function pcap(messages: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32BE(0xa1b2c3d4, 0);
  header.writeUInt16BE(2, 4);
  header.writeUInt16BE(4, 6);
  header.writeUInt32BE(262_144, 16);
  header.writeUInt32BE(101, 20);
  const parts = [header];
  let sequence = 1;
  for (const [i, message] of messages.entries()) {
    const record = Buffer.alloc(16);
    record.writeUInt32BE(i, 0);
    record.writeUInt32BE(HEADERS + message.length, 8);
    record.writeUInt32BE(HEADERS + message.length, 12);
    const packet = Buffer.alloc(HEADERS);
    packet[0] = 0x45;
    packet.writeUInt16BE(HEADERS + message.length, 2);
    packet[8] = 64;
    packet[9] = 6;
    packet.set([192, 0, 2, 1, 192, 0, 2, 2], 12);
    packet.writeUInt16BE(50_000, 20);
    packet.writeUInt16BE(179, 22);
    packet.writeUInt32BE(sequence, 24);
    packet[32] = 0x50;
    packet[33] = 0x18;
    parts.push(record, packet, Buffer.from(message));
    sequence += message.length;
  }
  return Buffer.concat(parts);
}

/** What tshark makes of each message: all fields whose name begins with `bgp.`, in order. */
export function dissect(messages: readonly Uint8Array[]): DissectedField[][] {
  const folder = mkdtempSync(join(tmpdir(), 'pathsec-'));
  try {
    const file = join(folder, 'messages.pcap');
    writeFileSync(file, pcap(messages));
    const text = execFileSync('tshark', ['-r', file, '-T', 'pdml'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text
      .split('<packet>')
      .slice(1)
      .map((packet) =>
        [
          ...packet.matchAll(
            /<field name="(bgp\.[^"]*)"[^>]* size="(\d+)" pos="(\d+)"[^>]* value="([0-9a-f]*)"/g,
          ),
        ].map(([, name = '', size, position, octets = '']) => ({
          name,
          offset: Number(position) - HEADERS,
          length: Number(size),
          octets,
        })),
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
