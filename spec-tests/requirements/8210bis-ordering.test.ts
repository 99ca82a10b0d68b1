import fc from 'fast-check';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { chainPayloads, type Payloads } from 'pathsec/payload';
import { createRtrCache, decodePdu, encodePdu, type Pdu, type RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { requirement } from '../kit/citation.js';
import { NO_PAYLOADS, only } from '../payload/arbitrary-payloads.js';
import { arbitraryPayloads, note } from '../rtr/harness.js';
import { end, play, response } from '../rtr/play.js';

/** `192.0.2.0/24-25 AS64496`, or `key 01 0203 64496` (SKI octet, key octets, AS), or `aspa 64500`. */
function payload(text: string): Partial<Payloads> {
  const [first = '', second = '', third = '', fourth = ''] = text.split(/[ -]/);
  if (first === 'aspa') return { aspas: [{ customer: Number(second), providers: [64999] }] };
  if (first === 'key') {
    const ski = new Uint8Array(20).fill(Number(second));
    return { routerKeys: [{ ski, spki: fromHex(third), asn: Number(fourth) }] };
  }
  return { vrps: [{ prefix: parsePrefix(first), maxLength: Number(second), asn: Number(third.slice(2)) }] };
}

/** The payload PDUs of a response. */
function payloadPdus(octets: Uint8Array | undefined): Pdu[] {
  const pdus: Pdu[] = [];
  const stream = octets ?? new Uint8Array(0);
  for (let at = 0; at < stream.length; ) {
    const length = new DataView(stream.buffer, stream.byteOffset + at).getUint32(4);
    pdus.push(decodePdu(stream.subarray(at, at + length)).pdu);
    at += length;
  }
  return pdus.slice(1, -1);
}

const union = (a: Partial<Payloads>, b: Partial<Payloads>): Payloads => chainPayloads([only(a), only(b)]);

/** What a cache sends when both are announced, when both are withdrawn, or when the first comes and the second goes. */
function sentFor(
  how: 'announced' | 'withdrawn' | 'mixed',
  a: string,
  b: string,
  version: RtrVersion = 2,
): Pdu[] {
  const cache = createRtrCache({ sessionId: 7 - version });
  const both = union(payload(b), payload(a));
  cache.replace(
    how === 'announced' ? NO_PAYLOADS : how === 'withdrawn' ? both : { ...NO_PAYLOADS, ...payload(b) },
  );
  cache.replace(
    how === 'announced' ? both : how === 'withdrawn' ? NO_PAYLOADS : { ...NO_PAYLOADS, ...payload(a) },
  );
  return payloadPdus(cache.since(version, 0));
}

/** Each rule of §11.2 with a pair that it decides: what comes first, what second. */
const RULES = [
  [
    '§11.2 lower PDU type first',
    'announced',
    '10.0.0.0/8-8 AS1',
    '2001:db8::/32-32 AS1',
    requirement('8210bis:11.2:type', '!8210bis:11.2:type'),
  ],
  [
    '§11.2 lower PDU type first, whatever the flag',
    'mixed',
    'key 1 0102 1',
    'aspa 1',
    requirement('8210bis:11.2:type', '!8210bis:11.2:type'),
  ],
  [
    '§11.2.1 announcements before withdrawals',
    'mixed',
    '10.0.0.0/8-8 AS1',
    '11.0.0.0/8-8 AS1',
    requirement('8210bis:11.2.1:announcements-first', '!8210bis:11.2.1:announcements-first'),
  ],
  [
    '§11.2.1 announcements 1, higher addr first',
    'announced',
    '11.0.0.0/8-8 AS1',
    '10.0.0.0/16-24 AS9',
    requirement('8210bis:11.2.1:announced-1', '!8210bis:11.2.1:announced-1'),
  ],
  [
    '§11.2.1 announcements 2, higher mlen first',
    'announced',
    '10.0.0.0/8-24 AS1',
    '10.0.0.0/16-16 AS9',
    requirement('8210bis:11.2.1:announced-2', '!8210bis:11.2.1:announced-2'),
  ],
  [
    '§11.2.1 announcements 3, higher plen first',
    'announced',
    '10.0.0.0/16-24 AS1',
    '10.0.0.0/8-24 AS9',
    requirement('8210bis:11.2.1:announced-3', '!8210bis:11.2.1:announced-3'),
  ],
  [
    '§11.2.1 announcements 4, higher asn first',
    'announced',
    '10.0.0.0/8-8 AS4294967295',
    '10.0.0.0/8-8 AS0',
    requirement('8210bis:11.2.1:announced-4', '!8210bis:11.2.1:announced-4'),
  ],
  [
    '§11.2.1 withdrawals 1, lower addr first',
    'withdrawn',
    '10.0.0.0/16-24 AS9',
    '11.0.0.0/8-8 AS1',
    requirement('8210bis:11.2.1:withdrawn-1', '!8210bis:11.2.1:withdrawn-1'),
  ],
  [
    '§11.2.1 withdrawals 2, lower mlen first',
    'withdrawn',
    '10.0.0.0/16-16 AS9',
    '10.0.0.0/8-24 AS1',
    requirement('8210bis:11.2.1:withdrawn-2', '!8210bis:11.2.1:withdrawn-2'),
  ],
  [
    '§11.2.1 withdrawals 3, lower plen first',
    'withdrawn',
    '10.0.0.0/8-24 AS9',
    '10.0.0.0/16-24 AS1',
    requirement('8210bis:11.2.1:withdrawn-3', '!8210bis:11.2.1:withdrawn-3'),
  ],
  [
    '§11.2.1 withdrawals 4, lower asn first',
    'withdrawn',
    '10.0.0.0/8-8 AS0',
    '10.0.0.0/8-8 AS2147483648',
    requirement('8210bis:11.2.1:withdrawn-4', '!8210bis:11.2.1:withdrawn-4'),
  ],
  [
    '§11.2.1 addr of IPv6, as an unsigned number',
    'announced',
    'ff00::/8-8 AS1',
    '7f00::/8-8 AS1',
    requirement('8210bis:11.2.1:announced-1', '!8210bis:11.2.1:announced-1'),
  ],
  [
    '§11.2.2 step 1, announcements first',
    'mixed',
    'key 9 0102 9',
    'key 1 0102 1',
    requirement('8210bis:11.2.2:step-1', '!8210bis:11.2.2:step-1'),
  ],
  [
    '§11.2.2 step 2, lower ski first',
    'announced',
    'key 1 010203 9',
    'key 255 01 1',
    requirement('8210bis:11.2.2:step-2', '!8210bis:11.2.2:step-2'),
  ],
  [
    '§11.2.2 step 3, lower spkinfolen first',
    'announced',
    'key 1 ff 9',
    'key 1 0102 1',
    requirement('8210bis:11.2.2:step-3', '!8210bis:11.2.2:step-3'),
  ],
  [
    '§11.2.2 step 4, lower spkinfo first',
    'announced',
    'key 1 0102 9',
    'key 1 ff01 1',
    requirement('8210bis:11.2.2:step-4', '!8210bis:11.2.2:step-4'),
  ],
  [
    '§11.2.2 step 5, lower asn first',
    'withdrawn',
    'key 1 0102 1',
    'key 1 0102 4294967295',
    requirement('8210bis:11.2.2:step-5', '!8210bis:11.2.2:step-5'),
  ],
  [
    '§11.2.3 step 1, announcements first',
    'mixed',
    'aspa 9',
    'aspa 1',
    requirement('8210bis:11.2.3:step-1', '!8210bis:11.2.3:step-1'),
  ],
  [
    '§11.2.3 step 2, lower casn first',
    'announced',
    'aspa 1',
    'aspa 4294967295',
    requirement('8210bis:11.2.3:step-2', '!8210bis:11.2.3:step-2'),
  ],
] as const;

/** Whether a client with a strict eye on the order takes the PDUs; the withdrawn ones are given to it before. */
function orderOf(pdus: readonly Pdu[]): { errorCode: number | undefined } {
  const { client, seen, open, give } = play({ order: 'error' });
  open(0);
  const before = pdus.filter((pdu) => 'announce' in pdu && !pdu.announce).map(announced);
  give(0, 2, response(), ...[...before].sort(byType), end(1));
  note(seen, client.tick(100));
  give(100, 2, response(), ...pdus, end(2));
  const error = seen.events.find(({ kind }) => kind === 'error-sent');
  return { errorCode: error?.kind === 'error-sent' ? error.errorCode : undefined };
}

function announced(pdu: Pdu): Pdu {
  if (pdu.type === 'aspa') return { ...pdu, announce: true, providers: [64999] };
  return { ...pdu, announce: true } as Pdu;
}

/** Independent of the product: the place of an announcement in a response, as text that sorts. */
function byType(a: Pdu, b: Pdu): number {
  return Buffer.compare(sortKey(a), sortKey(b));
}

const inverted = (octets: readonly number[]): number[] => octets.map((octet) => 255 - octet);
const u32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

/** 8210bis §11.2 as one string of octets per PDU: the octets in order are the PDUs in order. */
function sortKey(pdu: Pdu): Buffer {
  const type = encodePdu(pdu, 2)[1] as number;
  if (pdu.type === 'ipv4-prefix' || pdu.type === 'ipv6-prefix') {
    const { prefix, maxLength, asn } = pdu.vrp;
    const values = [...prefix.octets, maxLength, prefix.length, ...u32(asn)];
    return Buffer.from(pdu.announce ? [type, 0, ...inverted(values)] : [type, 1, ...values]);
  }
  if (pdu.type === 'router-key') {
    const { ski, spki, asn } = pdu.key;
    return Buffer.from([type, pdu.announce ? 0 : 1, ...ski, ...u32(spki.length), ...spki, ...u32(asn)]);
  }
  if (pdu.type === 'aspa') return Buffer.from([type, pdu.announce ? 0 : 1, ...u32(pdu.customer)]);
  throw new TypeError(pdu.type);
}

describe('8210bis, order of a response', () => {
  it.each(RULES)('%s: the cache sends it so, the router takes it', (_, how, first, second) => {
    const sent = sentFor(how, first, second);
    expect(sent.length).toBe(2);
    const [one] = sentFor('announced', first, first);
    expect(announced(sent[0] as Pdu)).toEqual(one);
    expect(orderOf(sent)).toEqual({ errorCode: undefined });
  });

  it.each(RULES)('%s: the other way round is error 11 where the router minds', (_, how, first, second) => {
    expect(orderOf(sentFor(how, first, second).reverse())).toEqual({ errorCode: 11 });
  });

  it('every response of the cache, whole or of changes, is in the one total order', () => {
    requirement(
      '8210bis:5.1:max-length-cache',
      '8210bis:5.5:announce-only-cache',
      '8210bis:11.2:order',
      '!8210bis:12:error-11-order',
    );
    fc.assert(
      fc.property(arbitraryPayloads, arbitraryPayloads, (before, after) => {
        const cache = createRtrCache({ sessionId: 5 });
        cache.replace(before);
        cache.replace(after);
        for (const pdus of [payloadPdus(cache.snapshot(2)), payloadPdus(cache.since(2, 0))]) {
          expect(pdus).toEqual([...pdus].sort(byType));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('versions 0 and 1 get the same order, less what they lack', () => {
    requirement('8210bis:7:lowered-features', '8210bis:11.2:order-before');
    fc.assert(
      fc.property(arbitraryPayloads, arbitraryPayloads, (before, after) => {
        const cache = createRtrCache({ sessionId: 5 });
        cache.replace(before);
        cache.replace(after);
        const all = payloadPdus(cache.since(2, 0));
        const known = all.filter(({ type }) => type !== 'aspa');
        expect(payloadPdus(cache.since(1, 0))).toEqual(known);
        expect(payloadPdus(cache.since(0, 0))).toEqual(known.filter(({ type }) => type !== 'router-key'));
      }),
      { numRuns: 100 },
    );
  });

  it('two neighbours in exchange are an ordering error, wherever they stand', () => {
    requirement('!8210bis:11.2:order', '8210bis:11.4:verify-order');
    fc.assert(
      fc.property(arbitraryPayloads, arbitraryPayloads, fc.nat(100), (before, after, which) => {
        const cache = createRtrCache({ sessionId: 5 });
        cache.replace(before);
        cache.replace(after);
        const pdus = payloadPdus(cache.snapshot(2));
        fc.pre(pdus.length >= 2);
        const at = which % (pdus.length - 1);
        const swapped = [...pdus];
        [swapped[at], swapped[at + 1]] = [pdus[at + 1] as Pdu, pdus[at] as Pdu];
        expect(orderOf(pdus)).toEqual({ errorCode: undefined });
        expect(orderOf(swapped)).toEqual({ errorCode: 11 });
      }),
      { numRuns: 100 },
    );
  });
});
