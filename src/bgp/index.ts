export {
  AS_CONFED_SEQUENCE,
  AS_CONFED_SET,
  AS_SEQUENCE,
  AS_SET,
  type AsPath,
  type AsPathSegment,
  type SegmentType,
} from './as-path.js';
export type { Route } from './route.js';
