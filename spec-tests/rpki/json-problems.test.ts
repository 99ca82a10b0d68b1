import { DecodeError } from 'pathsec/bytes';
import { readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { contentOf } from './content.js';

const codeOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof DecodeError) return error.code;
    throw error;
  }
  return 'none';
};

describe('records that cannot be used', () => {
  const good = '{"asn":1,"prefix":"192.0.2.0/24"}';
  const vrps: [string, string][] = [
    ['{"asn":4294967296,"prefix":"192.0.2.0/24"}', 'asn-range'],
    ['{"asn":1e99,"prefix":"192.0.2.0/24"}', 'asn-range'],
    ['{"asn":1.5,"prefix":"192.0.2.0/24"}', 'asn-range'],
    ['{"asn":-1,"prefix":"192.0.2.0/24"}', 'asn-range'],
    ['{"asn":"AS 1","prefix":"192.0.2.0/24"}', 'asn-syntax'],
    ['{"asn":"+1","prefix":"192.0.2.0/24"}', 'asn-syntax'],
    ['{"asn":"0x10","prefix":"192.0.2.0/24"}', 'asn-syntax'],
    ['{"asn":"AS4294967296","prefix":"192.0.2.0/24"}', 'asn-range'],
    ['{"asn":null,"prefix":"192.0.2.0/24"}', 'asn-syntax'],
    ['{"asn":[1],"prefix":"192.0.2.0/24"}', 'asn-syntax'],
    ['{"prefix":"192.0.2.0/24"}', 'asn-syntax'],
    ['{"asn":1}', 'prefix-syntax'],
    ['{"asn":1,"prefix":7}', 'prefix-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0"}', 'prefix-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/024"}', 'prefix-syntax'],
    ['{"asn":1,"prefix":"192.0.02.0/24"}', 'prefix-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/33"}', 'prefix-length'],
    ['{"asn":1,"prefix":"192.0.2.1/24"}', 'prefix-host-bits'],
    ['{"asn":1,"prefix":"fe80::%1/64"}', 'prefix-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","maxLength":23}', 'max-length-range'],
    ['{"asn":1,"prefix":"192.0.2.0/24","maxLength":33}', 'max-length-range'],
    ['{"asn":1,"prefix":"2001:db8::/32","maxLength":129}', 'max-length-range'],
    ['{"asn":1,"prefix":"192.0.2.0/24","maxLength":"24"}', 'max-length-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","maxLength":24.5}', 'max-length-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","expires":"soon"}', 'expires-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","expires":-1}', 'expires-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","ta":{}}', 'ta-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","asn":2}', 'duplicate-name'],
    ['{"asn":1,"\\u0061sn":2,"prefix":"192.0.2.0/24"}', 'duplicate-name'],
    ['{"asn":1,"prefix":"192.0.2.0/24","source":7}', 'source-syntax'],
    ['{"asn":1,"prefix":"192.0.2.0/24","source":[{"validity":{"notAfter":"never"}}]}', 'time-syntax'],
    ['{"__proto__":{"asn":1,"prefix":"192.0.2.0/24"}}', 'prefix-syntax'],
    ['{"constructor":1}', 'prefix-syntax'],
    ['[]', 'record-syntax'],
    ['null', 'record-syntax'],
    ['"x"', 'record-syntax'],
  ];
  it.each(vrps)('roas: %s is %s', (record, code) => {
    const file = readPayloads(`{"roas":[${good},${record},${good}]}`);
    expect(contentOf(file).vrps).toEqual(['192.0.2.0/24-24 1']);
    expect(file.problems.count).toBe(1);
    expect(file.problems.listed[0]).toMatchObject({ code, list: 'roas', index: 1 });
    expect(codeOf(() => readPayloads(`{"roas":[${record}]}`, { strict: true }))).toBe(code);
  });

  const aspas: [string, string][] = [
    ['{"customer_asid":0,"providers":[1]}', 'aspa-customer-zero'],
    ['{"customer_asid":1,"providers":[]}', 'aspa-no-providers'],
    ['{"customer_asid":1}', 'aspa-providers-syntax'],
    ['{"customer_asid":1,"providers":{"0":2}}', 'aspa-providers-syntax'],
    ['{"customer_asid":1,"providers":[2,"x"]}', 'asn-syntax'],
    ['{"customer_asid":1,"providers":[4294967296]}', 'asn-range'],
    ['{"customer_asid":1,"providers":[{"asid":2,"afi_limit":"ipv5"}]}', 'afi-syntax'],
    ['{"customer_asid":1,"providers":[{}]}', 'asn-syntax'],
    ['{"customer":"AS1","customer_asid":1,"providers":[2]}', 'ambiguous-member'],
    ['{"customer_asid":1,"providers":[2],"provider_asids":[3]}', 'ambiguous-member'],
    ['{"providers":[2]}', 'asn-syntax'],
  ];
  it.each(aspas)('aspas: %s is %s', (record, code) => {
    const file = readPayloads(`{"aspas":[{"customer_asid":9,"providers":[8]},${record}]}`);
    expect(contentOf(file).aspas).toEqual(['9: 8']);
    expect(file.problems.listed).toMatchObject([{ code, list: 'aspas', index: 1 }]);
  });

  it('reports a customer among its own providers and drops only that', () => {
    const file = readPayloads('{"aspas":[{"customer_asid":1,"providers":[1,2]}]}');
    expect(contentOf(file).aspas).toEqual(['1: 2']);
    expect(file.problems.listed).toMatchObject([{ code: 'aspa-own-provider', list: 'aspas', index: 0 }]);
  });

  const ski = '00'.repeat(20);
  const keys: [string, string][] = [
    [`{"asn":0,"ski":"${ski}","pubkey":"MFk="}`, 'router-key-asn-zero'],
    [`{"asn":1,"ski":"${ski.slice(2)}","pubkey":"MFk="}`, 'ski-syntax'],
    [`{"asn":1,"ski":"${ski.slice(1)}g","pubkey":"MFk="}`, 'hex-syntax'],
    [`{"asn":1,"ski":"${'A'.repeat(26)}B","pubkey":"MFk="}`, 'base64-syntax'],
    ['{"asn":1,"pubkey":"MFk="}', 'ski-syntax'],
    [`{"asn":1,"ski":"${ski}"}`, 'key-syntax'],
    [`{"asn":1,"ski":"${ski}","pubkey":""}`, 'key-syntax'],
    [`{"asn":1,"ski":"${ski}","pubkey":"M"}`, 'base64-syntax'],
    [`{"asn":1,"ski":"${ski}","pubkey":"MFl="}`, 'base64-syntax'],
    [`{"asn":1,"ski":"${ski}","pubkey":"MF k="}`, 'base64-syntax'],
    [`{"asn":1,"ski":"${ski}","SKI":"${ski}","pubkey":"MFk="}`, 'ambiguous-member'],
  ];
  it.each(keys)('bgpsec_keys: %s is %s', (record, code) => {
    const file = readPayloads(`{"bgpsec_keys":[${record}]}`);
    expect(file.routerKeys.size).toBe(0);
    expect(file.problems.listed).toMatchObject([{ code, list: 'bgpsec_keys', index: 0 }]);
  });

  it('are all counted, but only the first hundred listed', () => {
    const file = readPayloads(`{"roas":[${Array(5000).fill('{}').join(',')}]}`);
    expect(file.problems.count).toBe(5000);
    expect(file.problems.listed.length).toBe(100);
  });

  it.each([
    ['{"roas":{}}', 'list-syntax'],
    ['{"roas":7,"aspas":[]}', 'list-syntax'],
    ['{"provider_authorizations":[]}', 'list-syntax'],
    ['{"roas":[],"roas":[]}', 'duplicate-member'],
  ])('%s is %s', (text, code) => {
    expect(readPayloads(text).problems.listed).toMatchObject([{ code }]);
  });
});

