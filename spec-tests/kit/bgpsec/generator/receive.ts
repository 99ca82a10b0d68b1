import { readFileSync } from 'node:fs';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import capture from '../facts/frr-capture.json' with { type: 'json' };
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { type KeyText, type Row, type RowGroup, verifyGroup } from './receive-rows.js';
import { external } from './world.js';

/** The groups of `verify-update`: published messages, then the changes of the good UPDATE. */
export function receiveGroups(): VectorGroup[] {
  const files = ['paths', 'messages', 'checks', 'signatures'].map((name): { readonly groups: RowGroup[] } =>
    JSON.parse(readFileSync(new URL(`../facts/receive-${name}.json`, import.meta.url), 'utf8')),
  );
  return [examples(), captured(), ...files.flatMap(({ groups }) => groups)].map(verifyGroup);
}

const keysOf = (keys: typeof rfc.keys | typeof capture.keys): KeyText[] =>
  keys.map(({ asn, ski, spki }) => ({ asn, ski, spki }));

/** RFC 8608 and RFC 8208 Appendix A. */
function examples(): RowGroup {
  const good = [
    'rfc8205:5.2:equivalent-algorithm',
    'rfc8608:2.1:signature-id',
    'rfc8608:2.2.1:ecdsa-p256',
    'rfc8608:2.2.1:sha-256',
  ];
  const rows = rfc.updates.flatMap(({ id, message, messageWithType33 }): Row[] => [
    { name: id, title: `${id}: with the assigned type code 33`, message: messageWithType33 },
    {
      name: `${id}-printed`,
      title: `${id}: as printed, with type code 30`,
      message,
      options: { attributeType: 30 },
      flags: ['published', 'option'],
    },
    {
      name: `${id}-printed-on-the-wire`,
      title: `${id}: as printed; type code 30 means nothing on the wire, so there is neither BGPsec_PATH nor AS_PATH`,
      sections: ['RFC 8205 §9', 'RFC 7606 §3(d)'],
      message,
      verdict: 'treat-as-withdraw: as-path-missing',
      requirements: ['!rfc8205:5.2:present-from-external'],
    },
  ]);
  const sectionsOf = (name: string): string[] => [`RFC ${name.slice(3, 7)} Appendix A`, 'RFC 8205 §5.2'];
  return {
    title: 'RFC 8608 and RFC 8208, Appendix A',
    session: external(65537, 65536),
    keys: keysOf(rfc.keys),
    details: 'octets',
    all: { verdict: 'valid', flags: ['published'], requirements: good },
    rows: rows.map((row) => ({ sections: sectionsOf(row.name), ...row })),
  };
}

/** What other software sent. */
function captured(): RowGroup {
  const good = capture.updates.map(
    ({ localAs, peerAs, prefix, message }, i): Row => ({
      name: `capture-${i + 1}`,
      title: `AS ${peerAs} to AS ${localAs}, ${prefix}`,
      session: external(localAs, peerAs),
      message,
    }),
  );
  const bad = capture.malformed.map(
    ({ localAs, peerAs, message, reason, title, sections, requirements }, i): Row => ({
      name: `capture-malformed-${i + 1}`,
      title,
      sections,
      session: external(localAs, peerAs),
      message,
      requirements,
      verdict: `treat-as-withdraw: ${reason}`,
    }),
  );
  return {
    title: 'UPDATEs of other software, as captured',
    session: external(3, 2),
    keys: keysOf(capture.keys),
    all: {
      sections: ['RFC 8205 §5.2'],
      verdict: 'valid',
      flags: ['published'],
      requirements: ['rfc8205:5.2:equivalent-algorithm', 'rfc8205:5.2:block-valid'],
    },
    rows: [...good, ...bad],
  };
}
