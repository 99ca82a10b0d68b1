import fc from 'fast-check';
import { type Capability, encodeNlri, pathAttribute } from 'pathsec/bgp';
import { concatOctets } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announce, announce6, withdraw } from '../bmp/samples.js';
import { Connection, pcap, pcapng } from '../unpack/capture-files.js';
import { KEEPALIVE, OPENED, oldOpen, open, PATH_A, read, session } from './captured.js';
import { attributes, nlri, update } from './fixtures.js';

describe('a capture', () => {
  it('gives the routes of both sides, with sender, AS and time', () => {
    const { packets } = session()
      .send('a', announce(PATH_A))
      .send('b', announce('64500'), withdraw)
      .send('a', update({})); // End-of-RIB
    const octets = pcap(packets);
    const { elements, problems, summary } = read(octets);
    expect(elements).toEqual([
      `192.0.2.1 AS64496 6.6 route 198.51.100.0/24 ${PATH_A}`,
      '192.0.2.2 AS64500 7.7 route 198.51.100.0/24 64500',
      '192.0.2.2 AS64500 8.8 withdrawal 198.51.100.0/24',
    ]);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({
      records: 10,
      usable: 8,
      routes: 2,
      withdrawals: 1,
      octets: octets.length,
    });
    expect([...summary.messages].sort()).toEqual([
      [1, 2],
      [2, 4],
      [4, 2],
    ]);
    expect(summary.recordTypes).toEqual(new Map([['link/1', 10]]));
    expect(summary.cutOff).toBeUndefined();
    for (const chunk of [1, 7, 100]) expect(read(octets, {}, chunk)).toEqual({ elements, problems, summary });
    expect(read(pcapng(packets)).elements).toEqual(elements);
  });

  it('has sessions over IPv6, on any port, and many at once', () => {
    const six = new Connection({ a: '[2001:db8::1]:1790', b: '[2001:db8::2]:40000' });
    six.send('b', open(64500)).send('a', open(4_200_000_001), announce6);
    const four = session().send('a', announce(PATH_A));
    const mixed = [0, 1, 2, 3, 4, 5, 6].flatMap((i) => [six.packets[i], four.packets[i]]);
    const { elements, problems } = read(pcap(mixed.filter((one) => one !== undefined)));
    expect(elements.map((line) => line.replace(/ \d+\.\d+ /, ' '))).toEqual([
      '2001:db8::1 AS4200000001 route 2001:db8::/32 4200000001 64497',
      `192.0.2.1 AS64496 route 198.51.100.0/24 ${PATH_A}`,
    ]);
    expect(problems).toEqual([]);
  });

  it('is put in order: messages over several packets, several in one, late, twice, cut elsewhere', () => {
    const stream = concatOctets([
      announce(PATH_A),
      withdraw,
      KEEPALIVE,
      announce('64496 64498'),
      announce('64496'),
    ]);
    const expected = [PATH_A, undefined, '64496 64498', '64496'];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (cuts, order) => {
          const connection = session();
          const borders = [0, ...cuts.sort((x, y) => x - y), stream.length];
          const pieces = borders
            .slice(1)
            .map((end, i) => connection.next('a', stream.subarray(borders[i], end)));
          const shuffled = [...pieces, ...pieces.slice(0, 2)]
            .map((piece) => [order.next().value as number, piece] as const)
            .sort(([x], [y]) => x - y)
            .map(([, piece]) => piece);
          const { elements, problems } = read(pcap([...connection.packets, ...shuffled]));
          expect(elements.map((line) => /(?:route \S+ (.*)|withdrawal .*)$/.exec(line)?.[1])).toEqual(
            expected,
          );
          expect(problems).toEqual([]);
        },
      ),
    );
  });

  it('says of a fault in a message where it stands in the file, also where the message is in two packets', () => {
    const bad = announce(PATH_A);
    const at = 30; // the type of the segment of AS_PATH
    bad[at] = 9;
    for (const cut of [bad.length, at - 3, at, at + 1]) {
      const connection = session();
      connection.send('a', bad.subarray(0, cut));
      if (cut < bad.length) connection.send('a', bad.subarray(cut));
      const octets = pcap(connection.packets);
      const { summary, elements } = read(octets);
      const [problem] = summary.problems.first;
      expect(problem?.code).toBe('as-path-segment-type');
      expect(octets[problem?.offset as number]).toBe(9);
      expect(elements[0]).toContain('withdrawal 198.51.100.0/24');
    }
  });
});