describe('texts that are no payload file', () => {
  it.each([
    ['', 'empty-file'],
    [' \n# a comment\n', 'empty-file'],
    ['\uFEFF', 'empty-file'],
    ['hello', 'unknown-dialect'],
    ['{}', 'unknown-dialect'],
    ['[]', 'unknown-dialect'],
    ['[{"roas":[]}]', 'unknown-dialect'],
    ['{"hello":1}', 'unknown-dialect'],
    ['{"roas":[]', 'json-truncated'],
    ['{"roas":[{"asn":1,"prefix":"192', 'json-truncated'],
    ['{"roas"', 'json-truncated'],
    ['{"roas":[1 2]}', 'json-syntax'],
    ['{"roas":[],}', 'json-syntax'],
    ['{"roas":[,]}', 'json-syntax'],
    ['{roas:[]}', 'json-syntax'],
    ['{"roas":[{]}]}', 'json-syntax'],
    ['{"roas":[01]}', 'json-syntax'],
    ["{'roas':[]}", 'json-syntax'],
    ['{"roas":[]} x', 'json-syntax'],
    ['{"roas":[]}{"roas":[]}', 'json-syntax'],
    ['{"type":"aspa","customer_asid":1,"providers":[2]} 7', 'unknown-dialect'],
    [`{"roas":[${'['.repeat(100_000)}`, 'json-depth'],
    ['{"slurmVersion":1}', 'slurm-file'],
  ])('%s is %s', (text, code) => {
    expect(codeOf(() => readPayloads(text))).toBe(code);
  });
});
