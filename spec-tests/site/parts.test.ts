import fc from 'fast-check';
import { DecodeError } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { writePathLink } from 'pathsec/links';
import { createPayloadSet, type PayloadSet } from 'pathsec/payload';
import { applyPayloadChange, applySlurm, parsePayloadChange, readSlurm, writeSlurm } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { changedEntries, slurmOfChanges } from '../../src/site/path/changes.js';
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
});

describe('changes upon a file', () => {
  const setOf = (aspas: readonly string[], vrps: readonly string[]) =>
    createPayloadSet(readEntries(aspas, vrps));
  const linesIn = (set: PayloadSet) =>
    linesOf({ aspas: [...set.aspas.sorted()], vrps: [...set.vrps.sorted()] });

  it('show what of a path is left, also of what other changes are about, and those that cannot be made', () => {
    const set = setOf(['AS1 => AS2', 'AS3 => AS4, AS5'], ['192.0.2.0/24 => AS9', '10.0.0.0/8 => AS9']);
    const changes = [
      'AS1 => AS7',
      '-AS3 => AS4',
      '-10.0.0.0/8 => AS9',
      '-192.0.2.0/24 => AS9',
      '192.0.2.0/25 => AS9',
      '-AS8',
      'nothing',
    ];
    const asked = { asns: [3, 1], prefix: parsePrefix('192.0.2.0/25') };
    const { problems, ...left } = changedEntries(set, changes, asked);
    expect(linesOf(left)).toEqual({ aspas: ['AS3 => AS5', 'AS1 => AS7'], vrps: ['192.0.2.0/25 => AS9'] });
    expect(problems.map(({ line }) => line)).toEqual(['-AS8', 'nothing']);
    expect(set.vrps.size).toBe(2);
  });

  it('are local exceptions that keep what a prefix filter would take with it (RFC 8416 §3.3.1)', () => {
    const set = setOf(
      ['AS3 => AS4, AS5', 'AS6 => AS7'],
      ['10.0.0.0/8 => AS9', '10.0.0.0/8-16 => AS9', '10.1.0.0/16 => AS9', '10.1.0.0/16 => AS8'],
    );
    const slurm = slurmOfChanges(set, ['-10.0.0.0/8 => AS9', '-AS3 => AS4', '-AS6', 'AS1 => AS2', '-AS8']);
    expect(slurm.prefixFilters).toHaveLength(1);
    expect(slurm.prefixAssertions.map(({ maxLength, prefix }) => [prefix.length, maxLength])).toEqual([
      [8, 16],
      [16, 16],
    ]);
    expect(slurm.aspaFilters).toEqual([{ customer: 3, providers: [4] }, { customer: 6 }, { customer: 1 }]);
    expect(slurm.aspaAssertions).toEqual([{ customer: 1, providers: [2] }]);
  });

  it('do to any set what their SLURM file does', () => {
    const few = <T extends string>(...values: T[]) => fc.constantFrom(...values);
    const vrp = fc
      .tuple(few('10.0.0.0/8', '10.0.0.0/8-16', '10.1.0.0/16', '10.1.2.0/24', '2001:db8::/32'), few('1', '2'))
      .map(([prefix, asn]) => `${prefix} => AS${asn}`);
    const aspa = fc
      .tuple(few('1', '2', '3'), fc.uniqueArray(few('AS4', 'AS5', 'AS6'), { minLength: 1 }))
      .map(([customer, providers]) => `AS${customer} => ${providers.join(', ')}`);
    const change = fc.oneof(
      vrp,
      aspa,
      vrp.map((line) => `-${line}`),
      aspa.map((line) => `-${line}`),
      few('1', '2', '3').map((asn) => `-AS${asn}`),
      fc.constant('nothing'),
    );
    fc.assert(
      fc.property(fc.array(aspa), fc.array(vrp), fc.array(change), (aspas, vrps, changes) => {
        const wanted = setOf(aspas, vrps);
        for (const line of changes) {
          try {
            applyPayloadChange(wanted, parsePayloadChange(line));
          } catch (error) {
            if (!(error instanceof DecodeError)) throw error; // as the page, which tells it and goes on
          }
        }
        const set = setOf(aspas, vrps);
        const file = readSlurm(writeSlurm(slurmOfChanges(set, changes)));
        expect(linesIn(applySlurm(set, file))).toEqual(linesIn(wanted));
        expect(linesIn(set)).toEqual(linesIn(setOf(aspas, vrps)));
      }),
    );
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
