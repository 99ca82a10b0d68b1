import { type BgpsecPath, type PathAttribute, pathAttribute } from 'pathsec/bgp';
import type { SignedPrefix } from 'pathsec/bgpsec';
import { kit, u16 } from '../mutants/kit.js';
import { octetMutants } from '../mutants/octet-mutants.js';
import { hops } from './notation.js';
import { replacement } from './receive-signature.js';
import {
  announced,
  engine,
  type Hop,
  join,
  keyOf,
  LOCAL,
  namedKey,
  nlriOf,
  octetsOf,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  signedAttribute,
  u32,
  update,
  withSignature,
} from './world.js';

/** What makes an UPDATE another one than the good one: `facts/README.md` says how each member is written. */
export interface Change {
  readonly path?: string;
  readonly to?: number;
  readonly prefix?: string;
  readonly safi?: number;
  readonly signed?: readonly number[];
  readonly mistake?: string;
  readonly hashed?: string;
  readonly segments?: readonly number[];
  readonly blocks?: readonly string[];
  readonly signatures?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
  readonly append?: string;
  readonly cut?: number;
  readonly nlri?: string;
  readonly attributes?: readonly string[];
  readonly nlriField?: string;
  readonly withdrawn?: string;
  readonly endsEarly?: number;
}

/** The good UPDATE, changed, on its way to the AS `localAs`. */
export function updateOf(change: Change, localAs: number): Uint8Array {
  const {
    append = '',
    attributes,
    cut,
    endsEarly = 0,
    nlri,
    nlriField,
    set = {},
    withdrawn,
    ...more
  } = change;
  const prefix = announced(more.prefix, more.safi);
  const { places, value } = written(changedPath(more, localAs, prefix));
  const changed = join(patched(value, set, places), octetsOf(append)).subarray(0, cut);
  const good: Readonly<Record<string, PathAttribute>> = {
    MP_REACH_NLRI: reach(nlri ?? nlriOf(prefix), prefix.prefix.afi, prefix.safi),
    ORIGIN: origin,
    BGPsec_PATH: signedAttribute(changed),
  };
  const list = attributes ?? Object.keys(good);
  const whole = update(
    list.map((text) => attributeOf(text, good)),
    nlriField,
    withdrawn,
  );
  const message = whole.subarray(0, whole.length - endsEarly);
  const lengths = endsEarly === 0 ? {} : { Length: `-${endsEarly}`, [ATTRIBUTES]: `-${endsEarly}` };
  const unknown = Object.keys(set).filter((name) => !places.has(name) && !MESSAGE_PLACES.has(name));
  if (unknown.length > 0) throw new Error(`no place of an UPDATE: ${unknown.join(', ')}`);
  return patched(message, { ...set, ...lengths }, MESSAGE_PLACES);
}

/** A path in the notation of `hops`, with `>64500` behind an AS that signs to another one, `@64511` where another key signs. */
function signingHops(path: string): Hop[] {
  return path.split(' ').flatMap((word): Hop[] => {
    const [, plain = word, to, key] = /^([^>@]+)(?:>(\d+))?(?:@(.+))?$/.exec(word) ?? [];
    const more = { ...(to && { to: Number(to) }), ...(key && { key: namedKey(key) }) };
    return hops(plain).map((hop) => ({ ...hop, ...more }));
  });
}

function changedPath(change: Change, localAs: number, announcement: SignedPrefix): BgpsecPath {
  const {
    blocks,
    hashed,
    mistake,
    path: hopsText = '64499 64496',
    segments,
    signatures = {},
    ...more
  } = change;
  const { prefix, safi, signed, to = localAs, ...unknown } = more;
  const members = Object.keys(unknown);
  if (members.length > 0) throw new Error(`unknown ${members.join(', ')}`);
  let path = pathOf(signingHops(hopsText).reverse(), to, announcement, signed);
  if (mistake !== undefined) path = signedAnew(path, partsOf(mistake), announcement);
  if (hashed !== undefined)
    path = signedAnew(path, { nlri: () => Buffer.from(octetsOf(hashed)) }, announcement);
  const made = path;
  path = {
    segments: segments?.map((number) => one(made.segments, number)) ?? path.segments,
    blocks: blocks?.map((text) => blockOf(text, made)) ?? path.blocks,
  };
  for (const [place, text] of Object.entries(signatures)) {
    const [block = 0, index = 0] = place.split('.').map(Number);
    const replaced = (signature: Uint8Array): Uint8Array => replacement(text, signature);
    path = withSignature(
      path,
      index - 1,
      (old) => ({ ...old, signature: replaced(old.signature) }),
      block - 1,
    );
  }
  return path;
}

function partsOf(mistake: string): Partial<typeof kit> {
  const parts = octetMutants.find(({ id }) => id === `bgpsec-${mistake}`)?.parts;
  if (parts === undefined) throw new Error(`no mistake of signers: ${mistake}`);
  return parts;
}

