import {
  type CurveGroup,
  type CurveSettings,
  PLAIN_ATTACKS,
  readAttack,
  readMechanism,
} from 'pathsec/simulate';

/** A run of the study, beside its rows. */
export interface StudyRun {
  readonly format: 'pathsec/simulate-study/1';
  readonly date: string;
  readonly commit: string;
  readonly topology: {
    readonly name: string;
    readonly ases: number;
    readonly links: number;
    readonly clique: number;
    /** Of its AS relationships as lines of serial 1. */
    readonly sha256: string;
  };
  readonly trials: number;
  readonly seed: number;
  readonly seconds: number;
}

/** A part of the study: what is run, and of which groups the rows are kept. */
export interface StudyPart {
  readonly name: string;
  readonly settings: Omit<CurveSettings, 'seed'>;
  readonly groups: readonly CurveGroup[];
}

/** All attacks, a path of two true hops among them. */
export const ATTACKS = [...PLAIN_ATTACKS.slice(0, 5), 'path:2', ...PLAIN_ATTACKS.slice(5)].map(readAttack);
/** All mechanisms that settle by levels, and two together. */
export const MECHANISMS = [
  'none',
  'rov',
  'peerRov',
  'rovpp1',
  'firstAs',
  'edgeFilter',
  'pathEnd',
  'aspa',
  'asra',
  'asraA',
  'aspaEgress',
  'bgpsec',
  'bgpsec2',
  'bgpsecStrict',
  'otc',
  'peerlockLite',
  'aspa+otc',
];
/** Orders that the order of adoption is compared by. */
export const ORDERED = ['cone', 'clique', 'uniform', 'edge'] as const;

/** The parts of the study. */
export const PARTS: readonly StudyPart[] = [
  {
    name: 'curves',
    settings: {
      attacks: ATTACKS,
      mechanisms: MECHANISMS.map(readMechanism),
      adopt: [0, 10, 20, 50, 80, 100],
      order: 'uniform',
    },
    groups: ['all'],
  },
  {
    name: 'sub-prefix hijacks, few adopters at the edge',
    settings: {
      attacks: [readAttack('subprefix')],
      mechanisms: ['none', 'rov', 'rovpp1'].map(readMechanism),
      adopt: [5],
      order: 'edge',
    },
    groups: ['all', 'adopting', 'others'],
  },
  ...ORDERED.filter((order) => order !== 'uniform').map(
    (order): StudyPart => ({
      name: `order ${order}`,
      settings: {
        attacks: [readAttack('forged'), readAttack('leak1')],
        mechanisms: [readMechanism('aspa')],
        adopt: [0, 1, 5, 10, 20, 50, 80, 100],
        order,
      },
      groups: ['all'],
    }),
  ),
];
