import fc from 'fast-check';
import { writePathLink } from 'pathsec/links';
import { readSlurm } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { changedEntries, relevantTo, slurmOfChanges } from '../../src/site/path/changes.js';
import { commandOf } from '../../src/site/path/command.js';
import { aspaLine, linesOf, partsOfAspa, readEntries, withProviders } from '../../src/site/path/entries.js';
import { EXAMPLES } from '../../src/site/path/examples.js';
import { asesOf, countText, judge } from '../../src/site/path/judge.js';
import { olderOutcome } from '../../src/site/path/older.js';
import { readPath } from '../../src/site/path/read-path.js';
import { arbitraryAsn } from '../support.js';

const pathOf = (text: string) => {
  const reading = readPath(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.asPath;
};

describe('what is pasted into the field of the path', () => {
  it.each([
    ['64510 64505 {64499,64498}', undefined, 3],
    ['*> 192.0.2.0/24      10.0.0.1      0    100      0 64510 64505 64496 i', '64510 64505 64496', 3],
    ['*>i2001:db8::/32     2001:db8:1::1 0    100      0 64510 4200000000 i', '64510 4200000000', 2],
    ['*= 10.0.0.0/8  192.0.2.1  32768 64496 {64497,64498} ?', '64496 {64497,64498}', 2],
    [
      'TABLE_DUMP2|1700000000|B|192.0.2.1|64510|198.51.100.0/24|64510 64505 64496|IGP',
      '64510 64505 64496',
      3,
    ],
  ])('%s', (text, pasted, count) => {
    const reading = readPath(text);
    expect('pasted' in reading ? reading.pasted?.path : undefined).toBe(pasted);
    expect(pathOf(text).flatMap(({ asns }) => asns).length).toBeGreaterThanOrEqual(count);
  });

  it.each([
    ['64496 x', '"x" is not an ASN, at character 7'],
    ['{64496', 'no }, at character 7'],
    ['show bgp', '"show" is not an ASN, at character 1'],
    [`${'1 '.repeat(5000)}`, 'more than 4,096 ASes'],
    ['1'.repeat(50_000), 'more than 45,056 characters'],
  ])('%.30s is no path', (text, problem) => {
    expect(readPath(text)).toEqual({ problem });
  });

  it('is a reading or a problem, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'0123456789 {}(),|/.:*>i') }),
        ),
        (text) => {
          const reading = readPath(text);
          if ('asPath' in reading) expect(countText(reading.asPath)).not.toBe('');
          else expect(reading.problem).not.toBe('');
        },
      ),
    );
  });
});

describe('the lines of payloads', () => {
  it('are parts and are put together again', () => {
    fc.assert(
      fc.property(
        arbitraryAsn,
        fc.array(arbitraryAsn, { minLength: 1, maxLength: 5 }),
        (customer, providers) => {
          const line = aspaLine(String(customer), providers.join(' '));
          expect(partsOfAspa(line)).toEqual({ customer: String(customer), providers: providers.join(' ') });
          expect(aspaLine(` AS${customer}`, providers.map((asn) => `as${asn}`).join(', '))).toBe(line);
        },
      ),
    );
  });

  it('that are none are told, and the others count', () => {
    const { aspas, problems, vrps } = readEntries(['AS1 => AS2', 'AS1 => x'], ['192.0.2.0/24 => AS1', '']);
    expect([aspas.length, vrps.length, problems.map(({ line }) => line)]).toEqual([1, 1, ['AS1 => x', '']]);
    expect(linesOf({ aspas, vrps })).toEqual({ aspas: ['AS1 => AS2'], vrps: ['192.0.2.0/24 => AS1'] });
    expect(withProviders(aspas, 1, [9, 3])).toBe('AS1 => AS2, AS3, AS9');
    expect(withProviders([{ customer: 1, providers: [0] }], 1, [9])).toBe('AS1 => AS9');
  });

  it('of changes do to the payloads of a path what their SLURM file says', () => {
    const entries = readEntries(['AS1 => AS2', 'AS3 => AS4, AS5'], []);
    const changes = ['AS1 => AS7', '-AS3 => AS4', '192.0.2.0/24 => AS9', '-AS8', 'nothing'];
    const { problems, ...changed } = changedEntries(entries, changes);
    expect(relevantTo(changes, [1])).toEqual(['AS1 => AS7', '192.0.2.0/24 => AS9', 'nothing']);
    expect(linesOf(changed)).toEqual({
      aspas: ['AS1 => AS7', 'AS3 => AS5'],
      vrps: ['192.0.2.0/24 => AS9'],
    });
    expect(problems.map(({ line }) => line)).toEqual(['-AS8', 'nothing']);
    const slurm = readSlurm(slurmOfChanges(['AS1 => AS7', '-AS3 => AS4', '-AS8', '192.0.2.0/24 => AS9']));
    expect(slurm.aspaFilters).toEqual([{ customer: 1 }, { customer: 3, providers: [4] }, { customer: 8 }]);
    expect(slurm.aspaAssertions).toEqual([{ customer: 1, providers: [7] }]);
    expect(slurm.prefixAssertions).toHaveLength(1);
  });
});

describe('the command that is shown', () => {
  it('quotes what a shell would read otherwise', () => {
    const state = { s: 'path', path: '', role: 'peer' } as const;
    expect(commandOf(state, "1 {2,3}'; rm", 1)).toBe(
      "pathsec aspa explain '1 {2,3}'\\''; rm' --neighbor-role peer --neighbor-as 1 --rpki payloads.json",
    );
    const file = { name: 'r p.json', sha256: '0'.repeat(64), vrps: 1, aspas: 1 };
    expect(commandOf({ s: 'path', path: '', file, changes: ['-AS1'] }, '1', undefined)).toBe(
      "pathsec aspa explain 1 --direction downstream --rpki 'r p.json' --slurm changes.json",
    );
  });
});

describe('the examples', () => {
  it.each(EXAMPLES.map(({ state, title }) => [title, state] as const))(
    '%s can be judged and linked to',
    (_, state) => {
      const { aspas, problems, vrps } = readEntries(state.aspas ?? [], state.vrps ?? []);
      expect(problems).toEqual([]);
      const asPath = pathOf(state.path);
      const { verdicts } = judge({ asPath, role: state.role, neighborAs: state.neighborAs }, { aspas, vrps });
      expect(verdicts).toHaveLength(1);
      expect(asesOf(asPath).length).toBeGreaterThan(2);
      expect(writePathLink(state).length).toBeLessThan(300);
    },
  );

  it('show every outcome, also by an older revision and for a neighbour of unknown role', () => {
    const outcomes = EXAMPLES.map(({ state }) => {
      const entries = readEntries(state.aspas ?? [], state.vrps ?? []);
      return judge({ asPath: pathOf(state.path), role: state.role }, entries).verdicts[0]?.evidence.outcome;
    });
    expect(outcomes).toEqual(['valid', 'invalid', 'invalid', 'valid', 'invalid', 'valid', 'invalid']);
    const asPath = pathOf('3 2 1');
    expect(judge({ asPath }, { aspas: [], vrps: [] }).verdicts.map(({ procedure }) => procedure)).toEqual([
      'downstream',
      'upstream',
    ]);
    const { older } = judge({ asPath, role: 'peer', revision: '11' }, { aspas: [], vrps: [] });
    expect(older && [older.revision, olderOutcome(older)]).toEqual(['11', 'unknown']);
  });
});