describe('the OPENs of a capture', () => {
  const addPath = (mode: 'send' | 'receive' | 'both', afi = 1): Capability => ({
    name: 'add-path',
    families: [{ afi, safi: 1, mode }],
  });

  it('say whether AS numbers have two octets', () => {
    const { packets } = session(open(64496), oldOpen(64500))
      .send('a', announce(PATH_A, false, 2))
      .send('b', announce('64500 64501', false, 2));
    expect(read(pcap(packets))).toMatchObject({
      elements: [
        `192.0.2.1 AS64496 6.6 route 198.51.100.0/24 ${PATH_A}`,
        '192.0.2.2 AS64500 7.7 route 198.51.100.0/24 64500 64501',
      ],
      problems: [],
    });
  });

  it('say which direction has Path Identifiers, and the octets are not asked', () => {
    const { packets } = session(open(64496, addPath('send')), open(64500, addPath('receive')))
      .send('a', announce(PATH_A, true))
      .send('b', announce('64500'));
    const { elements, problems } = read(pcap(packets), { detectAddPath: false });
    expect(elements).toEqual([
      `192.0.2.1 AS64496 6.6 route 198.51.100.0/24 id 7 ${PATH_A}`,
      '192.0.2.2 AS64500 7.7 route 198.51.100.0/24 64500',
    ]);
    expect(problems).toEqual([]);
  });

  it('that do not agree on Path Identifiers are told against the octets', () => {
    const { packets } = session(open(64496, addPath('send')), open(64500)).send('a', announce(PATH_A, true));
    const { elements, problems } = read(pcap(packets));
    expect(elements[0]).toContain('198.51.100.0/24 id 7');
    expect(problems).toEqual([`add-path-hidden #${OPENED + 1}`]);
  });

  it('say whether long messages may come', () => {
    const many = Array.from({ length: 1200 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);
    const long = update({ attributes: attributes(PATH_A), nlri: encodeNlri(nlri(...many), false) });
    expect(long.length).toBeGreaterThan(4096);
    const extended: Capability = { name: 'extended-message' };
    const agreed = read(pcap(session(open(64496), open(64500, extended)).send('a', long).packets));
    expect([agreed.elements.length, agreed.problems]).toEqual([1200, []]);
    const { packets } = session(open(64496, extended)).send('a', long);
    const refused = read(pcap(packets));
    expect([refused.elements.length, refused.problems]).toEqual([1200, [`message-length #${OPENED + 1}`]]);
    expect(read(pcap(packets), { strict: true }).elements).toEqual([]);
  });

  it('are the last ones of the connection', () => {
    const first = session(open(64496), oldOpen(64500));
    const second = new Connection({ numberA: 5, numberB: 6 });
    second.send('b', open(64500)).send('a', open(64499), announce('64499 64497'));
    const { elements, problems } = read(pcap([...first.packets, ...second.packets]));
    expect(elements[0]).toContain('AS64499');
    expect(elements[0]).toContain('64499 64497');
    expect(problems).toEqual([]);
  });

  it('that cannot be read are told, and the messages read as without them', () => {
    const bad = open(64496);
    bad[19] = 3; // version
    const { packets } = session(bad).send('a', announce(PATH_A));
    const { elements, problems } = read(pcap(packets));
    expect(elements).toEqual([`192.0.2.1 AS64496 6.6 route 198.51.100.0/24 ${PATH_A}`]);
    expect(problems).toEqual(['bgp-version #4', `bgp-no-open #${OPENED + 1}`]);
  });
});

describe('BGPsec in a capture', () => {
  const bgpsec = (direction: 'send' | 'receive'): Capability => ({
    name: 'bgpsec',
    version: 0,
    direction,
    afi: 1,
    unassigned: 0,
  });
  const multiprotocol: Capability = { name: 'multiprotocol', afi: 1, safi: 1, reserved: 0 } as Capability;
  const signed = pathAttribute(
    33,
    // Secure_Path of one segment: pCount 1, AS 64496; one block of suite 1 with a signature of one octet.
    concatOctets([
      Uint8Array.of(0, 8, 1, 0, 0, 0, 0xfb, 0xf0),
      Uint8Array.of(0, 26, 1),
      new Uint8Array(20),
      Uint8Array.of(0, 1, 9),
    ]),
  );
  const [origin, asPath, nextHop] = attributes(PATH_A);
  const announceBy = (...list: readonly ReturnType<typeof pathAttribute>[]) =>
    update({ attributes: list, nlri: encodeNlri(nlri('198.51.100.0/24'), false) });
  const both = [
    open(64496, multiprotocol, bgpsec('send')),
    open(64500, multiprotocol, bgpsec('receive')),
  ] as const;
  if (!origin || !asPath || !nextHop) throw new Error('three attributes');

  it.each([
    ['negotiated, alone', both, [origin, nextHop, signed], 'route 198.51.100.0/24 64496 signed', []],
    [
      'negotiated, beside AS_PATH',
      both,
      [origin, asPath, nextHop, signed],
      'withdrawal 198.51.100.0/24',
      ['as-path-present'],
    ],
    [
      'not negotiated, alone',
      [],
      [origin, nextHop, signed],
      'withdrawal 198.51.100.0/24',
      ['bgpsec-not-negotiated'],
    ],
    [
      'not negotiated, beside AS_PATH',
      [],
      [origin, asPath, nextHop, signed],
      `route 198.51.100.0/24 ${PATH_A}`,
      [],
    ],
  ] as const)('%s', (_name, opens, list, expected, codes) => {
    const { packets } = session(...(opens as readonly Uint8Array[])).send('a', announceBy(...list));
    const { elements, problems } = read(pcap(packets));
    expect(elements).toEqual([`192.0.2.1 AS64496 6.6 ${expected}`]);
    expect(problems).toEqual(codes.map((code) => `${code} #${OPENED + 1}`));
  });

  it('that began before the capture is taken as it comes, its sender from the Secure_Path', () => {
    const { packets } = new Connection({ syn: false }).send('a', announceBy(origin, nextHop, signed));
    expect(read(pcap(packets))).toMatchObject({
      elements: ['192.0.2.1 AS64496 0.0 route 198.51.100.0/24 64496 signed'],
      problems: ['bgp-no-open #1'],
    });
  });
});
