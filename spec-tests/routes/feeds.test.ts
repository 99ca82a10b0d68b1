import { readFileSync } from 'node:fs';
import { formatAsPath } from 'pathsec/bgp';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

/** An element in a line: kind, time, peer, prefix, path. */
function textOf(element: Element): string {
  if (element.kind === 'path') return `path ${formatAsPath(element.asPath)}`;
  const { address, asn } = element.peer;
  const head = [
    element.kind === 'route' ? (element.rib ? 'rib' : 'route') : element.kind,
    element.time + (element.microseconds ?? 0) / 1e6,
    `${address.length > 0 ? formatAddress(address) : '?'}/${asn}${element.local ? '!' : ''}`,
  ];
  if (element.kind === 'state') return [...head, element.oldState, element.newState].join(' ');
  const id = element.pathId === undefined ? '' : `#${element.pathId}`;
  const tail = element.kind === 'route' ? [formatAsPath(element.asPath)] : [];
  return [...head, `${formatPrefix(element.prefix)}${id}`, ...tail].join(' ');
}

/** What a text holds, its problems as `code@line`, and what was passed over. */
function read(text: string) {
  const elements: string[] = [];
  const reader = createRouteReader((element) => elements.push(textOf(element)));
  reader.push(new TextEncoder().encode(text));
  reader.end();
  const { problems, skippedRecords, cutOff } = reader.summary;
  const listed = problems.first.map(({ code, number }) => `${code}@${number}`);
  return { elements, problems: listed, skipped: skippedRecords, cutOff: cutOff?.code };
}
const elementsOf = (...lines: string[]): string[] => {
  const { elements, problems } = read(`${lines.join('\n')}\n`);
  expect(problems).toEqual([]);
  return elements;
};
const problemsOf = (...lines: string[]): string[] => read(`${lines.join('\n')}\n`).problems;

describe('bgpreader', () => {
  const route =
    'R|R|1756828800.000000|ris|rrc00|||64499|192.0.2.9|192.0.2.0/24|192.0.2.9|64499 {64498,64497}|64496|64499:100||';

  it('RIB entries, announcements, withdrawals, changes of state', () => {
    expect(
      elementsOf(
        route,
        'U|A|1756828801.25|routeviews|route-views2|r1|192.0.2.1|64499|2001:db8::9|2001:db8::/32|2001:db8::9|64499 (1,2) 3|3|||',
        'U|W|1756828802|ris|rrc00|||64499|192.0.2.9|198.51.100.0/24||||||',
        'U|S|1756828803|ris|rrc00|||64499|192.0.2.9||||||ESTABLISHED|IDLE',
      ),
    ).toEqual([
      'rib 1756828800 192.0.2.9/64499 192.0.2.0/24 64499 {64498,64497}',
      'route 1756828801.25 2001:db8::9/64499 2001:db8::/32 64499 (1 2) 3',
      'withdrawal 1756828802 192.0.2.9/64499 198.51.100.0/24',
      'state 1756828803 192.0.2.9/64499 6 1',
    ]);
  });

  it('faults have a code and a line', () => {
    expect(
      problemsOf(
        route,
        route.replace(/\|\|$/, '').replace('64499:100', ''),
        route.replace('192.0.2.0/24', '192.0.2.0'),
        route.replace('64499 {', '6449x {'),
        'U|S|1756828803|ris|rrc00|||64499|192.0.2.9||||||UP|IDLE',
      ),
    ).toEqual(['line-columns@2', 'prefix-syntax@3', 'asn-syntax@4', 'session-state@5']);
  });
});

