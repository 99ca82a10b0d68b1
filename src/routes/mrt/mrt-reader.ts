import { requireOctets } from '../../inet/index.js';
import type { OnElement } from '../element-source.js';
import { createEmitter, type Emitter, type ReadOptions, reportDamage, settleMessages } from '../emitter.js';
import { DEFAULT_MAX_RECORD_LENGTH, type RouteReader, reportEnd } from '../reader.js';
import { elementsOf } from '../summary.js';
import { readBgp } from './bgp.js';
import { readBgp4mp } from './bgp4mp.js';
import { BGP, BGP4MP, BGP4MP_ET, BGP4PLUS, BGP4PLUS_01, TABLE_DUMP, TABLE_DUMP_V2 } from './mrt-types.js';
import { createRecordSplitter, type MrtRecord, RECORD_HEADER } from './record-splitter.js';
import { readTableDump } from './table-dump.js';
import { createTableDumpV2Reader } from './table-dump-v2.js';

const MAX_RECORD_TYPES = 256;

/**
 * A streaming reader of MRT (RFC 6396, RFC 8050): TABLE_DUMP, TABLE_DUMP_V2, BGP4MP and BGP4MP_ET, and of the deprecated
 * types BGP, BGP4PLUS and BGP4PLUS_01 (§B.2). Memory does not
 * grow with the input. Nothing in the input makes it throw: damage is reported with record number and offset, the
 * record is skipped, the rest is read. Errors thrown by `onElement` pass through. What it gets it may keep, unless
 * `reuse` is set.
 */
export function createMrtReader(onElement: OnElement, options: ReadOptions = {}): RouteReader {
  return mrtReaderOf(createEmitter(onElement, options), options);
}

/** The reader over an emitter made elsewhere. */
export function mrtReaderOf(emitter: Emitter, options: ReadOptions): RouteReader {
  const { summary, source } = emitter;
  const { from = { number: 0, offset: 0 } } = options;
  const readTableDumpV2 = createTableDumpV2Reader(emitter, from.peerIndexTable);
  let lastKind = -1;
  let lastKey = '';
  let ofLastKind = 0; // records that are not in the summary yet: a lookup for each one would be felt

  const read = (record: MrtRecord, octets: Uint8Array, start: number, end: number): boolean => {
    switch (record.type) {
      case BGP4MP:
      case BGP4MP_ET:
        return readBgp4mp(emitter, record, octets, start, end);
      case TABLE_DUMP_V2:
        return readTableDumpV2(emitter, record, octets, start, end);
      case TABLE_DUMP:
        return readTableDump(emitter, record, octets, start, end);
      case BGP:
        return readBgp(emitter, record, octets, start, end, 4);
      case BGP4PLUS:
      case BGP4PLUS_01:
        return readBgp(emitter, record, octets, start, end, 16);
      default:
        return false;
    }
  };
  const settleKind = (): void => {
    if (ofLastKind > 0)
      summary.recordTypes.set(lastKey, (summary.recordTypes.get(lastKey) ?? 0) + ofLastKind);
    ofLastKind = 0;
  };
  const onRecord = (record: MrtRecord, octets: Uint8Array, start: number, end: number): void => {
    const kind = record.type * 0x10000 + record.subtype;
    if (kind !== lastKind) {
      settleKind();
      lastKind = kind;
      lastKey = `${record.type}/${record.subtype}`;
      if (!summary.recordTypes.has(lastKey) && summary.recordTypes.size >= MAX_RECORD_TYPES)
        lastKey = 'other';
    }
    ofLastKind++;
    source.number = record.number;
    source.record = record;
    emitter.base = record.offset + RECORD_HEADER - start;
    const before = elementsOf(summary);
    try {
      if (read(record, octets, start, end)) summary.usable++;
      else summary.skippedRecords++;
    } catch (error) {
      reportDamage(emitter, error);
      if (elementsOf(summary) > before) summary.usable++;
    }
  };
  const splitter = createRecordSplitter(
    onRecord,
    emitter.problem,
    options.maxRecordLength ?? DEFAULT_MAX_RECORD_LENGTH,
    from,
  );
  const settle = (): void => {
    summary.records = splitter.records - from.number;
    summary.octets = splitter.octets - from.offset;
    settleKind();
    settleMessages(emitter);
  };
  return {
    summary,
    push: (chunk) => {
      requireOctets(chunk, 'the chunk');
      emitter.calling = false;
      splitter.push(chunk);
      settle();
    },
    end: (cause) => {
      if (cause) reportEnd(emitter, cause);
      else summary.cutOff = splitter.end();
      settle();
    },
  };
}
