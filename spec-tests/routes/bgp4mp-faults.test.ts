import { encodeAsPath, encodeNlri, parseAsPath, pathAttribute, toOldSpeakerPath } from 'pathsec/bgp';
import { fromHex } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { concat, readMrt } from './collect.js';
import { announcement, attributes, message, mpReach, nlri, update } from './fixtures.js';

describe('AS4_PATH in 2-octet records (RFC 6793 §4.2.3)', () => {
  const oldSpeaker = (path: string, extra: ReturnType<typeof attributes> = [], asnSize: 2 | 4 = 2) => {
    const { asPath, as4Path } = toOldSpeakerPath(parseAsPath(path));
    const as4 = as4Path ? [pathAttribute(17, encodeAsPath(as4Path, 4))] : [];
    return message(
      update({
        attributes: [...attributes(asPath, asnSize), ...as4, ...extra],
        nlri: encodeNlri(nlri('198.51.100.0/24'), false),
      }),
      { asnSize },
    );
  };

  it('is merged, and merged paths are shared too', () => {
    const record = oldSpeaker('64496 4200000001 {65551,64497}');
    const { elements, summary } = readMrt(concat(record, record));
    expect(elements).toMatchObject([
      { asPath: parseAsPath('64496 4200000001 {65551,64497}') },
      { asPath: parseAsPath('64496 4200000001 {65551,64497}') },
    ]);
    const [first, second] = elements.map((element) => ('asPath' in element ? element.asPath : undefined));
    expect(first).toBe(second);
    expect(summary.problems.count).toBe(0);
  });

  it('is ignored when AGGREGATOR is not AS_TRANS beside AS4_AGGREGATOR', () => {
    const aggregators = (as2: string) => [
      pathAttribute(7, fromHex(`${as2}c0000201`)),
      pathAttribute(18, fromHex('0001000fc0000202')),
    ];
    const { elements, lines } = readMrt(
      concat(oldSpeaker('64496 65551', aggregators('fbf3')), oldSpeaker('64496 65551', aggregators('5ba0'))),
    );
    expect(elements).toMatchObject([
      { asPath: parseAsPath('64496 23456') },
      { asPath: parseAsPath('64496 65551') },
    ]);
    expect(lines[0]).toMatch(/\|NAG\|64499 192\.0\.2\.1\|$/);
    expect(lines[1]).toMatch(/\|NAG\|65551 192\.0\.2\.2\|$/);
  });

  it('beside 4-octet ASNs is discarded and reported', () => {
    const { elements, codes } = readMrt(oldSpeaker('64496 65551', [], 4));
    expect(elements).toMatchObject([{ asPath: parseAsPath('64496 23456') }]);
    expect(codes).toEqual(['as4-path-unexpected']);
  });

  it('malformed is discarded and reported', () => {
    const record = message(
      update({
        attributes: [...attributes('64496 23456', 2), pathAttribute(17, fromHex('0202000100'))],
        nlri: encodeNlri(nlri('198.51.100.0/24'), false),
      }),
      { asnSize: 2 },
    );
    const { elements, summary } = readMrt(record);
    expect(elements).toMatchObject([{ asPath: parseAsPath('64496 23456') }]);
    expect(summary.problems.first).toMatchObject([
      { code: 'as4-path-length', treatment: 'attribute-discard' },
    ]);
  });
});

describe('faults of messages and their treatment (RFC 7606)', () => {
  const prefix = encodeNlri(nlri('198.51.100.0/24'), false);
  const good = attributes('64496');

  it.each([
    ['as-path-overrun', [pathAttribute(2, fromHex('02020000fbf0'))]],
    ['as-path-segment-type', [pathAttribute(2, fromHex('05010000fbf0'))]],
    ['as-path-missing', [pathAttribute(1, Uint8Array.of(0))]],
    ['attribute-flags', [{ flags: 0xc0, code: 2, value: fromHex('02010000fbf0') }]],
  ])('%s: the routes are delivered as withdrawn', (code, faulty) => {
    const { elements, summary } = readMrt(message(update({ attributes: faulty, nlri: prefix })));
    expect(elements.map(({ kind }) => kind)).toEqual(['withdrawal']);
    expect(summary.problems.first).toMatchObject([{ code, treatment: 'treat-as-withdraw', number: 1 }]);
  });

  it('an attribute that overruns the field', () => {
    const octets = update({ attributes: [{ flags: 0x40, code: 1, value: Uint8Array.of(0) }], nlri: prefix });
    octets[19 + 4 + 2] = 9; // the length of ORIGIN
    const { elements, codes } = readMrt(message(octets));
    expect(elements.map(({ kind }) => kind)).toEqual(['withdrawal']);
    expect(codes).toEqual(['attribute-overrun']);
  });

  it('a repeated attribute is discarded, the first one counts', () => {
    const repeated = [...good, pathAttribute(2, fromHex('02010000fbf9'))];
    const { elements, codes } = readMrt(message(update({ attributes: repeated, nlri: prefix })));
    expect(elements).toMatchObject([{ kind: 'route', asPath: parseAsPath('64496') }]);
    expect(codes).toEqual(['attribute-repeated']);
  });

  it('a fault in one field leaves the others; strict reading drops the message', () => {
    const octets = message(
      update({
        withdrawn: prefix,
        attributes: [...good, mpReach(encodeNlri(nlri('2001:db8:1::/48'), false))],
        nlri: concat(prefix, fromHex('18c0')),
      }),
    );
    const lenient = readMrt(octets);
    expect(lenient.elements.map(({ kind }) => kind)).toEqual(['withdrawal', 'route', 'route']);
    expect(lenient.codes).toEqual(['nlri-overrun']);
    const strict = readMrt(octets, { strict: true });
    expect(strict.elements).toEqual([]);
    expect(strict.codes).toEqual(['nlri-overrun']);
    expect(readMrt(announcement('64496'), { strict: true }).elements).toHaveLength(1);
  });

  it('a repeated MP attribute resets the session', () => {
    const twice = [...good, mpReach(encodeNlri(nlri('2001:db8:1::/48'), false)), mpReach(fromHex('00'))];
    const octets = message(update({ attributes: twice }));
    expect(readMrt(octets).elements).toHaveLength(1);
    const strict = readMrt(octets, { strict: true });
    expect(strict.elements).toEqual([]);
    expect(strict.summary.problems.first).toMatchObject([
      { code: 'attribute-repeated', treatment: 'session-reset' },
    ]);
  });

  it.each([
    ['marker', (octets: Uint8Array) => octets.fill(0, 0, 1)],
    ['message-length', (octets: Uint8Array) => octets.fill(0, 16, 18)],
    ['message-type', (octets: Uint8Array) => octets.fill(9, 18, 19)],
    ['update-length', (octets: Uint8Array) => octets.fill(0x7f, 19, 20)],
  ])('%s: the message is skipped, the next one read', (code, damage) => {
    const octets = update({ attributes: good, nlri: prefix });
    damage(octets);
    const { elements, summary } = readMrt(concat(message(octets), announcement('64496')));
    expect(elements).toHaveLength(1);
    expect(summary.problems.first).toMatchObject([{ code, number: 1 }]);
  });

  it('octets behind the message are reported, the message is read', () => {
    const { elements, codes } = readMrt(
      message(concat(update({ attributes: good, nlri: prefix }), fromHex('aabb'))),
    );
    expect(elements).toHaveLength(1);
    expect(codes).toEqual(['message-trailing-octets']);
  });
});
