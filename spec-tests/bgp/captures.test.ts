import { readFileSync } from 'node:fs';
import {
  decodeBgpsecPath,
  decodeMessage,
  decodeUpdate,
  describeMessage,
  encodeBgpsecPath,
  encodeMessage,
  negotiateBgpsec,
  type OpenMessage,
  openAsn,
} from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import { formatPrefix } from 'pathsec/inet';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';

interface Hop {
  readonly pCount: number;
  readonly flags: number;
  readonly as: number;
}
interface Capture {
  readonly opens: readonly {
    readonly senderAs: number;
    readonly message: string;
    readonly capabilities: readonly unknown[];
  }[];
  readonly updates: readonly {
    readonly message: string;
    readonly prefix: string;
    readonly suite: number;
    readonly attributeOrder: readonly number[];
    readonly securePath: readonly Hop[];
    readonly signatures: readonly { readonly ski: string; readonly signature: string }[];
  }[];
  readonly otherUpdates: readonly { readonly message: string }[];
  readonly malformedSample: { readonly message: string; readonly repairedMessage: string };
}

/** Decodes and re-encodes a whole message, byte for byte. */
function roundTrip(octets: Uint8Array) {
  const message = decodeMessage(octets);
  expect(toHex(encodeMessage(message))).toBe(toHex(octets));
  return message;
}

function open(octets: Uint8Array): OpenMessage {
  const message = roundTrip(octets);
  if (message.kind !== 'open') throw new Error(message.kind);
  return message;
}

describeShared('the FRR capture', () => {
  const capture = JSON.parse(readFileSync(shared('vectors/frr-bgpsec-capture.json'), 'utf8')) as Capture;

  it('OPENs, and what they negotiate', () => {
    const opens = capture.opens.map(({ message }) => open(fromHex(message)));
    expect(opens.map(openAsn)).toEqual(capture.opens.map(({ senderAs }) => senderAs));
    expect(opens.map(({ parameters }) => parameters.flat().length)).toEqual(
      capture.opens.map(({ capabilities }) => capabilities.length),
    );
    for (const pair of [opens.slice(0, 2), opens.slice(2, 4)] as [OpenMessage, OpenMessage][]) {
      const { ipv4, ipv6, notes } = negotiateBgpsec(...pair);
      expect([ipv4.send, ipv4.receive, ipv6.send, ipv6.receive].map(({ negotiated }) => negotiated)).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(notes).toEqual([
        { side: 'own', code: 'multiprotocol-missing', afi: 2 },
        { side: 'peer', code: 'multiprotocol-missing', afi: 2 },
      ]);
    }
    expect(opens).toHaveLength(4);
  });

  it('20 BGPsec UPDATEs with 30 signatures', () => {
    let signatures = 0;
    for (const expected of capture.updates) {
      const octets = fromHex(expected.message);
      roundTrip(octets);
      const update = decodeUpdate(octets, { peer: 'external', bgpsecReceived: true });
      expect(update.faults).toEqual([]);
      expect(update.message.attributes.map(({ code }) => code)).toEqual(expected.attributeOrder);
      expect(update.values.mpReach?.nlri?.map(({ prefix }) => formatPrefix(prefix))).toEqual([
        expected.prefix,
      ]);
      const path = update.values.bgpsecPath;
      expect(path?.segments).toEqual(
        expected.securePath.map(({ pCount, flags, as }) => ({ pCount, flags, asn: as })),
      );
      expect(path?.blocks.map(({ suite }) => suite)).toEqual([expected.suite]);
      expect(path?.blocks[0]?.signatures.map(({ ski, signature }) => [toHex(ski), toHex(signature)])).toEqual(
        expected.signatures.map(({ ski, signature }) => [ski, signature]),
      );
      signatures += expected.signatures.length;
    }
    expect([capture.updates.length, signatures]).toEqual([20, 30]);
  });

  it('End-of-RIB markers', () => {
    for (const { message } of capture.otherUpdates) {
      roundTrip(fromHex(message));
      expect(decodeUpdate(fromHex(message)).faults).toEqual([]);
    }
    expect(capture.otherUpdates).toHaveLength(4);
  });

  it('the UPDATE with a Signature_Block Length of 1, and its repair', () => {
    const octets = fromHex(capture.malformedSample.message);
    roundTrip(octets);
    const { faults, treatment } = decodeUpdate(octets);
    expect(treatment).toBe('treat-as-withdraw');
    expect(faults).toMatchObject([{ code: 'block-length', offset: 74, attribute: 33 }]);
    const repaired = decodeUpdate(fromHex(capture.malformedSample.repairedMessage));
    expect(repaired.faults).toEqual([]);
    expect(repaired.values.mpReach?.nlri).toHaveLength(2);
  });
});

