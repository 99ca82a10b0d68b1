import { fromHex } from 'pathsec/bytes';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import capture from '../facts/frr-capture.json' with { type: 'json' };
import rfc from '../facts/rfc8608.json' with { type: 'json' };
import { type VerifyRow, verifyGroup } from './cases.js';
import { external, type Fields } from './world.js';

const published = ['published'];
const publicPart = ({ asn, ski, spki }: { asn: number; ski: string; spki: string }): Fields => ({
  asn,
  ski,
  spki,
});

/** RFC 8608 and RFC 8208 Appendix A, and the octets that other software sent. */
export function publishedGroups(): VectorGroup[] {
  return [examples(), captured()];
}

function examples(): VectorGroup {
  const rows = rfc.updates.flatMap(({ id, message, messageWithType33 }): VerifyRow[] => {
    const sections = [`RFC ${id.slice(3, 7)} Appendix A`, 'RFC 8205 §5.2'];
    const printed = { flags: [...published, 'option'], input: { attributeType: 30 } };
    return [
      [
        id,
        `${id}: with the assigned type code 33`,
        sections,
        fromHex(messageWithType33),
        'valid',
        'ok',
        { flags: published },
      ],
      [
        `${id}-printed`,
        `${id}: as printed, with type code 30`,
        sections,
        fromHex(message),
        'valid',
        'ok',
        printed,
      ],
      [
        `${id}-printed-on-the-wire`,
        `${id}: as printed; type code 30 means nothing on the wire, so there is neither BGPsec_PATH nor AS_PATH`,
        ['RFC 8205 §9', 'RFC 7606 §3(d)'],
        fromHex(message),
        'treat-as-withdraw',
        'as-path-missing',
        { flags: published },
      ],
    ];
  });
  const shared = { session: external(65537, 65536), keys: rfc.keys.map(publicPart) };
  return verifyGroup('RFC 8608 and RFC 8208, Appendix A', shared, rows, true);
}

function captured(): VectorGroup {
  const good = capture.updates.map(
    ({ localAs, peerAs, prefix, message }, i): VerifyRow => [
      `capture-${i + 1}`,
      `AS ${peerAs} to AS ${localAs}, ${prefix}`,
      ['RFC 8205 §5.2'],
      fromHex(message),
      'valid',
      'ok',
      { flags: published, session: external(localAs, peerAs) },
    ],
  );
  const bad = capture.malformed.map(
    ({ localAs, peerAs, message, reason }, i): VerifyRow => [
      `capture-malformed-${i + 1}`,
      i === 0
        ? 'the Signature_Block is shorter than its own length field'
        : 'the same with the length put right: two prefixes in MP_REACH_NLRI',
      [i === 0 ? 'RFC 8205 §5.2(1)' : 'RFC 8205 §4.1'],
      fromHex(message),
      'treat-as-withdraw',
      reason,
      { flags: published, session: external(localAs, peerAs) },
    ],
  );
  const shared = { session: external(3, 2), keys: capture.keys.map(publicPart) };
  return verifyGroup('UPDATEs of other software, as captured', shared, [...good, ...bad]);
}
