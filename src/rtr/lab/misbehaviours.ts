import { concatOctets } from '../../bytes/index.js';
import type { Misbehaviour, MisbehaviourContext } from '../cache/misbehaviour.js';
import { encodePdu, type Pdu } from '../pdu/pdu.js';
import { ASPA_MISBEHAVIOURS } from './misbehaviours-aspa.js';
import { beforeEnd, rawPdu } from './raw-octets.js';

const session = ({ cache, version }: MisbehaviourContext): number => cache.sessionId(version);
const pdu = ({ version }: MisbehaviourContext, value: Pdu): Uint8Array => encodePdu(value, version);
const error = (errorCode: number): ((context: MisbehaviourContext) => Uint8Array) => {
  return (context) =>
    pdu(context, {
      type: 'error-report',
      errorCode,
      erroneousPdu: new Uint8Array(0),
      text: 'scripted error',
    });
};
/** The body of a prefix PDU for 192.0.2.0 (TEST-NET-1) and AS 64511, which no real payload has. */
const ipv4Body = (flags: number, length: number, maxLength: number, host = 0): Uint8Array =>
  Uint8Array.of(flags, length, maxLength, 0, 192, 0, 2, host, 0, 0, 0xfb, 0xff);
const prefix = (context: MisbehaviourContext, body: Uint8Array): Uint8Array =>
  rawPdu(context.version, 4, 0, body);

const now = (
  name: string,
  section: string,
  what: string,
  octets: Misbehaviour['octets'],
  more: Partial<Misbehaviour> = {},
): Misbehaviour => ({ name, section, what, since: 0, where: 'now', closes: false, octets, ...more });
const inResponse = (
  name: string,
  section: string,
  what: string,
  octets: Misbehaviour['octets'],
  more: Partial<Misbehaviour> = {},
): Misbehaviour => now(name, section, what, octets, { where: 'response', ...more });
/** A misbehaviour that is one more payload PDU before End of Data. */
const extra = (
  name: string,
  section: string,
  what: string,
  octets: (context: MisbehaviourContext) => Uint8Array,
  since: Misbehaviour['since'] = 0,
): Misbehaviour =>
  inResponse(
    name,
    section,
    what,
    (context, response) => beforeEnd(context.version, response, octets(context)),
    {
      since,
    },
  );

