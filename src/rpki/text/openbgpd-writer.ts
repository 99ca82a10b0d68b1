import { AS_TRANS, formatPrefix } from '../../inet/index.js';
import type { PayloadSet } from '../../payload/index.js';

/**
 * A `roa-set` for an OpenBGPD configuration, ordered, and an `aspa-set` where there are any ASPAs, since releases before 8
 * refuse the word. Router keys have no place there. bgpd refuses a whole file with customer 23456 (AS_TRANS) in it, so that
 * one stays out, with a comment (docs/decisions.md D-openbgpd-as-trans).
 */
export function writeOpenBgpd({ vrps, aspas }: PayloadSet): string {
  const lines = ['roa-set {'];
  for (const { prefix, maxLength, asn, expires } of vrps.sorted()) {
    const longer = maxLength === prefix.length ? '' : ` maxlen ${maxLength}`;
    const until = expires === undefined ? '' : ` expires ${expires}`;
    lines.push(`\t${formatPrefix(prefix)}${longer} source-as ${asn}${until}`);
  }
  lines.push('}', '');
  if (aspas.size === 0) return lines.join('\n');
  lines.push('aspa-set {');
  for (const { customer, providers, expires } of aspas.sorted()) {
    if (customer === AS_TRANS) {
      lines.push(`\t# customer ${AS_TRANS} left out: bgpd refuses it`);
      continue;
    }
    const until = expires === undefined ? '' : ` expires ${expires}`;
    lines.push(`\tcustomer-as ${customer}${until} provider-as { ${providers.join(', ')} }`);
  }
  lines.push('}', '');
  return lines.join('\n');
}
