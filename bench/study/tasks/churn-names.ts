/** Live routes of the aggregate whose check is measured with tombstones. */
export const LIVE = 8;
/** The name of that check; its parameter is the number of tombstones. */
export const TOMBSTONE_CHECK = 'check of an aggregate';
