import { createAspaTable, verifyEgress } from 'pathsec/aspa';
import { parseAsPath } from 'pathsec/bgp';
import { DecodeError } from 'pathsec/bytes';
import { readEgressQuestion } from 'pathsec/questions';
import { describe, expect, it } from 'vitest';
import { aspaFile, jsonLines, run, temporaryFile } from './run.js';

/** AS1 lacks its provider 2. */
const MISSING = { 1: [9] };
const verify = (...args: readonly string[]) => run(['aspa', 'verify', '--rpki', aspaFile(MISSING), ...args]);

describe('aspa verify --egress', () => {
  it('takes the role of the receiver, and what follows is the path', async () => {
    const up = await verify('--egress', '2 1', '--neighbor-role', 'peer');
    expect([up.code, up.stdout]).toEqual([1, 'invalid\n']);
    const down = await verify('--neighbor-role', 'customer', '--egress', '2 1', '--json');
    expect([down.code, down.stdout]).toEqual([0, '{"outcome":"valid","revision":"28","egress":"basic"}\n']);
    const dashed = await verify('--neighbor-role', 'rs', '--egress', '--', '2 1');
    expect([dashed.code, dashed.stdout]).toEqual([1, 'invalid\n']);
  });

  it('=augmented finds the provider that the own ASPA lacks', async () => {
    const common = ['1', '--neighbor-role', 'provider', '--neighbor-as', '2'];
    expect((await verify(...common, '--egress')).stdout).toBe('valid\n');
    expect((await verify(...common, '--egress=augmented')).stdout).toBe('invalid\n');
    const { stdout, code } = await verify(...common, '--egress=augmented', '--explain', '--json');
    const table = createAspaTable([{ customer: 1, providers: [9] }]);
    const input = { asPath: parseAsPath('1'), neighborRole: 'provider', neighborAs: 2 } as const;
    expect(JSON.parse(stdout)).toEqual(
      JSON.parse(JSON.stringify(verifyEgress(table, { ...input, mode: 'augmented' }))),
    );
    expect(code).toBe(1);
  });

  it('--own-as has to lead the path, and goes with --egress', async () => {
    const role = ['--neighbor-role', 'customer'];
    expect((await verify('2 1', ...role, '--egress', '--own-as', '2')).code).toBe(0);
    expect((await verify('2 1', ...role, '--egress', '--own-as', '3')).stdout).toBe('invalid\n');
    const alone = await verify('2 1', ...role, '--own-as', '2');
    expect([alone.code, alone.stderr]).toEqual([2, 'pathsec: --own-as goes with --egress\n']);
  });

  it.each([
    [['1', '--egress', '--revision', '11', '--neighbor-role', 'peer'], '--egress is of revision 28 alone'],
    [
      ['1', '--egress=augmented', '--neighbor-role', 'provider'],
      '--neighbor-as: the augmented verification needs this',
    ],
    [
      ['1', '--egress=augmented', '--direction', 'upstream'],
      '--neighbor-role: the augmented verification needs this',
    ],
    [['1', '--egress=both', '--neighbor-role', 'peer'], 'Allowed choices are basic, augmented'],
    [
      ['1', '--egress', '--neighbor-role', 'provider', '--direction', 'downstream'],
      'a provider is judged upstream',
    ],
    [['1', '--egress'], '--neighbor-role: this or --direction is needed'],
    [['--egress', '--own-as', '1', '--batch', '-'], 'questions of a batch have ownAs'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr, stdout } = await verify(...args);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('--batch asks each question so, with ownAs', async () => {
    const questions = [
      { id: 1, path: '2 1', neighborRole: 'peer' },
      { id: 2, path: '2 1', neighborRole: 'customer', neighborAs: 3, ownAs: 2 },
      { id: 3, path: '2 1', neighborRole: 'customer', ownAs: 4 },
      { id: 4, path: '1', neighborRole: 'provider', neighborAs: 2 },
      { id: 5, path: '1', neighborRole: 'provider' },
    ];
    const file = temporaryFile('q.jsonl', questions.map((one) => JSON.stringify(one)).join('\n'));
    const basic = jsonLines((await verify('--egress', '--batch', file)).stdout);
    expect(basic.map(({ outcome }) => outcome)).toEqual(['invalid', 'valid', 'invalid', 'valid', 'valid']);
    const { code, stdout } = await verify('--egress=augmented', '--explain', '--batch', file);
    const augmented = jsonLines(stdout);
    expect(augmented.map(({ outcome }) => outcome)).toEqual([
      'invalid',
      'unknown',
      undefined,
      'invalid',
      undefined,
    ]);
    expect(augmented[3]).toMatchObject({ length: 2, egress: { section: '4.2', prepended: true } });
    expect(augmented[4]).toMatchObject({ error: { code: 'receiver-missing', field: 'neighborAs', line: 5 } });
    expect(code).toBe(2);
  });

  it('explain draws it, with the repairs of the path that was verified', async () => {
    const { code, stdout } = await run([
      ...['aspa', 'explain', '--egress=augmented', '1', '--neighbor-role', 'provider'],
      ...['--neighbor-as', '2', '--own-as', '1', '--rpki', aspaFile(MISSING)],
    ]);
    expect(stdout).toContain('sent to    AS2, provider    upstream, draft-28 section 5.5\n');
    expect(stdout).toContain(
      'draft-zhang-sidrops-aspa-egress section 4.2; own AS1; the receiver is put in front',
    );
    expect(stdout).toContain('AS2 in the ASPA of AS1 (then valid)');
    expect(code).toBe(1);
  });
});

describe('readEgressQuestion', () => {
  it('refuses what it cannot read, with the member', () => {
    const codeOf = (question: object): string => {
      try {
        readEgressQuestion(question, 'augmented');
      } catch (error) {
        if (error instanceof DecodeError) return `${error.code} ${error.field}`;
        throw error;
      }
      return 'read';
    };
    expect(codeOf({ neighborRole: 'peer' })).toBe('path-missing path');
    expect(codeOf({ path: '1', neighborRole: 'peer', ownAs: 'x' })).toBe('asn-syntax ownAs');
    expect(codeOf({ path: '1', neighborRole: 'peer', localAs: 1 })).toBe('unknown-member localAs');
    expect(codeOf({ path: '1', neighborRole: 'customer' })).toBe('receiver-missing neighborAs');
    expect(codeOf({ path: '1', direction: 'upstream' })).toBe('receiver-missing neighborRole');
    expect(codeOf({ path: '1', neighborRole: 'complex' })).toBe('read');
  });
});
