import { expect, it } from 'vitest';
import { studyConfig } from '../../bench/study/config.js';
import { tableSources } from '../../bench/study/inputs.js';
import { readInput } from '../../bench/study/table-input.js';
import { TASK_NAMES } from '../../bench/study/tasks/names.js';
import { describeTable } from '../../bench/study/tasks/tables.js';
import { describeShared, sharedFolder } from '../support.js';

describeShared('the memory model of the study over real tables', () => {
  const sources = tableSources({}, sharedFolder);
  const config = studyConfig({ mode: 'quick' }, sources, TASK_NAMES);
  const source = (wanted: string) => sources.find(({ name }) => name === wanted) ?? { name: wanted };
  const rounded = (values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toFixed(1))]));

  it('gives the known statistics of a table of 2002', async () => {
    const table = describeTable(await readInput(config, source('table of 36 peers, 2002')));
    expect(table).toMatchObject({
      routes: 115_361,
      peers: 36,
      prefixes: 112_828,
      statements: 463_504,
      distinctStatements: 461_255,
      distinctCommitments: 461_255,
      distinctPaths: 18_481,
      signers: 13_463,
    });
    expect(rounded(table.octetsPerRoute)).toEqual({
      'ECDSA as received': 402.8,
      'ECDSA signatures alone': 285.3,
      'ECDSA, paths interned': 307.1,
      'ECDSA, statements and paths interned': 321.8,
      'FC-BGP as received, beside the AS_PATH': 433.9,
      'FC-BGP, commitments and paths interned': 321.8,
      'aggregate as received': 159.5,
      'aggregate signatures alone': 48,
      'aggregate, paths interned': 69.8,
      'aggregate per peer (stub)': 21.8,
    });
  });

  it('gives those of updates of 2007, where tails are shared', async () => {
    const table = describeTable(await readInput(config, source('updates of 14 peers, 2007')));
    expect(table).toMatchObject({
      routes: 10_111,
      statements: 46_948,
      distinctStatements: 16_928,
      // A commitment does not depend on the tail behind the previous AS, so more of them are equal.
      distinctCommitments: 16_039,
      signers: 694,
    });
    expect(rounded(table.octetsPerRoute)).toMatchObject({
      'ECDSA, statements and paths interned': 166,
      'aggregate, paths interned': 76.5,
      'aggregate per peer (stub)': 28.6,
    });
  });
});
