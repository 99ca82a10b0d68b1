import fc from 'fast-check';
import type { Prefix } from 'pathsec/inet';
import { parsePrefix } from 'pathsec/inet';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { createOriginJudge } from '../../src/audit/origin-judge.js';
import { RecentPaths } from '../../src/audit/recent-paths.js';
import { validateReadOrigin } from '../../src/rov/index.js';

// What an audit remembers says what would be found without it.

describe('the path that a peer sent last', () => {
  // Peers that share a place, one whose AS is not known, one under other payloads; paths that differ at either end or in length.
  const PEERS = [64496, 64496 + 1024, 2 ** 32 + 64496, 2 ** 33 + 64496, 7];
  const peer = fc.constantFrom(...PEERS);
  const octet = fc.integer({ min: 0, max: 2 });
  const octets = fc.oneof(
    fc.array(octet, { maxLength: 4 }),
    fc.constantFrom(127, 128, 129, 300).map((length) => Array.from({ length }, (_, i) => i % 251)),
  );
  const asnSize = fc.constantFrom(2 as const, 4 as const);
  const sent = fc.record({ peer, octets, asnSize, before: fc.nat({ max: 3 }) });

  it('is found where it is the last of its place, with its row and origin, and no other is', () => {
    fc.assert(
      fc.property(fc.array(sent, { maxLength: 60 }), (all) => {
        const recent = new RecentPaths();
        const last = new Map<number, { key: string; row: number; origin: number | undefined }>();
        for (const [row, { peer: from, octets: path, asnSize: size, before }] of all.entries()) {
          const stands = Uint8Array.from([...new Array<number>(before).fill(9), ...path, 9]);
          const at = { octets: stands, start: before, end: before + path.length, asnSize: size };
          const key = `${from} ${size} ${path.join('.')}`;
          const place = from % 1024;
          const expected = path.length === 0 ? undefined : last.get(place);
          const found = recent.find(from, at);
          expect(found >= 0).toBe(expected?.key === key);
          if (found >= 0) {
            expect([recent.row(found), recent.origin(found)]).toEqual([expected?.row, expected?.origin]);
            continue;
          }
          const origin = path.at(-1);
          recent.keep(from, at, row, origin);
          if (path.length <= 128) last.set(place, { key, row, origin });
          stands.fill(255); // readers use their octets again
        }
      }),
    );
  });
});

describe('the validation state of the last route', () => {
  const PREFIXES = ['192.0.2.0/24', '192.0.2.0/25', '192.0.2.128/25', '2001:db8::/32', '2001:db8::/33'];
  const asn = fc.constantFrom(0, 1, 2);
  const step = fc.record({
    prefix: fc.constantFrom(...PREFIXES),
    origin: fc.option(asn, { nil: undefined }),
    change: fc.option(fc.record({ prefix: fc.constantFrom(...PREFIXES), asn, more: fc.nat({ max: 1 }) })),
    other: fc.boolean(),
  });

  it('is that of RFC 6811 §2, also when VRPs change, in tables that take turns', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const tables = [createRovTable(), createRovTable()] as const;
        const judge = createOriginJudge();
        const octets = { 1: new Uint8Array(4), 2: new Uint8Array(16) };
        for (const { prefix: text, origin, change, other } of steps) {
          const table = tables[other ? 1 : 0];
          if (change !== null) {
            const prefix = parsePrefix(change.prefix);
            const vrp = { prefix, maxLength: prefix.length + change.more, asn: change.asn };
            if (!table.announce(vrp)) table.withdraw(vrp);
          }
          const read = parsePrefix(text);
          octets[read.afi].set(read.octets); // readers use their octets again
          const prefix: Prefix = { ...read, octets: octets[read.afi] };
          expect(judge(table, prefix, origin)).toBe(validateReadOrigin(table, read, origin));
        }
      }),
    );
  });
});
