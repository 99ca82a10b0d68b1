import { DecodeError } from '../../bytes/index.js';
import type { AsPath } from '../as-path.js';
import { ATTR_ORIGIN } from '../attribute/attr-01-origin.js';
import { ATTR_AS_PATH } from '../attribute/attr-02-as-path.js';
import { ATTR_NEXT_HOP } from '../attribute/attr-03-next-hop.js';
import { ATTR_MP_UNREACH_NLRI } from '../attribute/attr-15-mp-unreach-nlri.js';
import { mergeAs4Path } from '../attribute/attr-17-as4-path.js';
import { ATTR_BGPSEC_PATH } from '../attribute/attr-33-bgpsec-path.js';
import { BgpError, type Fault, strongestTreatment, type Treatment } from '../fault.js';
import { decodeNlri, type Nlri } from '../nlri.js';
import { AttributePlaces } from './attribute-places.js';
import { type AttributesReading, readAttributes } from './attribute-reader.js';
import type { AttributeValues } from './attribute-rules.js';
import { expectMessage, MSG_UPDATE } from './message-header.js';
import { PathMemo } from './path-memo.js';
import { type SessionOptions, usesAddPath } from './session.js';
import { readUpdateMessage, type UpdateMessage } from './update-message.js';
import { createUpdateScan, type Window } from './update-scan.js';

/** Filled anew by each reading, which is done with them before another begins. */
const scan = createUpdateScan();
const places = new AttributePlaces();

/** An UPDATE read by the rules of RFC 7606. */
export interface Update {
  /** The fields as they stand, faulty attributes included. */
  readonly message: UpdateMessage;
  /** IPv4 routes of the Withdrawn Routes field. */
  readonly withdrawn: readonly Nlri[];
  /** IPv4 routes of the NLRI field. */
  readonly nlri: readonly Nlri[];
  readonly values: AttributeValues;
  /** AS_PATH, merged with AS4_PATH on a session with 2-octet AS numbers (RFC 6793 §4.2.3). */
  readonly asPath?: AsPath;
  /**
   * Everything that is wrong, what is only to be logged included; in the order of docs/decisions/bgp.md D-fault-order.
   */
  readonly faults: readonly Fault[];
  /** The strongest treatment among the faults (RFC 7606 §3 h); absent without faults. */
  readonly treatment?: Treatment;
}

/**
 * Reads an UPDATE: `octets` is the whole message, header included. Arrays of octets in the result are views of
 * `octets`; offsets of faults count from its start.
 *
 * @throws {BgpError} session-reset: a wrong header, `update-length` (RFC 7606 §3 b), or the first other fault that
 * resets the session: `nlri-length`, `nlri-overrun`, `mp-reach-length`, `mp-unreach-length`, `next-hop-length`,
 * `attribute-repeated`, `attribute-flags`, `well-known-unrecognized`, `reachable-nlri-missing`.
 * @throws {DecodeError} `truncated`, `trailing-octets`, or `message-kind` for a message of another type.
 */
export function decodeUpdate(octets: Uint8Array, session: SessionOptions = {}): Update {
  return fatalThrown(inspectUpdate(octets, session));
}

/**
 * A function that reads the UPDATEs of one session (RFC 4271 §4.3, RFC 7606) as {@link decodeUpdate} does: such as follow each other
 * with equal AS_PATH have one value for it.
 */
export function createUpdateDecoder(session: SessionOptions = {}): (octets: Uint8Array) => Update {
  const memo = new PathMemo();
  return (octets) => fatalThrown(readUpdate(octets, session, memo));
}

function fatalThrown(update: Update): Update {
  const fatal = update.faults.find(({ treatment }) => treatment === 'session-reset');
  if (fatal) throw new BgpError(fatal);
  return update;
}

/**
 * As {@link decodeUpdate}, but faults that reset the session are values too, for reports on broken messages; only a
 * wrong header and `update-length` are thrown, after which there is nothing to report on. RFC 7606 §3, §7.
 */
export function inspectUpdate(octets: Uint8Array, session: SessionOptions = {}): Update {
  return readUpdate(octets, session, undefined);
}

