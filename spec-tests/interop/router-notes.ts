/** Of a router that was given a change again before its verdicts followed it. */
export const REPEATED =
  /^its verdicts followed a change of the table only after it was given again \(RFC 6811 §4\): /;

/**
 * The notes of a report, but for those on changes that were given again: OpenBGPD loses one now and then (docs/routers.md), and on a busy
 * machine any router may take so long.
 */
export function notesBesideRepeats(notes: readonly string[]): readonly string[] {
  return notes.filter((note) => !REPEATED.test(note));
}
