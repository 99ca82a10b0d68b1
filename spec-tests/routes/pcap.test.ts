import fc from 'fast-check';
import {
  type Capability,
  encodeMessage,
  encodeNlri,
  formatAsPath,
  makeOpen,
  pathAttribute,
} from 'pathsec/bgp';
import { concatOctets } from 'pathsec/bytes';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element, type ReadOptions } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { announce, announce6, withdraw } from '../bmp/samples.js';
import { run, temporaryFile } from '../cli/run.js';
import { Connection, ethernet, ip, packet, pcap, pcapng, tcp } from '../unpack/capture-files.js';
import { attributes, nlri, update } from './fixtures.js';

function shown(element: Element): string {
  if (element.kind === 'path') return element.kind;
  const { peer, time, microseconds } = element;
  const who = `${formatAddress(peer.address)} AS${peer.asn} ${time - 1_700_000_000}.${microseconds}`;
  if (element.kind === 'state') return `${who} state`;
  const id = element.pathId === undefined ? '' : ` id ${element.pathId}`;
  const path =
    element.kind === 'route' ? ` ${formatAsPath(element.asPath)}${element.signed ? ' signed' : ''}` : '';
  return `${who} ${element.kind} ${formatPrefix(element.prefix)}${id}${path}`;
}

function read(octets: Uint8Array, options: ReadOptions = {}, chunk = octets.length || 1) {
  const elements: string[] = [];
  const reader = createRouteReader((element) => elements.push(shown(element)), options);
  for (let at = 0; at < octets.length; at += chunk) reader.push(octets.subarray(at, at + chunk));
  reader.end();
  const { summary } = reader;
  const problems = summary.problems.first.map(({ code, number }) => `${code} #${number}`);
  return { elements, problems, summary };
}

const KEEPALIVE = encodeMessage({ kind: 'keepalive' });
const open = (asn: number, ...capabilities: readonly Capability[]): Uint8Array =>
  encodeMessage(makeOpen(asn, asn, capabilities));
/** An OPEN of a speaker that knows AS numbers of two octets alone. */
const oldOpen = (asn: number): Uint8Array =>
  encodeMessage({ kind: 'open', myAs: asn, holdTime: 90, bgpIdentifier: asn, parameters: [] });

/** A connection whose sides have opened a session: `a` is AS 64496 at 192.0.2.1, `b` AS 64500 at 192.0.2.2. */
function session(a: Uint8Array = open(64496), b: Uint8Array = open(64500)): Connection {
  return new Connection().send('b', b).send('a', a, KEEPALIVE).send('b', KEEPALIVE);
}

const PATH_A = '64496 64497';
/** Packets of {@link session}. */
const OPENED = 6;

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

describe('a capture that begins within a session', () => {
  const middle = () => new Connection({ syn: false });

  it('is read from the first marker on, and told once', () => {
    const { packets } = middle()
      .send('a', announce('64496 64499').subarray(30), announce(PATH_A), withdraw)
      .send('b', KEEPALIVE);
    const { elements, problems, summary } = read(pcap(packets));
    expect(elements).toEqual([
      `192.0.2.1 AS64496 1.1 route 198.51.100.0/24 ${PATH_A}`,
      '192.0.2.1 AS64496 2.2 withdrawal 198.51.100.0/24',
    ]);
    expect(problems).toEqual(['bgp-resynchronised #2', 'bgp-no-open #2']);
    expect(summary.problems.first.map(({ message }) => message)).toEqual([
      '21 octets from 192.0.2.1:179 to 192.0.2.2:40000 are passed over, up to the next message',
      'its OPENs are not in the capture: AS numbers and Path Identifiers from 192.0.2.1:179 to 192.0.2.2:40000 are read as the messages show',
    ]);
  });

  it('has AS numbers of the size by which the paths can be read', () => {
    const narrow = middle().send(
      'a',
      announce('64496 64497 64498', false, 2),
      announce('64496', false, 2),
      withdraw,
    );
    expect(read(pcap(narrow.packets)).elements).toEqual([
      '192.0.2.1 AS64496 0.0 route 198.51.100.0/24 64496 64497 64498',
      '192.0.2.1 AS64496 1.1 route 198.51.100.0/24 64496',
      '192.0.2.1 AS64496 2.2 withdrawal 198.51.100.0/24',
    ]);
    const wide = middle().send(
      'a',
      announce('4200000001 64497'),
      update({ attributes: [], nlri: new Uint8Array(0) }),
    );
    expect(read(pcap(wide.packets)).elements).toEqual([
      '192.0.2.1 AS4200000001 0.0 route 198.51.100.0/24 4200000001 64497',
    ]);
  });

  it('has Path Identifiers where only so the prefixes make sense, as in MRT', () => {
    const { packets } = middle().send('a', announce(PATH_A, true));
    const { elements, problems } = read(pcap(packets));
    expect(elements).toEqual([`192.0.2.1 AS64496 0.0 route 198.51.100.0/24 id 7 ${PATH_A}`]);
    expect(problems).toEqual(['bgp-no-open #1', 'add-path-hidden #1']);
  });

  it('takes what one OPEN says where the other is missing', () => {
    const lone = new Connection().send('b', oldOpen(64500)).send('b', announce('64500 64501', false, 2));
    const { elements, problems } = read(pcap(lone.packets));
    expect(elements).toEqual(['192.0.2.2 AS64500 3.3 route 198.51.100.0/24 64500 64501']);
    expect(problems).toEqual(['bgp-no-open #4']);
    const other = new Connection().send('b', oldOpen(64500)).send('a', announce('64496 64497', false, 2));
    expect(read(pcap(other.packets)).elements).toEqual([
      '192.0.2.1 AS64496 3.3 route 198.51.100.0/24 64496 64497',
    ]);
  });

  it('does not take a marker for one that no message stands behind', () => {
    const fake = concatOctets([new Uint8Array(16).fill(255), Uint8Array.of(0, 23, 2, 0, 0, 0, 0, 1, 2, 3)]);
    const { packets } = middle().send(
      'a',
      concatOctets([fake, new Uint8Array(40).fill(255), KEEPALIVE, announce(PATH_A)]),
    );
    const { elements, summary } = read(pcap(packets));
    expect(elements).toHaveLength(1);
    expect([...summary.messages]).toEqual([
      [4, 1],
      [2, 1],
    ]);
  });
});

