import type { BgpsecPath } from 'pathsec/bgp';
import type { SignedPrefix } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import type { VerifyRow } from './cases.js';
import {
  announced,
  engine,
  join,
  keyOf,
  LOCAL,
  messageOf,
  nlriOf,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  u32,
  update,
  withSignature,
} from './world.js';

/** Prefixes of all lengths. */
export function prefixes(): VerifyRow[] {
  const list = [
    '0.0.0.0/0',
    '128.0.0.0/1',
    '198.0.0.0/7',
    '10.0.0.0/8',
    '198.128.0.0/9',
    '198.51.100.0/22',
    '198.51.100.128/25',
    '198.51.100.254/31',
    '198.51.100.1/32',
    '::/0',
    '2000::/3',
    '2001:db8::/32',
    '2001:db8:8000::/33',
    '2001:db8:1::/48',
    '2001:db8::1/128',
  ];
  return list.map((prefix) => {
    const family = announced(prefix);
    const message = messageOf(pathOf([ORIGIN, PEER], LOCAL, family), family);
    const name = prefix.replaceAll(':', '-').replace('/', '-').replaceAll(/-+/g, '-').replace(/^-/, 'v6-');
    return [`prefix-${name}`, prefix, ['RFC 8205 §4.2', 'RFC 4760 §5'], message, 'valid', 'ok'];
  });
}

/** The prefix as in `family`, sent with its host bits set. */
function dirty(family: SignedPrefix, field: string, path: BgpsecPath): Uint8Array {
  return update([reach(field, family.prefix.afi), origin, pathAttributeOf(path)]);
}

/** A path of one hop whose signature covers the NLRI octets as given. */
function signedOver(nlri: string, afi: number): BgpsecPath {
  const tail = join(Uint8Array.of(1, 0, afi, 1), fromHex(nlri));
  const octets = join(u32(LOCAL), Uint8Array.of(1, 0), u32(PEER), tail);
  const path = pathOf([PEER]);
  return withSignature(path, 0, (one) => ({ ...one, signature: engine.sign(keyOf(PEER), octets) }));
}

/** Prefixes whose trailing bits are set. */
export function hostBits(): VerifyRow[] {
  const sections = ['RFC 8205 §4.2', 'RFC 8205 §5.2 step 3'];
  return (
    [
      ['v4-20', '198.51.96.0/20', '14c6336f'],
      ['v4-25', '198.51.100.0/25', '19c633647f'],
      ['v4-1', '0.0.0.0/1', '017f'],
      ['v6-33', '2001:db8::/33', '2120010db87f'],
    ] as const
  ).flatMap(([name, prefix, field]): VerifyRow[] => {
    const family = announced(prefix);
    const { afi } = family.prefix;
    const right = pathOf([ORIGIN, PEER], LOCAL, family);
    return [
      [
        `host-bits-${name}`,
        `${prefix} sent as ${field}, with trailing bits set: zero in what is hashed`,
        sections,
        dirty(family, field, right),
        'valid',
        'ok',
      ],
      [
        `host-bits-hashed-${name}`,
        `${prefix} sent as ${field}, and signed over these octets`,
        sections,
        dirty(family, field, signedOver(field, afi)),
        'not-valid',
        'signature-mismatch',
      ],
      [
        `host-bits-clean-signed-dirty-${name}`,
        `${prefix} sent as ${nlriOf(family)}, signed over ${field}`,
        sections,
        dirty(family, nlriOf(family), signedOver(field, afi)),
        'not-valid',
        'signature-mismatch',
      ],
    ];
  });
}
