import * as root from 'pathsec';
import { expect, it } from 'vitest';

it('the package root holds the standard parts and nothing of the experiment', () => {
  const names = Object.keys(root);
  for (const name of [
    'verifyAsPath',
    'validateOrigin',
    'verifyUpdate',
    'readPayloads',
    'createRtrClient',
    'createAudit',
  ]) {
    expect(names).toContain(name);
  }
  expect(names.filter((name) => /apvas|aggregat/i.test(name))).toEqual([]);
});
