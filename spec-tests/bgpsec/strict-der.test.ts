import { fromHex } from 'pathsec/bytes';
import { expect, it } from 'vitest';
import { derFault } from '../../src/bgpsec/strict-der.js';
import { certificate } from './certificates.js';

it('takes DER', () => {
  for (const hex of ['0500', '020100', '02020080', '0101ff', '030100', '03020780', '3100', '0603550403']) {
    expect(derFault(fromHex(hex))).toBeUndefined();
  }
  expect(derFault(certificate())).toBeUndefined();
});

it.each([
  ['nothing', '', 0],
  ['octets behind', '050000', 2],
  ['indefinite length', '3080050000 00'.replace(' ', ''), 1],
  ['long form for a short length', '04810100', 1],
  ['a padded length', '0482000100', 1],
  ['a length of five octets', '04850000000001', 1],
  ['a length over the end', '0405', 1],
  ['an inner length over the outer end', '3003040500', 3],
  ['an empty INTEGER', '0200', 0],
  ['a padded INTEGER', '02020001', 0],
  ['a padded negative INTEGER', '0202ff80', 0],
  ['a padded ENUMERATED', '0a020001', 0],
  ['BOOLEAN 01', '010101', 0],
  ['a BOOLEAN of two octets', '0102ffff', 0],
  ['an empty BIT STRING', '0300', 0],
  ['eight unused bits', '03020800', 0],
  ['unused bits that are set', '03020781', 0],
  ['NULL with contents', '050100', 0],
  ['a constructed OCTET STRING', '2403040100', 0],
  ['a primitive SEQUENCE', '1000', 0],
  ['end-of-contents', '0000', 0],
  ['an unsorted SET', '3106020102020101', 5],
  ['an OID with a padded arc', '0603558001', 0],
  ['an OID cut off', '06025581', 0],
  ['an empty OID', '0600', 0],
  ['a long tag', 'bf1f00', 0],
  ['nesting without end', '30803080'.repeat(1), 1],
])('%s is no DER', (_name, hex, offset) => {
  expect(derFault(fromHex(hex))?.offset).toBe(offset);
});

it('gives up on deep nesting', () => {
  let hex = '';
  for (let i = 0; i < 40; i++) hex = `30${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`;
  expect(derFault(fromHex(hex))?.fault).toBe('nested too deeply');
});
