import { encodePathAttributes } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { encodeMrtRecord, encodeRibRecord, type RibRecord } from 'pathsec/routes';
import { attributes, TIME } from './fixtures.js';

/** A record of TABLE_DUMP_V2 with one entry of peer 0, but for what is given. */
export const rib = (record: Partial<RibRecord>): Uint8Array =>
  encodeRibRecord({
    time: TIME,
    sequence: 0,
    prefix: parsePrefix('198.51.100.0/24'),
    entries: [{ peerIndex: 0, originated: TIME - 60, attributes: attributes('64496 4200000001') }],
    ...record,
  });

/** A TABLE_DUMP_V2 record of any subtype with one entry of peer 0 behind `header`. */
export const rawRib = (subtype: number, header: string): Uint8Array =>
  encodeMrtRecord({ time: TIME }, 13, subtype, (writer) => {
    writer.u32(0, 'sequence').bytes(fromHex(header)).u16(1, 'count').u16(0, 'peer').u32(TIME, 'originated');
    writer.sized(2, 'attributes', (field) => field.bytes(encodePathAttributes(attributes('64496'))));
  });
