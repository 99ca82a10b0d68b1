import type { Describer } from '../../bytes/index.js';
import { formatAsn } from '../../inet/index.js';
import { CONFED_SEGMENT_FLAG, SKI_LENGTH } from '../attribute/attr-33-bgpsec-path.js';

/** Describes a BGPsec_PATH value (RFC 8205 §3, Figures 3 to 7), malformed ones included. */
export function describeBgpsecPath(value: Describer): undefined {
  const pathLength = lengthAhead(value);
  value.group(
    'Secure_Path',
    pathLength,
    (path) => {
      path.uint('Secure_Path Length', 2);
      for (let i = 0; path.remaining > 0; i++) {
        path.group(`Secure_Path Segment [${i}]`, 6, (segment) => {
          const pCount = segment.uint('pCount', 1);
          const flags = segment.uint('Flags', 1, describeFlags);
          const asn = segment.uint('AS Number', 4, formatAsn);
          return `${formatAsn(asn)}, pCount ${pCount}${flags & CONFED_SEGMENT_FLAG ? ', Confed_Segment' : ''}`;
        });
      }
      return undefined;
    },
    'RFC 8205 §3.1',
  );
  for (let b = 0; value.remaining > 0; b++) {
    value.group(
      `Signature_Block [${b}]`,
      lengthAhead(value),
      (block) => {
        block.uint('Signature_Block Length', 2);
        block.uint('Algorithm Suite Identifier', 1);
        for (let i = 0; block.remaining > 0; i++) {
          const signatureLength = uint16Ahead(block, SKI_LENGTH);
          block.group(`Signature Segment [${i}]`, SKI_LENGTH + 2 + signatureLength, (segment) => {
            segment.bytes('Subject Key Identifier', SKI_LENGTH);
            segment.uint('Signature Length', 2);
            segment.bytes('Signature', segment.remaining);
            return undefined;
          });
        }
        return undefined;
      },
      'RFC 8205 §3.2',
    );
  }
}

/** The 16-bit length at the next octet, which counts itself: at least 2, so that every group makes progress. */
function lengthAhead(value: Describer): number {
  return Math.max(2, uint16Ahead(value, 0));
}

function uint16Ahead(value: Describer, ahead: number): number {
  return (value.peek(ahead) ?? 0) * 256 + (value.peek(ahead + 1) ?? 0);
}

function describeFlags(flags: number): string {
  const hex = `0x${flags.toString(16).padStart(2, '0')}`;
  return flags & CONFED_SEGMENT_FLAG ? `${hex} (Confed_Segment)` : hex;
}
