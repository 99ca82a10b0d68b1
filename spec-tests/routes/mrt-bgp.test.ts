import { encodeNlri } from 'pathsec/bgp';
import { formatAddress, parseAddress } from 'pathsec/inet';
import { encodeMrtRecord } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { describeWithProgram } from '../support.js';
import { bgpdumpLines, brief, concat, readMrt } from './collect.js';
import { announcement, attributes, mpReach, nlri, TIME, update } from './fixtures.js';

const HEADER = 19;

/** A record of type BGP, BGP4PLUS or BGP4PLUS_01 with what stands behind the addresses. */
function record(type: number, subtype: number, content: Uint8Array): Uint8Array {
  const wide = type !== 5;
  const [peer, own] = (wide ? ['2001:db8::1', '2001:db8::2'] : ['192.0.2.1', '192.0.2.254']).map((text) =>
    parseAddress(text),
  );
  return encodeMrtRecord({ time: TIME }, type, subtype, (writer) => {
    writer.u16(64496, 'peer-as').bytes(peer ?? content);
    if (subtype !== 3) writer.u16(64511, 'local-as').bytes(own ?? content);
    writer.bytes(content);
  });
}

const announced = update({
  attributes: attributes('64496 {64497,64498}', 2),
  nlri: encodeNlri(nlri('198.51.100.0/24'), false),
  withdrawn: encodeNlri(nlri('203.0.113.0/24'), false),
}).subarray(HEADER);
const six = update({
  attributes: [mpReach(encodeNlri(nlri('2001:db8::/32'), false)), ...attributes('64496', 2)],
}).subarray(HEADER);

describe('the deprecated types BGP, BGP4PLUS and BGP4PLUS_01 (RFC 6396 §B.2.1, §B.2.5)', () => {
  it('give the routes of UPDATEs, which have no header and AS numbers of two octets', () => {
    const { elements, lines, summary } = readMrt(record(5, 1, announced));
    expect(lines).toEqual([
      `BGP|${TIME}|W|192.0.2.1|64496|203.0.113.0/24`,
      `BGP|${TIME}|A|192.0.2.1|64496|198.51.100.0/24|64496 {64497,64498}|IGP|192.0.2.1|0|0||NAG||`,
    ]);
    expect(elements.map(brief)).toEqual(['203.0.113.0/24', '198.51.100.0/24']);
    expect([summary.problems.count, summary.usable, [...summary.messages]]).toEqual([0, 1, [[2, 1]]]);
    expect([...summary.recordTypes.keys()]).toEqual(['5/1']);
  });

  it.each([9, 10])('type %d has addresses of 16 octets', (type) => {
    const { elements, summary } = readMrt(record(type, 1, six));
    expect(elements.map(brief)).toEqual(['2001:db8::/32']);
    const [element] = elements;
    expect(element?.kind === 'route' && formatAddress(element.peer.address)).toBe('2001:db8::1');
    expect(summary.problems.count).toBe(0);
  });

  it('give changes of state, and count messages without routes and subtypes that say nothing', () => {
    const nothing = new Uint8Array(0);
    const { elements, summary } = readMrt(
      concat(
        record(5, 3, Uint8Array.of(0, 5, 0, 6)),
        record(9, 3, Uint8Array.of(0, 6, 0, 1)),
        record(5, 5, nothing),
        record(5, 6, nothing),
        record(5, 7, nothing),
        ...[0, 2, 4, 8].map((subtype) => record(5, subtype, nothing)),
      ),
    );
    expect(elements).toMatchObject([
      { kind: 'state', oldState: 5, newState: 6, peerAs: 64496 },
      { kind: 'state', oldState: 6, newState: 1 },
    ]);
    expect([...summary.messages]).toEqual([
      [1, 1],
      [3, 1],
      [4, 1],
    ]);
    expect([summary.usable, summary.skippedRecords]).toEqual([5, 4]);
  });

  it('are damaged where they are too short, and the next record is read', () => {
    const whole = record(5, 1, announced);
    const short = encodeMrtRecord({ time: TIME }, 5, 1, (writer) => writer.bytes(new Uint8Array(11)));
    const wrong = record(5, 1, Uint8Array.of(0, 9, 0, 0));
    const { elements, codes } = readMrt(concat(short, wrong, whole));
    expect([elements.length, codes]).toEqual([2, ['truncated', 'update-length']]);
  });

  it('are known at the beginning of a file', () => {
    const { elements, codes } = readMrt(concat(record(5, 1, announced), announcement('64496')));
    expect([elements.length, codes]).toEqual([3, []]);
  });
});

describeWithProgram('against bgpdump itself', 'bgpdump', () => {
  it('prints the same lines for type BGP', () => {
    const octets = concat(record(5, 1, announced), record(5, 3, Uint8Array.of(0, 5, 0, 6)));
    // bgpdump 1.6.2 prints the address of the peer in place of a prefix that is withdrawn, and no column of communities.
    const columns = (lines: readonly string[]) => lines.map((line) => line.split('|').slice(0, 9));
    const printed = bgpdumpLines(octets).map((line) => line.replace('|192.0.2.1/24', '|203.0.113.0/24'));
    expect(columns(printed)).toEqual(columns(readMrt(octets).lines));
  });
});
