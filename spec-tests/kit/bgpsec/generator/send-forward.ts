import { pathAttribute } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { otherCase, privateKey, signedCase } from './send-cases.js';
import { BOTH, NEXT, seq, shared, strip, to } from './send-shared.js';
import {
  announced,
  EXPERIMENTAL,
  external,
  type Fields,
  type Hop,
  internal,
  LOCAL,
  MIDDLE,
  messageOf,
  nlriOf,
  ORIGIN,
  origin,
  PEER,
  pathAttributeOf,
  pathOf,
  reach,
  update,
  withSignature,
} from './world.js';

/** Routes that were received (RFC 8205 §4.1, §4.2, §4.4). */
export function forwardGroup(): VectorGroup {
  const path = pathOf([ORIGIN, PEER]);
  const common: Fields = { ...shared, op: 'forward', session: external(), message: toHex(messageOf(path)) };
  const sections = ['RFC 8205 §4.2'];
  const row = (name: string, title: string, more: Fields, hops: readonly Hop[], extra = {}): VectorCase =>
    strip(signedCase(`forward-${name}`, title, sections, { ...common, ...more }, hops, extra), common);
  const other = (
    name: string,
    title: string,
    more: Fields,
    expected: Fields,
    reason?: string,
    where = '§4.1',
  ): VectorCase => otherCase(`forward-${name}`, title, [`RFC 8205 ${where}`], more, expected, reason);
  const message = (made: typeof path, prefix = announced()): Fields => ({
    message: toHex(messageOf(made, prefix)),
  });
  const flagged = pathOf([
    { asn: ORIGIN, flags: 0x15 },
    { asn: PEER, flags: 0x7f, pCount: 2 },
  ]);
  const broken = withSignature(path, 1, (one) => ({ ...one, signature: fromHex('00') }));
  const two = pathOf([ORIGIN, PEER], LOCAL, announced(), BOTH);
  const foreign = pathOf([ORIGIN, PEER], LOCAL, announced(), [EXPERIMENTAL]);
  const suites = { suites: BOTH, keys: [privateKey(LOCAL), privateKey(LOCAL, { suite: EXPERIMENTAL })] };
  const v6 = announced('2001:db8:4000::/35');
  const dirty = update([
    reach('2320010db85f', 2),
    origin,
    pathAttributeOf(pathOf([ORIGIN, PEER], LOCAL, v6)),
  ]);
  const plain = (value: string): Fields => ({
    message: toHex(update([reach(nlriOf(announced())), origin, pathAttribute(2, fromHex(value))])),
  });
  const long = pathOf([
    { asn: ORIGIN, pCount: 255 },
    { asn: PEER, pCount: 3 },
  ]);
  return {
    title: 'Routes that were received',
    shared: common,
    cases: [
      row('plain', 'to an external BGPsec peer', {}, [LOCAL, PEER, ORIGIN]),
      row('other-peer', 'to another peer: another target', { peer: to(MIDDLE) }, [LOCAL, PEER, ORIGIN]),
      row('prepended', 'prepending', { peer: to(NEXT, { pCount: 4 }) }, [
        { asn: LOCAL, pCount: 4 },
        PEER,
        ORIGIN,
      ]),
      row('flags-kept', 'unassigned flag bits of others stay, the own ones are 0', message(flagged), [
        LOCAL,
        { asn: PEER, flags: 0x7f, pCount: 2 },
        { asn: ORIGIN, flags: 0x15 },
      ]),
      row(
        'ipv6-host-bits',
        'the prefix came with trailing bits set: they are zero in what is signed',
        { message: toHex(dirty), nextHop: '20010db8000000000000000000000001' },
        [LOCAL, PEER, ORIGIN],
      ),
      row(
        'not-valid',
        'a path that is Not Valid and chosen all the same is signed',
        message(broken),
        [LOCAL, PEER, ORIGIN],
        { valid: false },
      ),
      row(
        'two-blocks',
        'two blocks of supported suites: both are signed',
        { ...message(two), ...suites },
        [LOCAL, PEER, ORIGIN],
        { suites: BOTH },
      ),
      row(
        'two-blocks-one-bad',
        'the same where one did not verify',
        { ...message(withSignature(two, 0, (one) => ({ ...one, signature: fromHex('00') }))), ...suites },
        [LOCAL, PEER, ORIGIN],
        { suites: BOTH },
      ),
      row('unsupported-dropped', 'a block of an unsupported suite is removed', message(two), [
        LOCAL,
        PEER,
        ORIGIN,
      ]),
      row(
        'route-server',
        'a transparent route server: pCount 0',
        { peer: to(NEXT, { pCount: 0, routeServer: true }) },
        [{ asn: LOCAL, pCount: 0 }, PEER, ORIGIN],
        { receiver: { localAs: NEXT, peerAs: LOCAL, kind: 'external', allowPcountZero: true } },
      ),
      row(
        'internal',
        'to an internal peer: unchanged',
        { peer: { ...to(LOCAL), kind: 'internal' }, keys: [] },
        [PEER, ORIGIN],
      ),
      row(
        'internal-two-blocks',
        'to an internal peer: also the block of an unsupported suite stays',
        { ...message(two), peer: { ...to(LOCAL), kind: 'internal' }, keys: [] },
        [PEER, ORIGIN],
        { suites: BOTH },
      ),
      row(
        'internal-own',
        'an internal peer sent its own route without path: this AS is the origin',
        { message: toHex(update([reach(), origin])), session: internal(LOCAL) },
        [LOCAL],
      ),
      other(
        'no-suite',
        'no block of a supported suite: AS_PATH',
        message(foreign),
        { outcome: 'unsigned', asPath: [seq(LOCAL, PEER, ORIGIN)] },
        'no-supported-suite',
        '§4.2',
      ),
      other(
        'external-plain',
        'to a peer without BGPsec: AS_PATH',
        { peer: to(NEXT, { bgpsec: false }) },
        { outcome: 'unsigned', asPath: [seq(LOCAL, PEER, ORIGIN)] },
        'peer-without-bgpsec',
        '§4.4',
      ),
      other(
        'internal-plain',
        'to an internal peer without BGPsec',
        { peer: { ...to(LOCAL), kind: 'internal', bgpsec: false } },
        { outcome: 'unsigned', asPath: [seq(PEER, ORIGIN)] },
        'peer-without-bgpsec',
        '§4.4',
      ),
      other(
        'plain-prepended',
        'to a peer without BGPsec, prepended',
        { ...message(flagged), peer: to(NEXT, { bgpsec: false, pCount: 2 }) },
        { outcome: 'unsigned', asPath: [seq(LOCAL, LOCAL, PEER, PEER, ORIGIN)] },
        'peer-without-bgpsec',
        '§4.4',
      ),
      other(
        'plain-long',
        'to a peer without BGPsec, more than 255 AS numbers',
        { ...message(long), peer: to(NEXT, { bgpsec: false }) },
        {
          outcome: 'unsigned',
          asPath: [seq(LOCAL, PEER, PEER, PEER), seq(...new Array<number>(255).fill(ORIGIN))],
        },
        'peer-without-bgpsec',
        '§4.4',
      ),
      other(
        'plain-route-server',
        'a transparent route server to a client without BGPsec',
        { peer: to(NEXT, { bgpsec: false, pCount: 0, routeServer: true }) },
        { outcome: 'unsigned', asPath: [seq(PEER, ORIGIN)] },
        'peer-without-bgpsec',
        '§4.4',
      ),
      other(
        'unsigned',
        'a route that came unsigned is not signed',
        plain('02020000fbf30000fbf0'),
        { outcome: 'unsigned', asPath: [seq(LOCAL, PEER, ORIGIN)] },
        'received-unsigned',
      ),
      other(
        'as-set',
        'a route with an AS_SET is not signed',
        plain('02010000fbf301020000fbf00000fbf1'),
        { outcome: 'unsigned', asPath: [seq(LOCAL, PEER), { type: 'AS_SET', asns: [ORIGIN, MIDDLE] }] },
        'as-set',
      ),
      other(
        'aggregated',
        'a signed route that would have to carry an AS_SET goes out unsigned',
        { aggregated: true },
        { outcome: 'unsigned', asPath: [seq(LOCAL, PEER, ORIGIN)] },
        'as-set',
      ),
    ],
  };
}