describe('bgpkit', () => {
  it('lines with bars', () => {
    expect(
      elementsOf(
        'A|1636245154.8|192.0.2.9|64499|192.0.2.0/24|64499 {1,2} 64496|64496|IGP|192.0.2.9|0|0||false|||',
        'W|1636245155|192.0.2.9|64499|192.0.2.0/24|||||||||||',
      ),
    ).toEqual([
      'route 1636245154.8 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 64496',
      'withdrawal 1636245155 192.0.2.9/64499 192.0.2.0/24',
    ]);
    expect(problemsOf('A|1636245154.8|192.0.2.9|64499|192.0.2.0/24')).toEqual(['line-columns@1']);
  });

  const element = (members: object): string =>
    JSON.stringify({
      timestamp: 1.5,
      type: 'ANNOUNCE',
      peer_ip: '192.0.2.9',
      peer_asn: 64499,
      prefix: '192.0.2.0/24',
      ...members,
    });

  it('JSON: paths as nested arrays, segments or text, Path Identifiers', () => {
    const ty = (name: string, ...values: number[]) => ({ ty: name, values });
    expect(
      elementsOf(
        element({ as_path: [64499, [1, 2], 3] }),
        element({ as_path: '64499 {1,2} 3' }),
        element({
          as_path: [
            ty('AS_CONFED_SEQUENCE', 1),
            ty('AS_CONFED_SET', 2),
            ty('AS_SEQUENCE', 3),
            ty('AS_SET', 4),
          ],
        }),
        element({ as_path: [1], prefix: { prefix: '192.0.2.0/24', path_id: 7 } }),
        element({ type: 'WITHDRAW', as_path: null }),
      ),
    ).toEqual([
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 3',
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 3',
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 (1) [2] 3 {4}',
      'route 1.5 192.0.2.9/64499 192.0.2.0/24#7 1',
      'withdrawal 1.5 192.0.2.9/64499 192.0.2.0/24',
    ]);
  });

  it('JSON: faults', () => {
    expect(
      problemsOf(
        element({ as_path: null }),
        element({ as_path: [1], type: 'UPDATE' }),
        element({ as_path: [{ ty: 'AS_OTHER', values: [1] }] }),
        element({ as_path: [1], timestamp: null }),
        element({ as_path: [1] }).slice(0, -1),
      ),
    ).toEqual(['as-path-missing@1', 'json-shape@2', 'json-shape@3', 'json-shape@4', 'json-syntax@5']);
  });
});

describe('ExaBGP', () => {
  const event = (update: object, { direction = 'receive', more = {} } = {}): string =>
    JSON.stringify({
      exabgp: '4.0.1',
      time: 1.5,
      type: 'update',
      ...more,
      neighbor: {
        address: { local: '127.0.0.2', peer: '192.0.2.9' },
        asn: { local: 64500, peer: 64499 },
        direction,
        message: { update },
      },
    });
  const announce = { 'ipv4 unicast': { '192.0.2.9': [{ nlri: '192.0.2.0/24' }] } };

  it('version 4: sequences and sets apart; withdrawals, families, Path Identifiers', () => {
    expect(
      elementsOf(
        event({
          attribute: { 'as-path': [64499, 64498], 'as-set': [1, 2], 'confederation-path': [] },
          announce,
        }),
        event({
          attribute: { 'as-path': [64499] },
          announce: { 'ipv6 unicast': { '::1': [{ nlri: '2001:db8::/32', 'path-information': '0.0.1.7' }] } },
          withdraw: { 'ipv4 unicast': [{ nlri: '192.0.2.0/24' }], 'ipv4 mpls-vpn': [{ nlri: 'x' }] },
        }),
        event({ attribute: { 'as-path': [64500] }, announce }, { direction: 'send' }),
      ),
    ).toEqual([
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64499 64498 {1,2}',
      'withdrawal 1.5 192.0.2.9/64499 192.0.2.0/24',
      'route 1.5 192.0.2.9/64499 2001:db8::/32#263 64499',
      'route 1.5 192.0.2.9/64499! 192.0.2.0/24 64500',
    ]);
  });

  it('version 5: segments in order', () => {
    const path = {
      '0': { element: 'as-sequence', value: [64499] },
      '1': { element: 'as-set', value: [1, 2] },
      '2': { element: 'as-sequence', value: [3] },
    };
    expect(elementsOf(event({ attribute: { 'as-path': path }, announce }))).toEqual([
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 3',
    ]);
  });

  it('the message itself is read where it is there', () => {
    const more = {
      header: '0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF003B02',
      body: '0x000000204001010240021202040000FBF40000FBF00000FBF1FA56EA024003047F00000118C00002',
    };
    const update = { attribute: { 'as-path': [64500, 64496, 64497, 4200000002] }, announce };
    expect(elementsOf(event(update, { more }))).toEqual([
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64500 64496 64497 4200000002',
    ]);
    // Damaged, the members stand in for it.
    const cut = { ...more, body: more.body.slice(0, -8) };
    expect(read(event(update, { more: cut })).elements).toHaveLength(1);
  });

  it('other events are passed over, and faults have a line', () => {
    const { elements, skipped } = read(
      [
        event({}, { more: { type: 'keepalive' } }),
        event({}).replace('"update":{}', '"eor":{"afi":"ipv4"}'),
      ].join('\n'),
    );
    expect([elements, skipped]).toEqual([[], 2]);
    expect(
      problemsOf(
        event({ attribute: {}, announce }),
        event({ attribute: { 'as-path': { '0': { element: 'x', value: [] } } }, announce }),
        event({ attribute: { 'as-path': [1] }, announce: { 'ipv4 unicast': { a: [{ nlri: 'x' }] } } }),
        event({
          attribute: { 'as-path': [1] },
          announce: { 'ipv4 unicast': { a: [{ nlri: '192.0.2.0/24', 'path-information': '1' }] } },
        }),
      ),
    ).toEqual(['as-path-missing@1', 'json-shape@2', 'prefix-syntax@3', 'number-syntax@4']);
  });
});

