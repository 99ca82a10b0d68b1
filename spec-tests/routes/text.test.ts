import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createRouteReader, createTextReader, type Element } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { brief, briefs } from './briefs.js';
import { readMrt, readText } from './collect.js';
import { announcement } from './fixtures.js';

describe('bgpdump lines', () => {
  it.each([
    [
      'TABLE_DUMP2|1000|B|192.0.2.1|64496|198.51.100.0/24|64496 {64497,64498}|IGP|192.0.2.1|0|0||NAG||',
      'route 1000.- 192.0.2.1 64496 198.51.100.0/24 B 64496 {64497,64498}',
    ],
    [
      'TABLE_DUMP|1000|B|192.0.2.1|64496|198.51.100.1/24|64496|IGP|192.0.2.1|0|0||NAG||',
      'route 1000.- 192.0.2.1 64496 198.51.100.0/24 B 64496',
    ],
    [
      'TABLE_DUMP2_AP|1000|B|192.0.2.1|64496|198.51.100.0/24|36|64496|IGP|192.0.2.1|0|0||NAG||',
      'route 1000.- 192.0.2.1 64496 198.51.100.0/24 #36 B 64496',
    ],
    [
      'BGP4MP|1000|A|2001:db8::1|64496|2001:db8::/32||IGP|2001:db8::1|0|0||NAG||',
      'route 1000.- 2001:db8::1 64496 2001:db8::/32 A ',
    ],
    [
      'BGP4MP_ET|1000.000042|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0||AG|1 192.0.2.1|',
      'route 1000.42 192.0.2.1 64496 198.51.100.0/24 A 64496',
    ],
    [
      'BGP4MP_ET_LOCAL_AP|1000.5|A|192.0.2.1|64496|198.51.100.0/24|7|(64512) 64496 [64513]|IGP|192.0.2.1|0|0||NAG||',
      'route 1000.500000 192.0.2.1 64496 local 198.51.100.0/24 #7 A (64512) 64496 [64513]',
    ],
    ['BGP4MP|1000|W|192.0.2.1|64496|198.51.100.0/24', 'withdrawal 1000.- 192.0.2.1 64496 198.51.100.0/24'],
    [
      'BGP4MP_AP|1000|W|192.0.2.1|64496|198.51.100.0/24|9',
      'withdrawal 1000.- 192.0.2.1 64496 198.51.100.0/24 #9',
    ],
    ['BGP4MP|1000|STATE|192.0.2.1|64496|5|6', 'state 1000.- 192.0.2.1 64496 5>6'],
    // -p
    [
      'BGP4MP|3|1000|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0||NAG||',
      'route 1000.- 192.0.2.1 64496 198.51.100.0/24 A 64496',
    ],
    ['BGP4MP|3|1000|W|192.0.2.1|64496|198.51.100.0/24', 'withdrawal 1000.- 192.0.2.1 64496 198.51.100.0/24'],
    ['BGP4MP|3|1000|STATE|192.0.2.1|64496|5|6', 'state 1000.- 192.0.2.1 64496 5>6'],
    // -l, -u
    [
      'BGP4MP|1000|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0|1:1|1:1:1|NAG||',
      'route 1000.- 192.0.2.1 64496 198.51.100.0/24 A 64496',
    ],
    [
      'BGP4MP|1000|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP|192.0.2.1|0|0||NAG|||',
      'route 1000.- 192.0.2.1 64496 198.51.100.0/24 A 64496',
    ],
    // -M
    [
      'BGP4MP|07/22/10 20:15:01|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP',
      'route 1279829701.- 192.0.2.1 64496 198.51.100.0/24 A 64496',
    ],
    [
      'TABLE_DUMP2_AP|0|01/07/16 12:01:47|B|192.0.2.1|64496|198.51.100.0/24|36|64496|IGP',
      'route 1452168107.- 192.0.2.1 64496 198.51.100.0/24 #36 B 64496',
    ],
    [
      'BGP4MP_ET|10/23/15 02:01:18.509481|STATE|192.0.2.1|64496|1|2',
      'state 1445565678.509481 192.0.2.1 64496 1>2',
    ],
    [
      'BGP4MP|01/01/99 00:00:00|W|192.0.2.1|64496|198.51.100.0/24',
      'withdrawal 915148800.- 192.0.2.1 64496 198.51.100.0/24',
    ],
  ])('%s', (line, expected) => {
    expect(briefs(`${line}\r\n`)).toEqual([expected]);
  });

  it.each([
    ['line-kind', 'BGP4MP|1000|X|192.0.2.1|64496|198.51.100.0/24'],
    ['line-columns', 'BGP4MP|1000|A|192.0.2.1|64496|198.51.100.0/24|64496'],
    ['line-columns', 'BGP4MP|1000|W|192.0.2.1|64496'],
    ['as-path-cut', 'BGP4MP|1000|A|192.0.2.1|64496|198.51.100.0/24|64496 ...|IGP'],
    ['as-path-syntax', 'BGP4MP|1000|A|192.0.2.1|64496|198.51.100.0/24|{64496|IGP'],
    ['asn-syntax', 'BGP4MP|1000|A|192.0.2.1|x|198.51.100.0/24|64496|IGP'],
    ['address-syntax', 'BGP4MP|1000|A|192.0.2|64496|198.51.100.0/24|64496|IGP'],
    ['prefix-length', 'BGP4MP|1000|A|192.0.2.1|64496|198.51.100.0/33|64496|IGP'],
    ['time-syntax', 'BGP4MP|-1|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP'],
    ['time-syntax', 'BGP4MP|4294967296|A|192.0.2.1|64496|198.51.100.0/24|64496|IGP'],
    ['number-syntax', 'BGP4MP_AP|1000|A|192.0.2.1|64496|198.51.100.0/24|64496 64497|IGP'],
    ['number-syntax', 'BGP4MP|1000|STATE|192.0.2.1|64496|5|x'],
  ])('%s: %s', (code, line) => {
    const { elements, summary } = readText(`# first\n${line}\n64496 64497\n`);
    expect(elements.map(brief)).toEqual(['-: 64496 64497']);
    expect(summary.problems.first).toMatchObject([{ code, number: 2, offset: 8 }]);
  });
});

