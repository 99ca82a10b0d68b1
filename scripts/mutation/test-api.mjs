// The part of Vitest's interface that the tests of mutation runs use, over Vitest's own `expect`: `describe` and `it`
// only collect, and `scripts/mutation/runner.mjs` calls what was collected, again and again in one process.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);

let suite;
let collected;

/** Collects the tests that `body` registers, each with its titles and the hooks that belong to it. */
export function collect(body) {
  collected = [];
  suite = newSuite('', undefined);
  body();
  const ids = new Map();
  return collected.map((test) => {
    const name = `${titlesOf(test.suite)}${test.title}`;
    const count = (ids.get(name) ?? 0) + 1;
    ids.set(name, count);
    return { ...test, name: count === 1 ? name : `${name} (${count})` };
  });
}

function newSuite(title, parent) {
  return { title, parent, hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] } };
}

function titlesOf({ title, parent }) {
  return parent === undefined ? '' : `${titlesOf(parent)}${title} > `;
}

function describe(title, body) {
  const parent = suite;
  suite = newSuite(title, parent);
  body();
  suite = parent;
}
describe.each = each(describe);
describe.skip = () => {};

function it(title, ...rest) {
  collected.push({ title, suite, body: rest.find((item) => typeof item === 'function') });
}
it.each = each(it);
it.skip = () => {};

function each(register) {
  return (rows) => (title, body) => {
    for (const row of rows) {
      register(title, () => (Array.isArray(row) ? body(...row) : body(row)));
    }
  };
}

const hook = (kind) => (body) => suite.hooks[kind].push(body);

/** What `import … from 'vitest'` gives. */
export const testApi = {
  describe,
  it,
  expect,
  beforeAll: hook('beforeAll'),
  beforeEach: hook('beforeEach'),
  afterEach: hook('afterEach'),
  afterAll: hook('afterAll'),
};