/** Every misbehaviour that `inject` can be told by name. */
export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  now('garbage', '5', 'octets that are no PDU', () => new Uint8Array(64).fill(0xff)),
  now('unknown-type', '12', 'a PDU of type 200', (c) => rawPdu(c.version, 200, 0, new Uint8Array(4))),
  now('wrong-version', '7', 'a Serial Notify of another version', (c) =>
    rawPdu((c.version + 1) % 3, 0, session(c), new Uint8Array(4)),
  ),
  now('short-length', '5.1', 'a length field below the header', (c) =>
    rawPdu(c.version, 0, session(c), new Uint8Array(4), 4),
  ),
  now('long-length', '5.1', 'a Serial Notify with length 13', (c) =>
    rawPdu(c.version, 0, session(c), new Uint8Array(5)),
  ),
  now('huge-length', '5.1', 'a PDU with length 4294967295', (c) =>
    rawPdu(c.version, 10, 0, new Uint8Array(8), 0xffff_ffff),
  ),
  now(
    'half-pdu',
    '5',
    'closes in the middle of a PDU',
    (c) => pdu(c, { type: 'serial-notify', sessionId: session(c), serial: c.cache.serial }).subarray(0, 7),
    { closes: true },
  ),
  now('close', '9', 'closes the connection', () => new Uint8Array(0), { closes: true }),
  now('foreign-notify', '5.1', 'a Serial Notify with another session ID', (c) =>
    pdu(c, { type: 'serial-notify', sessionId: session(c) ^ 0x5555, serial: c.cache.serial }),
  ),
  now('notify-flood', '8.2', '1,000 Serial Notifies at once', (c) => {
    const one = pdu(c, { type: 'serial-notify', sessionId: session(c), serial: c.cache.serial });
    return concatOctets(Array.from({ length: 1000 }, () => one));
  }),
  now('payload-outside-response', '8', 'a prefix that nobody asked for', (c) =>
    prefix(c, ipv4Body(1, 24, 24)),
  ),
  now('end-outside-response', '8', 'an End of Data that nobody asked for', (c) =>
    pdu(c, {
      type: 'end-of-data',
      sessionId: session(c),
      serial: c.cache.serial,
      timing: c.cache.timing,
    }),
  ),
  now('query-from-cache', '5.4', 'a Reset Query, which only routers send', (c) =>
    pdu(c, { type: 'reset-query' }),
  ),
  now('lying-error-report', '5.11', 'an Error Report whose inner lengths exceed it', (c) =>
    rawPdu(c.version, 10, 0, Uint8Array.of(0, 0, 0, 200, 0, 0, 0, 0)),
  ),
  now('corrupt-data', '12', 'Error Report 0, fatal', error(0)),
  now('no-data', '12', 'Error Report 2, not fatal', error(2)),
  now('cache-restart', '8.5', 'Error Report 12, then the end', error(12), { since: 2, closes: true }),
  now('cache-shutdown', '8.6', 'Error Report 13, then the end', error(13), { since: 2, closes: true }),
  inResponse('stall', '11.4', 'a response without End of Data', (c, response) =>
    response.subarray(0, response.length - (c.version === 0 ? 12 : 24)),
  ),
  inResponse(
    'close-in-response',
    '8',
    'closes before End of Data, in the middle of a PDU',
    (c, response) => response.subarray(0, response.length - (c.version === 0 ? 12 : 24) + 5),
    { closes: true },
  ),
  inResponse('foreign-end', '5.8', 'an End of Data with another session ID', (c, response) => {
    const copy = response.slice();
    const at = copy.length - (c.version === 0 ? 12 : 24) + 3;
    copy[at] = (copy[at] as number) ^ 0x55;
    return copy;
  }),
  inResponse(
    'extreme-timing',
    '6',
    'intervals of 0 and 4294967295',
    (_, response) => {
      const copy = response.slice();
      new DataView(copy.buffer).setUint32(copy.length - 12, 0);
      copy.fill(0xff, copy.length - 8);
      return copy;
    },
    { since: 1 },
  ),
  extra('duplicate-announcement', '5.6', 'announces a prefix twice', (c) =>
    concatOctets([prefix(c, ipv4Body(1, 24, 24)), prefix(c, ipv4Body(1, 24, 24))]),
  ),
  extra('unknown-withdrawal', '5.6', 'withdraws a prefix that was never announced', (c) =>
    prefix(c, ipv4Body(0, 24, 24)),
  ),
  extra('long-prefix', '5.6', 'a prefix length of 33', (c) => prefix(c, ipv4Body(1, 33, 33))),
  extra(
    'host-bits',
    '5.9',
    'a bit set behind the prefix length',
    (c) => prefix(c, ipv4Body(1, 24, 24, 1)),
    2,
  ),
  extra('short-max-length', '5.1', 'a max length below the prefix length', (c) =>
    prefix(c, ipv4Body(1, 24, 23)),
  ),
  extra(
    'wrong-order',
    '11.2',
    'an IPv4 prefix after everything else',
    (c) => prefix(c, ipv4Body(1, 24, 24)),
    2,
  ),
  extra(
    'empty-router-key',
    '5.10',
    'a Router Key without a key',
    (c) => rawPdu(c.version, 9, 0x0100, new Uint8Array(24)),
    1,
  ),
  ...ASPA_MISBEHAVIOURS.map(([name, what, octets]) => extra(name, '5.12', what, octets, 2)),
];

/** The misbehaviour of that name. Throws `RangeError` that lists the names. NON-SPEC: for tests of routers. */
export function misbehaviourNamed(name: string): Misbehaviour {
  const found = MISBEHAVIOURS.find((one) => one.name === name);
  if (!found) {
    throw new RangeError(
      `no fault ${JSON.stringify(name)}; there are ${MISBEHAVIOURS.map((one) => one.name).join(', ')}`,
    );
  }
  return found;
}
