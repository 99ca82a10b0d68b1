import { encodeNlri, pathAttribute } from 'pathsec/bgp';
import { parseAddress } from 'pathsec/inet';
import { joinSummaries, plainSummary } from 'pathsec/routes';
import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { brief, concat, readMrt } from './collect.js';
import { attributes, type Entry, message, mpReach, nlri, update } from './fixtures.js';

/** A record that announces `entries`, told to have Path Identifiers or not whatever they have. */
function record(addPath: boolean, entries: readonly Entry[], peer = '192.0.2.1'): Uint8Array {
  const identified = typeof entries[0] !== 'string';
  const octets = update({
    attributes: attributes('64496 64497'),
    nlri: encodeNlri(nlri(...entries), identified),
  });
  return message(octets, { addPath, peerAddress: parseAddress(peer) });
}

const briefs = (...records: Uint8Array[]) => readMrt(concat(...records)).elements.map(brief);

describe('a subtype that is wrong about Path Identifiers (D-add-path-detection)', () => {
  it('plain prefixes under an ADD-PATH subtype, also where they could be read with identifiers', () => {
    // Two /24 are one with the identifier 0x18c00002 as well.
    const octets = concat(
      record(true, ['192.0.2.0/24', '203.0.113.0/24']),
      record(true, ['198.51.100.0/24']),
      record(true, ['198.51.100.0/24', '0.0.0.0/0']),
    );
    const { elements, summary } = readMrt(octets);
    expect(elements.map(brief)).toEqual([
      '192.0.2.0/24',
      '203.0.113.0/24',
      '198.51.100.0/24',
      '198.51.100.0/24',
      '0.0.0.0/0',
    ]);
    expect(summary.problems.byCode).toEqual(new Map([['add-path-absent', 3]]));
    expect([summary.absentAddPath, summary.hiddenAddPath]).toEqual([3, 0]);
    expect(readMrt(octets, { strict: true }).elements).toHaveLength(5);
  });

  it('identifiers under a plain subtype', () => {
    const { elements, summary } = readMrt(record(false, [['192.0.2.0/24', 1]]));
    expect(elements.map(brief)).toEqual(['192.0.2.0/24 #1']);
    expect(summary.problems.byCode).toEqual(new Map([['add-path-hidden', 1]]));
    expect([summary.absentAddPath, summary.hiddenAddPath]).toEqual([0, 1]);
    expect(readMrt(record(false, [['192.0.2.0/24', 1]]), { strict: true }).elements).toHaveLength(1);
  });

  it('a subtype that is right is left alone', () => {
    for (const id of [0, 1, 256, 65_536, 0xffff_ffff]) {
      const { elements, summary } = readMrt(record(true, [['192.0.2.0/24', id]]));
      expect([elements.map(brief), summary.problems.count]).toEqual([[`192.0.2.0/24 #${id}`], 0]);
    }
    expect(readMrt(record(false, ['192.0.2.0/24', '0.0.0.0/0'])).summary.problems.count).toBe(0);
  });

  it('what one field of a peer and family shows counts for those that can be read in both ways', () => {
    const doubtful = [['203.0.113.0/24', 0x18c0_0002]] as const; // 192.0.2.0/24 and 203.0.113.0/24 without identifiers
    const clear = [['198.51.100.0/24', 5]] as const;
    expect(briefs(record(true, clear), record(true, doubtful))).toEqual([
      '198.51.100.0/24 #5',
      `203.0.113.0/24 #${0x18c0_0002}`,
    ]);
    expect(briefs(record(true, clear, '192.0.2.7'), record(true, doubtful))).toEqual([
      '198.51.100.0/24 #5',
      '192.0.2.0/24',
      '203.0.113.0/24',
    ]);
    expect(briefs(record(false, clear), record(false, doubtful))).toEqual([
      '198.51.100.0/24 #5',
      `203.0.113.0/24 #${0x18c0_0002}`,
    ]);
  });

  it('ADD-PATH can be in use for one family alone', () => {
    const both = update({
      attributes: [...attributes('64496'), mpReach(encodeNlri(nlri('2001:db8::/32'), false))],
      nlri: encodeNlri(nlri(['198.51.100.0/24', 5]), true),
    });
    expect(briefs(message(both, { addPath: true }))).toEqual(['198.51.100.0/24 #5', '2001:db8::/32']);
  });

  it('detectAddPath: false believes the subtype', () => {
    const off = { detectAddPath: false };
    expect(readMrt(record(true, ['192.0.2.0/24', '203.0.113.0/24']), off).elements.map(brief)).toEqual([
      `203.0.113.0/24 #${0x18c0_0002}`,
    ]);
    expect(readMrt(record(false, [['192.0.2.0/24', 1]]), off).codes).toEqual(['nlri-length']);
  });
});

