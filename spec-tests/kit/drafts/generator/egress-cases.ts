import { EGRESS_DRAFT } from '../../../../src/aspa/index.js';
import type { Fields } from '../../../../src/conformance/vector.js';
import { path } from '../../../aspa/notation.js';
import { asPathJson, aspasJson } from '../../aspa/generator/notation.js';
import type { Citation } from '../../citation.js';

/** A case to be made. */
export interface DraftCase {
  readonly id: string;
  readonly title: string;
  readonly input: Fields & { readonly op: string };
  /** What it shows, by the intermediate values of the answer. */
  show(detail: Fields): { readonly sections: readonly string[]; readonly requirements: readonly Citation[] };
}

const ROLES = ['provider', 'customer', 'peer', 'rs'] as const;
type Role = (typeof ROLES)[number];
const MODES = ['basic', 'augmented'] as const;
type Mode = (typeof MODES)[number];

/** AS2 sends a path to AS3. */
interface Sending {
  readonly aspas: string;
  readonly path: string;
  readonly role: Role;
  readonly mode: Mode;
  /** Absent: whether the own AS leads is not asked. */
  readonly ownAs?: number;
}

/** The cases of verification at egress, by group. RS-clients, of whom the draft says nothing, are in none. */
export function egressCases(): ReadonlyMap<string, readonly DraftCase[]> {
  const all: Sending[] = [];
  for (const one of ['', '1:{0}', '1:{2}']) {
    for (const two of ['', '2:{0}', '2:{1}', '2:{3}']) {
      for (const three of ['', '3:{0}', '3:{2}']) {
        const aspas = [one, two, three].filter((text) => text !== '').join(' ') || '-';
        for (const role of ROLES) {
          for (const mode of MODES) all.push({ aspas, path: '2 1', role, mode, ownAs: 2 });
        }
      }
    }
  }
  const leading = ROLES.flatMap((role) =>
    MODES.flatMap((mode): Sending[] => [
      { aspas: '1:{2} 2:{3}', path: '2 1', role, mode },
      { aspas: '1:{2} 2:{3}', path: '2 1', role, mode, ownAs: 4 },
      { aspas: '1:{2} 2:{3} 3:{4}', path: '3 2 1', role, mode, ownAs: 2 },
      { aspas: '1:{2} 2:{3}', path: '2 2 1 1', role, mode, ownAs: 2 },
      { aspas: '1:{2} 2:{3}', path: '2 {1}', role, mode, ownAs: 2 },
    ]),
  );
  const chain = ROLES.flatMap((role) =>
    MODES.flatMap((mode) =>
      ['1:{0}', '1:{5} 2:{5}', '1:{5} 5:{0} 2:{0}', '5:{0} 2:{0} 3:{0}', '3:{9}', '2:{9} 5:{2}'].map(
        (aspas): Sending => ({ aspas, path: '2 5 1', role, mode, ownAs: 2 }),
      ),
    ),
  );
  return new Map([
    ['Path 2 1, sent by AS2 to AS3', all.map((sending, i) => egressCase(`pair-${number(i)}`, sending))],
    ['Who leads the path', leading.map((sending, i) => egressCase(`leading-${number(i)}`, sending))],
    ['Path 2 5 1, sent by AS2 to AS3', chain.map((sending, i) => egressCase(`chain-${number(i)}`, sending))],
  ]);
}

export const number = (index: number): string => String(index + 1).padStart(3, '0');

function egressCase(name: string, { aspas, path: text, role, mode, ownAs }: Sending): DraftCase {
  const own = ownAs === undefined ? '' : `, own AS${ownAs}`;
  return {
    id: `egress-${name}`,
    title: `${aspas}: ${text} to a ${role}${own}, ${mode}`,
    input: {
      op: 'verify-egress',
      aspas: aspasJson(aspas),
      asPath: asPathJson(path(text)),
      neighborRole: role,
      neighborAs: 3,
      ...(ownAs !== undefined && { ownAs }),
      mode,
    },
    show({ step, compressedAsPath }) {
      const inFront = Array.isArray(compressedAsPath) && compressedAsPath[0] === 3 && !text.startsWith('3');
      const requirements: Citation[] = [];
      if (step === 2) requirements.push('!aspa-egress:4.1:updated-path');
      else {
        if (ownAs !== undefined) requirements.push('aspa-egress:4.1:updated-path');
        requirements.push(role === 'customer' ? 'aspa-egress:4.1:downstream' : 'aspa-egress:4.1:upstream');
      }
      if (mode === 'augmented' && (role === 'peer' || role === 'rs')) {
        requirements.push('aspa-egress:4.2:only-provider-or-customer');
      }
      if (inFront) requirements.push('aspa-egress:4.2:receiver-in-front');
      return { sections: [`${EGRESS_DRAFT} §${mode === 'basic' ? '4.1' : '4.2'}`], requirements };
    },
  };
}
