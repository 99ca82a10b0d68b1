import { readFileSync } from 'node:fs';
import * as alias from 'pathsec/mrt';
import * as door from 'pathsec/routes';
import { expect, test } from 'vitest';

test('pathsec/mrt, the older name, is the door pathsec/routes', () => {
  const file = new URL('../../package.json', import.meta.url);
  const { exports } = JSON.parse(readFileSync(file, 'utf8')) as { exports: Record<string, unknown> };
  expect(exports['./mrt']).toEqual(exports['./routes']);
  expect(alias.createMrtReader).toBe(door.createMrtReader);
});