describe('plain lines', () => {
  it('routes, paths, roles, comments', () => {
    const text = [
      '\ufeff# a comment',
      '198.51.100.0/24|64496 64497|64496',
      ' 2001:db8::/32 | 64496 {64497} | AS64496 # why',
      '',
      '64499 64498 64496',
      'customer 64499 (64500) # why',
      'rs-client 64499',
      'provider',
    ].join('\n');
    expect(briefs(text)).toEqual([
      'route 0.- - 64496 198.51.100.0/24 A 64496 64497',
      'route 0.- - 64496 2001:db8::/32 A 64496 {64497}',
      '-: 64499 64498 64496',
      'customer: 64499 (64500)',
      'rs-client: 64499',
      'provider: ',
    ]);
  });

  it.each([
    ['role-unknown', 'friend 64496'],
    ['asn-syntax', '64496 x'],
    ['line-columns', '198.51.100.0/24|64496'],
    ['line-columns', '198.51.100.0/24|64496|64496|1'],
    ['prefix-syntax', 'x|64496|64496'],
  ])('%s: %s', (code, line) => {
    expect(readText(`${line}\n64496\n`).codes).toEqual([code]);
  });

  it('equal paths and peers are one object, and borders are marked as lost', () => {
    const { elements } = readText('10.0.0.0/8|64496 64497|64496\n10.1.0.0/16|64496 64497|64496\n');
    const [a, b] = elements as (Element & { kind: 'route' })[];
    expect(a?.asPath).toBe(b?.asPath);
    expect(a?.peer).toBe(b?.peer);
    expect(a?.bordersLost).toBe(true);
  });
});

