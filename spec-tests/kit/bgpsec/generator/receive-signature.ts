import { parseEcdsaSigValue } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { engine, join, namedKey, octetsOf } from './world.js';

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * A signature in place of `good`: `64499 over 00` is made with the key of an AS over these octets. Otherwise it is DER,
 * `30[02[r] 02[s]]`: a tag before its content, numbers as the content of an INTEGER, or with `:32` as 32 octets. The numbers
 * are r, s, the order n and a few made of them; s is the lower one of the two. `|300` cuts or fills to a length, `|-1` takes
 * away.
 */
export function replacement(text: string, good: Uint8Array): Uint8Array {
  const [, key, signed] = /^(.+) over (.*)$/.exec(text) ?? [];
  if (key !== undefined && signed !== undefined) return engine.sign(namedKey(key), octetsOf(signed));
  const numbers = numbersOf(good);
  const open: { readonly tag: string; readonly parts: Uint8Array[] }[] = [{ tag: '', parts: [] }];
  for (const token of text.match(/[^\s[\]]+\[?|\]/g) ?? []) {
    const { tag, parts = [] } = open.at(-1) ?? {};
    const [, name = '', size] = /^([rsn].*?)(?::(\d+))?$/.exec(token) ?? [];
    if (token.endsWith('[')) open.push({ tag: token.slice(0, -1), parts: [] });
    else if (token === ']') {
      open.pop();
      const body = join(...parts);
      open.at(-1)?.parts.push(join(octetsOf(tag ?? ''), Uint8Array.of(body.length), body));
    } else if (token.startsWith('|')) {
      const whole = join(...parts.splice(0));
      const length = Number(token.slice(1));
      parts.push(resized(whole, length < 0 ? whole.length + length : length));
    } else if (name === '') parts.push(octetsOf(token));
    else {
      const value = numbers[name];
      if (value === undefined) throw new Error(`no number of a signature: ${name}`);
      parts.push(size === undefined ? content(value) : digits(value, Number(size)));
    }
  }
  return join(...(open[0]?.parts ?? []));
}

function numbersOf(good: Uint8Array): Readonly<Record<string, bigint>> {
  const value = parseEcdsaSigValue(good);
  if (value === undefined) throw new Error('no signature');
  const [r, any] = [value.r, value.s].map((octets) => BigInt(`0x${Buffer.from(octets).toString('hex')}`));
  if (r === undefined || any === undefined) throw new Error('no signature');
  const s = any <= N / 2n ? any : N - any;
  return { r, s, n: N, 'n-s': N - s, 'r+n': r + N, 's+n': s + N, 'r+1': r + 1n };
}

const digits = (value: bigint, octets: number): Uint8Array =>
  fromHex(value.toString(16).padStart(2 * octets, '0'));

/** An INTEGER's content: minimal and positive. */
function content(value: bigint): Uint8Array {
  const octets = digits(value, Math.ceil(value.toString(16).length / 2));
  return (octets[0] ?? 0) >= 0x80 ? join(Uint8Array.of(0), octets) : octets;
}

function resized(octets: Uint8Array, length: number): Uint8Array {
  const made = new Uint8Array(length);
  made.set(octets.subarray(0, length));
  return made;
}
