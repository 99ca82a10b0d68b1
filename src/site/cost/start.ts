import type { CostState } from '../../links/index.js';

/** What the screen shows without a link: the model as it stands. */
export const START: CostState = { s: 'cost' };
