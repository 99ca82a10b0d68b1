import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from './run.js';

const ski = '00'.repeat(20);
const file = (aspas: readonly object[], keys: number): string =>
  temporaryFile(
    'payloads.json',
    JSON.stringify({
      roas: [{ prefix: '192.0.2.0/24', maxLength: 24, asn: 64496 }],
      bgpsec_keys: Array.from({ length: keys }, (_, i) => ({ asn: 64496 + i, ski, pubkey: 'AQID' })),
      aspas,
    }),
  );
const aspa = (customer_asid: number): object => ({ customer_asid, providers: [64498] });

describe('pathsec rpki convert', () => {
  it.each(['openbgpd', 'bird'])('says how many router keys %s has no words for', async (to) => {
    const { code, stdout, stderr } = await run(['rpki', 'convert', file([], 2), '--to', to]);
    expect(stderr).toBe(`pathsec: --to ${to}: 2 router keys left out: the format has no words for them\n`);
    expect(stdout).toContain('192.0.2.0/24');
    expect(code).toBe(0);
    const one = await run(['rpki', 'convert', file([], 1), '--to', to]);
    expect(one.stderr).toContain('1 router key left out');
  });

  it('says of which ASPA bgpd would refuse the whole file', async () => {
    const given = file([aspa(23456), aspa(64496)], 0);
    const { code, stderr } = await run(['rpki', 'convert', given, '--to', 'openbgpd']);
    expect(stderr).toBe('pathsec: --to openbgpd: 1 ASPA left out: bgpd refuses customer 23456\n');
    expect(code).toBe(0);
  });

  it.each(['openbgpd', 'bird'])(
    'writes nothing to %s with --strict when it would leave something out',
    async (to) => {
      const { code, stdout, stderr } = await run(['rpki', 'convert', '--strict', file([], 2), '--to', to]);
      expect(stderr).toContain('2 router keys left out');
      expect([code, stdout]).toEqual([2, '']);
    },
  );

  it.each(['rpki-client', 'routinator', 'slurm'])('leaves nothing out of %s', async (to) => {
    const given = file([aspa(23456), aspa(64496)], 2);
    const { code, stdout, stderr } = await run(['rpki', 'convert', '--strict', given, '--to', to]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('64497');
  });

  describe('of prefix lists', () => {
    const lists = (): string =>
      temporaryFile(
        'lists.json',
        '{"prefixLists":[{"asn":64496,"prefixes":["192.0.2.0/24"]},{"asn":64497,"prefixes":[]}]}',
      );

    it.each(['rpki-client', 'routinator', 'slurm', 'openbgpd', 'vrp-notation'])(
      '%s leaves them out and says so',
      async (to) => {
        const { code, stdout, stderr } = await run(['rpki', 'convert', lists(), '--to', to]);
        expect(stderr).toBe(
          `pathsec: --to ${to}: 2 prefix lists left out: the format has no words for them\n`,
        );
        expect([code, stdout.includes('64496')]).toEqual([0, false]);
      },
    );

    it('json has them, and is read again', async () => {
      const { code, stdout, stderr } = await run(['rpki', 'convert', '--strict', lists(), '--to', 'json']);
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout).prefixLists).toEqual([
        { asn: 64496, prefixes: ['192.0.2.0/24'] },
        { asn: 64497, prefixes: [] },
      ]);
      const again = await run(['rpki', 'convert', temporaryFile('again.json', stdout), '--to', 'json']);
      expect(again.stdout).toBe(stdout);
    });

    it('rtr serve leaves them out and says so (D-rtr-unspoken)', async () => {
      const { code, stderr } = await run(['rtr', 'serve', lists(), '--listen', '127.0.0.1:0', '--for', '0']);
      expect(stderr).toContain('2 prefix lists left out: RTR has no PDU for them\n');
      expect(code).toBe(0);
      const one = temporaryFile('asra.json', '{"asras":[{"asn":1,"subcategory":3,"neighbors":[2]}]}');
      const said = (await run(['rtr', 'serve', one, '--listen', '127.0.0.1:0', '--for', '0'])).stderr;
      expect(said).toContain('1 ASRA left out: RTR has no PDU for them\n');
    });
  });

  describe('what if every AS of AS relationships published', () => {
    const relations = (text: string): string => temporaryFile('as-rel.txt', text);
    const convert = async (...args: string[]) => run(['rpki', 'convert', ...args, '--to', 'openbgpd']);
    const attested = `roa-set {
}

aspa-set {
	customer-as 64496 provider-as { 64497, 64498 }
	customer-as 64497 provider-as { 0 }
	customer-as 64498 provider-as { 0 }
}
`;

    it.each([
      ['serial 1', '-1', '# inferred clique: 64497 64498\n64497|64496|-1\n64498|64496|-1\n64497|64498|0\n'],
      ['serial 2', '-1', '# source: x\n64497|64496|-1|bgp\n64498|64496|-1|mlp\n'],
      ['blanks, the other sign', '1', '64497 64496 1\n64498\t64496\t1\n64497 64498 0\n'],
    ])('%s', async (_, sign, text) => {
      const { code, stdout, stderr } = await convert('--as-rel', sign, relations(text));
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe(attested);
    });

    it('several files are one topology: a provider in one is one in all', async () => {
      const files = [relations('64497|64496|-1\n'), relations('64498|64496|-1\n64498|64497|0\n')];
      expect((await convert('--as-rel', '-1', ...files)).stdout).toBe(attested);
    });

    it('faults are told with their line, and are fatal with --strict', async () => {
      const file = relations('64497|64496|-1\n64498|x|-1\n64498|64496|2\n');
      const { code, stderr } = await convert('--as-rel', '-1', file);
      expect([code, stderr]).toEqual([
        0,
        expect.stringMatching(/line 2.*as-rel-syntax[\s\S]*line 3.*as-rel-relation/),
      ]);
      expect((await convert('--as-rel', '-1', '--strict', file)).code).toBe(2);
    });

    it.each([
      ['payloads', '{"roas":[]}', /payloads \(JSON\), no AS relationships/],
      ['nothing of the kind', 'a b c\n', /no-relationships/],
    ])('%s is refused by name', async (_, text, said) => {
      const { code, stderr } = await convert('--as-rel', '-1', relations(text));
      expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
    });

    it('without the option a file of them says which it needs', async () => {
      const { code, stderr } = await convert(relations('64497|64496|-1\n'));
      expect([code, stderr]).toEqual([2, expect.stringContaining('--as-rel')]);
    });
  });

  it.each(['openbgpd', 'bird'])('says nothing where %s can say everything', async (to) => {
    const { code, stderr } = await run(['rpki', 'convert', '--strict', file([aspa(64496)], 0), '--to', to]);
    expect([code, stderr]).toEqual([0, '']);
  });
});
