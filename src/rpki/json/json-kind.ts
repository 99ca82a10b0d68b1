import { JSON_KINDS } from './json-kinds.js';

/** Members that only files of payloads have. */
const LISTS = ['provider_authorizations', ...Object.values(JSON_KINDS).flatMap(({ lists }) => lists)];
const PAYLOADS = new RegExp(`"(?:${LISTS.join('|')})"\\s*:`);
/** An array of records that say more than a route does; `prefix` alone is also a route's. */
const RECORD = [
  'maxLength',
  ...Object.values(JSON_KINDS).flatMap(({ known }) => known.filter((name) => name !== 'prefix')),
];
const ARRAY = new RegExp(`^\\uFEFF?\\s*\\[\\s*\\{[^{}[\\]]{0,1000}"(?:${RECORD.join('|')})"\\s*:`);
/** The member that only SLURM has (RFC 8416 §3.2). */
const SLURM = /"slurmVersion"\s*:/;

/** Whether a file with that first line is JSON. */
export function isJson(line: string): boolean {
  return line.startsWith('{') || line.startsWith('[');
}

/** Whether a text, of which the beginning is enough, is JSON with lists of payloads, or one list. */
export function looksLikePayloadJson(line: string, text: string): boolean {
  return isJson(line) && (PAYLOADS.test(text) || ARRAY.test(text)) && !SLURM.test(text);
}

/** Whether a text, of which the beginning is enough, is JSON with local exceptions (RFC 8416). */
export function looksLikeSlurm(line: string, text: string): boolean {
  return isJson(line) && SLURM.test(text);
}
