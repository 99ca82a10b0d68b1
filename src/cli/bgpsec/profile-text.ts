import { printable } from '../../bytes/index.js';
import type { Check } from '../../rpki/index.js';

/** Whether no item is an error; warnings and what could not be checked do not count. */
export function conforms(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome !== 'error');
}

/** A profile item by item, for a person, and the sum. */
export function profileText(checks: readonly Check[]): string {
  const lines = checks.map(
    ({ outcome, code, section, message }) =>
      `${outcome.padEnd(13)}  ${code} (${section})${message === '' ? '' : `: ${printable(message)}`}\n`,
  );
  const count = (outcome: Check['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  const sum = `${count('pass')} passed, ${count('warning')} warnings, ${count('error')} errors`;
  return `${lines.join('')}${conforms(checks) ? 'conforms' : 'does not conform'}: ${sum}, ${count('not-checkable')} not checkable\n`;
}

/** `name  value` lines, the values escaped. */
export function fieldsText(fields: readonly (readonly [name: string, value: string])[]): string {
  return fields.map(([name, value]) => `${name.padEnd(13)}  ${printable(value)}\n`).join('');
}
