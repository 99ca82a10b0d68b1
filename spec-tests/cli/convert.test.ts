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

  it.each(['openbgpd', 'bird'])('says nothing where %s can say everything', async (to) => {
    const { code, stderr } = await run(['rpki', 'convert', '--strict', file([aspa(64496)], 0), '--to', to]);
    expect([code, stderr]).toEqual([0, '']);
  });
});
