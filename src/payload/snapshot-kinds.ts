import { DecodeError, type Reader, type Writer } from '../bytes/index.js';
import { type Afi, type Asn, comparePrefix, type Prefix } from '../inet/index.js';
import { SKI_LENGTH } from './check-payload.js';
import type { PayloadKind, PayloadTypes, ValueOf } from './kinds.js';
import { compareRouterKeys } from './router-key-store.js';
import {
  readAsns,
  readCount,
  readNotes,
  readOwner,
  readPrefix,
  type SnapshotKind,
  writeAsns,
  writeNotes,
  writePrefix,
} from './snapshot-parts.js';
import { VRP_ROWS } from './snapshot-vrps.js';

/** How the values of every kind stand in a snapshot. */
export type SnapshotKinds = { readonly [K in PayloadKind]: SnapshotKind<ValueOf<PayloadTypes[K]>> };

/** A row for each kind. A kind that is added here is a new version of the form (docs/decisions/payload.md D-payload-snapshot). */
export const SNAPSHOT_KINDS: SnapshotKinds = {
  vrps: VRP_ROWS,
  routerKeys: {
    least: 30,
    write(out, key) {
      out.writer.u32(key.asn, 'asn').bytes(key.ski);
      out.writer.sized(4, 'spki', (writer) => writer.bytes(key.spki));
      writeNotes(out, key);
    },
    read(from) {
      const { reader } = from;
      const asn = readOwner(reader, 'asn');
      const ski = reader.bytes(SKI_LENGTH, 'ski').slice(); // not a view, which would hold the whole snapshot
      const { offset } = reader;
      const length = readCount(reader, 1, 'spki');
      if (length === 0) throw new DecodeError('snapshot-key', 'a key is empty', { field: 'spki', offset });
      const spki = reader.bytes(length, 'spki').slice();
      return { asn, ski, spki, ...readNotes(from) };
    },
    compare: compareRouterKeys,
  },
  aspas: {
    least: 17,
    write(out, { customer, providers, afiLimits, ...notes }) {
      out.writer.u32(customer, 'customer');
      writeAsns(out.writer, providers, 'providers');
      writeLimits(out.writer, providers, afiLimits);
      writeNotes(out, notes);
    },
    read(from) {
      const customer = readOwner(from.reader, 'customer');
      const providers = readAsns(from.reader, customer, 'providers');
      const afiLimits = readLimits(from.reader, providers);
      return { customer, providers, ...(afiLimits.size > 0 && { afiLimits }), ...readNotes(from) };
    },
    compare: (a, b) => a.customer - b.customer,
  },
  prefixLists: {
    least: 9,
    write(out, list) {
      out.writer.u32(list.asn, 'asn').u32(list.prefixes.length, 'prefixes');
      for (const prefix of list.prefixes) writePrefix(out.writer, prefix);
      writeNotes(out, list);
    },
    read(from) {
      const asn = readOwner(from.reader, 'asn');
      return { asn, prefixes: readPrefixes(from.reader), ...readNotes(from) };
    },
    compare: (a, b) => a.asn - b.asn,
  },
  asras: {
    least: 14,
    write(out, asra) {
      out.writer.u32(asra.asn, 'asn').u8(asra.subcategory, 'subcategory');
      writeAsns(out.writer, asra.neighbors, 'neighbors');
      writeNotes(out, asra);
    },
    read(from) {
      const { reader } = from;
      const asn = readOwner(reader, 'asn');
      const { offset } = reader;
      const subcategory = reader.u8('subcategory');
      if (subcategory !== 1 && subcategory !== 2 && subcategory !== 3) {
        const message = `subcategory ${subcategory} is none of 1, 2, 3`;
        throw new DecodeError('snapshot-subcategory', message, { field: 'subcategory', offset });
      }
      return { asn, subcategory, neighbors: readAsns(reader, asn, 'neighbors'), ...readNotes(from) };
    },
    compare: (a, b) => a.asn - b.asn || a.subcategory - b.subcategory,
  },
};

/** Each limit by the place of its provider in the list, which ascends. */
function writeLimits(
  writer: Writer,
  providers: readonly Asn[],
  limits: ReadonlyMap<Asn, Afi> | undefined,
): void {
  writer.u32(limits?.size ?? 0, 'afiLimits');
  if (limits === undefined) return;
  for (const [place, provider] of providers.entries()) {
    const afi = limits.get(provider);
    if (afi === undefined) continue;
    if (afi !== 1 && afi !== 2) throw new RangeError(`provider ${provider} is limited to the family ${afi}`);
    writer.u32(place, 'afiLimits').u8(afi, 'afiLimits');
  }
}

function readLimits(reader: Reader, providers: readonly Asn[]): Map<Asn, Afi> {
  const limits = new Map<Asn, Afi>();
  const count = readCount(reader, 5, 'afiLimits');
  let last = -1;
  for (let i = 0; i < count; i++) {
    const { offset } = reader;
    const [place, afi] = [reader.u32('afiLimits'), reader.u8('afiLimits')];
    const provider = providers[place] ?? 0;
    if (place <= last || provider === 0 || (afi !== 1 && afi !== 2)) {
      const message = `family ${afi} for provider ${place} of ${providers.length}, behind ${last}`;
      throw new DecodeError('snapshot-limit', message, { field: 'afiLimits', offset });
    }
    limits.set(provider, afi);
    last = place;
  }
  return limits;
}

function readPrefixes(reader: Reader): Prefix[] {
  const prefixes: Prefix[] = [];
  const count = readCount(reader, 2, 'prefixes');
  for (let i = 0; i < count; i++) {
    const { offset } = reader;
    const prefix = readPrefix(reader);
    const last = prefixes[i - 1];
    if (last !== undefined && comparePrefix(last, prefix) >= 0) {
      throw new DecodeError('snapshot-order', 'the prefixes do not ascend', { field: 'prefixes', offset });
    }
    prefixes.push(prefix);
  }
  return prefixes;
}
