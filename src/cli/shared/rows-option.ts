import { InvalidArgumentError } from 'commander';

/** The declaration of `--rows`, for the text of a report. */
export const ROWS_OPTION = [
  '--rows <number>',
  'rows of the longer tables of the text',
  parseRows,
  10,
] as const;

function parseRows(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number.');
  return Number(text);
}