/** The path as somebody signs it at each hop who hashes with other parts than the kit. */
function signedAnew(good: BgpsecPath, parts: Partial<typeof kit>, prefix: SignedPrefix): BgpsecPath {
  const self = { ...kit, ...parts };
  const { afi, length, octets } = prefix.prefix;
  const route = {
    afi,
    safi: prefix.safi,
    length,
    octets: Buffer.from(octets.subarray(0, (length + 7) >> 3)),
  };
  let path = good;
  for (const [index, { asn }] of [...good.segments.entries()].reverse()) {
    const [block] = path.blocks.map(({ suite, signatures }) => ({
      suite,
      signatures: signatures.map(({ ski, signature }) => ({
        ski: Buffer.from(ski),
        signature: Buffer.from(signature),
      })),
    }));
    if (block === undefined) throw new Error('no block');
    const plain = { segments: path.segments, blocks: [block] };
    const targets = self.targets(self, plain, { localAs: LOCAL, peerAs: PEER, kind: 'external' });
    const toHash = self.octets(self, { path: plain, block, targets, announced: route }, index);
    const signature = engine.sign(keyOf(asn), Uint8Array.from(self.message(toHash)));
    path = withSignature(path, index, (old) => ({ ...old, signature }));
  }
  return path;
}

/** `247: 1.1 2.2`: a block of suite 247, with the first signature of the first block and the second of the second. */
function blockOf(text: string, { blocks }: BgpsecPath): BgpsecPath['blocks'][number] {
  const [suite, list = ''] = text.split(':');
  const signatures = (list.match(/\S+/g) ?? []).map((place) => {
    const [block = 0, index = 0] = place.split('.').map(Number);
    return one(one(blocks, block).signatures, index);
  });
  return { suite: Number(suite), signatures };
}

/** `c0 BGPsec_PATH` is the good one with other flags, `BGPsec_PATH of 64499 64497` another one, `40 01 03` flags, type, value. */
function attributeOf(text: string, good: Readonly<Record<string, PathAttribute>>): PathAttribute {
  const [, flags, name, path, type, octets = ''] =
    /^(?:([\da-f]{2}) )?(?:([A-Z]\w+)(?: of (.+))?|([\da-f]{2})(?: (.+))?)$/.exec(text) ?? [];
  const named = path === undefined ? good[name ?? ''] : pathAttributeOf(pathOf(signingHops(path).reverse()));
  if (named !== undefined)
    return flags === undefined ? named : { ...named, flags: Number.parseInt(flags, 16) };
  if (type === undefined || flags === undefined) throw new Error(`no attribute: ${text}`);
  const made = pathAttribute(Number.parseInt(type, 16), octetsOf(octets));
  return { ...made, flags: Number.parseInt(flags, 16) | (made.flags & 0x10) };
}

const ATTRIBUTES = 'Total Path Attribute Length';
const MESSAGE_PLACES = new Map([
  ['Length', 16],
  ['Withdrawn Routes Length', 19],
  [ATTRIBUTES, 21],
]);

/**
 * The value of the attribute as the path says, well formed or not, and where its fields begin. Segments and signatures have
 * numbers, the newest is 1.
 */
function written({ segments, blocks }: BgpsecPath): { value: Uint8Array; places: Map<string, number> } {
  const places = new Map<string, number>();
  const parts: Uint8Array[] = [];
  let end = 0;
  const put = (name: string, octets: Uint8Array): void => {
    places.set(name, end);
    parts.push(octets);
    end += octets.length;
  };
  put('Secure_Path Length', u16(2 + 6 * segments.length));
  for (const [i, { pCount, flags, asn }] of segments.entries()) {
    put(`pCount ${i + 1}`, Uint8Array.of(pCount));
    put(`flags ${i + 1}`, Uint8Array.of(flags));
    put(`AS ${i + 1}`, u32(asn));
  }
  for (const [b, { suite, signatures }] of blocks.entries()) {
    const block = b === 0 ? '' : `block ${b + 1} `;
    const length = signatures.reduce((sum, { signature }) => sum + 22 + signature.length, 3);
    put(`${block}Signature_Block Length`, u16(length));
    put(`${block}suite`, Uint8Array.of(suite));
    for (const [i, { ski, signature }] of signatures.entries()) {
      put(`${block}SKI ${i + 1}`, ski);
      put(`${block}Signature Length ${i + 1}`, u16(signature.length));
      put(`${block}signature ${i + 1}`, signature);
      places.set(`${block}signature ${i + 1} end`, end - 1);
    }
  }
  return { value: join(...parts), places };
}

/** `000d` is put there, `^02` is the bits to turn over, `+1` and `-1` count on from the number of two octets there. */
function patched(
  octets: Uint8Array,
  set: Readonly<Record<string, string>>,
  places: ReadonlyMap<string, number>,
): Uint8Array {
  const copy = octets.slice();
  for (const [name, text] of Object.entries(set)) {
    const at = places.get(name);
    if (at === undefined) continue;
    const number = ((copy[at] ?? 0) << 8) + (copy[at + 1] ?? 0) + Number(text);
    if (/^[+-]/.test(text)) copy.set([number >> 8, number & 0xff], at);
    else if (text.startsWith('^'))
      copy.set(
        octetsOf(text.slice(1)).map((bits, i) => bits ^ (copy[at + i] ?? 0)),
        at,
      );
    else copy.set(octetsOf(text), at);
  }
  return copy;
}

function one<T>(list: readonly T[], number: number): T {
  const found = list[number - 1];
  if (found === undefined) throw new Error(`there is no number ${number}`);
  return found;
}
