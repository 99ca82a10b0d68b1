import { ATTR_AS_PATH } from '../attribute/attr-02-as-path.js';
import { ATTR_NEXT_HOP } from '../attribute/attr-03-next-hop.js';
import { ATTR_MP_REACH_NLRI } from '../attribute/attr-14-mp-reach-nlri.js';
import { ATTR_MP_UNREACH_NLRI } from '../attribute/attr-15-mp-unreach-nlri.js';
import { ATTR_BGPSEC_PATH, ATTR_BGPSEC_PATH_PRINTED } from '../attribute/attr-33-bgpsec-path.js';
import { FLAG_OPTIONAL, FLAG_TRANSITIVE } from '../attribute/path-attributes.js';
import { BgpError, type Fault, type Notification, type Treatment } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';
import type { AttributePlaces } from './attribute-places.js';
import { ATTRIBUTE_RULES, type AttributeValues, type AttributeValuesRead } from './attribute-rules.js';
import type { PathMemo } from './path-memo.js';
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

  clear(): void {
    this.#bits.fill(0);
  }
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

/** Filled anew by each reading, which is done with them before another begins. */
const found = new CodeSet();
const again = new CodeSet();

/**
 * Reads the attributes of `octets` that stand at `places` by the rules of RFC 7606; every fault becomes a value.
 *
 * @param nlriFieldEmpty whether the NLRI field of the message is empty: NEXT_HOP beside MP_REACH_NLRI is then ignored
 * (RFC 4760 §3).
 * @param memo the AS_PATH of the message before, on the same session.
 * @returns a reading whose `codes` are valid until the next one.
 */
export function readAttributes(
  octets: Uint8Array,
  places: AttributePlaces,
  session: SessionOptions,
  nlriFieldEmpty: boolean,
  memo: PathMemo | undefined,
): AttributesReading {
  const faults: Fault[] = [];
  if (places.fault) faults.push({ ...places.fault, field: `update.attribute[${places.size}]` });
  const codes = found;
  codes.clear();
  let repeated = false;
  for (let i = 0; i < places.size; i++) repeated = !codes.add(places.code(i)) || repeated;
  // D-bgpsec-type-30: 30 is BGPsec_PATH only by request and only without a 33.
  const printed = session.printedBgpsecType === true && !codes.has(ATTR_BGPSEC_PATH);
  const values: AttributeValuesRead = {};
  if (repeated) again.clear();
  const fault = (i: number, code: BgpFaultCode, message: string, treatment: Treatment, subcode = 0): void => {
    faults.push({
      code,
      message,
      treatment,
      field: `update.attribute[${i}]`,
      offset: places.start(i),
      attribute: places.code(i),
      ...(treatment === 'session-reset' && { notification: updateError(subcode, octets, places, i) }),
    });
  };
  for (let i = 0; i < places.size; i++) {
    const flags = places.flags(i);
    const code = places.code(i);
    const mp = code === ATTR_MP_REACH_NLRI || code === ATTR_MP_UNREACH_NLRI;
    if (repeated && !again.add(code)) {
      // RFC 7606 §3 g.
      const treatment = mp ? 'session-reset' : 'attribute-discard';
      fault(i, 'attribute-repeated', `attribute ${code}`, treatment, 1);
      continue;
    }
    if (code === ATTR_NEXT_HOP && nlriFieldEmpty && codes.has(ATTR_MP_REACH_NLRI)) continue;
    const rule = ATTRIBUTE_RULES.get(printed && code === ATTR_BGPSEC_PATH_PRINTED ? ATTR_BGPSEC_PATH : code);
    if (rule === undefined) {
      // RFC 4271 §6.3 (docs/decisions/bgp.md D-well-known-unrecognized); unknown optional attributes are no fault (§5).
      if (!(flags & FLAG_OPTIONAL))
        fault(i, 'well-known-unrecognized', `attribute ${code}`, 'session-reset', 2);
    } else if (rule.internal && session.peer === 'external') {
      fault(i, `${rule.internal}-external`, 'from an external peer', 'attribute-discard');
    } else if ((flags & (FLAG_OPTIONAL | FLAG_TRANSITIVE)) !== rule.flags) {
      // RFC 7606 §3 c, §5.3; also for AGGREGATOR (docs/decisions/bgp.md D-aggregator-flags). Partial and the low four
      // bits are not judged (docs/decisions/bgpsec.md D-bgpsec-partial-bit).
      const name = rule.name === 'bgpsec-path' ? 'bgpsec-path-flags' : 'attribute-flags';
      const message = `flags ${flags} of attribute ${code} (${rule.name})`;
      fault(i, name, message, mp ? (session.mpFault ?? 'session-reset') : 'treat-as-withdraw', 9);
    } else {
      const start = places.start(i);
      const end = places.end(i);
      const known = code === ATTR_AS_PATH ? memo?.recall(octets, start, end) : undefined;
      if (known) {
        values.asPath = known;
        continue;
      }
      try {
        rule.read(octets, start, end, session, values);
        if (code === ATTR_AS_PATH) memo?.keep(octets, start, end, values.asPath);
      } catch (error) {
        if (!(error instanceof BgpError)) throw error;
        faults.push(placed(error.fault, i, octets, places, session));
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
  octets: Uint8Array,
  places: AttributePlaces,
  session: SessionOptions,
): Fault {
  const { notification, ...rest } = fault;
  const attribute = places.code(index);
  const here = { ...rest, field: `update.attribute[${index}].${fault.field}`, attribute };
  if (notification === undefined) return here;
  if (session.mpFault === 'afi-safi-disable') return { ...here, treatment: 'afi-safi-disable' };
  return { ...here, notification: updateError(notification.subcode, octets, places, index) };
}

/** NOTIFICATION 3/`subcode`; but for 3/1 its Data is the whole attribute (RFC 4271 §6.3). */
function updateError(
  subcode: number,
  octets: Uint8Array,
  places: AttributePlaces,
  index: number,
): Notification {
  if (subcode === 1) return { code: 3, subcode };
  return { code: 3, subcode, data: octets.slice(places.header(index), places.end(index)) };
}
