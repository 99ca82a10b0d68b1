import { addSegment, bridgeSegment } from 'pathsec/bgpsec';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import {
  announced,
  external,
  internal,
  LOCAL,
  messageOf,
  pathOf,
  publicKeys,
  segmentOf,
  signer,
} from './world.js';

const TAW = 'treat-as-withdraw';

/** RFC 8206 §5: the worked examples from the side of those who receive. */
export function migrationGroup(): VectorGroup {
  const before = 64510;
  const now = LOCAL;
  const ce1 = 64496;
  const ce2 = 64499;
  const keys = publicKeys(before, now, ce1, ce2);
  const outbound = (target = ce1): Uint8Array =>
    messageOf(
      addSegment(
        bridgeSegment(pathOf([ce2], now), now, before, false, announced(), signer),
        segmentOf(before),
        target,
        announced(),
        signer,
      ),
    );
  const inbound = bridgeSegment(pathOf([ce1], before), before, now, false, announced(), signer);
  const onward = (target: number): Uint8Array =>
    messageOf(addSegment(inbound, segmentOf(now), target, announced(), signer));
  const rows: VerifyRow[] = [
    [
      'migration-outbound',
      'to the customer: old AS, new AS with pCount 0, the other customer',
      ['RFC 8206 §5.1'],
      outbound(),
      'valid',
      'ok',
      { session: external(ce1, before) },
    ],
    [
      'migration-outbound-native',
      'the same route as the new AS sends it elsewhere',
      ['RFC 8206 §5.4'],
      messageOf(pathOf([ce2, now], 64505)),
      'valid',
      'ok',
      { session: external(64505, now) },
    ],
    [
      'migration-outbound-one-signature',
      'the new AS is left out: the old AS signs what was signed to the new',
      ['RFC 8206 §5.1'],
      messageOf(addSegment(pathOf([ce2], now), segmentOf(before), ce1, announced(), signer)),
      'not-valid',
      'signature-mismatch',
      { session: external(ce1, before) },
    ],
    [
      'migration-outbound-own',
      'a route of the provider itself: pCount 0 at the origin',
      ['RFC 8206 §5.1'],
      messageOf(pathOf([{ asn: now, pCount: 0 }, before], ce1)),
      'valid',
      'ok',
      { session: external(ce1, before) },
    ],
    [
      'migration-inbound-received',
      'the provider edge takes what is signed to the old AS',
      ['RFC 8206 §5.2'],
      messageOf(pathOf([ce1], before)),
      'valid',
      'ok',
      { session: external(before, ce1, { ownAses: [now, before] }) },
    ],
    [
      'migration-inbound-signed-to-new',
      'signed to the new AS on a session with the old',
      ['RFC 8206 §5.2'],
      messageOf(pathOf([ce1], now)),
      'not-valid',
      'signature-mismatch',
      { session: external(before, ce1, { ownAses: [now, before] }) },
    ],
    [
      'migration-inbound-internal',
      'inside the new AS: the old AS in front, with pCount 0',
      ['RFC 8206 §5.2', 'RFC 8206 §5.3'],
      messageOf(inbound),
      'valid',
      'ok',
      { session: internal(now) },
    ],
    [
      'migration-inbound-unbridged',
      'inside the new AS without the segment of the old',
      ['RFC 8206 §5.2'],
      messageOf(pathOf([ce1], before)),
      'not-valid',
      'signature-mismatch',
      { session: internal(now) },
    ],
    [
      'migration-inbound-onward',
      'to a third AS: new, old with pCount 0, customer',
      ['RFC 8206 §5.4'],
      onward(64505),
      'valid',
      'ok',
      { session: external(64505, now) },
    ],
    [
      'migration-inbound-other-customer',
      'to the other customer',
      ['RFC 8206 §5.4'],
      onward(ce2),
      'valid',
      'ok',
      { session: external(ce2, now) },
    ],
    [
      'migration-inbound-external',
      'the internal form sent to an external peer',
      ['RFC 8205 §5.2(7)'],
      messageOf(inbound),
      TAW,
      'pcount-zero',
      { session: external(now, before) },
    ],
    [
      'migration-old-as-in-path',
      'a real path through the old AS on a session of the new',
      ['RFC 8206 §5', 'RFC 8205 §5.2(8)'],
      messageOf(pathOf([ce1, before, ce2], now)),
      'valid',
      'ok',
      { session: external(now, ce2) },
    ],
  ];
  return verifyGroup('AS migration: old 64510, new 64500', { session: external(), keys }, rows);
}
