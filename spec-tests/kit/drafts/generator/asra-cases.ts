import { ASRA_DRAFT } from '../../../../src/aspa/index.js';
import type { Json } from '../../../../src/conformance/vector.js';
import { asras, path } from '../../../aspa/notation.js';
import { asPathJson, aspasJson } from '../../aspa/generator/notation.js';
import type { Citation } from '../../citation.js';
import { type DraftCase, number } from './egress-cases.js';

const ALGORITHMS = ['A', 'B'] as const;

/** A path from a neighbour, and what is registered. */
interface Received {
  readonly aspas: string;
  /** `1/3:{2,4}` is an ASRA3 of AS1 that lists 2 and 4. */
  readonly asras: string;
  readonly path: string;
  readonly role: 'provider' | 'customer' | 'peer';
  readonly algorithm: 'A' | 'B';
}

/** ASRAs of AS1 about AS2. One ASRA1 or ASRA2 alone is in none of them: the draft does not say what it is worth. */
const LISTS = [
  '-',
  '1/3:{0}',
  '1/3:{2}',
  '1/3:{9}',
  '1/3:{0,2}',
  '1/3:{9} 1/3:{2}',
  '1/3:{2} 1/3:{9}',
  '1/1:{0} 1/2:{0}',
  '1/1:{2} 1/2:{0}',
  '1/1:{9} 1/2:{2}',
  '1/1:{8} 1/2:{9}',
  '1/3:{9} 1/1:{2} 1/2:{0}',
  '1/3:{9} 1/1:{0} 1/2:{2}',
  '1/3:{2} 1/1:{9} 1/2:{8}',
  '2/3:{9}',
  '2/3:{1}',
  '1/3:{9} 2/3:{1}',
];

/** The figures of §2 of the draft. */
const FIRST = '1:{2} 2:{3} 3:{4} 4:{0} 5:{0} 6:{5} 7:{6,8} 8:{5}';
const FALSIFIED = '1:{2} 2:{3} 3:{4} 4:{0} 5:{0} 6:{2,5} 7:{6,8} 8:{5}';
const SECOND = '1:{2} 2:{3} 3:{0} 4:{0} 5:{4,7} 6:{7}';
const FIGURES: readonly (readonly [aspas: string, asras: string, path: string])[] = [
  [FIRST, '2/3:{1}', '6 2 1'],
  [FIRST, '2/1:{1} 2/2:{0}', '6 2 1'],
  [FIRST, '4/3:{3,5}', '6 2 1'],
  [FIRST, '2/3:{1} 4/3:{3,5}', '8 5 4 3 2 1'],
  [FIRST, '1/3:{0} 2/3:{1} 4/3:{3,5}', '6 4 3 2 1'],
  [FIRST, '1/3:{0} 2/3:{1} 4/3:{3,5}', '6 1'],
  [FALSIFIED, '2/3:{1}', '6 2 1'],
  [SECOND, '-', '7 6 1'],
  [SECOND, '1/3:{0}', '7 6 1'],
  [SECOND, '1/3:{0} 3/3:{2,4} 4/3:{3,5}', '4 3 2 1'],
];

/** The cases of ASRA, by group. */
export function asraCases(): ReadonlyMap<string, readonly DraftCase[]> {
  const figures: Received[] = FIGURES.flatMap(([aspas, asras, text]) =>
    ALGORITHMS.map((algorithm) => ({ aspas, asras, path: text, role: 'provider' as const, algorithm })),
  );
  const pairs: Received[] = [];
  for (const asras of LISTS) {
    for (const aspas of ['-', '1:{0}', '1:{9}', '1:{2}', '1:{9} 2:{1}', '1:{9} 2:{9}', '2:{1}', '2:{9}']) {
      for (const algorithm of ALGORITHMS) {
        pairs.push({ aspas, asras, path: '2 1', role: 'provider', algorithm });
      }
    }
  }
  const upstream = LISTS.flatMap((asras) =>
    ['-', '1:{2}', '2:{9}'].map(
      (aspas, i): Received => ({
        aspas,
        asras: `${asras === '-' ? '' : `${asras} `}3/3:{9}`,
        path: i === 2 ? '3 2 1' : '2 1',
        role: i === 1 ? 'peer' : 'customer',
        algorithm: 'B',
      }),
    ),
  );
  const triples: Received[] = [];
  for (const one of ['', '1:{0}', '1:{2}']) {
    for (const two of ['', '2:{0}', '2:{1}', '2:{3}']) {
      for (const three of ['', '3:{0}', '3:{2}', '3:{9}']) {
        const aspas = [one, two, three].filter((text) => text !== '').join(' ') || '-';
        for (const asras of ['1/3:{0} 2/3:{0}', '1/3:{2} 2/3:{1}', '2/3:{3} 3/3:{2}']) {
          for (const algorithm of ALGORITHMS) {
            triples.push({ aspas, asras, path: '3 2 1', role: 'provider', algorithm });
          }
        }
      }
    }
  }
  const longer: Received[] = [
    '3:{0} 4:{3}',
    '1:{2} 2:{0} 4:{3}',
    '1:{2} 5:{4}',
    '2:{0} 3:{0}',
    '3:{9} 5:{4}',
  ].flatMap((aspas) =>
    ['3/3:{9}', '2/3:{1} 3/3:{4}', '2/3:{9} 4/3:{9}'].flatMap((asras) =>
      ALGORITHMS.map((algorithm) => ({
        aspas,
        asras,
        path: '5 4 3 3 2 1',
        role: 'provider' as const,
        algorithm,
      })),
    ),
  );
  return new Map(
    Object.entries({
      figure: ['The figures of the draft', figures],
      pair: ['Path 2 1 from a provider: what AS1 and AS2 register', pairs],
      upstream: ['Paths from customers and peers', upstream],
      triple: ['Path 3 2 1 from a provider', triples],
      longer: ['Longer paths', longer],
    } as const).map(([name, [title, cases]]) => [
      title,
      cases.map((received, i) => asraCase(`${name}-${number(i)}`, received)),
    ]),
  );
}

function asraCase(name: string, { aspas, asras, path: text, role, algorithm }: Received): DraftCase {
  const asPath = path(text);
  const chapter = algorithm === 'A' ? '4.1.2' : '4.2.2';
  return {
    id: `asra-${name}`,
    title: `${aspas}; ASRAs ${asras}: ${text} from a ${role}, algorithm ${algorithm}`,
    input: {
      op: 'verify-asra',
      aspas: aspasJson(aspas),
      asras: asrasJson(asras),
      asPath: asPathJson(asPath),
      neighborRole: role,
      neighborAs: asPath[0]?.asns[0] ?? null,
      algorithm,
    },
    show({ step }) {
      if (step === null) {
        const upstream: Citation = `asra-verification:${chapter}.1:unchanged`;
        return { sections: [`${ASRA_DRAFT} §${chapter}.1`], requirements: [upstream] };
      }
      const halted: Citation = `asra-verification:${chapter}.2:step-${String(step)}`;
      return { sections: [`${ASRA_DRAFT} §${chapter}.2 step ${String(step)}`], requirements: [halted] };
    },
  };
}

function asrasJson(text: string): Json {
  return asras(text).map(({ asn, subcategory, neighbors }) => ({
    asn,
    subcategory,
    neighbors: [...neighbors],
  }));
}
