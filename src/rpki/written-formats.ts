import {
  type KindTable,
  kindsOf,
  PAYLOAD_KINDS,
  type PayloadSet,
  type PayloadTypes,
  type SetOf,
  storeIn,
  type ValueOf,
} from '../payload/index.js';
import { CCR_KINDS, ccrOfPayloads } from './ccr/ccr-of-payloads.js';
import { JSON_KINDS } from './json/json-kinds.js';
import { type JsonDialect, type JsonKinds, saidBy } from './json/json-row.js';
import { ownJsonPieces, routinatorJsonPieces, rpkiClientJsonPieces } from './json/write-json.js';
import { type Said, type Sayable, UNSAID } from './said.js';
import { SLURM_KINDS } from './slurm/slurm-kinds.js';
import { slurmPieces } from './slurm/write-slurm.js';
import { BIRD_KINDS, birdPieces } from './text/bird-writer.js';
import {
  ASPA_NOTATION_KINDS,
  aspaNotationPieces,
  VRP_NOTATION_KINDS,
  vrpNotationPieces,
} from './text/notation-writer.js';
import { OPENBGPD_KINDS, openBgpdPieces } from './text/openbgpd-writer.js';

/** Payloads that a format leaves out. */
export interface LeftOut {
  readonly count: number;
  /** What they are, in words, in the number that `count` asks for. */
  readonly what: string;
  readonly why: string;
}

/** A format that payloads can be written in. */
export interface WrittenFormat {
  /** A configuration language is none. */
  readonly isJson: boolean;
  /** The text in pieces; ordered, so that equal sets give equal texts. */
  pieces(payloads: PayloadSet): Iterable<string>;
  /** What of the set is not in that text. */
  leftOut(payloads: PayloadSet): LeftOut[];
}

/** What a format says of each kind. */
export type SaidKinds<M> = { readonly [K in keyof M]: Said<Sayable<ValueOf<M[K]>>> };

/** What a format that says `said` leaves out of the payloads, in the order of the table. NON-SPEC: for who converts. */
export function leftOutBy<M>(table: KindTable<M>, said: SaidKinds<M>, payloads: SetOf<M>): LeftOut[] {
  return kindsOf<M>(table).flatMap((kind) => {
    const { one, many } = table[kind];
    const store = storeIn(payloads, kind);
    const row = said[kind];
    const why = new Map<string, number>();
    if (row === UNSAID) why.set('the format has no words for them', store.size);
    else if (row.leavesOut) {
      for (const value of store) {
        const reason = row.leavesOut(value);
        if (reason !== undefined) why.set(reason, (why.get(reason) ?? 0) + 1);
      }
    }
    return [...why]
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => ({ count, what: count === 1 ? one : many, why: reason }));
  });
}

/** The part of the JSON table that a dialect writes. */
export function saidInJson<M>(kinds: JsonKinds<M>, dialect: JsonDialect): SaidKinds<M> {
  const said = kindsOf<M>(kinds).map((kind) => [kind, saidBy(kinds[kind], dialect)]);
  return Object.fromEntries(said) as SaidKinds<M>;
}

const format = (
  isJson: boolean,
  pieces: WrittenFormat['pieces'],
  said: SaidKinds<PayloadTypes>,
): WrittenFormat => ({ isJson, pieces, leftOut: (payloads) => leftOutBy(PAYLOAD_KINDS, said, payloads) });

/** The formats that payloads can be written in, by name. */
export const WRITTEN_FORMATS = {
  'rpki-client': format(true, rpkiClientJsonPieces, saidInJson(JSON_KINDS, 'rpkiClient')),
  routinator: format(true, routinatorJsonPieces, saidInJson(JSON_KINDS, 'routinator')),
  json: format(true, ownJsonPieces, saidInJson(JSON_KINDS, 'own')),
  openbgpd: format(false, openBgpdPieces, OPENBGPD_KINDS),
  bird: format(false, birdPieces, BIRD_KINDS),
  slurm: format(true, slurmPieces, SLURM_KINDS),
  'vrp-notation': format(false, vrpNotationPieces, VRP_NOTATION_KINDS),
  'aspa-notation': format(false, aspaNotationPieces, ASPA_NOTATION_KINDS),
} as const satisfies Readonly<Record<string, WrittenFormat>>;

/** A format of octets that payloads can be written in. */
export interface WrittenOctets extends Pick<WrittenFormat, 'leftOut'> {
  /**
   * The same octets for equal sets and times; `now` is the time to state as that of making, seconds since 1970 UTC.
   * `leftOut` says what is not in them.
   */
  octets(payloads: PayloadSet, now: number): Uint8Array;
}

/** The formats that are no text. */
export const WRITTEN_OCTETS = {
  ccr: { octets: ccrOfPayloads, leftOut: (payloads) => leftOutBy(PAYLOAD_KINDS, CCR_KINDS, payloads) },
} as const satisfies Readonly<Record<string, WrittenOctets>>;

/** The name of a format of octets. */
export type WrittenOctetsName = keyof typeof WRITTEN_OCTETS;

/** The name of a format. */
export type WrittenFormatName = keyof typeof WRITTEN_FORMATS;
