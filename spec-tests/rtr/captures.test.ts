import { readFileSync } from 'node:fs';
import { readU16, readU32, toHex } from 'pathsec/bytes';
import { createRtrClient, decodePdu, encodePdu, type RtrVersion } from 'pathsec/rtr';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { lines, note, nothingSeen } from './harness.js';

/** The octets that port 8282 sent, out of Ethernet frames in a little-endian pcapng file (whatever its name says). */
function cacheOctets(name: string): Uint8Array {
  const file = readFileSync(shared(`data/captures/${name}`));
  const parts: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += file.readUInt32LE(at + 4)) {
    if (file.readUInt32LE(at) !== 6) continue; // Enhanced Packet Block
    const frame = file.subarray(at + 28, at + 28 + file.readUInt32LE(at + 20));
    const ip = frame.subarray(14);
    const tcp = ip.subarray(4 * ((ip[0] as number) & 15), readU16(ip, 2));
    if (readU16(tcp, 0) === 8282) parts.push(tcp.subarray(4 * ((tcp[12] as number) >> 4)));
  }
  return Buffer.concat(parts);
}

describeShared('captured sessions of StayRTR 0.5.1', () => {
  const replay = (name: string, version: RtrVersion, aspaLayout: 'current' | '8210bis-10' = 'current') => {
    const client = createRtrClient({ highestVersion: version, aspaLayout });
    const seen = nothingSeen();
    note(seen, client.tick(0));
    note(seen, client.opened(0));
    note(seen, client.received(cacheOctets(name), 1));
    return { client, seen };
  };

  it.each([
    ['rtr-v0.pcap', 0, 0],
    ['rtr-v1.pcap', 1, 1],
  ] as const)('%s gives its payloads', (name, version, keys) => {
    const { client } = replay(name, version);
    const held = lines(client.payloads());
    expect(held.filter((line) => line.startsWith('vrp')).length).toBe(2);
    expect(held.filter((line) => line.startsWith('key')).length).toBe(keys);
    expect(client.status.session).toEqual({ version, id: 45784, serial: 0 });
  });

  it('version 2 gives its ASPAs in the layout of 8210bis-10, and is refused as the current one', () => {
    const name = 'rtr-v2-draft8210bis10-stayrtr0.5.1.pcap';
    const { client, seen } = replay(name, 2, '8210bis-10');
    expect(client.payloads().aspas).toEqual([
      { customer: 64496, providers: [64498, 64499], afiLimits: new Map([[64499, 1]]) },
      { customer: 64500, providers: [0] },
    ]);
    expect(seen.events.at(-1)).toMatchObject({ kind: 'update' });
    const refused = replay(name, 2);
    expect(refused.seen.events.at(-1)).toMatchObject({ code: 'rtr-aspa-old-layout', errorCode: 9 });
    expect(lines(refused.client.payloads())).toEqual([]);
  });

  it('every PDU decodes and encodes to the same octets', () => {
    let count = 0;
    for (const [name, aspaLayout] of [
      ['rtr-v0.pcap', 'current'],
      ['rtr-v1.pcap', 'current'],
      ['rtr-v2-draft8210bis10-stayrtr0.5.1.pcap', '8210bis-10'],
    ] as const) {
      const octets = cacheOctets(name);
      for (let at = 0; at < octets.length; count++) {
        const one = octets.subarray(at, at + readU32(octets, at + 4));
        const { version, pdu } = decodePdu(one, { aspaLayout });
        expect(toHex(encodePdu(pdu, version))).toBe(toHex(one));
        at += one.length;
      }
    }
    expect(count).toBe(17);
  });
});
