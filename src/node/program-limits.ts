/** Answers in a row that a program may fail to give, by ending, silence or endless talk, before it is given up. */
export const MAX_FAILURES = 5;

/** Characters that a program may write without answering what it was asked. */
export const MAX_UNASKED = 4 << 20;

/** Characters of all answers of a run: they are kept for the report. The vectors need half a million. */
export const MAX_ANSWERS = 64 << 20;

/** What is said of questions that are asked no more. */
export const INTERRUPTED = 'the run was interrupted';
export const TOO_MUCH = `given up: the answers have more than ${MAX_ANSWERS >> 20} MiB together`;
