import fc from 'fast-check';
import { describeBmp, encodeBmp, makePeerHeader } from 'pathsec/bmp';
import { concatOctets } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { checkDescribed, describedPaths } from '../bytes/described.js';
import { announce, monitor, OCTETS, PEER, peerUp } from './samples.js';

describe('describeBmp (RFC 7854 §4)', () => {
  it('every sample: whole, and nothing in it left over', () => {
    expect(OCTETS.length).toBeGreaterThan(8);
    const tree = describeBmp(concatOctets(OCTETS));
    checkDescribed(tree);
    expect(tree.children.length).toBe(OCTETS.length);
  });

  it('says who the peer is, and describes the BGP messages', () => {
    const lines = describedPaths(
      describeBmp(concatOctets([peerUp(), monitor(announce('64496 64499'))].map(encodeBmp))),
    );
    for (const line of [
      'bmp-messages.peer-up-notification.per-peer-header (RFC 7854 §4.2) = 192.0.2.1, AS64496',
      'bmp-messages.peer-up-notification.sent-open-message (RFC 4271 §4.1) = OPEN',
      'bmp-messages.peer-up-notification.received-open-message (RFC 4271 §4.1) = OPEN',
      'bmp-messages.route-monitoring.common-header.message-type (RFC 7854 §4.1) = 0 (Route Monitoring)',
      'bmp-messages.route-monitoring.bgp-update (RFC 4271 §4.1) = UPDATE',
    ]) {
      expect(lines).toContain(line);
    }
    expect(lines.filter((line) => /as-number.* = AS64499$/.test(line)).length).toBe(1);
  });

  it('reads AS numbers as the flags of the peer say (RFC 7854 §4.2), and those of a Loc-RIB as RFC 9069 §5.4.1 does', () => {
    const old = makePeerHeader({ ...PEER, asnSize: 2 });
    const message = {
      kind: 'route-monitoring',
      peer: old,
      update: announce('64496 64499', false, 2),
    } as const;
    const said = describedPaths(describeBmp(encodeBmp(message)));
    expect(said.filter((line) => /as-number.* = AS64499$/.test(line)).length).toBe(1);
    const own = describedPaths(
      describeBmp(encodeBmp({ ...message, peer: makePeerHeader({ ...PEER, rib: 'loc-rib' }) })),
    );
    expect(own).toContain('bmp-messages.route-monitoring.per-peer-header (RFC 9069 §5.1) = Loc-RIB, AS64496');
  });

  it('never throws, and shows every octet once', () => {
    const cut = fc
      .tuple(fc.constantFrom(...OCTETS), fc.nat(), fc.nat(255), fc.nat())
      .map(([octets, at, value, end]) => {
        const changed = octets.slice(0, 1 + (end % octets.length));
        changed[at % changed.length] = value;
        return changed;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), cut), (octets) => {
        const tree = describeBmp(octets);
        expect(tree.length).toBe(octets.length);
        checkDescribed(tree);
      }),
      { numRuns: 300 },
    );
  });
});
