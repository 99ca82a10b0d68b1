import fc from 'fast-check';
import { createPayloadSet, type PayloadSet, type Vrp } from 'pathsec/payload';
import {
  birdPieces,
  openBgpdPieces,
  routinatorJsonPieces,
  rpkiClientJsonPieces,
  slurmOfPayloads,
  slurmPieces,
  writeSlurm,
} from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { arbitraryLists } from '../payload/arbitrary-payloads.js';

const sets = arbitraryLists(6).map((lists) => createPayloadSet(lists));

describe('texts in pieces', () => {
  it('SLURM is what is written of the payloads as assertions', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect([...slurmPieces(set)].join('')).toBe(writeSlurm(slurmOfPayloads(set)));
      }),
    );
  });

  const rows: [string, (set: PayloadSet) => Iterable<string>][] = [
    ['rpki-client JSON', rpkiClientJsonPieces],
    ['Routinator JSON', routinatorJsonPieces],
    ['OpenBGPD', openBgpdPieces],
    ['BIRD', birdPieces],
    ['SLURM', slurmPieces],
  ];

  it.each(rows)('%s is made no further than it is read', (_, pieces) => {
    const set = createPayloadSet({
      vrps: [{ prefix: { afi: 1, octets: Uint8Array.of(10, 0, 0, 0), length: 8 }, maxLength: 8, asn: 1 }],
    });
    let made = 0;
    const endless: PayloadSet = {
      ...set,
      vrps: {
        ...set.vrps,
        size: 1e9,
        *sorted(): Generator<Vrp> {
          for (;;) {
            made++;
            yield* set.vrps;
          }
        },
      },
    };
    let taken = 0;
    for (const piece of pieces(endless)) {
      expect(piece.length).toBeLessThan(300);
      if (++taken === 500) break;
    }
    expect(made).toBeGreaterThan(400);
    expect(made).toBeLessThan(501);
  });
});
