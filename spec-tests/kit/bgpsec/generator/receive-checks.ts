import { addSegment } from 'pathsec/bgpsec';
import type { VectorGroup } from '../../../../src/conformance/vector.js';
import { type VerifyRow, verifyGroup } from './cases.js';
import { confederationGroup } from './receive-confederation.js';
import { migrationGroup } from './receive-migration.js';
import { shared } from './receive-paths.js';
import {
  announced,
  external,
  internal,
  LOCAL,
  MIDDLE,
  messageOf,
  ORIGIN,
  PEER,
  pathOf,
  publicKeys,
  segmentOf,
  signer,
} from './world.js';

const TAW = 'treat-as-withdraw';

/** RFC 8205 §5.2 items 2 and 5 to 8 outside of confederations, route servers, migration. */
export function checkGroups(): VectorGroup[] {
  return [
    verifyGroup('The peer, pCount 0 and loops', shared, plainRows()),
    confederationGroup(),
    migrationGroup(),
  ];
}

function plainRows(): VerifyRow[] {
  const server = 64505;
  const served = pathOf([ORIGIN, PEER, { asn: server, pCount: 0 }]);
  const serverKeys = publicKeys(ORIGIN, PEER, server);
  const looped = publicKeys(ORIGIN, PEER, LOCAL);
  const pcountZero = pathOf([ORIGIN, { asn: PEER, pCount: 0 }]);
  const old = 64510;
  return [
    [
      'peer-as-mismatch',
      'the newest segment is not the peer, the signatures are good',
      ['RFC 8205 §5.2(2)'],
      messageOf(pathOf([ORIGIN, PEER])),
      TAW,
      'peer-as-mismatch',
      { session: external(LOCAL, MIDDLE) },
    ],
    [
      'peer-as-second',
      'the peer has the second segment only',
      ['RFC 8205 §5.2(2)'],
      messageOf(pathOf([ORIGIN, PEER, MIDDLE])),
      TAW,
      'peer-as-mismatch',
    ],
    [
      'peer-as-behind-pcount-zero',
      'the newest segment has pCount 0 and is not the peer; the rebuilt AS_PATH begins with it',
      ['RFC 8205 §5.2(2)'],
      messageOf(pathOf([ORIGIN, PEER, { asn: server, pCount: 0 }])),
      TAW,
      'peer-as-mismatch',
      { keys: serverKeys, session: external(LOCAL, PEER, { allowPcountZero: true }) },
    ],
    [
      'internal-any-newest',
      'from an internal peer the newest segment is someone else',
      ['RFC 8205 §5.2(2)'],
      messageOf(pathOf([ORIGIN, PEER])),
      'valid',
      'ok',
      { session: internal(LOCAL) },
    ],
    [
      'route-server',
      'a transparent route server with pCount 0, configured for it',
      ['RFC 8205 §5.2(7)', 'RFC 8205 §7.2'],
      messageOf(served),
      'valid',
      'ok',
      { keys: serverKeys, session: external(LOCAL, server, { allowPcountZero: true }) },
    ],
    [
      'route-server-prepends-none',
      'a peer that is configured for pCount 0 sends pCount 1',
      ['RFC 8205 §5.2(7)'],
      messageOf(pathOf([ORIGIN, PEER])),
      'valid',
      'ok',
      { session: external(LOCAL, PEER, { allowPcountZero: true }) },
    ],
    [
      'pcount-zero',
      'pCount 0 in the newest segment from a peer that is not configured for it',
      ['RFC 8205 §5.2(7)', 'RFC 8207 §7'],
      messageOf(served),
      TAW,
      'pcount-zero',
      { keys: serverKeys, session: external(LOCAL, server) },
    ],
    [
      'pcount-zero-peer',
      'the same, where the peer is an ordinary AS',
      ['RFC 8205 §5.2(7)'],
      messageOf(pcountZero),
      TAW,
      'pcount-zero',
    ],
    [
      'pcount-zero-internal',
      'pCount 0 in the newest segment from an internal peer',
      ['RFC 8206 §5.3'],
      messageOf(pcountZero),
      'valid',
      'ok',
      { session: internal(LOCAL) },
    ],
    [
      'pcount-zero-all',
      'pCount 0 in every segment from an internal peer: an empty AS_PATH',
      ['RFC 8205 §4.4'],
      messageOf(
        pathOf([
          { asn: ORIGIN, pCount: 0 },
          { asn: PEER, pCount: 0 },
        ]),
      ),
      'valid',
      'ok',
      { session: internal(LOCAL) },
    ],
    [
      'loop',
      'the local AS in the middle of the path',
      ['RFC 8205 §5.2(8)'],
      messageOf(pathOf([ORIGIN, LOCAL, PEER])),
      TAW,
      'as-loop',
      { keys: looped },
    ],
    [
      'loop-origin',
      'the local AS is the origin',
      ['RFC 8205 §5.2(8)'],
      messageOf(pathOf([LOCAL, PEER])),
      TAW,
      'as-loop',
      { keys: looped },
    ],
    [
      'loop-internal',
      'the local AS in a path from an internal peer',
      ['RFC 8205 §5.2(8)'],
      messageOf(pathOf([LOCAL, PEER])),
      TAW,
      'as-loop',
      { keys: looped, session: internal(LOCAL) },
    ],
    [
      'loop-pcount-zero',
      'the local AS with pCount 0: not in the rebuilt AS_PATH',
      ['RFC 8205 §5.2(8)', 'RFC 8205 §4.4'],
      messageOf(pathOf([ORIGIN, { asn: LOCAL, pCount: 0 }, PEER])),
      'valid',
      'ok',
      {
        keys: looped,
        acceptable: [
          { expected: { verdict: TAW }, why: 'a route server may look for its AS in segments with pCount 0' },
        ],
        session: external(LOCAL, PEER, { allowPcountZero: true }),
      },
    ],
    [
      'loop-pcount-zero-no-server',
      'the same at a router that serves no routes',
      ['RFC 8205 §5.2(8)', 'RFC 8205 §4.4'],
      messageOf(pathOf([ORIGIN, MIDDLE, { asn: LOCAL, pCount: 0 }, PEER])),
      'valid',
      'ok',
      { keys: publicKeys(ORIGIN, MIDDLE, PEER, LOCAL) },
    ],
    [
      'loop-global-as',
      'the global AS of the router on a session with another local AS',
      ['RFC 8205 §5.2(8)'],
      messageOf(pathOf([ORIGIN, LOCAL, PEER], old)),
      TAW,
      'as-loop',
      { keys: looped, session: external(old, PEER, { ownAses: [LOCAL, old] }) },
    ],
    [
      'loop-other-local-as',
      'an AS that the router uses on other sessions only',
      ['RFC 8205 §5.2(8)'],
      messageOf(pathOf([ORIGIN, old, PEER])),
      'valid',
      'ok',
      {
        keys: publicKeys(ORIGIN, old, PEER),
        session: external(LOCAL, PEER, { ownAses: [LOCAL] }),
        flags: ['option'],
      },
    ],
    [
      'local-as',
      'signed to the AS announced on the session, which is not the global one',
      ['RFC 8205 §5.2 step 3'],
      messageOf(pathOf([ORIGIN, PEER], old)),
      'valid',
      'ok',
      { session: external(old, PEER, { ownAses: [LOCAL, old] }) },
    ],
    [
      'local-as-signed-to-global',
      'signed to the global AS, while the session has another local AS',
      ['RFC 8205 §5.2 step 3'],
      messageOf(pathOf([ORIGIN, PEER])),
      'not-valid',
      'signature-mismatch',
      { session: external(old, PEER, { ownAses: [LOCAL, old] }) },
    ],
    [
      'target-other',
      'signed to another AS than the receiver',
      ['RFC 8205 §5.2 step 3'],
      messageOf(pathOf([ORIGIN, PEER], 64505)),
      'not-valid',
      'signature-mismatch',
    ],
    [
      'target-peer',
      'the newest signature is made for the signer itself',
      ['RFC 8205 §5.2 step 3'],
      messageOf(pathOf([ORIGIN, PEER], PEER)),
      'not-valid',
      'signature-mismatch',
    ],
    [
      'replayed',
      'a path to another AS, with a segment of the peer put in front',
      ['RFC 8205 §5.2 step 3'],
      messageOf(addSegment(pathOf([ORIGIN], MIDDLE), segmentOf(PEER), LOCAL, announced(), signer)),
      'not-valid',
      'signature-mismatch',
    ],
  ];
}
