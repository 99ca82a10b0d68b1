import type { Picture } from '../../conformance/index.js';
import type { Style } from '../shared/style.js';
import { formatTable, plural } from '../shared/text-table.js';

/** What was expected and what came, as tables, and the smallest question with a wrong answer. */
export function pictureLines(
  { besides, counts, field, op, shares, smallest }: Picture,
  { bold }: Pick<Style, 'bold'>,
): string[] {
  const lines = ['', bold(`${op}: ${field} expected and got`)];
  const values = [...new Set([...counts.map(({ expected }) => expected), ...counts.map(({ got }) => got)])];
  const rows = new Map(
    counts.map(({ direction = '', expected }) => [`${direction} ${expected}`, { direction, expected }]),
  );
  const cells = [...rows.values()]
    .sort(
      (a, b) =>
        b.direction.localeCompare(a.direction) || values.indexOf(a.expected) - values.indexOf(b.expected),
    )
    .map((row) => [
      ...(row.direction === '' ? [] : [row.direction]),
      row.expected,
      ...values.map((got) => {
        const same = counts.find(
          (one) =>
            one.direction === (row.direction || undefined) &&
            one.expected === row.expected &&
            one.got === got,
        );
        return String(same?.cases ?? 0);
      }),
    ]);
  const hasDirections = counts.some(({ direction }) => direction !== undefined);
  const heads = [...(hasDirections ? ['direction'] : []), 'expected'];
  const columns = [
    ...heads.map((head) => ({ head })),
    ...values.map((value) => ({ head: `got ${value}`, align: 'right' as const })),
  ];
  lines.push(...formatTable(columns, cells).map((line) => `  ${line}`));
  if (besides.length > 0) {
    const wrong = besides.map(({ failed, member }) => `${member} in ${plural(failed, 'answer')}`).join(', ');
    lines.push(`  ${field} as expected, but wrong: ${wrong}`);
  }
  if (shares.length > 0) {
    const right = 'right' as const;
    const parts = shares.map(({ cases, failed, part }) => [String(failed), String(cases), part]);
    const columns = [{ head: 'failed', align: right }, { head: 'of', align: right }, { head: 'paths with' }];
    lines.push(...formatTable(columns, parts).map((line) => `  ${line}`));
  }
  const { expected, got, id, members, question } = smallest;
  const wrong = expected === got ? `wrong in ${members.join(', ')}` : `expected ${expected}, got ${got}`;
  lines.push(`  smallest: ${id}, ${question}: ${wrong}`);
  return lines;
}
