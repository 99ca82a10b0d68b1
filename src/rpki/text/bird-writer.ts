import { AFI_IPV4, AFI_IPV6, formatPrefix } from '../../inet/index.js';
import type { PayloadSet, Vrp } from '../../payload/index.js';

/**
 * Tables and static protocols for a BIRD 2.16 configuration, ordered: `ROAS4`, `ROAS6`, and `ASPAS` where there are any,
 * since older releases refuse the statement. Router keys have no place there. NON-SPEC: a dialect of BIRD.
 */
export function writeBird({ vrps, aspas }: PayloadSet): string {
  const parts: string[] = [];
  const sorted = [...vrps.sorted()];
  const roas: [string, Vrp[]][] = [
    ['4', sorted.filter(({ prefix }) => prefix.afi === AFI_IPV4)],
    ['6', sorted.filter(({ prefix }) => prefix.afi === AFI_IPV6)],
  ];
  for (const [digit, list] of roas) {
    parts.push(
      `roa${digit} table ROAS${digit};\n\nprotocol static {\n\troa${digit} { table ROAS${digit}; };\n`,
    );
    for (const { prefix, maxLength, asn } of list) {
      parts.push(`\troute ${formatPrefix(prefix)} max ${maxLength} as ${asn};\n`);
    }
    parts.push('}\n\n');
  }
  if (aspas.size > 0) {
    parts.push('aspa table ASPAS;\n\nprotocol static {\n\taspa { table ASPAS; };\n');
    for (const { customer, providers } of aspas.sorted()) {
      parts.push(`\troute aspa ${customer} providers ${providers.join(', ')};\n`);
    }
    parts.push('}\n');
  }
  return `${parts.join('').trimEnd()}\n`;
}
