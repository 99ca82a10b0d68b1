import { encodeNlri } from 'pathsec/bgp';
import { concatOctets } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announce, withdraw } from '../bmp/samples.js';
import { run, temporaryFile } from '../cli/run.js';
import { Connection, ethernet, ip, packet, pcap, tcp } from '../unpack/capture-files.js';
import { KEEPALIVE, oldOpen, open, PATH_A, read, session } from './captured.js';
import { attributes, nlri, update } from './fixtures.js';

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

  it('says where connections are of RTR', () => {
    const query = Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 8);
    const response = Uint8Array.of(1, 3, 0, 5, 0, 0, 0, 8);
    const rtr = new Connection().send('b', query).send('a', concatOctets([response, new Uint8Array(64)]));
    expect(read(pcap(rtr.packets)).problems).toEqual(['capture-rtr #4']);
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
