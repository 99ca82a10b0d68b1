import type { VectorDraft } from '../../write-vectors.js';
import table from '../facts/signatures.json' with { type: 'json' };
import { finished } from './cases.js';
import { keyGroups } from './keys.js';
import { octetGroups } from './octets.js';
import { openGroups } from './open.js';
import { parsedGroups, type ValuesRow, valuesGroup } from './parsed.js';
import { type SignRow, signGroup } from './parsed-sign.js';
import { receiveGroups } from './receive.js';
import { sendGroups } from './send.js';

/** The vector files of the suite `bgpsec`. */
export function drafts(): VectorDraft[] {
  const received = receiveGroups();
  const rows: { readonly verify: readonly ValuesRow[]; readonly sign: readonly SignRow[] } = table;
  return [
    finished({
      name: 'bgpsec-receive',
      title: 'Receiving BGPsec UPDATE messages: checks, validation, verdict',
      source: [
        'RFC 8205',
        'RFC 8206',
        'RFC 8207',
        'RFC 8608',
        'RFC 7606',
        'RFC 4271',
        'RFC 4760',
        'RFC 5065',
      ],
      groups: received,
    }),
    finished({
      name: 'bgpsec-send',
      title: 'Sending BGPsec UPDATE messages: origination, propagation, refusals',
      source: ['RFC 8205', 'RFC 8206', 'RFC 8207', 'RFC 8608', 'RFC 8654', 'RFC 5065', 'RFC 6979'],
      groups: sendGroups(),
    }),
    finished({
      name: 'bgpsec-octets',
      title: 'BGPsec: octets to be hashed, and the reconstruction of AS_PATH',
      source: ['RFC 8205', 'RFC 8608', 'RFC 4271', 'RFC 5065'],
      groups: octetGroups(),
    }),
    finished({
      name: 'bgpsec-signatures',
      title: 'BGPsec: signatures verified and made on parsed values',
      source: ['RFC 8205', 'RFC 8608', 'RFC 8206', 'RFC 5065', 'RFC 6979'],
      groups: [...parsedGroups(received), valuesGroup(rows.verify), signGroup(rows.sign)],
    }),
    finished({
      name: 'bgpsec-keys',
      title: 'BGPsec: which public keys are router keys',
      source: ['RFC 8608', 'RFC 5480', 'RFC 6487'],
      groups: keyGroups(),
    }),
    finished({
      name: 'bgpsec-open',
      title: 'BGPsec: what two OPEN messages negotiate',
      source: ['RFC 8205', 'RFC 5492', 'RFC 9072'],
      groups: openGroups(),
    }),
  ];
}