describe('what is missing in a capture', () => {
  const one = announce(PATH_A);
  const many = update({
    attributes: attributes('64496'),
    nlri: encodeNlri(nlri(...Array.from({ length: 50 }, (_, i) => `10.0.${i}.0/24`)), false),
  });

  it('is told; what stands before it is read, and the next message at its place', () => {
    const connection = session().send('a', many.subarray(0, 100));
    connection.next('a', many.subarray(100, 150));
    connection.send('a', concatOctets([many.subarray(150), one]));
    const { elements, problems } = read(pcap(connection.packets));
    expect(elements.length).toBeGreaterThan(5);
    expect(elements.slice(0, -1).every((line) => line.includes('route 10.0.'))).toBe(true);
    expect(elements.at(-1)).toContain('route 198.51.100.0/24');
    expect(problems).toEqual(['tcp-gap #8', 'truncated #8']);
    expect(read(pcap(connection.packets), { strict: true }).elements).toHaveLength(1);
  });

  it('may be the rest of a message and more: the next marker is looked for', () => {
    const connection = session().send('a', many.subarray(0, 100));
    connection.next('a', concatOctets([many.subarray(100), one.subarray(0, 30)]));
    connection.send('a', concatOctets([one.subarray(30), withdraw]));
    const { elements, problems } = read(pcap(connection.packets));
    expect(elements.at(-1)).toContain('withdrawal 198.51.100.0/24');
    expect(problems).toEqual(['tcp-gap #8', 'truncated #8', 'bgp-resynchronised #8']);
  });

  it('may be a header, or whole messages', () => {
    const connection = session().send('a', many.subarray(0, 10));
    connection.next('a', many.subarray(10));
    connection.send('a', one);
    connection.next('a', withdraw);
    connection.send('a', one);
    const { elements, problems } = read(pcap(connection.packets));
    expect(elements).toHaveLength(2);
    expect(problems).toEqual(['tcp-gap #8', 'truncated #8', 'tcp-gap #9']);
  });

  it('may be what the capture left out of each packet', () => {
    const packets = session().packets.map((octets) => ({ octets }));
    const cut = (side: Uint8Array) => ({ octets: side.subarray(0, 54 + 80), length: side.length });
    const connection = session();
    const list = [
      cut(connection.next('a', many)),
      cut(connection.next('a', many)),
      cut(connection.next('a', one)),
    ];
    const { elements, problems, summary } = read(pcap([...packets, ...list]));
    expect(elements.filter((line) => line.includes('route 10.0.')).length).toBeGreaterThan(10);
    expect(elements.at(-1)).toContain('route 198.51.100.0/24');
    expect(problems).toEqual(['packet-cut #7', 'truncated #7', 'packet-cut #8', 'truncated #8']);
    expect(summary.problems.first[0]?.message).toMatch(
      /^\d+ octets from 192.0.2.1:179 to 192.0.2.2:40000 were left out/,
    );
  });

  it('may be the first packet of a connection', () => {
    const connection = new Connection();
    connection.next('a', open(64496));
    connection.send('a', announce(PATH_A));
    const { elements, problems } = read(pcap(connection.packets));
    expect(elements).toHaveLength(1);
    expect(problems).toEqual(['tcp-gap #3', 'bgp-no-open #3']);
  });

  it('at the end is a message that is not whole', () => {
    const { packets } = session().send('a', many.subarray(0, 100));
    const { elements, problems, summary } = read(pcap(packets));
    expect(elements.length).toBeGreaterThan(5);
    expect(problems).toEqual(['truncated #7']);
    expect(summary.usable).toBe(5);
  });

  it('has fragments and cut headers told, and other packets passed over', () => {
    const parts = { from: '192.0.2.1:179', to: '192.0.2.2:40000', sequence: 1, payload: one };
    const { packets } = session().send('a', one);
    const others = [
      ethernet(ip(parts, tcp(parts), { fragment: 0x2000 })),
      ethernet(packet(parts)).subarray(0, 40),
      ethernet(ip(parts, one, { protocol: 17 })),
    ];
    const damaged = ethernet(packet(parts));
    damaged[46] = 0;
    expect(read(pcap([...packets, ...others, damaged])).problems).toEqual([
      'ip-fragment #8',
      'packet-cut #9',
      'tcp-header #11',
    ]);
  });

  it('is told of repetitions with other octets', () => {
    const connection = session();
    const first = connection.next('a', one);
    const second = first.slice();
    second[second.length - 1] = 99;
    expect(read(pcap([...connection.packets, first, second]))).toMatchObject({
      elements: [`192.0.2.1 AS64496 6.6 route 198.51.100.0/24 ${PATH_A}`],
      problems: ['tcp-overlap #8'],
    });
  });
});

