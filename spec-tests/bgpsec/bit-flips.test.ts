import { readFileSync } from 'node:fs';
import { ATTR_BGPSEC_PATH, decodeUpdate, encodeUpdateMessage } from 'pathsec/bgp';
import { createRouterKeys, suite1, verdictOfUpdate } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { external, native } from './world.js';

const rfc = JSON.parse(readFileSync(new URL('../kit/bgpsec/facts/rfc8608.json', import.meta.url), 'utf8'));
const keys = createRouterKeys(
  rfc.keys.map(({ asn, ski, spki }: { asn: number; ski: string; spki: string }) => ({
    asn,
    ski: fromHex(ski),
    spki: fromHex(spki),
  })),
);

const messages: [string, string][] = rfc.updates.map(
  ({ id, messageWithType33 }: { id: string; messageWithType33: string }) => [id, messageWithType33],
);

it.each(messages)('no single-bit flip of the attribute of %s is Valid', (_id, hex) => {
  requirement(
    '!rfc8205:5.2:equivalent-algorithm',
    '!rfc8205:5.2:step-4-verify',
    '!rfc8205:8.1:validate-completely',
  );
  const { message } = decodeUpdate(fromHex(hex));
  const attribute = message.attributes.find(({ code }) => code === ATTR_BGPSEC_PATH);
  const counts: Record<string, number> = {};
  for (let bit = 0; bit < 8 * (attribute?.value.length ?? 0); bit++) {
    const value = (attribute?.value ?? new Uint8Array(0)).slice();
    value[bit >> 3] = (value[bit >> 3] as number) ^ (0x80 >> (bit & 7));
    const attributes = message.attributes.map((one) => (one === attribute ? { ...one, value } : one));
    const flipped = encodeUpdateMessage({ ...message, attributes }, false);
    const verdict = verdictOfUpdate(flipped, external(65537, 65536), { keys, suites: suite1(native) });
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  // The seven unsigned ones are flips of the suite octet to a suite that is not supported (trap 16).
  expect(counts).toEqual({ 'not-valid': 1533, 'treat-as-withdraw': 100, unsigned: 7 });
});
