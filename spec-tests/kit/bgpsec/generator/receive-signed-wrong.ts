import { toHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { kit } from '../mutants/kit.js';
import { octetMutants } from '../mutants/octet-mutants.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { shared } from './receive-paths.js';
import {
  announced,
  engine,
  keyOf,
  LOCAL,
  MIDDLE,
  messageOf,
  ORIGIN,
  PEER,
  pathOf,
  withSignature,
} from './world.js';

/** The octets that the hop `index` of `path` signs, by the kit with some parts changed. */
export function hashedWith(
  parts: Partial<typeof kit>,
  path: ReturnType<typeof pathOf>,
  prefix = announced(),
  index = 0,
): Uint8Array {
  const self = { ...kit, ...parts };
  const { afi, length, octets } = prefix.prefix;
  const blocks = path.blocks.map(({ suite, signatures }) => ({
    suite,
    signatures: signatures.map(({ ski, signature }) => ({
      ski: Buffer.from(ski),
      signature: Buffer.from(signature),
    })),
  }));
  const [block] = blocks;
  if (block === undefined) throw new Error('no block');
  const plain = { segments: path.segments, blocks };
  const targets = self.targets(self, plain, { localAs: LOCAL, peerAs: PEER, kind: 'external' });
  const received = {
    afi,
    safi: prefix.safi,
    length,
    octets: Buffer.from(octets.subarray(0, Math.ceil(length / 8))),
  };
  return Uint8Array.from(
    self.message(self.octets(self, { path: plain, block, targets, announced: received }, index)),
  );
}

/** Paths as a signer with a mistake makes them: a receiver with the same mistake finds them good. */
export function signedWrongGroup(): VectorGroup {
  const rows: VerifyRow[] = [];
  const hops = [ORIGIN, { asn: MIDDLE, flags: 0x01, pCount: 2 }, PEER];
  const prefix = announced('2001:db8:4000::/35');
  const good = pathOf(hops, LOCAL, prefix);
  for (const [name, { text, parts = {} }] of Object.entries(octetMutants)) {
    let path = good;
    for (let index = hops.length - 1; index >= 0; index--) {
      const asn = path.segments[index]?.asn ?? 0;
      const octets = hashedWith(parts, path, prefix, index);
      path = withSignature(path, index, (one) => ({ ...one, signature: engine.sign(keyOf(asn), octets) }));
    }
    const message = messageOf(path, prefix);
    if (toHex(message) === toHex(messageOf(good, prefix))) continue;
    rows.push([
      `signed-${name}`,
      `signed by an implementation that ${text}`,
      ['RFC 8205 §4.2', 'RFC 8205 §5.2 step 3'],
      message,
      'not-valid',
      'signature-mismatch',
      { detail: false },
    ]);
  }
  const bad = (index: number): Uint8Array =>
    messageOf(
      withSignature(good, index, (one) => ({
        ...one,
        signature: engine.sign(keyOf(ORIGIN, 'other'), Uint8Array.of(index)),
      })),
      prefix,
    );
  for (const [index, where] of ['newest', 'middle', 'origin'].entries()) {
    rows.push([
      `bad-${where}`,
      `the ${where} signature is made with another key`,
      ['RFC 8205 §5.2 step 4'],
      bad(index),
      'not-valid',
      'signature-mismatch',
      { detail: false },
    ]);
  }
  return verifyGroup('Signed by implementations with a mistake', shared, rows);
}