describe('GoBGP', () => {
  const path = (members: object = {}) => ({
    nlri: { prefix: '192.0.2.0/24' },
    age: 1000,
    attrs: [
      { type: 1, value: 0 },
      {
        type: 2,
        as_paths: [
          { segment_type: 2, num: 2, asns: [64499, 64498] },
          { segment_type: 1, num: 1, asns: [7] },
        ],
      },
    ],
    'neighbor-ip': '192.0.2.9',
    ...members,
  });

  it('a table by prefix, and a list of changes', () => {
    expect(
      elementsOf(JSON.stringify({ '192.0.2.0/24': [path(), path({ 'neighbor-ip': undefined })] })),
    ).toEqual([
      'rib 1000 192.0.2.9/64499 192.0.2.0/24 64499 64498 {7}',
      'rib 1000 ?/64499! 192.0.2.0/24 64499 64498 {7}',
    ]);
    expect(elementsOf(JSON.stringify([path(), path({ withdrawal: true, attrs: [] })]))).toEqual([
      'route 1000 192.0.2.9/64499 192.0.2.0/24 64499 64498 {7}',
      'withdrawal 1000 192.0.2.9/0 192.0.2.0/24',
    ]);
  });

  it('one path that cannot be read is a problem, and the others are delivered', () => {
    const { elements, problems } = read(
      JSON.stringify([
        path({ attrs: [] }),
        path({ nlri: { prefix: 'x' } }),
        path({ attrs: [{ type: 2, as_paths: [{ segment_type: 9, asns: [] }] }] }),
        path({ nlri: { labels: [] } }),
        path(),
      ]).replace('{"nlri":{"labels":[]}', '{"nlri":{"labels":[]}'),
    );
    expect(elements).toHaveLength(1);
    expect(problems).toEqual(['as-path-missing@1', 'prefix-syntax@1', 'json-shape@1']);
  });
});

describe('bgpipe', () => {
  const message = (
    content: unknown,
    { direction = 'R', tags = { PEER_AS: '64499', PEER_IP: '192.0.2.9' } as object } = {},
  ): string => JSON.stringify([direction, 1, '2026-01-01T00:00:01.5', 'UPDATE', content, tags]);
  const ASPATH = { flags: 'T', value: [64499, [1, 2]] };

  it('routes and withdrawals, also of multiprotocol attributes, with Path Identifiers', () => {
    const mp = (prefixes: string[], af = 'IPV6/UNICAST') => ({ flags: 'O', value: { af, prefixes } });
    expect(
      elementsOf(
        message({
          reach: ['#7#192.0.2.0/24'],
          unreach: ['198.51.100.0/24'],
          attrs: { ASPATH, MP_REACH: mp(['2001:db8::/32']), MP_UNREACH: mp(['2001:db8:1::/48']) },
        }),
        message({ attrs: { ASPATH, MP_REACH: mp(['x'], 'IPV4/FLOWSPEC') } }),
        message({ reach: ['192.0.2.0/24'], attrs: { ASPATH } }, { direction: 'L', tags: {} }),
      ),
    ).toEqual([
      'withdrawal 1767225601.5 192.0.2.9/64499 198.51.100.0/24',
      'withdrawal 1767225601.5 192.0.2.9/64499 2001:db8:1::/48',
      'route 1767225601.5 192.0.2.9/64499 192.0.2.0/24#7 64499 {1,2}',
      'route 1767225601.5 192.0.2.9/64499 2001:db8::/32 64499 {1,2}',
      'route 1767225601.5 ?/64499! 192.0.2.0/24 64499 {1,2}',
    ]);
  });

  it('other messages are passed over, and faults have a line', () => {
    expect(read('["R",1,"2026-01-01T00:00:00","KEEPALIVE",null,{}]')).toMatchObject({
      elements: [],
      skipped: 1,
    });
    expect(
      problemsOf(
        message({ reach: ['192.0.2.0/24'] }),
        message({ reach: ['192.0.2.0/24', 'x'], attrs: { ASPATH } }),
        message({ reach: ['192.0.2.0/24'], attrs: { ASPATH } }).replace('2026', '26'),
        message({ reach: ['#x#192.0.2.0/24'], attrs: { ASPATH } }),
        message({ attrs: { MP_REACH: { value: {} } } }),
      ),
    ).toEqual(['as-path-missing@1', 'prefix-syntax@2', 'time-syntax@3', 'number-syntax@4', 'json-shape@5']);
  });
});

