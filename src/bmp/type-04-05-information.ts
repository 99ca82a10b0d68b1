import { printable, readU16 } from '../bytes/index.js';
import { type BmpTlv, INFORMATION_STRING, tlvTexts } from './tlv.js';

/** Initiation (RFC 7854 §4.3): the first message of a router. */
export interface BmpInitiation {
  readonly kind: 'initiation';
  readonly information: readonly BmpTlv[];
}

/** Termination (RFC 7854 §4.5): the last message of a router. */
export interface BmpTermination {
  readonly kind: 'termination';
  readonly information: readonly BmpTlv[];
}

/** The type of the TLV of a Termination that holds its reason. */
const REASON = 1;

const REASONS = [
  'administratively closed',
  'unspecified reason',
  'out of resources',
  'redundant connection',
  'permanently administratively closed',
] as const;

/** Why a router ends its stream, in words on one line; text of the router is escaped. */
export function describeTermination({ information }: BmpTermination): string {
  const codes = information.filter(({ type, value }) => type === REASON && value.length === 2);
  const words = codes.map(({ value }) => {
    const code = readU16(value, 0);
    return REASONS[code] ?? `reason ${code}`;
  });
  return (
    [...words, ...tlvTexts(information, INFORMATION_STRING).map(printable)].join(': ') || 'no reason given'
  );
}
