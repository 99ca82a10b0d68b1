import fc from 'fast-check';
import {
  createOpenBmpSplitter,
  decodeOpenBmp,
  encodeBmp,
  encodeOpenBmp,
  OPENBMP_FLAG_IPV6,
  OPENBMP_FLAG_ROUTER,
  type OpenBmpFrame,
  openBmpRouterAddress,
} from 'pathsec/bmp';
import { concatOctets, DecodeError, fromHex, toHex } from 'pathsec/bytes';
import { formatAddress, formatPrefix } from 'pathsec/inet';
import { createRouteReader, type Element } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { announce, framed, INITIATION, monitor, PEER, peerUp } from './samples.js';

const both = [{ name: 'add-path', families: [{ afi: 1, safi: 1, mode: 'both' }] }] as const;
const initiation = encodeBmp(INITIATION);

/** Written by hand from the list of fields of the header: no admin ID, no group, 198.51.100.1, one row. */
const BY_HAND = fromHex(
  `4f424d50 01 07 004e 00000006 80 0c 65000000 0000002a ${'11'.repeat(16)} 0000 ${'22'.repeat(16)} c6336401 ${'00'.repeat(12)} 0000 00000001 030000000604`.replaceAll(
    ' ',
    '',
  ),
);

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const octet = fc.integer({ min: 0, max: 255 });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const texts = fc.uint8Array({ maxLength: 9 });
const frames: fc.Arbitrary<OpenBmpFrame> = fc
  .record(
    {
      minorVersion: octet,
      flags: octet,
      objectType: octet,
      seconds: u32,
      microseconds: u32,
      collectorHash: octets(16),
      collectorAdminId: texts,
      router: fc.record({ hash: octets(16), addressField: octets(16), group: texts }),
      rowCount: u32,
      extension: texts,
      message: texts,
    },
    {
      requiredKeys: [
        'minorVersion',
        'flags',
        'objectType',
        'seconds',
        'microseconds',
        'collectorHash',
        'collectorAdminId',
        'rowCount',
        'extension',
        'message',
      ],
    },
  )
  .map((frame) => ({ ...frame, flags: (frame.flags & 0x7f) | (frame.router ? OPENBMP_FLAG_ROUTER : 0) }));

