import { describe, expect, it } from 'vitest';
import { elementsOf, problemsOf, read } from './feed-texts.js';

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
