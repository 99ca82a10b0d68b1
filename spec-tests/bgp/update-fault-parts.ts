import { AS_PATH, attribute, NEXT_HOP, NLRI, ORIGIN, updateOf } from './wire-support.js';

const SKI = '00'.repeat(20);
/** A BGPsec_PATH whose flags and length are right. */
export const BGPSEC = attribute(0x80, 33, `0008 01 00 0000fbf0 0019 01 ${SKI} 0000`);
export const BASE = [ORIGIN, AS_PATH, NEXT_HOP];

/** An UPDATE of BASE and one more attribute, whose value stands at offset 23 + 4 + 9 + 7 + 3 = 46. */
export const with_ = (flags: number, code: number, value: string): Uint8Array =>
  updateOf([...BASE, attribute(flags, code, value)], { nlri: NLRI });