interface Rfc8608 {
  readonly updates: readonly {
    readonly message: string;
    readonly messageWithType33: string;
    readonly prefix: string;
    readonly securePath: readonly Hop[];
  }[];
}

describeShared('the messages of RFC 8608 and RFC 8208 Appendix A', () => {
  const { updates } = JSON.parse(readFileSync(shared('vectors/rfc8608.json'), 'utf8')) as Rfc8608;

  it('decode and re-encode with type 33, and with the printed type 30 by request', () => {
    for (const { message, messageWithType33, prefix, securePath } of updates) {
      const assigned = decodeUpdate(fromHex(messageWithType33));
      const printed = decodeUpdate(fromHex(message), { printedBgpsecType: true });
      roundTrip(fromHex(message));
      roundTrip(fromHex(messageWithType33));
      for (const { faults, values, message: fields } of [assigned, printed]) {
        expect(faults).toEqual([]);
        expect(values.mpReach?.nlri?.map((one) => formatPrefix(one.prefix))).toEqual([prefix]);
        expect(values.bgpsecPath?.segments.map(({ asn }) => asn)).toEqual(securePath.map((hop) => hop.as));
        const value = fields.attributes.find(({ code }) => code === 33 || code === 30)?.value ?? fromHex('');
        expect(toHex(encodeBgpsecPath(decodeBgpsecPath(value)))).toBe(toHex(value));
      }
      expect(decodeUpdate(fromHex(message)).faults.map(({ code }) => code)).toEqual(['as-path-missing']);
    }
    expect(updates).toHaveLength(3);
  });
});

describeShared('captures of other speakers', () => {
  it('ExaBGP: the messages with a body', () => {
    const kinds: string[] = [];
    for (const line of readFileSync(shared('data/captures/exabgp-4.2.21-api.jsonl'), 'utf8')
      .trim()
      .split('\n')) {
      const { header, body, type } = JSON.parse(line) as { header?: string; body?: string; type: string };
      if (header === undefined) continue;
      const octets = fromHex(`${header.slice(2)}${(body ?? '0x').slice(2)}`);
      kinds.push(`${type} ${roundTrip(octets).kind}`);
      if (type === 'update') expect(decodeUpdate(octets).faults).toEqual([]);
      expect(describeMessage(octets).errors).toEqual([]);
    }
    expect(kinds).toEqual(['open open', 'keepalive keepalive', 'update update']);
  });

  it('GoBGP: the messages inside a BMP stream', () => {
    const stream = new Uint8Array(readFileSync(shared('data/captures/gobgp-3.10-policy-all.bmp')));
    const marker = 'ff'.repeat(16);
    const codes: string[] = [];
    let messages = 0;
    for (let at = 0; at + 19 <= stream.length; at++) {
      if (toHex(stream.subarray(at, at + 16)) !== marker) continue;
      const length = (stream[at + 16] as number) * 256 + (stream[at + 17] as number);
      const message = stream.subarray(at, at + length);
      const { kind } = roundTrip(message);
      if (kind === 'update') codes.push(...decodeUpdate(message).faults.map(({ code }) => code));
      messages++;
      at += length - 1;
    }
    // Route Monitoring, and the two OPENs of Peer Up. The value of attribute 33 in it is no BGPsec_PATH, and the
    // local routes of a Loc-RIB have the next hop 0.0.0.0, which no session would carry.
    expect(messages).toBe(12);
    expect(new Set(codes)).toEqual(new Set(['bgpsec-path-flags', 'next-hop-address']));
  });
});
