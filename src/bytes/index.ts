export { DecodeError } from './decode-error.js';
export { createFrameSplitter, type FrameSplitter } from './frame-splitter.js';
export { fromHex, toHex } from './hex.js';
export { nearestName, proposal, requireKnownMembers, unknownMember } from './members.js';
export { compareOctets, concatOctets, equalOctets } from './octets.js';
export { ownText } from './own-text.js';
export { printable, printableLines, quoted } from './printable.js';
export { createReader, type Reader, readU16, readU32 } from './reader.js';
export { createWriter, type Writer, writeU32 } from './writer.js';
