import { describe, expect, it } from 'vitest';
import { jsonLines, run, temporaryFile } from './run.js';

/** AS1 has provider 3 and no other neighbour. */
const PAYLOADS = {
  aspas: [{ customer_asid: 1, providers: [3] }],
  asras: [{ asn: 1, subcategory: 3, neighbors: [0] }],
};
const file = (payloads: object = PAYLOADS) => temporaryFile('rpki.json', JSON.stringify(payloads));
const verify = (...args: readonly string[]) => run(['aspa', 'verify', '--rpki', file(), ...args]);
const FROM_PROVIDER = ['2 1', '--neighbor-role', 'provider'];

describe('aspa verify --asra', () => {
  it('finds the fake link that ASPA lets pass', async () => {
    expect((await verify(...FROM_PROVIDER)).stdout).toBe('valid\n');
    for (const algorithm of ['A', 'B']) {
      const { code, stdout, stderr } = await verify(...FROM_PROVIDER, '--asra', algorithm);
      expect([code, stdout, stderr]).toEqual([1, 'invalid\n', '']);
    }
    const { stdout } = await verify(...FROM_PROVIDER, '--asra', 'B', '--json');
    expect(stdout).toBe('{"outcome":"invalid","revision":"28","asra":"B"}\n');
    expect((await verify('2 1', '--neighbor-role', 'peer', '--asra', 'B')).stdout).toBe('invalid\n');
  });

  it('--explain and explain show the hops', async () => {
    const verified = await verify(...FROM_PROVIDER, '--asra', 'A', '--explain');
    expect(verified.stdout).toContain('invalid    step 4: fake link: AS1 names AS2');
    const { asra, outcome } = JSON.parse(
      (await verify(...FROM_PROVIDER, '--asra', 'A', '--explain', '--json')).stdout,
    ) as { asra: { hops: object[]; aspaOutcome: string }; outcome: string };
    expect([outcome, asra.aspaOutcome, asra.hops.length]).toEqual(['invalid', 'valid', 1]);
    const explained = await run(['aspa', 'explain', '--rpki', file(), ...FROM_PROVIDER, '--asra', 'B']);
    expect([explained.code, explained.stdout]).toEqual([
      1,
      verified.stdout
        .replace('algorithm A', 'algorithm B')
        .replace('4.1.2.2', '4.2.2.2')
        .replace(', 2 -> 1 no-attestation', ''),
    ]);
  });

  it('--batch judges each question so', async () => {
    const questions = temporaryFile(
      'q.jsonl',
      '{"path":"2 1","neighborRole":"provider"}\n{"path":"3 1","neighborRole":"provider"}\n',
    );
    const { code, stdout } = await verify('--asra', 'B', '--batch', questions, '--explain');
    const [first, second] = jsonLines(stdout);
    expect(first).toMatchObject({ outcome: 'invalid', asra: { reason: 'fake-link' } });
    expect(second).toMatchObject({ outcome: 'valid', asra: { reason: 'affirmed' } });
    expect(code).toBe(0);
  });

  it.each([
    [['--asra', 'C'], 'Allowed choices are A, B'],
    [['--asra', 'A', '--egress'], '--asra is for paths that were received: it does not go with --egress'],
    [['--asra', 'A', '--revision', '11'], '--asra is of revision 28 alone'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await verify(...FROM_PROVIDER, ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it('says where there is no ASRA to look into', async () => {
    const none = file({ aspas: PAYLOADS.aspas });
    const { stdout, stderr } = await run(['aspa', 'verify', '--rpki', none, ...FROM_PROVIDER, '--asra', 'B']);
    expect([stdout, stderr]).toEqual([
      'valid\n',
      'pathsec: the payloads have no ASRA: no link is found to be fake\n',
    ]);
  });
});

describe('ASRAs among the payloads', () => {
  it('are read, united, converted to the JSON that has them, and told where a format has no words', async () => {
    const two = file({ asras: [...PAYLOADS.asras, { asn: 'AS1', subcategory: 3, neighbors: ['AS7', 5] }] });
    const json = await run(['rpki', 'convert', two, '--to', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      asras: [{ asn: 1, subcategory: 3, neighbors: [5, 7] }],
      aspas: [],
    });
    expect(json.stderr).toBe('');
    const again = await run(['rpki', 'convert', temporaryFile('again.json', json.stdout), '--to', 'json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ asras: [{ asn: 1, neighbors: [5, 7] }] });
    for (const to of ['rpki-client', 'routinator', 'bird', 'openbgpd', 'slurm', 'aspa-notation']) {
      const { stderr, stdout } = await run(['rpki', 'convert', two, '--to', to]);
      expect(stderr).toContain('1 ASRA');
      expect(stdout).not.toContain('asra');
    }
    const without = await run(['rpki', 'convert', file({ aspas: [] }), '--to', 'json']);
    expect(without.stdout).not.toContain('asras');
  });

  it('that are faulty are told with their place', async () => {
    const bad = [
      { asn: 0, subcategory: 3, neighbors: [1] },
      { asn: 1, subcategory: 4, neighbors: [1] },
      { asn: 1, subcategory: '3', neighbors: [1] },
      { asn: 1, subcategory: 3, neighbors: [] },
      { asn: 1, subcategory: 3, neighbors: [-1] },
      { asn: 1, subcategory: 3, neighbours: [2] },
      { asn: 1, subcategory: 3, neighbors: [1, 2] },
    ];
    const { stderr, stdout } = await run(['rpki', 'convert', file({ asras: bad }), '--to', 'json']);
    const codes = [...stderr.matchAll(/\(([a-z-]+)\)/g)].map(([, code]) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        'asra-signer-zero',
        'asra-subcategory',
        'asra-neighbors',
        'member-spelling',
        'asra-own-neighbor',
      ]),
    );
    expect(JSON.parse(stdout)).toMatchObject({ asras: [{ neighbors: [2] }] });
  });
});
