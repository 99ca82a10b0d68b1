import { formatAsPath } from '../bgp/index.js';
import { toHex } from '../bytes/index.js';
import { formatPrefix } from '../inet/index.js';
import type { BgpsecResult, BlockResult, SignatureResult } from './result.js';

/**
 * A result in words, line by line: verdict and its ground, path, and for each signature the AS that signed and to
 * which AS, key, octets hashed, digest, outcome. Meant to be laid beside the output of another implementation.
 * NON-SPEC: the text of each reason names its section.
 */
export function explainResult(result: BgpsecResult): string {
  const { verdict, reason, check, source, detail, prefix, asPath, pathLength, blocks, notes } = result;
  const lines = [
    `verdict: ${verdict} (${reason}; ${source}${check === undefined ? '' : `, check ${check}`})`,
  ];
  if (detail !== undefined) lines.push(`detail: ${detail}`);
  if (prefix !== undefined) lines.push(`prefix: ${formatPrefix(prefix)}`);
  if (asPath !== undefined)
    lines.push(`AS_PATH: ${formatAsPath(asPath) || '(empty)'}, length ${pathLength ?? 0}`);
  for (const [index, block] of blocks.entries()) lines.push(...explainBlock(block, index + 1));
  for (const note of notes) lines.push(`note: ${note}`);
  return lines.join('\n');
}

function explainBlock({ suite, state, verified, signatures }: BlockResult, number: number): string[] {
  const name = suite === 1 ? 'SHA-256, ECDSA P-256' : 'not known here';
  return [
    `Signature_Block ${number}: suite ${suite} (${name}): ${state}, ${verified} of ${signatures.length} verified`,
    ...signatures.flatMap(explainSignature),
  ];
}

function explainSignature(result: SignatureResult): string[] {
  const { hop, signerAs, targetAs, ski, keys, octets, digest, signature, state, reason } = result;
  const lines = [
    `  hop ${hop}: AS ${signerAs} to AS ${targetAs}: ${state}${reason === undefined ? '' : ` (${reason})`}`,
    `    SKI        ${toHex(ski)}, ${keys === 1 ? '1 key' : `${keys} keys`} under this AS and SKI`,
  ];
  if (octets !== undefined) lines.push(`    octets     ${toHex(octets)}`);
  if (digest !== undefined) lines.push(`    digest     ${toHex(digest)}`);
  lines.push(`    signature  ${toHex(signature)}`);
  return lines;
}