describe('show ip bgp', () => {
  const header = '   Network          Next Hop            Metric LocPrf Weight Path';

  it('columns by the header, more paths to a network, lines that are broken, classes', () => {
    expect(
      elementsOf(
        'BGP table version is 1, local router ID is 192.0.2.1',
        'Status codes: s suppressed, d damped, h history, * valid, > best, i - internal',
        '',
        header,
        '*> 192.0.2.0/24     192.0.2.9                0             0 64499 64498 {1,2} i',
        '*                   192.0.2.10                    100      0 64500 64498 ?',
        '*>i10.0.0.0         192.0.2.9                          32768 i',
        '*  203.0.113.0      192.0.2.9       4294967295    100      0 64499 e',
        '*> 198.51.100.128/25',
        '                    192.0.2.9                              0 64499 i',
        '*> 2001:db8:1234::/48',
        '                    2001:db8:1234:5678::9',
        '                                             0             0 64499 64497 i',
        ' h 198.51.100.0/24  192.0.2.9                0             0 64499 i',
        '',
        'Displayed  8 routes and 9 total paths',
      ),
    ).toEqual([
      'rib 0 ?/64499 192.0.2.0/24 64499 64498 {1,2}',
      'rib 0 ?/64500 192.0.2.0/24 64500 64498',
      'rib 0 ?/0 10.0.0.0/8 ',
      'rib 0 ?/64499 203.0.113.0/24 64499',
      'rib 0 ?/64499 198.51.100.128/25 64499',
      'rib 0 ?/64499 2001:db8:1234::/48 64499 64497',
    ]);
  });

  it('columns that FRR 10 moved for verdicts of origin validation', () => {
    expect(
      elementsOf(
        '     Network          Next Hop            Metric LocPrf Weight Path',
        ' V*> 192.0.2.0/24     192.0.2.9                0             0 64499 i',
        ' N*                   192.0.2.10               0             0 64500 i',
      ),
    ).toEqual(['rib 0 ?/64499 192.0.2.0/24 64499', 'rib 0 ?/64500 192.0.2.0/24 64500']);
  });

  it('faults have a line, and the next line is read', () => {
    const { elements, problems, cutOff } = read(
      [
        header,
        '*> 192.0.2.0/33     192.0.2.9                0             0 64499 i',
        '*                   192.0.2.10               0             0 64500 i',
        '*> 192.0.2.0/24     192.0.2.9                0             0 64499 x',
        '*> 192.0.2.0/24     192.0.2.9                0             0 64499 i',
        '*> 192.0.2.128/25   192.0.2.9',
      ].join('\n'),
    );
    expect(elements).toEqual(['rib 0 ?/64499 192.0.2.0/24 64499']);
    expect(problems).toEqual(['prefix-length@2', 'line-columns@3', 'line-columns@4', 'line-truncated@6']);
    expect(cutOff).toBe('line-truncated');
  });
});

describeShared('handed samples', () => {
  it.each([
    ['bgpipe.json', 1],
    ['bgpkit-elem.json', 1],
    ['bgpkit-elem.txt', 2],
    ['bgpreader.txt', 3],
    ['exabgp.json', 1],
    ['gobgp-rib.json', 1],
    ['sh-ip-bgp.txt', 1],
  ])('%s', (name, count) => {
    const { elements, problems } = read(readFileSync(shared(`cases/2026-11/formats/${name}`), 'utf8'));
    expect(problems).toEqual([]);
    expect(elements).toHaveLength(count);
    expect(elements[0]).toContain('192.0.2.0/24 64499 64498 64496');
  });

  it('what ExaBGP 4.2.21 and GoBGP 3.10 printed', () => {
    const exabgp = read(readFileSync(shared('data/captures/exabgp-4.2.21-api.jsonl'), 'utf8'));
    expect([exabgp.elements.length, exabgp.problems]).toEqual([4, []]);
    expect(exabgp.elements[1]).toContain('203.0.113.0/24 64498 64510 {64511,64512}');
    const gobgp = read(readFileSync(shared('data/captures/gobgp-3.10-monitor.json'), 'utf8'));
    expect([gobgp.elements.length, gobgp.problems]).toEqual([4, []]);
  });
});