it('other attributes are not in the way', () => {
  const octets = update({
    attributes: [...attributes('64496'), pathAttribute(32, new Uint8Array(12))],
    nlri: encodeNlri(nlri('192.0.2.0/24', '203.0.113.0/24'), false),
  });
  expect(briefs(message(octets, { addPath: true }))).toEqual(['192.0.2.0/24', '203.0.113.0/24']);
});

describe('the report of an audit', () => {
  const rpki = () => temporaryFile('rpki.json', '{"roas":[]}');
  const hidden = concat(
    record(false, [['192.0.2.0/24', 1]]),
    record(false, [['198.51.100.0/24', 2]]),
    record(false, [['192.0.2.0/24', 1]], '192.0.2.9'),
  );

  it('tells in how many fields and peers Path Identifiers were found against the records, and why', async () => {
    const file = temporaryFile('hidden.mrt', hidden);
    const json = await run(['audit', '--json', '--rpki', rpki(), file]);
    expect(JSON.parse(json.stdout).addPath).toEqual([
      { peer: 'AS64496 192.0.2.1', read: 'with-identifiers', evidence: 'prefixes', count: 2 },
      { peer: 'AS64496 192.0.2.9', read: 'with-identifiers', evidence: 'prefixes', count: 1 },
    ]);
    const { stdout } = await run(['audit', '--rpki', rpki(), file]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '3 fields of prefixes of 2 peers (AS64496 192.0.2.1, AS64496 192.0.2.9) read with Path Identifiers (ADD-PATH), ' +
        'against what the record or session says: only so the prefixes make sense.',
    );
  });

  it('is the same in aspa compare, and a line on stderr where routes are announced', async () => {
    const file = temporaryFile('hidden.mrt', hidden);
    const { stdout } = await run(['aspa', 'compare', '--neighbor-role', 'peer', '--aspa', rpki(), file]);
    expect(stdout).toContain('3 fields of prefixes of 2 peers');
    const json = await run(['aspa', 'compare', '--json', '--neighbor-role', 'peer', '--aspa', rpki(), file]);
    expect(JSON.parse(json.stdout.trim().split('\n').at(-1) ?? '').addPath).toHaveLength(2);
    const out = temporaryFile('out.bgp', '');
    const session = ['--local-as', '64500', '--peer-as', '64501', '--generate-keys', '--seed', '1'];
    const inject = await run(['bgp', 'inject', ...session, '--write', out, '--routes', file]);
    expect([inject.code, inject.stderr]).toEqual([
      0,
      expect.stringContaining('3 fields of prefixes of 2 peers'),
    ]);
  });

  it('is in pathsec impact too', async () => {
    const argv = [
      'impact',
      '--rpki',
      rpki(),
      '--change',
      'AS64497 => AS64496',
      '--neighbor-role',
      'provider',
    ];
    const file = temporaryFile('hidden.mrt', hidden);
    const json = await run([...argv, '--json', file]);
    expect(JSON.parse(json.stdout).addPath).toHaveLength(2);
    expect((await run([...argv, file])).stdout.replaceAll(/\s+/g, ' ')).toContain(
      '3 fields of prefixes of 2 peers',
    );
  });

  it('counts a peer once where several readers have read of it', () => {
    const [one, other] = [readMrt(hidden).summary, structuredClone(plainSummary(readMrt(hidden).summary))];
    const { addPathPeers } = joinSummaries([one, other]);
    expect([...addPathPeers.values()]).toEqual([
      { hidden: 4, absent: 0 },
      { hidden: 2, absent: 0 },
    ]);
  });

  it('tells the same of parts that are merged, and of what has none against its record', async () => {
    const file = temporaryFile('absent.mrt', record(true, ['198.51.100.0/24']));
    const both = [temporaryFile('hidden.mrt', hidden), file];
    const json = await run(['audit', '--json', '--rpki', rpki(), ...both]);
    expect(JSON.parse(json.stdout).addPath).toHaveLength(3);
    const { stdout } = await run(['audit', '--rpki', rpki(), file]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '1 field of prefixes of 1 peer (AS64496 192.0.2.1) read without',
    );
    const none = await run([
      'audit',
      '--json',
      '--rpki',
      rpki(),
      temporaryFile('a.mrt', record(false, ['192.0.2.0/24'])),
    ]);
    expect(JSON.parse(none.stdout).addPath).toEqual([]);
  });
});
