import type { BgpsecPath, SecurePathSegment, SignatureBlock, SignatureSegment } from '../bgp/index.js';
import { createReader, createWriter, type Reader, type Writer } from '../bytes/index.js';
import { type Afi, addressLength } from '../inet/index.js';
import { encodeEcdsaSigValue, parseEcdsaSigValue } from './ecdsa-sig-value.js';
import type { SignedPrefix } from './signed-prefix.js';
import type { SignerTable } from './signer-table.js';

/** A signed route without its session. */
export interface StoredRoute {
  readonly announced: SignedPrefix;
  readonly path: BgpsecPath;
}

/** Stands where a compact signature has none: the octets follow with their length. */
const COMPACT = 0;
const VERBATIM = 1;
const SCALAR = 32;

/**
 * A route in packed form. Each (AS, SKI) is a number of `signers`; a strict DER signature becomes r and s, 64 octets,
 * from which exactly the same DER comes back; every other octet string stays as it is.
 */
export function packRoute({ announced, path }: StoredRoute, signers: SignerTable): Uint8Array {
  const { prefix, safi } = announced;
  const writer = createWriter()
    .u8(prefix.afi, 'afi')
    .u8(safi, 'safi')
    .u8(prefix.length, 'length')
    .bytes(prefix.octets.subarray(0, Math.ceil(prefix.length / 8)))
    .u16(path.segments.length, 'segments')
    .u8(path.blocks.length, 'blocks');
  for (const { pCount, flags } of path.segments) writer.u8(pCount, 'p-count').u8(flags, 'flags');
  for (const { suite, signatures } of path.blocks) {
    writer.u8(suite, 'suite');
    for (const [i, { ski, signature }] of signatures.entries()) {
      writer.u32(signers.intern((path.segments[i] as SecurePathSegment).asn, ski), 'signer');
      packSignature(writer, signature);
    }
  }
  return writer.finish();
}

/** The route that {@link packRoute} packed. */
export function unpackRoute(octets: Uint8Array, signers: SignerTable): StoredRoute {
  const reader = createReader(octets);
  const afi = reader.u8('afi') as Afi;
  const safi = reader.u8('safi');
  const length = reader.u8('length');
  const address = new Uint8Array(addressLength(afi));
  address.set(reader.bytes(Math.ceil(length / 8), 'prefix'));
  const k = reader.u16('segments');
  const count = reader.u8('blocks');
  const heads = Array.from({ length: k }, () => ({
    pCount: reader.u8('p-count'),
    flags: reader.u8('flags'),
  }));
  const asns: number[] = [];
  const blocks: SignatureBlock[] = [];
  for (let b = 0; b < count; b++) {
    const suite = reader.u8('suite');
    const signatures: SignatureSegment[] = [];
    for (let i = 0; i < k; i++) {
      const signer = reader.u32('signer');
      asns[i] = signers.asnOf(signer);
      signatures.push({ ski: signers.skiOf(signer), signature: unpackSignature(reader) });
    }
    blocks.push({ suite, signatures });
  }
  const segments = heads.map((head, i) => ({ ...head, asn: asns[i] as number }));
  return { announced: { prefix: { afi, octets: address, length }, safi }, path: { segments, blocks } };
}

function packSignature(writer: Writer, signature: Uint8Array): void {
  const value = parseEcdsaSigValue(signature);
  if (value === undefined) {
    writer.u8(VERBATIM, 'form').u16(signature.length, 'length').bytes(signature);
    return;
  }
  writer.u8(COMPACT, 'form').bytes(padded(value.r)).bytes(padded(value.s));
}

function unpackSignature(reader: Reader): Uint8Array {
  if (reader.u8('form') === VERBATIM) return reader.bytes(reader.u16('length'), 'signature').slice();
  return encodeEcdsaSigValue(reader.bytes(SCALAR, 'r'), reader.bytes(SCALAR, 's'));
}

function padded(scalar: Uint8Array): Uint8Array {
  const octets = new Uint8Array(SCALAR);
  octets.set(scalar, SCALAR - scalar.length);
  return octets;
}
