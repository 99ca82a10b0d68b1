import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from 'pako';
import { DecodeError } from '../bytes/index.js';

const OUTPUT = 1 << 16;
/** 15 bits of window, and 16 for: gzip, nothing else. */
const GZIP = 15 + 16;

/**
 * The decompressed octets of a gzip stream (RFC 1952) of one or several members, by portable code. Zeros behind the last member
 * are ignored.
 *
 * @throws {DecodeError} `gzip-damaged` after everything before the damage was yielded.
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP);
  stream.output = new Uint8Array(OUTPUT);
  let passed = 0; // octets before the chunk
  let open = true; // within a member
  let padded = false;
  const damaged = (message: string): DecodeError =>
    new DecodeError('gzip-damaged', message, { field: 'gzip', offset: passed + stream.next_in });
  for await (const chunk of chunks) {
    stream.input = chunk;
    stream.next_in = 0;
    stream.avail_in = chunk.length;
    while (stream.avail_in > 0 || stream.avail_out === 0) {
      if (!open) {
        padded ||= chunk[stream.next_in] === 0;
        if (padded) {
          if (chunk.subarray(stream.next_in).some((octet) => octet !== 0))
            throw damaged('octets behind the last member');
          break;
        }
        zlibInflateReset(stream);
        open = true;
      }
      stream.next_out = 0;
      stream.avail_out = OUTPUT;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (stream.next_out > 0) yield stream.output.slice(0, stream.next_out);
      if (status === Z_STREAM_END) {
        open = false;
        stream.avail_out = OUTPUT; // nothing is left to come
      } else if (status !== Z_OK && status !== Z_BUF_ERROR) throw damaged(stream.msg);
    }
    passed += chunk.length;
    stream.next_in = 0;
  }
  if (open) throw damaged('unexpected end of file');
}
