import {
  decodeUpdateMessage,
  encodeUpdateMessage,
  FLAG_EXTENDED_LENGTH,
  type PathAttribute,
} from 'pathsec/bgp';
import { put } from '../lib/mutate.js';
import { pick } from '../lib/random.js';
import type { Mutation, Random } from '../lib/target.js';

/** The marker, the length and a type of a BGP message. */
export function repairHeader(octets: Uint8Array): Uint8Array {
  if (octets.length < 19) return octets;
  octets.fill(0xff, 0, 16);
  put(octets, 16, 2, octets.length);
  if ((octets[18] as number) < 1 || (octets[18] as number) > 5) octets[18] = 2;
  return octets;
}

const CODES = [1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 17, 18, 30, 32, 33, 35, 99];

/** Changes the attributes of an UPDATE and writes its lengths anew; other messages stay as they are. */
export const updateMutation: Mutation = (octets, random, other) => {
  if (octets[18] !== 2) return octets;
  try {
    const message = decodeUpdateMessage(octets);
    const attributes = message.attributes.slice();
    changeAttributes(attributes, donors(other), random);
    const nlriField = random(4) === 0 ? changeOctets(message.nlriField, random) : message.nlriField;
    const withdrawnField =
      random(8) === 0 ? changeOctets(message.withdrawnField, random) : message.withdrawnField;
    return encodeUpdateMessage({ ...message, attributes, nlriField, withdrawnField }, true);
  } catch {
    return octets;
  }
};

function donors(octets: Uint8Array): readonly PathAttribute[] {
  try {
    return decodeUpdateMessage(octets).attributes;
  } catch {
    return [];
  }
}

function changeAttributes(
  attributes: PathAttribute[],
  other: readonly PathAttribute[],
  random: Random,
): void {
  const at = random(attributes.length + 1);
  const attribute = attributes[at];
  if (attribute === undefined) {
    if (other.length > 0) attributes.push(pick(other, random));
    return;
  }
  switch (random(6)) {
    case 0:
      attributes.splice(at, 1);
      break;
    case 1:
      attributes.splice(random(attributes.length), 0, attribute);
      break;
    case 2:
      attributes[at] = { ...attribute, code: pick(CODES, random) };
      break;
    case 3:
      attributes[at] = { ...attribute, flags: attribute.flags ^ (1 << random(8)) };
      break;
    case 4:
      attributes.splice(at, 0, ...other);
      break;
    default: {
      const value = changeOctets(attribute.value, random);
      attributes[at] = {
        ...attribute,
        value,
        flags: value.length > 255 ? attribute.flags | FLAG_EXTENDED_LENGTH : attribute.flags,
      };
    }
  }
}

/** One octet changed, added or removed. */
export function changeOctets(octets: Uint8Array, random: Random): Uint8Array {
  const list = [...octets];
  const at = random(list.length + 1);
  const choice = random(4);
  if (choice === 0) list.splice(at, 1);
  else if (choice === 1) list.splice(at, 0, random(256));
  else if (choice === 2) list.splice(at, 0, ...list.slice(at, at + 1 + random(8)));
  else if (at < list.length) list[at] = random(2) === 0 ? random(256) : random(3);
  return Uint8Array.from(list);
}