describe('a connection that loses its messages', () => {
  it('is read on from the next marker', () => {
    const { packets } = session().send(
      'a',
      concatOctets([announce(PATH_A), Uint8Array.of(1, 2, 3), withdraw]),
    );
    const { elements, problems } = read(pcap(packets));
    expect(elements).toHaveLength(2);
    expect(problems).toEqual(['marker #7', 'bgp-resynchronised #7']);
  });

  it('has messages of unknown types counted', () => {
    const unknown = concatOctets([new Uint8Array(16).fill(255), Uint8Array.of(0, 21, 9, 1, 2)]);
    const { packets } = session().send('a', concatOctets([unknown, announce(PATH_A)]));
    const { elements, problems, summary } = read(pcap(packets));
    expect([elements.length, problems, summary.skippedRecords]).toEqual([1, [], 1]);
  });
});

describe('a capture without BGP', () => {
  const text = (words: string) => new TextEncoder().encode(words.repeat(10));

  it('gives nothing and is told to hold no record of routes', async () => {
    const { packets } = new Connection()
      .send('b', text('GET / HTTP/1.1 '))
      .send('a', text('HTTP/1.1 200 OK '));
    const { elements, problems, summary } = read(pcap(packets));
    expect([elements, problems, summary.usable, summary.records]).toEqual([[], [], 0, 4]);
    const rpki = temporaryFile('rpki.json', '{"roas":[]}');
    const { code, stderr } = await run(['audit', '--rpki', rpki, temporaryFile('x.pcap', pcap(packets))]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no record of routes in 4 records')]);
  });

  it('says where connections are of RTR or BMP', () => {
    const query = Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 8);
    const response = Uint8Array.of(1, 3, 0, 5, 0, 0, 0, 8);
    const rtr = new Connection().send('b', query).send('a', concatOctets([response, new Uint8Array(64)]));
    expect(read(pcap(rtr.packets)).problems).toEqual(['capture-rtr #4']);
    const bmp = new Connection().send(
      'a',
      concatOctets([Uint8Array.of(3, 0, 0, 0, 70, 4), new Uint8Array(64)]),
    );
    expect(read(pcap(bmp.packets)).problems).toEqual(['capture-bmp #3']);
  });

  it('of which the link type is not read says so once', () => {
    const { problems, summary } = read(pcap(session().packets, { linkType: 147 }));
    expect([problems, summary.skippedRecords]).toEqual([['capture-link-type #1'], 6]);
  });

  it('searches a connection that began before for two of the longest messages, and then no more', () => {
    const connection = new Connection({ syn: false });
    for (let i = 0; i < 100; i++) connection.send('a', new Uint8Array(1400));
    connection.send('a', announce(PATH_A));
    expect(read(pcap(connection.packets)).elements).toEqual([]);
  });
});

describe('the file of a capture', () => {
  const octets = pcap(session().send('a', announce(PATH_A)).packets);

  it('that ends within a packet is half a file: what is there is read', async () => {
    const cut = octets.subarray(0, octets.length - 5);
    const { elements, problems, summary } = read(cut);
    expect([elements, problems]).toEqual([[], ['record-truncated #7']]);
    expect(summary.cutOff?.code).toBe('record-truncated');
    const rpki = temporaryFile('rpki.json', '{"roas":[]}');
    const { code, stderr } = await run(['audit', '--rpki', rpki, temporaryFile('x.pcap', cut)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the input ends within a packet')]);
  });

  it('with a length that cannot be right is read so far', () => {
    const bad = concatOctets([octets, new Uint8Array(16).fill(255)]);
    const { elements, problems, summary } = read(bad);
    expect([elements.length, problems, summary.cutOff?.code]).toEqual([1, ['pcap-length #8'], 'pcap-length']);
  });

  it('is audited', async () => {
    const rpki = temporaryFile(
      'rpki.json',
      '{"roas":[{"asn":64497,"prefix":"198.51.100.0/24","maxLength":24}]}',
    );
    const { code, stdout } = await run(['audit', '--json', '--rpki', rpki, temporaryFile('x.pcap', octets)]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rov: { valid: 1 } });
  });
});
