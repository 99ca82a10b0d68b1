import type { Aspa, Dialect, Key, Vrp } from './pdu.js';
import { Fault } from './pdu.js';

/**
 * The decisions of a small router and a small cache, each a part that a mutant exchanges. What is common stands in
 * `decode.ts`, `encode.ts`, `router.ts` and `cache.ts`, written for this purpose and nothing else.
 */
export interface Parts {
  // Reading PDUs (8210bis §5)
  asn(view: DataView, at: number): number;
  /** From the octet that holds the flags: announce or withdraw. */
  announces(flags: number): boolean;
  /** Of the 16 bits behind the type of Router Key and ASPA PDUs: the flags. */
  flagsOf(x: number): number;
  /** The address of a prefix as it is kept. */
  address(octets: Uint8Array, length: number): Uint8Array;
  /** Whether bits behind the prefix length are passed over in a version. */
  passesHostBits(version: number): boolean;
  lengthsFit(length: number, maxLength: number, bits: number): boolean;
  /** Whether a PDU of `type` may be `length` octets long. */
  pduLengthFits(type: number, length: number, version: number): boolean;
  checkZero(value: number): void;
  /** Which layout an ASPA PDU is read in. */
  aspaLayout(octets: Uint8Array, agreed: Dialect): Dialect;
  checkAspa(announce: boolean, aspa: Aspa): void;
  // A router's records
  vrpId(vrp: Vrp): string;
  keyId(key: Key): string;
  /** The providers of a customer after an announcement. */
  replaceAspa(held: readonly number[] | undefined, announced: readonly number[]): readonly number[];
  /** Whether an ASPA PDU adds its record. */
  aspaAdds(announce: boolean, aspa: Aspa): boolean;
  readonly duplicates: 'refuse' | 'count';
  readonly unknownWithdrawals: 'refuse' | 'ignore';
  usesVrp(vrp: Vrp): boolean;
  // A router's session
  readonly framing: 'stream' | 'chunk';
  readonly applies: 'at-end' | 'at-once';
  readonly resetAnswer: 'replaces' | 'adds';
  sessionFits(held: number, named: number): boolean;
  versionFits(agreed: number, named: number): boolean;
  /** Whether a serial may follow the one held. */
  serialFollows(held: number, named: number): boolean;
  readonly noData: 'waits' | 'ends';
  readonly answersErrorReports: boolean;
  readonly fatal: 'flushes' | 'keeps';
  readonly notifyWhileNegotiating: 'ignored' | 'settles';
  readonly downgrades: boolean;
  readonly expires: boolean;
  /** Whether the session of data of `held` can be taken up in a session of `now`. */
  resumes(held: number, now: number): boolean;
  // A cache
  uniteAspas(list: readonly Aspa[]): readonly Aspa[];
  withdrawnProviders(aspa: Aspa): readonly number[];
  readonly replacesAspas: 'once' | 'withdraws';
  readonly changes: 'merged' | 'all';
  readonly order: 'specified' | 'withdrawals-first';
  sends(type: number, version: number): boolean;
  /** Whether the changes since `asked` can be known when `current` is the serial. */
  serialKnown(asked: number, current: number): boolean;
  cacheSessionFits(own: number, asked: number): boolean;
  answerVersion(asked: number, highest: number): number;
  readonly withoutData: 'error' | 'empty';
}

const EXACT: Readonly<Record<number, number>> = { 0: 12, 1: 12, 2: 8, 3: 8, 4: 20, 6: 32, 8: 8 };

/** §5.1 and the length of each layout. */
export function rightLength(type: number, length: number, version: number): boolean {
  if (length > 65_535) return false;
  if (type === 7) return length === (version === 0 ? 12 : 24);
  if (type === 9) return length > 32;
  if (type === 10) return length >= 16;
  if (type === 11) return length >= 12 && length % 4 === 0;
  return length === EXACT[type];
}

/** §5.12, with the codes of docs/decisions/rtr.md where it names none. */
export function checkAspaRight(announce: boolean, { customer, providers }: Aspa): void {
  if (customer === 0) throw new Fault(0);
  if (announce === (providers.length === 0)) throw new Fault(9);
  if (providers.length > 1 && providers.includes(0)) throw new Fault(9);
  if (providers.some((asn, i) => i > 0 && asn <= (providers[i - 1] as number))) throw new Fault(9);
}

/** One ASPA per customer: the union, ascending, 0 only alone (aspa-profile §5.2). */
export function uniteRight(list: readonly Aspa[]): readonly Aspa[] {
  const united = new Map<number, Set<number>>();
  for (const { customer, providers } of list) {
    united.set(customer, new Set([...(united.get(customer) ?? []), ...providers]));
  }
  return [...united].map(([customer, set]) => {
    const sorted = [...set].sort((a, b) => a - b);
    return { customer, providers: sorted.length > 1 ? sorted.filter((asn) => asn !== 0) : sorted };
  });
}

export const RIGHT: Parts = {
  asn: (view, at) => view.getUint32(at),
  announces: (flags) => (flags & 1) === 1,
  flagsOf: (x) => x >> 8,
  address: (octets, length) =>
    octets.map((octet, i) => octet & (0xff << Math.min(8, Math.max(0, 8 * (i + 1) - length)))),
  passesHostBits: (version) => version < 2,
  lengthsFit: (length, maxLength, bits) => length <= maxLength && maxLength <= bits,
  pduLengthFits: rightLength,
  checkZero: () => {},
  aspaLayout: (_, agreed) => agreed,
  checkAspa: checkAspaRight,
  vrpId: ({ prefix, maxLength, asn }) => `${prefix} ${maxLength} ${asn}`,
  keyId: ({ asn, ski, spki }) => `${ski} ${asn} ${spki}`,
  replaceAspa: (_, announced) => announced,
  aspaAdds: (announce) => announce,
  duplicates: 'refuse',
  unknownWithdrawals: 'refuse',
  usesVrp: () => true,
  framing: 'stream',
  applies: 'at-end',
  resetAnswer: 'replaces',
  sessionFits: (held, named) => held === named,
  versionFits: (agreed, named) => agreed === named,
  serialFollows: () => true,
  noData: 'waits',
  answersErrorReports: false,
  fatal: 'flushes',
  notifyWhileNegotiating: 'ignored',
  downgrades: true,
  expires: true,
  resumes: (held, now) => held === now,
  uniteAspas: uniteRight,
  withdrawnProviders: () => [],
  replacesAspas: 'once',
  changes: 'merged',
  order: 'specified',
  sends: (type, version) => (type === 9 ? version >= 1 : type !== 11 || version === 2),
  serialKnown: () => true,
  cacheSessionFits: (own, asked) => own === asked,
  answerVersion: (asked) => asked,
  withoutData: 'error',
};