describe('detection and streaming', () => {
  it('tells MRT from text by the first octets, whatever the chunks', () => {
    for (const step of [1, 5, 12, 13, 1000]) {
      const elements: Element[] = [];
      const octets = announcement('64496');
      const reader = createRouteReader((element) => elements.push({ ...element }));
      for (let at = 0; at < octets.length; at += step) reader.push(octets.subarray(at, at + step));
      reader.end();
      expect(elements).toMatchObject([{ kind: 'route', peerAs: 64496, bordersLost: false }]);
      expect(briefs('64496\n64497', step)).toEqual(['-: 64496', '-: 64497']);
    }
    expect(briefs('1')).toEqual(['-: 1']);
    expect(briefs('')).toEqual([]);
  });

  it('a line above the limit is one problem, the next line is read', () => {
    const text = `64496\n${'1 '.repeat(100)}\n64497\n`;
    for (const step of [1, 7, 1000]) {
      const { elements, summary } = readText(text, { maxRecordLength: 50 }, step);
      expect(elements.map(brief)).toEqual(['-: 64496', '-: 64497']);
      expect(summary.problems.first).toMatchObject([{ code: 'line-too-long', number: 2, offset: 6 }]);
      expect(summary.octets).toBe(text.length);
    }
  });

  it('errors of the caller pass through', () => {
    const error = new Error('mine');
    const reader = createTextReader(() => {
      throw error;
    });
    expect(() => reader.push(new TextEncoder().encode('64496\n'))).toThrow(error);
  });

  it('property: any text is read without an error', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        'BGP4MP|',
        '|A|',
        '192.0.2.1|64496|',
        '10.0.0.0/8|',
        '64496 {1,2}',
        '{"data":{"peer_asn":"1",',
        '"type":"UPDATE"}}',
        '\n',
        '\r\n',
        '#',
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (pieces, step) => {
        const text = pieces.join('');
        if (text.slice(0, 12).includes('\0')) return;
        const { summary } = readText(text, { keepProblems: 2 }, step);
        expect(summary.octets).toBe(new TextEncoder().encode(text).length);
        expect(summary.problems.first.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 200 },
    );
  });
});

describeShared('real text', () => {
  it('bgpdump lines say the same as the MRT they come from', () => {
    let compared = 0;
    for (const name of [
      'bview.ipv4_unicast_add_path',
      'bview.64k_stream_overflow',
      'updates.20020722.2238',
      'updates.20071015.1505',
    ]) {
      const folder = shared('data/mrt/bgpdump');
      const fromMrt = readMrt(gunzipSync(readFileSync(`${folder}/test_data/${name}.gz`))).elements.map(brief);
      const fromText = briefs(gunzipSync(readFileSync(`${folder}/test_expect/${name}.gz.bgp.gz`)).toString());
      expect(fromText.join('\n')).toBe(fromMrt.join('\n'));
      compared += fromText.length;
    }
    expect(compared).toBe(62 + 23 + 3_337 + 10_496);
  });

  it('RIS Live samples', () => {
    const { elements, summary } = readText(
      readFileSync(shared('data/json/rislive/ris_messages.jsonl'), 'utf8'),
    );
    expect(elements.map(brief)).toEqual([
      'route 1636247118.760000 2001:7f8:24::82 58299 2602:fd9e:f00::/40 A 58299 49981 397666',
      'route 1636342486.170000 37.49.237.175 199524 64.68.236.0/22 A 199524 1299 3356 13904 13904 13904 13904 13904 13904',
      'route 1640553894.840000 195.66.226.38 24482 102.66.116.0/24 A 24482 30844 328471 328471 328471',
      'route 1636247118.760000 2001:7f8:24::82 58299 2602:fd9e:f00::/40 A 58299 49981 397666',
      'route 1636247118.760000 2001:7f8:24::82 58299 2602:fd9e:f00::/40 A 58299 49981 397666',
    ]);
    expect(summary).toMatchObject({ skippedRecords: 2, records: 7 });
    expect(summary.problems.count).toBe(0);
  });

  it('a RIS Live message that is only raw', () => {
    const text = JSON.stringify(
      JSON.parse(readFileSync(shared('data/json/rislive/ris_message-raw.json'), 'utf8')),
    );
    expect(briefs(text)).toEqual(
      ['2a0e:97c7::/48', '2a0e:97c6:fe::/48', '2a10:cc42:17b7::/48', '2a10:cc42:1feb::/48'].map(
        (prefix) =>
          `route 1636245154.800000 2001:7f8:b:100:1d1:a520:1333:74 201333 ${prefix} A 201333 6762 174 20473`,
      ),
    );
  });

  it('the flat form of 2018', () => {
    const text = readFileSync(shared('data/json/rislive/libbgpstream-2018-firehose.jsonl'), 'utf8');
    expect(briefs(text)).toEqual([
      'route 1533666470.700000 2001:7f8:20:101::208:147 28917 2804:45d0::/32 A 28917 6939 266951',
      'withdrawal 1534175898.170000 37.49.236.123 198290 185.124.96.0/22',
    ]);
  });
});
