import fc from 'fast-check';
import { formatPrefix } from 'pathsec/inet';
import { createPayloadSet, diffPayloads, type Vrp } from 'pathsec/payload';
import { writeRpkiClientJson } from 'pathsec/rpki';
import { packVrps, vrpsNotIn } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { notedVrp, spokenLists } from '../payload/arbitrary-payloads.js';

const text = ({ prefix, maxLength, asn }: Vrp): string => `${formatPrefix(prefix)}-${maxLength} AS${asn}`;

/** The words of the order of 8210bis §11.2.1. */
const words = ({ prefix, maxLength, asn }: Vrp): number[] => [
  prefix.afi,
  ...prefix.octets,
  maxLength,
  prefix.length,
  asn,
];

function before(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((word, i) => word !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

describe('VRPs that another set lacks', () => {
  it('are those of the plain difference, each once, in order', () => {
    fc.assert(
      fc.property(fc.array(notedVrp), fc.array(notedVrp), fc.array(notedVrp), (mine, shared, theirs) => {
        const from = createPayloadSet({ vrps: [...mine, ...shared] });
        const other = createPayloadSet({ vrps: [...shared, ...theirs] });
        const found = [...vrpsNotIn(packVrps(from.vrps), packVrps(other.vrps))];
        const expected = diffPayloads(other, from).announced.vrps;
        expect(found.map(text).sort()).toEqual(expected.map(text).sort());
        expect(found.every((vrp, i) => i === 0 || before(words(found[i - 1] ?? vrp), words(vrp)))).toBe(true);
      }),
    );
  });

  it('refuses what no PDU can carry', () => {
    const prefix = { afi: 1 as const, octets: Uint8Array.of(10, 0, 0, 0), length: 8 };
    expect(() => packVrps([{ prefix, maxLength: 33, asn: 1 }])).toThrow(RangeError);
  });
});

describe('pathsec rtr diff', () => {
  it('prints the plain difference of two files, + before -, by kind and number', async () => {
    const sets = spokenLists(4);
    await fc.assert(
      fc.asyncProperty(sets, sets, async (one, two) => {
        const [first, second] = [
          createPayloadSet(one),
          createPayloadSet({ ...two, aspas: [...one.aspas.slice(1), ...two.aspas] }),
        ];
        const files = [first, second].map((set) => temporaryFile('set.json', writeRpkiClientJson(set)));
        const { code, stdout } = await run(['rtr', 'diff', ...files, '--exit-code', '--json', '--now', '0']);
        const lines = stdout
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        const { announced, withdrawn } = diffPayloads(first, second);
        const replaced = announced.aspas.filter(({ customer }) => first.aspas.get(customer) !== undefined);
        const count = (change: string, type: string): number =>
          lines.filter((line) => line.change === change && line.type === type).length;
        expect([
          count('announce', 'vrp'),
          count('announce', 'router-key'),
          count('announce', 'aspa'),
          count('withdraw', 'vrp'),
          count('withdraw', 'router-key'),
          count('withdraw', 'aspa'),
        ]).toEqual([
          announced.vrps.length,
          announced.routerKeys.length,
          announced.aspas.length,
          withdrawn.vrps.length,
          withdrawn.routerKeys.length,
          withdrawn.aspas.length + replaced.length,
        ]);
        const kinds = lines.map(({ change, type }) => `${change === 'announce' ? 0 : 1} ${type}`);
        expect(kinds).toEqual([...kinds].sort());
        expect(code).toBe(lines.length > 0 ? 1 : 0);
      }),
      { numRuns: 30 },
    );
  });

  it('sorts by number, not by text', async () => {
    const roa = (prefix: string, asn: number) => ({ prefix, maxLength: Number(prefix.split('/')[1]), asn });
    const roas = [roa('10.0.0.0/8', 1), roa('9.0.0.0/8', 10), roa('9.0.0.0/8', 9), roa('2001:db8::/32', 1)];
    const aspas = [100, 9].map((customer_asid) => ({ customer_asid, providers: [1] }));
    const full = temporaryFile('full.json', JSON.stringify({ roas, aspas }));
    const empty = temporaryFile('empty.json', JSON.stringify({ roas: [], aspas: [] }));
    const { stdout } = await run(['rtr', 'diff', empty, full]);
    expect(stdout.split('\n')).toEqual([
      '+ aspa AS9 AS1',
      '+ aspa AS100 AS1',
      '+ vrp 9.0.0.0/8-8 AS9',
      '+ vrp 9.0.0.0/8-8 AS10',
      '+ vrp 10.0.0.0/8-8 AS1',
      '+ vrp 2001:db8::/32-32 AS1',
      '',
    ]);
  });
});
