import results from '../../../bench/results/study-quick-costs.json' with { type: 'json' };
import type { StudyCosts } from '../../cost/index.js';

/** What the published study measured, as it was when the page was built. */
export const STUDY = results as unknown as StudyCosts;
