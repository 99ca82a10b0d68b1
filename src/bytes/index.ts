export { DecodeError } from './decode-error.js';
export { equalOctets, fromHex, toHex } from './hex.js';
export { printable, printableLines, quoted } from './printable.js';
export { createReader, type Reader, readU16, readU32 } from './reader.js';
export { createWriter, type Writer } from './writer.js';
