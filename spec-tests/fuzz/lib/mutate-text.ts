import { pick } from './random.js';
import type { Mutation, Random } from './target.js';

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/** Numbers in text at which readers break. */
const NUMBERS = [
  '0',
  '-1',
  '1e3',
  '1.5',
  '00',
  '32',
  '33',
  '128',
  '129',
  '255',
  '256',
  '65535',
  '65536',
  '4294967295',
  '4294967296',
  '9007199254740993',
  '99999999999999999999',
  '1e400',
  '-0',
  'AS1',
  '1.1',
];
const SIGNS = [
  '',
  ' ',
  ',',
  ':',
  '/',
  '|',
  '"',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '\n',
  '\t',
  '\\',
  '\u0000',
  'é',
];

/** A mutation of text by its words: numbers, signs, lines. */
export function textMutation(words: readonly string[]): Mutation {
  const choices = [...words, ...NUMBERS, ...SIGNS];
  return (octets, random, other) => {
    const text = utf8.decode(octets);
    const changed =
      random(4) === 0 ? changeLines(text, utf8.decode(other), random) : changeToken(text, choices, random);
    return encoder.encode(changed);
  };
}

function changeToken(text: string, choices: readonly string[], random: Random): string {
  const tokens = text.match(/[0-9]+|[A-Za-z_]+|\s+|./gsu) ?? [''];
  const at = random(tokens.length);
  const token = tokens[at] as string;
  switch (random(5)) {
    case 0:
      tokens.splice(at, 1);
      break;
    case 1:
      tokens.splice(at, 0, pick(choices, random));
      break;
    case 2:
      tokens.splice(at, 0, token);
      break;
    case 3:
      tokens[at] = pick(tokens, random);
      break;
    default:
      tokens[at] = /^[0-9]/.test(token) ? pick(NUMBERS, random) : pick(choices, random);
  }
  return tokens.join('');
}

function changeLines(text: string, other: string, random: Random): string {
  const lines = text.split('\n');
  const at = random(lines.length);
  switch (random(4)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines.splice(at, 0, ...Array.from({ length: 1 + random(20) }, () => lines[at] as string));
      break;
    case 2:
      lines.splice(at, 0, pick(other.split('\n'), random));
      break;
    default:
      lines.splice(at, 0, lines.splice(random(lines.length), 1)[0] ?? '');
  }
  return lines.join('\n');
}

/** A mutation of JSON by its tree; a text that is no JSON is changed as text. */
export function jsonMutation(words: readonly string[]): Mutation {
  const asText = textMutation(words);
  const values: readonly unknown[] = [
    null,
    true,
    [],
    {},
    '',
    0,
    -1,
    1.5,
    4294967295,
    4294967296,
    2 ** 53,
    ...words,
  ];
  return (octets, random, other) => {
    if (random(3) === 0) return asText(octets, random, other);
    let tree: unknown;
    try {
      tree = JSON.parse(utf8.decode(octets));
    } catch {
      return asText(octets, random, other);
    }
    const places: [container: Record<string, unknown> | unknown[], key: string][] = [];
    collect(tree, places, 2000);
    if (places.length === 0) return encoder.encode(JSON.stringify(pick(values, random)));
    const [container, key] = pick(places, random);
    const [source, from] = pick(places, random);
    const donor = structuredClone((source as Record<string, unknown>)[from]);
    const target = container as Record<string, unknown>;
    switch (random(6)) {
      case 0:
        if (Array.isArray(container)) container.splice(Number(key), 1);
        else delete target[key];
        break;
      case 1:
        target[key] = donor;
        break;
      case 2:
        if (Array.isArray(container)) container.splice(Number(key), 0, donor);
        else target[pick(words, random)] = donor;
        break;
      case 3: {
        const value = target[key];
        target[key] = typeof value === 'number' ? String(value) : [value];
        break;
      }
      case 4:
        if (typeof target[key] === 'string') {
          target[key] = utf8.decode(asText(encoder.encode(target[key]), random, other));
          break;
        }
        target[key] = pick(values, random);
        break;
      default:
        target[key] = pick(values, random);
    }
    return encoder.encode(JSON.stringify(tree));
  };
}

function collect(
  value: unknown,
  places: [Record<string, unknown> | unknown[], string][],
  most: number,
): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (places.length >= most) return;
    places.push([value as Record<string, unknown>, key]);
    collect(member, places, most);
  }
}
