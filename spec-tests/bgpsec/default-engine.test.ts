import { expect, it } from 'vitest';
import * as portable from '../../src/bgpsec/default-engine.js';
import * as underNode from '../../src/node/openssl-default-engine.js';

it('pathsec/engine is OpenSSL under Node and noble elsewhere, with one signature', () => {
  expect(Object.keys(underNode)).toEqual(Object.keys(portable));
  expect([underNode.createDefaultEngine().name, portable.createDefaultEngine().name]).toEqual([
    'native',
    'noble',
  ]);
});
