import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { otherCase, privateKey, signedCase } from './send-cases.js';
import { BOTH, NEXT, seq, shared, strip, to } from './send-shared.js';
import { EXPERIMENTAL, type Fields, type Hop, LOCAL, PEER } from './world.js';

/** Routes that begin here (RFC 8205 §4.1). */
export function originGroup(): VectorGroup {
  const common: Fields = { ...shared, op: 'originate', prefix: '192.0.2.0/24' };
  const sections = ['RFC 8205 §4.1', 'RFC 8205 §4.2'];
  const row = (name: string, title: string, more: Fields, hops: readonly Hop[], extra = {}): VectorCase =>
    strip(signedCase(`originate-${name}`, title, sections, { ...common, ...more }, hops, extra), common);
  const other = (name: string, title: string, more: Fields, expected: Fields, reason?: string): VectorCase =>
    otherCase(`originate-${name}`, title, ['RFC 8205 §4.1'], more, expected, reason);
  const v6 = { nextHop: '20010db8000000000000000000000001' };
  const two = { suites: BOTH, keys: [privateKey(LOCAL), privateKey(LOCAL, { suite: EXPERIMENTAL })] };
  return {
    title: 'Routes that begin here',
    shared: common,
    cases: [
      row('plain', 'to an external BGPsec peer', {}, [LOCAL]),
      row('other-peer', 'to another peer: another target', { peer: to(PEER) }, [LOCAL]),
      row('big-as', 'to a peer with a 4-octet AS number', { peer: to(4_200_000_000) }, [LOCAL]),
      row('ipv6', 'an IPv6 prefix', { ...v6, prefix: '2001:db8::/32' }, [LOCAL]),
      row('ipv6-next-hop', 'an IPv4 prefix with an IPv6 next hop (RFC 8950)', v6, [LOCAL]),
      row('default', '0.0.0.0/0', { prefix: '0.0.0.0/0' }, [LOCAL]),
      row('default-ipv6', '::/0', { ...v6, prefix: '::/0' }, [LOCAL]),
      row('length-25', 'a prefix length that is no multiple of 8', { prefix: '198.51.100.128/25' }, [LOCAL]),
      row('prepended', 'prepending: one segment with pCount 3', { peer: to(NEXT, { pCount: 3 }) }, [
        { asn: LOCAL, pCount: 3 },
      ]),
      row('prepended-255', 'pCount 255', { peer: to(NEXT, { pCount: 255 }) }, [{ asn: LOCAL, pCount: 255 }]),
      row('two-suites', 'two blocks', { ...two, speaker: { asn: LOCAL, originSuites: BOTH } }, [LOCAL], {
        suites: BOTH,
      }),
      row(
        'certified',
        'a key whose certificate names several ASes',
        { keys: [privateKey(LOCAL, { certifiedAsns: [1, LOCAL] })] },
        [LOCAL],
      ),
      other(
        'internal',
        'to an internal BGPsec peer: neither path attribute',
        { peer: { ...to(LOCAL), kind: 'internal' } },
        { outcome: 'no-path-attribute' },
      ),
      other(
        'internal-plain',
        'to an internal peer without BGPsec: an empty AS_PATH',
        { peer: { ...to(LOCAL), kind: 'internal', bgpsec: false } },
        { outcome: 'unsigned', asPath: [] },
        'peer-without-bgpsec',
      ),
      other(
        'external-plain',
        'to an external peer without BGPsec',
        { peer: to(NEXT, { bgpsec: false }) },
        { outcome: 'unsigned', asPath: [seq(LOCAL)] },
        'peer-without-bgpsec',
      ),
      other(
        'external-plain-prepended',
        'the same, prepended',
        { peer: to(NEXT, { bgpsec: false, pCount: 2 }) },
        { outcome: 'unsigned', asPath: [seq(LOCAL, LOCAL)] },
        'peer-without-bgpsec',
      ),
    ],
  };
}
