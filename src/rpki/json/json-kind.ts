import { JSON_KINDS } from './json-kinds.js';

/** Members that only files of payloads have, and the one of SLURM (RFC 8416 §3.2). */
const LISTS = ['provider_authorizations', ...Object.values(JSON_KINDS).flatMap(({ lists }) => lists)];
const PAYLOADS = new RegExp(`"(?:${LISTS.join('|')})"\\s*:`);
const SLURM = /"slurmVersion"\s*:/;

/** Whether a file with that first line is JSON. */
export function isJson(line: string): boolean {
  return line.startsWith('{') || line.startsWith('[');
}

/** Whether a text, of which the beginning is enough, is JSON with lists of payloads. */
export function looksLikePayloadJson(line: string, text: string): boolean {
  return isJson(line) && PAYLOADS.test(text) && !SLURM.test(text);
}

/** Whether a text, of which the beginning is enough, is JSON with local exceptions (RFC 8416). */
export function looksLikeSlurm(line: string, text: string): boolean {
  return isJson(line) && SLURM.test(text);
}