const failure = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code} ${error.field} ${error.offset}`;
    throw error;
  }
  return 'none';
};

/** Octets with those at `at` changed. */
const changed = (at: number, ...values: number[]): Uint8Array => {
  const copy = BY_HAND.slice();
  copy.set(values, at);
  return copy;
};

describe('a frame of OpenBMP', () => {
  it('says who collected which message, of which router', () => {
    const frame = decodeOpenBmp(BY_HAND);
    expect(frame).toMatchObject({
      minorVersion: 7,
      objectType: 12,
      seconds: 0x65000000,
      microseconds: 42,
      rowCount: 1,
    });
    expect(toHex(frame.collectorHash)).toBe('11'.repeat(16));
    expect(toHex(frame.router?.hash ?? new Uint8Array())).toBe('22'.repeat(16));
    expect(formatAddress(openBmpRouterAddress(frame) ?? new Uint8Array())).toBe('198.51.100.1');
    expect(toHex(frame.message)).toBe('030000000604');
    const six = decodeOpenBmp(changed(12, OPENBMP_FLAG_ROUTER | OPENBMP_FLAG_IPV6));
    expect(formatAddress(openBmpRouterAddress(six) ?? new Uint8Array())).toBe('c633:6401::');
  });

  it('encodes and decodes to the same, and is cut out of a stream in any pieces', () => {
    fc.assert(
      fc.property(
        fc.array(frames, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        (list, step) => {
          const encoded = list.map(encodeOpenBmp);
          expect(encoded.map(decodeOpenBmp)).toEqual(list);
          const whole = concatOctets(encoded);
          const splitter = createOpenBmpSplitter();
          const cut: Uint8Array[] = [];
          for (let at = 0; at < whole.length; at += step) {
            splitter.push(whole.subarray(at, at + step));
            for (let next = splitter.next(); next; next = splitter.next()) cut.push(next);
          }
          expect(cut.map(toHex)).toEqual(encoded.map(toHex));
        },
      ),
    );
  });

  it.each([
    ['another magic', changed(0, 0), 'openbmp-magic openbmp.magic 0'],
    ['another major version', changed(4, 2), 'openbmp-version openbmp.version 4'],
    ['a header shorter than its fields', changed(6, 0, 43), 'openbmp-length openbmp.header-length 6'],
    [
      'a header that ends inside the router',
      changed(6, 0, 50, 0, 0, 0, 34),
      'truncated openbmp.router-hash 40',
    ],
    ['a header beyond the end', changed(6, 1, 0), 'truncated openbmp.header 12'],
    ['an admin ID beyond the header', changed(38, 0xff, 0xff), 'truncated openbmp.admin-id 40'],
    ['a message beyond the end', changed(8, 0, 0, 0, 7), 'truncated openbmp.message 78'],
    ['octets behind the message', changed(8, 0, 0, 0, 5), 'trailing-octets openbmp 83'],
    ['less than the lengths', BY_HAND.subarray(0, 11), 'truncated openbmp 0'],
  ])('with %s is refused', (_, damaged, expected) => {
    expect(failure(() => decodeOpenBmp(damaged))).toBe(expected);
  });

  it('is refused by its header where its message is too long', () => {
    const splitter = createOpenBmpSplitter(5);
    splitter.push(BY_HAND.subarray(0, 12));
    expect(failure(() => splitter.next())).toBe('openbmp-length openbmp.message-length 8');
  });

  it('is not written with a router that its flags deny, or without the one that they promise', () => {
    const { router, ...others } = framed(initiation);
    expect(() => encodeOpenBmp(others)).toThrow(RangeError);
    expect(() => encodeOpenBmp({ ...others, flags: 0, ...(router && { router }) })).toThrow(RangeError);
  });
});

describe('a stream of OpenBMP', () => {
  const read = (...list: OpenBmpFrame[]) => {
    const elements: Element[] = [];
    const reader = createRouteReader((element) => elements.push(element));
    reader.push(concatOctets(list.map(encodeOpenBmp)));
    reader.end();
    return { elements, summary: reader.summary };
  };

  it('keeps the peers of its routers apart', () => {
    const { elements, summary } = read(
      framed(initiation, 1),
      framed(encodeBmp(peerUp(PEER, both)), 1),
      framed(encodeBmp(peerUp(PEER)), 2),
      framed(encodeBmp(monitor(announce('64496', true))), 1),
      framed(encodeBmp(monitor(announce('64496'))), 2),
      { ...framed(new Uint8Array(3)), objectType: 1 },
    );
    expect(summary.problems.first).toEqual([]);
    const routes = elements.flatMap((one) =>
      one.kind === 'route' ? [`${formatPrefix(one.prefix)} ${one.pathId}`] : [],
    );
    expect(routes).toEqual(['198.51.100.0/24 7', '198.51.100.0/24 undefined']);
    expect(summary).toMatchObject({ records: 6, usable: 5, skippedRecords: 1 });
    expect(summary.recordTypes.get('openbmp/1')).toBe(1);
  });

  it('tells where a message is damaged, counted from the first octet of the input', () => {
    const broken = encodeBmp(monitor(announce('64496')));
    broken[48] = 0; // the marker of the UPDATE
    const frame = framed(broken);
    const header = encodeOpenBmp(frame).length - broken.length;
    const { summary } = read(frame, framed(encodeBmp(monitor(announce('64496')))));
    expect(summary.problems.first).toMatchObject([{ code: 'marker', number: 1, offset: header + 48 }]);
    expect(summary.routes).toBe(1);
  });

  it('has a limit of routers', () => {
    const list = Array.from({ length: 1_025 }, (_, i) => {
      const frame = framed(initiation);
      const hash = Uint8Array.of(i >> 8, i & 255, ...new Uint8Array(14));
      return { ...frame, ...(frame.router && { router: { ...frame.router, hash } }) };
    });
    expect(read(...list).summary.problems).toMatchObject({
      count: 1,
      first: [{ code: 'openbmp-routers', number: 1_025 }],
    });
  });
});
