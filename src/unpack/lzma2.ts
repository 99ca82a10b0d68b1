import { Damage } from './damage.js';
import { createLzmaDecoder } from './lzma-decoder.js';
import { createLzmaWindow, makeRoom, resetDictionary } from './lzma-window.js';
import { type OctetSource, streamEnds } from './octet-source.js';

/**
 * The octets of LZMA2 data (the xz file format 1.1.0 §5.3.1, the packet format as XZ Embedded has it), chunk by chunk, each
 * valid until the next is asked for.
 *
 * @param dictionary octets of the dictionary.
 * @throws {Damage} when it is damaged, after what was decoded before.
 */
export async function* decodeLzma2(
  source: OctetSource,
  dictionary: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const window = createLzmaWindow(dictionary);
  const lzma = createLzmaDecoder();
  let wantsDictionary = true;
  let wantsProperties = true;
  let wantsState = true;
  for (;;) {
    const [control = 0] = await source.take(1);
    if (control === 0) return;
    if (control === 1 || control >= 0xe0) {
      resetDictionary(window);
      wantsDictionary = false;
    } else if (wantsDictionary) throw new Damage('no reset of the dictionary');
    if (control < 0x80) {
      if (control > 2) throw new Damage('an unknown kind of chunk');
      const size = toU16(await source.take(2)) + 1;
      const octets = await source.takeUpTo(size);
      makeRoom(window, size);
      window.octets.set(octets, window.at);
      window.at += octets.length;
      window.position += octets.length;
      yield window.octets.subarray(window.at - octets.length, window.at);
      if (octets.length < size) throw streamEnds();
      continue;
    }
    const sizes = await source.take(4);
    const size = (control & 0x1f) * 0x10000 + toU16(sizes) + 1;
    const packed = toU16(sizes.subarray(2)) + 1;
    if (control >= 0xc0) {
      lzma.setProperties((await source.take(1))[0] as number);
      wantsProperties = false;
    }
    if (control >= 0xa0) {
      lzma.resetState();
      wantsState = false;
    }
    if (wantsProperties || wantsState) throw new Damage('no reset of the state');
    const octets = await source.takeUpTo(packed);
    makeRoom(window, size);
    const start = window.at;
    let damage: unknown;
    try {
      lzma.decode(octets, window, size);
    } catch (error) {
      damage = error;
    }
    if (window.at > start) yield window.octets.subarray(start, window.at);
    if (octets.length < packed) throw streamEnds();
    if (damage !== undefined) throw damage;
  }
}

function toU16(octets: Uint8Array): number {
  return (octets[0] as number) * 0x100 + (octets[1] as number);
}
