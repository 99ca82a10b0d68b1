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

  const spellings: [string, string, string][] = [
    [
      'roas',
      '{"asn":1,"prefix":"192.0.2.0/24","max_length":25}',
      '"max_length" is not read: did you mean maxLength?',
    ],
    ['roas', '{"asn":1,"prefix":"192.0.2.0/24","maxPrefixLength":25}', 'maxLength'],
    ['roas', '{"asn":1,"prefix":"192.0.2.0/24","maxLength":24,"MaxLength":25}', 'maxLength'],
    ['roas', '{"asn":1,"prefix":"192.0.2.0/24","notAfter":"2026-01-01"}', 'expires'],
    ['roas', '{"asn":1,"originAS":2,"prefix":"192.0.2.0/24"}', 'asn'],
    ['roas', '{"ASN":1,"prefix":"192.0.2.0/24"}', 'asn'],
    ['aspas', '{"customer_asid":1,"providers":[2],"Expires":7}', 'expires'],
    ['aspas', '{"customer_asid":1,"providers":[2],"provider-asids":[3]}', 'providers'],
    ['aspas', '{"customer_asid":1,"providers":[2],"AFI":"ipv4"}', 'afi'],
    ['aspas', '{"customer_asid":1,"providers":[{"asid":2,"afi":"ipv4"}]}', 'afi_limit'],
    ['bgpsec_keys', '{"asn":1,"public_key":"MFk="}', 'pubkey'],
    ['provider_authorizations.ipv4', '{"customer_asid":1,"providers":[2],"expiry":5}', 'expires'],
  ];
  it.each(spellings)('%s: %s is misspelt', (list, record, message) => {
    const text = list.includes('.')
      ? `{"provider_authorizations":{"ipv4":[${record}]}}`
      : `{"${list}":[${record}]}`;
    const file = readPayloads(text);
    expect(contentOf(file)).toEqual({ vrps: [], aspas: [], routerKeys: [] });
    expect(file.problems.listed).toMatchObject([{ code: 'member-spelling', list, index: 0 }]);
    expect(file.problems.listed[0]?.message).toContain(message);
    expect(codeOf(() => readPayloads(text, { strict: true }))).toBe('member-spelling');
  });

  it.each(['ROAs', 'vrps', 'bgpsecKeys', 'router_keys', 'ASPA', 'providerAuthorizations'])(
    'a list %s beside one that is read is a problem of the file',
    (name) => {
      const file = readPayloads(`{"${name}":[${good}],"roas":[${good}]}`);
      expect(file.vrps.size).toBe(1);
      expect(file.problems.listed).toMatchObject([{ code: 'member-spelling', list: name }]);
    },
  );

  it('members of the writer’s own are none', () => {
    const own = '"uri":"rsync://x","comment":"max_length","maxima":1,"__proto__":1,"constructor":2';
    const file = readPayloads(
      `{"nonfunc_cas":[],"roas":[{"asn":1,"prefix":"192.0.2.0/24",${own}}],"aspas":[{"customer_asid":1,"providers":[2],${own}}]}`,
    );
    expect([file.vrps.size, file.aspas.size, file.problems.count]).toEqual([1, 1, 0]);
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

  it('of an array without a list have their place in it, and one of no kind is a problem too', () => {
    const file = readPayloads(
      '[{"asn":1,"prefix":"10.0.0.0/99"},{"hello":1},7,{"asn":1,"prefix":"10.0.0.0/8"}]',
    );
    expect(contentOf(file).vrps).toEqual(['10.0.0.0/8-8 1']);
    expect(file.problems.listed.map(({ code, list, index }) => `${code} ${list}[${index}]`)).toEqual([
      'prefix-length json[0]',
      'record-syntax json[1]',
      'record-syntax json[2]',
    ]);
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
    ['[1,{"asn":1,"prefix":"10.0.0.0/8"}]', 'unknown-dialect'],
    ['["R",1,"x"]', 'unknown-dialect'],
    ['[{"hello":1}]', 'unknown-dialect'],
    ['[{"asn":1,"prefix":"10.0.0.0/8"}]{}', 'json-syntax'],
    ['[{"asn":1,"prefix":"10.0.0.0/8"}', 'json-truncated'],
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
