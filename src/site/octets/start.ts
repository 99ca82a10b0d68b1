import type { OctetsState } from '../../links/index.js';

/** What the screen shows without a link, apart because the first view has it: an UPDATE as every router sends them. */
export const START: OctetsState = {
  s: 'octets',
  text: `ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff
00 37 02 00 00 00 1c 40 01 01 00 40 02 0e 02 03
00 00 fb fe 00 00 fb f9 00 00 fb f3 40 03 04 c0
00 02 01 18 c0 00 02`,
};
