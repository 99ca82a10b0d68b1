import { ATTR_NEXT_HOP } from '../attribute/attr-03-next-hop.js';
import { ATTR_MP_REACH_NLRI } from '../attribute/attr-14-mp-reach-nlri.js';
import { ATTR_MP_UNREACH_NLRI } from '../attribute/attr-15-mp-unreach-nlri.js';
import { ATTR_BGPSEC_PATH, ATTR_BGPSEC_PATH_PRINTED } from '../attribute/attr-33-bgpsec-path.js';
import {
  createPathAttributeCursor,
  FLAG_OPTIONAL,
  FLAG_TRANSITIVE,
  nextPathAttribute,
} from '../attribute/path-attributes.js';
import { BgpError, type Fault, type Notification, type Treatment } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';
import { ATTRIBUTE_RULES, type AttributeValues, type AttributeValuesRead } from './attribute-rules.js';
import type { SessionOptions } from './session.js';

/** What the attributes of one UPDATE say, and what is wrong with them. */
export interface AttributesReading {
  readonly values: AttributeValues;
  /** Type codes in the message, well formed or not; BGPsec_PATH is also 33 where 30 is read as such. */
  readonly codes: CodeSet;
  readonly faults: readonly Fault[];
}

/** Type codes, a bit each. */
class CodeSet {
  readonly #bits = new Uint32Array(8);

  has(code: number): boolean {
    return (((this.#bits[code >> 5] as number) >>> (code & 31)) & 1) === 1;
  }
  /** Whether it was not there. */
  add(code: number): boolean {
    if (this.has(code)) return false;
    this.#bits[code >> 5] = (this.#bits[code >> 5] as number) | (1 << (code & 31));
    return true;
  }
}

interface Place {
  readonly flags: number;
  readonly code: number;
  /** Where its flags octet stands. */
  readonly header: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the Path Attributes field `octets[start, end)` by the rules of RFC 7606; every fault becomes a value.
 *
 * @param nlriFieldEmpty whether the NLRI field of the message is empty: NEXT_HOP beside MP_REACH_NLRI is then ignored
 * (RFC 4760 §3).
 */
export function readAttributes(
  octets: Uint8Array,
  start: number,
  end: number,
  session: SessionOptions,
  nlriFieldEmpty: boolean,
): AttributesReading {
  const faults: Fault[] = [];
  const places = placesOf(octets, start, end, faults);
  const codes = new CodeSet();
  let repeated = false;
  for (let i = 0; i < places.length; i++) repeated = !codes.add((places[i] as Place).code) || repeated;
  // D-bgpsec-type-30: 30 is BGPsec_PATH only by request and only without a 33.
  const printed = session.printedBgpsecType === true && !codes.has(ATTR_BGPSEC_PATH);
  const values: AttributeValuesRead = {};
  const seen = repeated ? new CodeSet() : undefined;
  const fault = (
    i: number,
    place: Place,
    code: BgpFaultCode,
    message: string,
    treatment: Treatment,
    subcode = 0,
  ): void => {
    faults.push({
      code,
      message,
      treatment,
      field: `update.attribute[${i}]`,
      offset: place.start,
      attribute: place.code,
      ...(treatment === 'session-reset' && { notification: updateError(subcode, octets, place) }),
    });
  };
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as Place;
    const { flags, code } = place;
    const mp = code === ATTR_MP_REACH_NLRI || code === ATTR_MP_UNREACH_NLRI;
    if (seen?.add(code) === false) {
      // RFC 7606 §3 g.
      fault(
        i,
        place,
        'attribute-repeated',
        `attribute ${code}`,
        mp ? 'session-reset' : 'attribute-discard',
        1,
      );
      continue;
    }
    if (code === ATTR_NEXT_HOP && nlriFieldEmpty && codes.has(ATTR_MP_REACH_NLRI)) continue;
    const rule = ATTRIBUTE_RULES.get(printed && code === ATTR_BGPSEC_PATH_PRINTED ? ATTR_BGPSEC_PATH : code);
    if (rule === undefined) {
      // RFC 4271 §6.3 (docs/decisions/bgp.md D-well-known-unrecognized); unknown optional attributes are no fault (§5).
      if (!(flags & FLAG_OPTIONAL))
        fault(i, place, 'well-known-unrecognized', `attribute ${code}`, 'session-reset', 2);
    } else if (rule.internal && session.peer === 'external') {
      fault(i, place, `${rule.internal}-external`, 'from an external peer', 'attribute-discard');
    } else if ((flags & (FLAG_OPTIONAL | FLAG_TRANSITIVE)) !== rule.flags) {
      // RFC 7606 §3 c, §5.3; also for AGGREGATOR (docs/decisions/bgp.md D-aggregator-flags). Partial and the low four
      // bits are not judged (docs/decisions/bgpsec.md D-bgpsec-partial-bit).
      const name = rule.name === 'bgpsec-path' ? 'bgpsec-path-flags' : 'attribute-flags';
      const message = `flags ${flags} of attribute ${code} (${rule.name})`;
      fault(i, place, name, message, mp ? (session.mpFault ?? 'session-reset') : 'treat-as-withdraw', 9);
    } else {
      try {
        rule.read(octets, place.start, place.end, session, values);
      } catch (error) {
        if (!(error instanceof BgpError)) throw error;
        faults.push(placed(error.fault, i, place, octets, session));
      }
    }
  }
  if (printed && codes.has(ATTR_BGPSEC_PATH_PRINTED)) codes.add(ATTR_BGPSEC_PATH);
  return { values, codes, faults };
}

/** The fault of a value decoder, as a fault of attribute `index` of the message. */
function placed(
  fault: Fault,
  index: number,
  place: Place,
  octets: Uint8Array,
  session: SessionOptions,
): Fault {
  const { notification, ...rest } = fault;
  const here = { ...rest, field: `update.attribute[${index}].${fault.field}`, attribute: place.code };
  if (notification === undefined) return here;
  if (session.mpFault === 'afi-safi-disable') return { ...here, treatment: 'afi-safi-disable' };
  return { ...here, notification: updateError(notification.subcode, octets, place) };
}

/** NOTIFICATION 3/`subcode`; but for 3/1 its Data is the whole attribute (RFC 4271 §6.3). */
function updateError(subcode: number, octets: Uint8Array, { header, end }: Place): Notification {
  return subcode === 1 ? { code: 3, subcode } : { code: 3, subcode, data: octets.slice(header, end) };
}

/** The attributes of the field; what cannot be cut into attributes is a fault (RFC 7606 §4) and ends the list. */
function placesOf(octets: Uint8Array, start: number, end: number, faults: Fault[]): Place[] {
  const cursor = createPathAttributeCursor(octets, start, end);
  const places: Place[] = [];
  try {
    for (let header = start; nextPathAttribute(cursor); header = cursor.offset) {
      places.push({
        flags: cursor.flags,
        code: cursor.code,
        header,
        start: cursor.valueStart,
        end: cursor.valueEnd,
      });
    }
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    faults.push({ ...error.fault, field: `update.attribute[${places.length}]` });
  }
  return places;
}
