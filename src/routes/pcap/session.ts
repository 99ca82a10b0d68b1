import {
  type AsnSize,
  negotiateBgpsec,
  type OpenMessage,
  openAsn,
  openCapabilities,
  sessionOfOpens,
} from '../../bgp/index.js';
import { type Asn, SAFI_UNICAST } from '../../inet/index.js';
import type { AddPath } from '../add-path.js';
import type { Evidence } from './session-evidence.js';

/** How the UPDATEs of one sender are to be read. */
export interface Reading {
  readonly asnSize: AsnSize;
  readonly addPath: AddPath;
  /** Whether messages of more than 4,096 octets may come; undefined where nobody knows. */
  readonly extendedMessages: boolean | undefined;
  /** Whether signed routes of a family may come; undefined where nobody knows. */
  readonly takesSigned: ((afi: number) => boolean) | undefined;
  /** The AS of the sender; 0 where nobody knows. */
  readonly peerAs: Asn;
}

/** By the OPENs of both sides (RFC 6793 §4.1, RFC 7911 §4, RFC 8205 §2.2, RFC 8654 §4). */
export function agreedReading(receiver: OpenMessage, sender: OpenMessage): Reading {
  const { asnSize, addPath, extendedMessages } = sessionOfOpens(receiver, sender);
  const { ipv4, ipv6 } = negotiateBgpsec(receiver, sender);
  const identifiers = (afi: number): boolean =>
    addPath.some((family) => family.afi === afi && family.safi === SAFI_UNICAST);
  return {
    asnSize,
    addPath: [identifiers(1), identifiers(2)],
    extendedMessages,
    takesSigned: (afi) => (afi === 1 ? ipv4 : ipv6).receive.negotiated,
    peerAs: openAsn(sender),
  };
}

/**
 * By the one OPEN that was captured, or none, and by what the messages show: AS numbers of two octets where one side cannot
 * have others, else as the paths can be read; Path Identifiers as the prefixes can be read
 * (docs/decisions/routes.md D-capture-no-open).
 */
export function guessedReading(
  open: OpenMessage | undefined,
  sender: OpenMessage | undefined,
  { asnSize, firstAs }: Evidence,
): Reading {
  const narrow = open !== undefined && !openCapabilities(open).some(({ name }) => name === 'four-octet-as');
  return {
    asnSize: narrow ? 2 : (asnSize ?? 4),
    addPath: [false, false],
    extendedMessages: undefined,
    takesSigned: undefined,
    peerAs: sender === undefined ? (firstAs ?? 0) : openAsn(sender),
  };
}
