import { pathAttribute } from 'pathsec/bgp';
import { addSegment } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announced, messageOf, origin, pathOf, signer } from '../bgpsec/world.js';
import frr from '../kit/bgpsec/facts/frr-capture.json' with { type: 'json' };
import rfc8608 from '../kit/bgpsec/facts/rfc8608.json' with { type: 'json' };
import { keys, keysFile, LOCAL, UPDATE } from './bgpsec-world.js';
import { jsonLines, run, temporaryFile } from './run.js';

describe('bgpsec verify --batch', () => {
  const batch = (lines: readonly unknown[], file: string, ...more: string[]) =>
    run(['bgpsec', 'verify', '--keys', file, '--batch', '-', ...more], {
      stdin: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
    });
  const request = { id: 1, message: UPDATE, localAs: LOCAL, peerAs: 64499 };

  it.each(['native', 'noble'])('%s: every outcome, in order, and 0', async (backend) => {
    const unsigned = `${'ff'.repeat(16)}00170200000000`;
    const { code, stdout, stderr } = await batch(
      [
        request,
        { ...request, id: 'b', localAs: 'AS64501' },
        { ...request, id: null, peerAs: 1 },
        { ...request, id: { any: ['thing'] }, message: unsigned },
        { ...request, id: undefined, message: `${UPDATE.slice(0, 36)}02ffff${UPDATE.slice(42)}` },
      ],
      keys(64496, 64499),
      '--backend',
      backend,
    );
    expect([code, stderr]).toEqual([0, '']);
    const answers = jsonLines(stdout);
    expect(answers.map(({ id, outcome, check }) => [id, outcome, check])).toEqual([
      [1, 'valid', undefined],
      ['b', 'not-valid', undefined],
      [null, 'treat-as-withdraw', 2],
      [{ any: ['thing'] }, 'unsigned', undefined],
      [undefined, 'session-reset', undefined],
    ]);
    expect(answers[0]).toMatchObject({ asPath: '64499 64496', blocks: [{ suite: 1, state: 'valid' }] });
    expect('id' in (answers[4] ?? {})).toBe(false);
  });

  it('a malformed line gives an error with its id, the run goes on, 2 at the end', async () => {
    const { code, stdout } = await batch(
      [
        'nonsense',
        '[]',
        { id: 7 },
        { ...request, message: 'xy' },
        { ...request, message: UPDATE.slice(0, 40) },
        { ...request, localAs: 0 },
        { ...request, ibgp: 'yes' },
        '',
        request,
      ],
      keys(64496, 64499),
    );
    expect(code).toBe(2);
    const answers = jsonLines(stdout);
    expect(answers).toHaveLength(8);
    for (const [i, { error, outcome }] of answers.slice(0, 7).entries()) {
      expect(error).toMatchObject({
        code: expect.stringMatching(/^[a-z-]+$/),
        message: expect.any(String),
        line: i + 1,
      });
      expect(outcome).toBeUndefined();
    }
    expect(answers.map(({ id }) => id)).toEqual([undefined, undefined, 7, 1, 1, 1, 1, 1]);
    expect(answers[7]?.outcome).toBe('valid');
  });

  it('a member that is left out is asked for', async () => {
    const { peerAs: _, ...rest } = request;
    const { stdout } = await batch([rest], keys(64496, 64499));
    expect(jsonLines(stdout)[0]?.error).toMatchObject({
      code: 'asn-syntax',
      message: 'peerAs: this is needed, an ASN',
      field: 'peerAs',
    });
  });

  it('extended messages are accepted unless the request says otherwise', async () => {
    const filler = pathAttribute(200, new Uint8Array(5000));
    const message = toHex(messageOf(pathOf([64496], LOCAL), [origin, filler]));
    const long = { message, localAs: LOCAL, peerAs: 64496 };
    const { stdout } = await batch([long, { ...long, extendedMessages: false }], keys(64496));
    expect(jsonLines(stdout).map(({ outcome }) => outcome)).toEqual(['valid', 'session-reset']);
  });

  it('confederation, iBGP and pCount 0', async () => {
    const path = addSegment(
      pathOf([64496], 65002),
      { pCount: 0, flags: 0x80, asn: 65002 },
      65001,
      announced,
      signer,
    );
    const inside = {
      message: toHex(messageOf(path)),
      localAs: 65001,
      peerAs: 65002,
      confederation: { id: LOCAL, members: [65001, 65002] },
      allowPcountZero: true,
    };
    const { code, stdout } = await batch(
      [
        inside,
        { ...inside, allowPcountZero: false },
        { ...inside, confederation: undefined },
        { ...inside, confederation: { id: LOCAL } },
        { ...request, ibgp: true },
        { ...request, ibgp: true, peerAs: LOCAL },
      ],
      keys(64496, 64499, 65002),
    );
    expect(code).toBe(0);
    const answers = jsonLines(stdout).map(({ outcome, reason }) => [outcome, reason]);
    expect(answers.slice(0, 3)).toEqual([
      ['valid', 'ok'],
      ['treat-as-withdraw', 'pcount-zero'],
      ['treat-as-withdraw', 'confed-flag-unexpected'],
    ]);
    expect(answers[4]).toEqual(['valid', 'ok']);
    expect(answers).toHaveLength(6);
  });

  /** The question in a fact, which also has the answer and what it was worked out with. */
  const asked = (facts: readonly { message: string; localAs: number; peerAs: number }[]) =>
    facts.map(({ message, localAs, peerAs }) => ({ message, localAs, peerAs }));

  it('--attribute-type 30 and the captured session', async () => {
    const rfc = await batch(asked(rfc8608.updates), keysFile(rfc8608.keys), '--attribute-type', '30');
    const outcomes = jsonLines(rfc.stdout).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(rfc8608.updates.map(() => 'valid'));
    const captured = await batch(asked(frr.updates), keysFile(frr.keys));
    expect(captured.code).toBe(0);
    const found = jsonLines(captured.stdout);
    expect(found).toHaveLength(frr.updates.length);
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['valid']));
    const malformed = await batch(asked(frr.malformed), keysFile(frr.keys));
    expect(jsonLines(malformed.stdout).map(({ outcome }) => outcome)).not.toContain('valid');
  });

  it('--explain puts octets, digests and the explanation into the answer', async () => {
    const [answer] = jsonLines((await batch([request], keys(64496, 64499), '--explain')).stdout);
    expect(answer).toMatchObject({ explanation: expect.stringContaining('Signature_Block 1') });
  });

  it('reads files as well; stdin only once', async () => {
    const file = temporaryFile('requests.jsonl', JSON.stringify(request));
    const argv = ['bgpsec', 'verify', '--keys', keys(64496, 64499), '--batch', file];
    expect(jsonLines((await run(argv)).stdout)).toHaveLength(1);
    expect((await run(['bgpsec', 'verify', '--keys', '-', '--batch', '-'])).stderr).toContain('only once');
    expect((await run([...argv.slice(0, 4), '--batch', '/no/such/file'])).code).toBe(2);
  });

  it('--workers gives the same lines, whatever the questions are', async () => {
    const questions = [
      request,
      'nonsense',
      { ...request, id: 'b', localAs: 'AS64501' },
      '',
      { ...request, message: UPDATE.slice(0, 40) },
      { ...request, localAs: 0 },
      { ...request, message: `${UPDATE.slice(0, 36)}02ffff${UPDATE.slice(42)}` },
      ...Array.from({ length: 200 }, (_, id) => ({ ...request, id, peerAs: id % 7 === 0 ? 1 : 64499 })),
    ];
    const file = keys(64496, 64499);
    for (const more of [[], ['--explain'], ['--backend', 'noble', '--all-keys']]) {
      const expected = await batch(questions, file, ...more);
      expect(expected.code).toBe(2);
      expect(await batch(questions, file, ...more, '--workers', '2')).toEqual(expected);
    }
  });

  it('--workers refuses what is no number of threads, and a single message', async () => {
    for (const wrong of ['0', '-1', '257', '1.5', 'two', '']) {
      const { code, stderr } = await batch([], keys(64496), '--workers', wrong);
      expect([code, stderr]).toEqual([2, expect.stringContaining('1..256')]);
    }
    const single = ['--local-as', '1', '--peer-as', '2', '--keys', keys(64496), '--workers', '2'];
    const { code, stderr } = await run(['bgpsec', 'verify', UPDATE, ...single]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--workers is for --batch')]);
  });

  it('--workers ends with the reader of the answers', async () => {
    const lines = Array.from({ length: 400 }, (_, id) => `${JSON.stringify({ ...request, id })}\n`).join('');
    const argv = ['bgpsec', 'verify', '--keys', keys(64496, 64499), '--batch', '-', '--workers', '1'];
    async function* pieces() {
      for (let i = 0; i < 3; i++) yield new TextEncoder().encode(lines);
    }
    expect((await run(argv, { stdin: pieces(), closeAfter: 10 })).stdout).not.toContain('"id":401');
  });
});