function readUpdate(octets: Uint8Array, session: SessionOptions, memo: PathMemo | undefined): Update {
  const header = expectMessage(octets, session.extendedMessages ?? true);
  if (header.type !== MSG_UPDATE) {
    throw new DecodeError('message-kind', `type ${header.type} is not UPDATE`, {
      field: 'header.type',
      offset: 18,
    });
  }
  const message = readUpdateMessage(octets, scan, places);
  const faults: Fault[] = [];
  const addPath = usesAddPath(session, 1, 1);
  const withdrawn = readField(octets, scan.withdrawn, 'update.withdrawn-routes', addPath, faults);
  const nlri = readField(octets, scan.nlri, 'update.nlri', addPath, faults);
  const from = scan.attributes.start;
  const reading = readAttributes(octets, places, session, message.nlriField.length === 0, memo);
  const { values } = reading;
  for (const fault of reading.faults) faults.push(fault);
  const reachable = message.nlriField.length > 0 || (values.mpReach?.field.length ?? 0) > 0;
  if (reachable) faults.push(...missingAttributes(message, reading, session, from));
  else if (!reading.faults.some(({ treatment }) => treatment === 'afi-safi-disable')) {
    faults.push(...unreachableFault(message, reading.faults, from));
  }
  const asPath = values.asPath && values.as4Path ? merged(values.asPath, values) : values.asPath;
  const update: { -readonly [Name in keyof Update]: Update[Name] } = {
    message,
    withdrawn,
    nlri,
    values,
    faults,
  };
  if (asPath) update.asPath = asPath;
  const treatment = strongestTreatment(faults);
  if (treatment) update.treatment = treatment;
  return update;
}

/** RFC 7606 §3 i, §5.3: a field that cannot be read in full resets the session; nothing of it is used. */
function readField(
  octets: Uint8Array,
  { start, end }: Window,
  field: string,
  addPath: boolean,
  faults: Fault[],
): Nlri[] {
  try {
    return decodeNlri(octets, 1, addPath, start, end);
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    faults.push({ ...error.fault, field });
    return [];
  }
}

/**
 * RFC 7606 §3 d: mandatory attributes that an UPDATE with reachable routes lacks. LOCAL_PREF is none of them
 * (docs/decisions/bgp.md D-local-pref-missing).
 */
function missingAttributes(
  message: UpdateMessage,
  { codes }: AttributesReading,
  session: SessionOptions,
  offset: number,
): Fault[] {
  const missing: ['origin' | 'as-path' | 'next-hop', number][] = [];
  if (!codes.has(ATTR_ORIGIN)) missing.push(['origin', ATTR_ORIGIN]);
  // RFC 8205 §4.1: BGPsec_PATH stands in for AS_PATH; towards internal BGPsec peers own routes have neither.
  const ownRoute = session.peer === 'internal' && session.bgpsecReceived === true;
  if (!codes.has(ATTR_AS_PATH) && !codes.has(ATTR_BGPSEC_PATH) && !ownRoute) {
    missing.push(['as-path', ATTR_AS_PATH]);
  }
  // RFC 4760 §3 makes NEXT_HOP a matter of the NLRI field alone.
  if (message.nlriField.length > 0 && !codes.has(ATTR_NEXT_HOP)) missing.push(['next-hop', ATTR_NEXT_HOP]);
  return missing.map(([name, attribute]) => ({
    code: `${name}-missing`,
    treatment: 'treat-as-withdraw',
    message: `no attribute ${attribute} in an UPDATE with reachable routes`,
    field: 'update.path-attributes',
    offset,
    attribute,
  }));
}

/**
 * RFC 7606 §5.2: with attributes but no reachable routes, a fault above attribute-discard resets the session. Not
 * where the family of a broken MP attribute is disabled: that removes its routes as well (§3 j).
 */
function unreachableFault(message: UpdateMessage, faults: readonly Fault[], offset: number): Fault[] {
  const others =
    message.attributesRest !== undefined ||
    message.attributes.some(({ code }) => code !== ATTR_MP_UNREACH_NLRI);
  const cause = faults.find(({ treatment }) => treatment !== 'attribute-discard');
  if (!others || cause === undefined) return [];
  return [
    {
      code: 'reachable-nlri-missing',
      treatment: 'session-reset',
      message: `${cause.code}, and no reachable routes that could be withdrawn`,
      field: 'update.path-attributes',
      offset,
      notification: { code: 3, subcode: 1 },
    },
  ];
}

function merged(asPath: AsPath, { as4Path = [], aggregator, as4Aggregator }: AttributeValues): AsPath {
  return mergeAs4Path(asPath, as4Path, {
    aggregatorAs: aggregator?.asn,
    as4AggregatorAs: as4Aggregator?.asn,
  });
}
