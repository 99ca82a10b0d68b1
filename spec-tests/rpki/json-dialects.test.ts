import { readPayloads } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { contentOf } from './content.js';

const SKI = '5D4250E2D81D4448D8A29EFCE91D29FF075EC9E2';
const SKI_URL = 'XUJQ4tgdREjYop786R0p_wdeyeI';
const ski = SKI.toLowerCase();

const none = { vrps: [], aspas: [], routerKeys: [] };

describe('JSON dialects, told apart by content', () => {
  const rows: [string, string, string, unknown][] = [
    [
      'rpki-client 8.5 and later',
      'rpki-client',
      `{"metadata":{"buildtime":"2026-09-16T00:06:05Z","vrps":1014875},
        "roas":[{"asn":13335,"prefix":"1.0.0.0/24","maxLength":24,"ta":"apnic","expires":1790000255},
                {"asn":0,"prefix":"2001:DB8::/32","maxLength":48,"ta":"ripe","expires":1790000255}],
        "bgpsec_keys":[{"asn":15562,"ski":"${SKI}","pubkey":"MFk=","ta":"ripe","expires":1790000255}],
        "nonfunc_cas":[],
        "aspas":[{"customer_asid":80,"expires":1789689600,"providers":[6461,3356]},
                 {"customer_asid":174,"expires":1789657200,"providers":[0]}]}`,
      {
        vrps: ['1.0.0.0/24-24 13335 <1790000255,apnic>', '2001:db8::/32-48 0 <1790000255,ripe>'],
        aspas: ['80: 3356 6461 <1789689600,>', '174: 0 <1789657200,>'],
        routerKeys: [`15562 ${ski} 3059 <1790000255,ripe>`],
      },
    ],
    [
      'rpki-client up to 8.4 and StayRTR: families unite, a limit stays where only one has it',
      'provider-authorizations',
      `{"metadata":{"elapsedtime":"301"},"roas":[{"prefix":"192.0.2.0/24","maxLength":24,"asn":"AS1","ta":"x"}],
        "provider_authorizations":{
          "ipv4":[{"customer_asid":64496,"providers":[1,2]},{"customer_asid":64497,"providers":[0]}],
          "ipv6":[{"customer_asid":64496,"providers":[2,3]}]}}`,
      { ...none, vrps: ['192.0.2.0/24-24 1 <,x>'], aspas: ['64496: 1/1 2 3/2', '64497: 0'] },
    ],
    [
      'rpki-client 9 filemode, objects one after the other, of which two are not valid and one is a ROA',
      'rpki-client-filemode',
      `{"file":"a.asa","type":"aspa","ski":"5D:42","customer_asid":945,"providers":[2,1],"expires":9,"validation":"OK"}
       {"file":"b.asa","type":"aspa","customer_asid":946,"providers":[1],"validation":"Failed"}
       {"file":"b2.asa","type":"aspa","customer_asid":947,"providers":[1],"validation":"Expired"}
       {"file":"c.roa","type":"roa","expires":7,"vrps":[{"prefix":"192.0.2.0/24","asid":5,"maxlen":25}],"validation":"OK"}`,
      { ...none, vrps: ['192.0.2.0/24-25 5 <7,>'], aspas: ['945: 1 2 <9,>'] },
    ],
    [
      'rpki-client 8.2 filemode with family limits',
      'rpki-client-filemode',
      `{"type":"aspa","customer_asid":1,"provider_set":[{"asid":5,"afi_limit":"ipv4"},{"asid":6},{"asid":7,"afi_limit":"ipv6"}]}`,
      { ...none, aspas: ['1: 5/1 6 7/2'] },
    ],
    [
      'Routinator json; "N/A" is no trust anchor',
      'routinator',
      `{"metadata":{"generated":0,"generatedTime":"1970-01-01T00:00:00Z"},
        "roas":[{"asn":"AS1234","prefix":"12.34.56.0/24","maxLength":24,"ta":"N/A"}],
        "routerKeys":[{"asn":"AS1234","SKI":"${SKI}","routerPublicKey":"MFk","ta":"N/A"}],
        "aspas":[{"customer":"AS1234","providers":["AS1","AS2"],"ta":"ripe"}]}`,
      { vrps: ['12.34.56.0/24-24 1234'], aspas: ['1234: 1 2 <,ripe>'], routerKeys: [`1234 ${ski} 3059`] },
    ],
    [
      'Routinator before 0.13: one ASPA per family',
      'routinator',
      `{"aspas":[{"customer":"AS1","afi":"ipv4","providers":["AS2"],"ta":"x"},
                 {"customer":"AS1","afi":"ipv6","providers":["AS2","AS3"],"ta":"x"}]}`,
      { ...none, aspas: ['1: 2 3/2 <,x>'] },
    ],
    [
      'Routinator jsonext: the last source ends the payload, an exception never does',
      'routinator-ext',
      `{"roas":[
        {"asn":"AS1","prefix":"192.0.2.0/24","maxLength":24,"source":[
          {"type":"roa","tal":"ripe","uri":"rsync://x","validity":{"notBefore":"2026-01-01T00:00:00Z","notAfter":"2027-01-01T00:00:00Z"},
           "chainValidity":{"notBefore":"2026-01-01T00:00:00Z","notAfter":"1970-01-01T00:00:50Z"},"stale":"2026-01-01T00:00:00Z"},
          {"type":"roa","tal":"ripe","validity":{"notAfter":"1970-01-01T00:00:40Z"}}]},
        {"asn":"AS2","prefix":"192.0.2.0/24","maxLength":24,"source":[
          {"type":"roa","tal":"ripe","validity":{"notAfter":"1970-01-01T00:00:40Z"}},{"type":"exception","path":null}]}]}`,
      { ...none, vrps: ['192.0.2.0/24-24 1 <50,>', '192.0.2.0/24-24 2'] },
    ],
    [
      'Routinator jsonext: an ASPA is the union of its sources and ends with the first',
      'routinator-ext',
      `{"aspas":[
        {"customer":"AS1","providers":["AS2","AS3"],"source":[
          {"type":"aspa","validity":{"notAfter":"1970-01-01T00:00:50Z"},"chainValidity":{"notAfter":"1970-01-01T00:00:40Z"}},
          {"type":"aspa","validity":{"notAfter":"1970-01-01T00:00:45Z"}},{"type":"exception","path":null}]},
        {"customer":"AS4","providers":["AS2"],"source":[{"type":"exception","path":null}]},
        {"customer":"AS5","providers":["AS2"],"source":[]}]}`,
      { ...none, aspas: ['1: 2 3 <40,>', '4: 2', '5: 2'] },
    ],
    [
      'Cloudflare',
      'rpki-client',
      `{"metadata":{"counts":1,"generated_at":1},"roas":[{"prefix":"1.0.0.0/24","maxLength":24,"asn":"AS13335","ta":"Cloudflare - APNIC"}],
        "aspas":[{"customer_asid":5,"providers":[6]}]}`,
      { ...none, vrps: ['1.0.0.0/24-24 13335 <,Cloudflare - APNIC>'], aspas: ['5: 6'] },
    ],
    [
      'bgpipe, and spellings of other tools',
      'rpki-client',
      `{"aspas":[{"customer_asid":1,"provider_asids":[2]},{"customerAsid":3,"providers":[{"asid":4}]},
                 {"customerAsn":5,"providerAsns":["AS6","7"]},{"customer_asn":"1.10","providers":["as8"]}]}`,
      { ...none, aspas: ['1: 2', '3: 4', '5: 6 7', '65546: 8'] },
    ],
    [
      'an SKI in base64url',
      'rpki-client',
      `{"bgpsec_keys":[{"asn":1,"ski":"${SKI_URL}","pubkey":"-_8"}]}`,
      {
        ...none,
        routerKeys: [`1 ${ski} fbff`],
      },
    ],
    [
      'an SKI with colons and without a trust anchor',
      'rpki-client',
      `{"bgpsec_keys":[{"asn":1,"ski":"${SKI.match(/../g)?.join(':')}","pubkey":"+/8="}]}`,
      { ...none, routerKeys: [`1 ${ski} fbff`] },
    ],
    [
      'an array, as rpki-prover gives it',
      'json-array',
      `\uFEFF[{"asn":64496,"prefix":"192.0.2.0/24","maxLength":24,"ta":"ripe"},
        {"asn":"AS64497","prefix":"2001:db8::/32","maxLength":48}]`,
      { ...none, vrps: ['192.0.2.0/24-24 64496 <,ripe>', '2001:db8::/32-48 64497'] },
    ],
    [
      'an array of records of every kind',
      'json-array',
      `[{"customer":64496,"providers":[64500,64501]},{"asn":1,"ski":"${SKI}","pubkey":"+/8="},{"asn":2,"prefix":"192.0.2.0/24"}]`,
      { vrps: ['192.0.2.0/24-24 2'], routerKeys: [`1 ${ski} fbff`], aspas: ['64496: 64500 64501'] },
    ],
    [
      'an array of objects of filemode, of which only the valid one counts',
      'json-array',
      `[{"type":"aspa","customer_asid":1,"providers":[2],"validation":"Failed"},
        {"type":"aspa","customer_asid":3,"providers":[4],"validation":"OK"}]`,
      { ...none, aspas: ['3: 4'] },
    ],
    ['a byte order mark', 'rpki-client', '\uFEFF {"roas":[]}', none],
    ['Routinator with everything switched off', 'routinator', '{"metadata":{"generated":1}}', none],
  ];

  it.each(rows)('%s', (_, dialect, text, content) => {
    const file = readPayloads(text);
    expect(file.dialect).toBe(dialect);
    expect(contentOf(file)).toEqual(content);
    expect(file.problems.listed.filter(({ code }) => code !== 'validation-failed')).toEqual([]);
  });

  it('lets aspas win over provider_authorizations, whichever comes first', () => {
    const old = '"provider_authorizations":{"ipv4":[{"customer_asid":1,"providers":[2]}]}';
    const now = '"aspas":[{"customer_asid":3,"providers":[4]}]';
    for (const text of [`{${old},${now}}`, `{${now},${old}}`]) {
      const file = readPayloads(text);
      expect(contentOf(file).aspas).toEqual(['3: 4']);
      expect(file.problems.listed.map(({ code }) => code)).toEqual(['two-aspa-lists']);
    }
  });

  it('leaves out what has expired at the given time', () => {
    const text = `{"roas":[{"asn":1,"prefix":"192.0.2.0/24","expires":99},{"asn":2,"prefix":"192.0.2.0/24","expires":100},
      {"asn":3,"prefix":"192.0.2.0/24"}],"aspas":[{"customer_asid":1,"providers":[2],"expires":5}]}`;
    const file = readPayloads(text, { now: 100 });
    expect(contentOf(file)).toEqual({
      ...none,
      vrps: ['192.0.2.0/24-24 2 <100,>', '192.0.2.0/24-24 3'],
    });
    expect(file.expired).toBe(2);
    expect(readPayloads(text).expired).toBe(0);
  });
});
