/** Something is wrong with a compressed stream; the reader of its format says where. */
export class Damage extends Error {}
