/** Starts in a row that answer nothing, before a program is given up. */
export const MAX_BARREN_STARTS = 5;

/** Characters that a program may write without answering what it was asked. */
export const MAX_UNASKED = 4 << 20;

/**
 * Characters of all answers of a run: they are kept for the report, and small members take many times their length in
 * memory. The vectors need half a million.
 */
export const MAX_ANSWERS = 16 << 20;

/** What is said of questions that are asked no more. */
export const INTERRUPTED = 'the run was interrupted';
export const CANNOT_START = 'the program could not be started';
export const TOO_MUCH = `given up: the answers have more than ${MAX_ANSWERS >> 20} MiB together`;
