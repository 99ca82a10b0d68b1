import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from 'pathsec/bytes';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { createPayloadSet, type Vrp } from 'pathsec/payload';
import { decodeCcr, encodeCcr, readCcr, readPayloads } from 'pathsec/rpki';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { ccrFile } from '../rpki/ccr-builder.js';
import { contentOf } from '../rpki/content.js';
import { writeSection } from './matrix.js';
import { amongPeers, lackingFor, type Peer, type Place, versionOf } from './place.js';
import { FIRST } from './rtr-data.js';
import { validatedLab } from './validated-lab.js';

/** That of trixie knows no CCR. */
const rpkiClient: Peer = {
  program: 'rpki-client',
  package: 'rpki-client',
  needs: 'peers',
  suite: 'unstable',
};
const lacking = lackingFor(rpkiClient);

const places: Place[] = [];
afterEach(() => {
  for (const place of places.splice(0)) place.leave();
});
function place(): Place {
  const made = amongPeers('unstable');
  places.push(made);
  return made;
}

const rows: string[] = [];

const vrp = (prefix: string, maxLength: number, asn: number): Vrp => ({
  prefix: parsePrefix(prefix),
  maxLength,
  asn,
});
/** Nested prefixes of both families, so that their order matters. */
const NESTED = [
  vrp('0.0.0.0/0', 0, 1),
  vrp('10.0.0.0/8', 8, 1),
  vrp('10.0.0.0/8', 24, 1),
  vrp('10.0.0.0/16', 16, 1),
  vrp('10.0.0.0/24', 32, 1),
  vrp('2001:db8::/32', 48, 1),
  vrp('2001:db8::/33', 33, 1),
  vrp('10.0.0.0/8', 9, 4_294_967_295),
];

/** What rpki-client reads in a file of ours. */
async function filemode(octets: Uint8Array): Promise<Record<string, Record<string, unknown>>> {
  const at = place();
  writeFileSync(join(at.outside, 'x.ccr'), octets);
  await at.run('chmod', '-R', 'a+rX', at.inside);
  const text = await at.run('rpki-client', '-j', '-f', `${at.inside}/x.ccr`);
  return JSON.parse(text === '' ? '{}' : text);
}

describe('CCR with rpki-client', () => {
  if (lacking) {
    it.skip(lacking, () => {});
    return;
  }

  it('reads what we write: every state, nested prefixes, hashes', async () => {
    const { manifests, trustAnchors } = decodeCcr(ccrFile()).states;
    const key = { asn: 64496, ski: keyOf(64496).ski, spki: keyOf(64496).spki };
    const aspas = [
      { customer: 64496, providers: [64497, 4_200_000_000] },
      { customer: 64497, providers: [0] },
    ];
    const made = encodeCcr(1_790_000_000, {
      ...(manifests ? { manifests } : {}),
      vrps: NESTED,
      aspas,
      ...(trustAnchors ? { trustAnchors } : {}),
      routerKeys: [key],
    });
    const read = await filemode(made);
    expect(read).toMatchObject({ type: 'ccr', produced_at: 1_790_000_000 });
    const { states } = decodeCcr(made);
    const hash = (name: keyof typeof states) => Buffer.from(states[name]?.hash ?? []).toString('base64');
    expect(read.manifest_state).toMatchObject({
      hash: hash('manifests'),
      most_recent_update: states.manifests?.mostRecentUpdate,
      mft_instances: [
        { size: 1001, sia: 'rsync://example.net/1.mft', subordinates: ['02'.repeat(20), '03'.repeat(20)] },
        { size: 1002, sia: 'rsync://example.net/2.mft' },
      ],
    });
    expect(read.roapayload_state).toEqual({
      hash: hash('vrps'),
      vrps: NESTED.map(({ prefix, maxLength, asn }) => ({
        prefix: formatPrefix(prefix),
        asn,
        ...(maxLength === prefix.length ? {} : { maxlen: maxLength }),
      })),
    });
    expect(read.aspapayload_state).toEqual({
      hash: hash('aspas'),
      vaps: aspas.map(({ customer, providers }) => ({ customer_asid: customer, providers })),
    });
    expect(read.trustanchor_state).toEqual({
      hash: hash('trustAnchors'),
      skis: ['01'.repeat(20), 'C8'.repeat(20)],
    });
    expect(read.routerkey_state).toMatchObject({
      hash: hash('routerKeys'),
      routerkeys: [
        { asn: 64496, ski: toHex(key.ski).toUpperCase(), pubkey: Buffer.from(key.spki).toString('base64') },
      ],
    });
    rows.push(
      '| we write, it reads with `-f` | manifests, VRPs (nested prefixes), ASPAs, trust anchors, a router key, all hashes | equal |',
    );
  });

  it('refuses, as we do, a file whose hash is wrong', async () => {
    const damaged = encodeCcr(1_790_000_000, { vrps: NESTED });
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] as number) ^ 1;
    expect(() => readCcr(damaged)).toThrowError(/ccr-hash|damaged/);
    expect(await filemode(damaged)).not.toHaveProperty('roapayload_state.vrps.0');
    rows.push('| we write with a wrong hash | a file that is damaged | refused by both |');
  });

  it('writes what we read: the laboratory, validated; our encoding of it is the same octets', async () => {
    const key = { asn: 64496, ski: keyOf(64496).ski, spki: keyOf(64496).spki };
    const payloads = { ...FIRST, routerKeys: [key] };
    const out = await validatedLab(place(), payloads);
    const file = new Uint8Array(readFileSync(join(out, 'rpki.ccr')));
    const ccr = decodeCcr(file);
    expect([ccr.form, ccr.findings]).toEqual(['current', []]);
    expect(contentOf(readCcr(file))).toEqual(contentOf(createPayloadSet(payloads)));
    const json = readPayloads(readFileSync(join(out, 'json'), 'utf8'));
    expect(readCcr(file).vrps.size).toBe(json.vrps.size);
    expect([ccr.states.manifests?.count, ccr.states.trustAnchors?.count]).toEqual([2, 1]);
    expect(toHex(encodeCcr(ccr.producedAt, ccr.states))).toBe(toHex(file));
    rows.push(
      '| it writes, we read | the repository of `pathsec rpki lab`, validated; encoded again | the payloads that were signed; the same octets |',
    );
  });
});

afterAll(async () => {
  if (rows.length < 3) return;
  writeSection(
    'CCR with rpki-client',
    `Written by \`spec-tests/interop/ccr.test.ts\` where \`PATHSEC_PEERS_SUITE=unstable scripts/peers.sh\` has made a root: that of trixie knows no
CCR. Here: rpki-client ${await versionOf(rpkiClient)}.

| | what | result |
|---|---|---|
${rows.join('\n')}
`,
  );
});
