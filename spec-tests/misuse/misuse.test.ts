import * as aspa from 'pathsec/aspa';
import { checkBgpRole } from 'pathsec/bgp';
import * as bgpsec from 'pathsec/bgpsec';
import { parsePrefix } from 'pathsec/inet';
import * as payload from 'pathsec/payload';
import * as rov from 'pathsec/rov';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { announced, keyOf, native, nextHop, origin, signer, verifierOf } from '../bgpsec/world.js';
import { type Call, expectSentences } from './wrong-values.js';

const table = aspa.createAspaTable([{ customer: 64496, providers: [64498] }]);
const asPath = [{ type: 2 as const, asns: [64498, 64496] }];
const input = { asPath, neighborRole: 'customer' as const, neighborAs: 64498 };
const egress = { asPath, neighborRole: 'customer' as const, neighborAs: 64499, localAs: 64498 };
const tables = Object.freeze(aspa.createRevisionTables([{ customer: 64496, providers: [64498] }]));
const prefix = parsePrefix('192.0.2.0/24');
const vrp = { prefix, maxLength: 24, asn: 64496 };
const aspaPayload = { customer: 64496, providers: [64498] };
const key = { asn: 64496, ski: keyOf(64496).ski, spki: keyOf(64496).spki };
const vrps = rov.createRovTable([vrp]);
const set = Object.freeze(payload.createPayloadSet());
const prefixList = { asn: 64496, prefixes: [prefix] };
const asraPayload = { asn: 64496, subcategory: 3 as const, neighbors: [64499] };
const asraTables = { aspa: aspa.createAspaTable([]), asra: aspa.createAsraTable([asraPayload]) };
const lists = {
  vrps: [vrp],
  aspas: [aspaPayload],
  asras: [asraPayload],
  routerKeys: [key],
  prefixLists: [prefixList],
};
const keep = <T>(one: T): T => one;
const keepAll = { asras: <T>(one: T) => one, vrps: keep, aspas: keep, routerKeys: keep, prefixLists: keep };
const suites = bgpsec.suite1(native);
const session: bgpsec.BgpsecSession = { localAs: 64497, peerAs: 64496, kind: 'external' };
const segment = { asn: 64496, pCount: 1, flags: 0 };
const path = bgpsec.originSegment(segment, 64497, announced, signer);
const route = { path, announced, session };
const verifier = verifierOf([64496]);
const block = path.blocks[0] ?? { suite: 1, signatures: [] };
const parts = { announced, bgpsecPath: path, nextHop, attributes: [origin] };
const message = bgpsec.encodeSignedUpdate(parts, true);

const ASPA: readonly Call[] = [
  ['applicability', aspa.applicability, { afi: 1, safi: 1, session: 'ebgp' }],
  ['checkBgpRole', checkBgpRole, 'peer', [4], true],
  ['neighborRoleOf', aspa.neighborRoleOf, 'peer'],
  ['compareRevisions', aspa.compareRevisions, tables, ['28', '11'], [input], () => {}],
  ['compressAsPath', aspa.compressAsPath, asPath],
  ['createAspaTable', aspa.createAspaTable, [aspaPayload], { maxProviders: 3 }],
  ['announce', (one: typeof aspaPayload) => aspa.createAspaTable([]).announce(one), aspaPayload],
  ['withdraw', (one: typeof aspaPayload) => aspa.createAspaTable([]).withdraw(one), aspaPayload],
  ['authorized', (a: number, b: number) => table.authorized(a, b), 64496, 64498],
  ['providers', (a: number) => table.providers(a), 64496],
  ['upstreamOutcome', aspa.upstreamOutcome, 0],
  ['downstreamOutcome', aspa.downstreamOutcome, 0],
  ['fastVerify', aspa.fastVerify, table, [64498, 64496], 0, 2],
  [
    'fastVerifyAll',
    aspa.fastVerifyAll,
    table,
    Uint32Array.of(64498, 64496, 64499),
    Uint32Array.of(0, 2, 3),
    new Uint8Array(2),
  ],
  ['fastVerifyProcedure', aspa.fastVerifyProcedure, table, 'upstream', [64498, 64496], 0, 2],
  [
    'fastDecidingHops',
    aspa.fastDecidingHops,
    table,
    'upstream',
    [64498, 64496],
    0,
    2,
    new Uint32Array(aspa.DECIDING_WORDS),
  ],
  ['fastVerifyAsPath', aspa.fastVerifyAsPath, table, input],
  ['sequenceAsns', aspa.sequenceAsns, asPath],
  ['formatExplanation', aspa.formatExplanation, Object.freeze(aspa.verifyAsPath(table, input))],
  ['layoutRamps', aspa.layoutRamps, Object.freeze(aspa.verifyAsPath(table, input))],
  ['explainStep', aspa.explainStep, Object.freeze(aspa.verifyAsPath(table, input))],
  ['explainOutcome', aspa.explainOutcome, Object.freeze(aspa.verifyAsPath(table, input))],
  ['comparisonText', aspa.comparisonText, Object.freeze(aspa.verifyAsPath(table, input)), 4],
  ['recommendedMitigation', aspa.recommendedMitigation, 'invalid'],
  ['otcEgress', aspa.otcEgress, 'peer', 64496, 64497],
  ['otcIngress', aspa.otcIngress, 'peer', 64496, 64497],
  ['chooseProcedure', aspa.chooseProcedure, 'complex', 'upstream'],
  ['procedureOfRole', aspa.procedureOfRole, 'peer'],
  ['chooseEgressProcedure', aspa.chooseEgressProcedure, 'complex', 'upstream'],
  ['egressProcedureOfRole', aspa.egressProcedureOfRole, 'peer'],
  ['verifyEgress', aspa.verifyEgress, table, egress],
  ['fastVerifyEgress', aspa.fastVerifyEgress, table, egress],
  ['egressVerification', aspa.egressVerification, table, egress],
  ['recommendedEgress', aspa.recommendedEgress, 'invalid'],
  ['createAsraTable', aspa.createAsraTable, [asraPayload], {}],
  ['verifyAsra', aspa.verifyAsra, asraTables, 'A', input],
  ['fastVerifyAsra', aspa.fastVerifyAsra, asraTables, 'A', input],
  ['pathWarnings', aspa.pathWarnings, asPath],
  ['createRevisionTables', aspa.createRevisionTables, [aspaPayload], {}],
  ['verifyByRevision', aspa.verifyByRevision, tables, '06', { ...input, afi: 1 }],
  ['changedCustomers', aspa.changedCustomers, Object.freeze(aspa.diffAspaTables(table, table))],
  ['diffAspaTables', aspa.diffAspaTables, table, table],
  ['pathsToReverify', aspa.pathsToReverify, new Set([64496]), [asPath]],
  ['verifyAsPath', aspa.verifyAsPath, table, input],
  ['repairs', aspa.repairs, table, input],
  ['explainRepairs', aspa.explainRepairs, Object.freeze(aspa.repairs(table, input))],
  ['formatRepairs', aspa.formatRepairs, Object.freeze(aspa.repairs(table, input))],
];

const ROV: readonly Call[] = [
  ['affectedBy', rov.affectedBy, [vrp]],
  ['affectedPrefixes', rov.affectedPrefixes, [vrp], [prefix]],
  ['explainOrigin', rov.explainOrigin, vrps, prefix, 64496],
  ['literalOrigin', rov.literalOrigin, [vrp], prefix, 64496],
  ['originAs', rov.originAs, asPath, 64496],
  ['createRovTable', rov.createRovTable, [vrp]],
  ['announce', (one: typeof vrp) => rov.createRovTable().announce(one), vrp],
  ['withdraw', (one: typeof vrp) => vrps.withdraw(one), { ...vrp, maxLength: 25 }],
  ['has', (one: typeof vrp) => vrps.has(one), vrp],
  ['validateOrigin', rov.validateOrigin, vrps, prefix, 64496],
];

const PAYLOAD: readonly Call[] = [
  ['createAspaStore', payload.createAspaStore, [aspaPayload]],
  ['createPayloadSet', payload.createPayloadSet, { vrps: [vrp], aspas: [aspaPayload], routerKeys: [key] }],
  ['createRouterKeyStore', payload.createRouterKeyStore, [key]],
  ['createPrefixListStore', payload.createPrefixListStore, [prefixList]],
  ['createVrpStore', payload.createVrpStore, [vrp]],
  ['openVrpStore', payload.openVrpStore, Object.freeze(payload.createVrpStore([vrp]).share())],
  ['diffPayloads', payload.diffPayloads, set, set],
  ['applyDiff', payload.applyDiff, payload.createPayloadSet(), Object.freeze(payload.diffPayloads(set, set))],
  ['unitePayloads', payload.unitePayloads, payload.createPayloadSet(), { vrps: [vrp], aspas: [aspaPayload] }],
  ['filterPayloads', payload.filterPayloads, lists, Object.freeze(keepAll)],
  ['chainPayloads', payload.chainPayloads, [lists]],
  ['sortedPayloads', payload.sortedPayloads, set],
  ['countPayloads', payload.countPayloads, set],
  ['packPayloads', payload.packPayloads, set],
  ['unpackPayloads', payload.unpackPayloads, payload.packPayloads(set)],
  ['unionAspas', payload.unionAspas, [aspaPayload]],
  ['unionAsras', payload.unionAsras, [asraPayload]],
  ['createAsraStore', payload.createAsraStore, [asraPayload]],
  ['sameProviders', payload.sameProviders, Object.freeze({ ...aspaPayload }), undefined],
  ['customersOverLimit', payload.customersOverLimit, payload.createAspaStore([aspaPayload]), 3],
  ['dropOverLimit', payload.dropOverLimit, payload.createAspaStore([aspaPayload]), 3],
  ['announceAspa', (one: typeof aspaPayload) => payload.createAspaStore().announce(one), aspaPayload],
  ['withdrawAspa', (one: never) => payload.createAspaStore().withdraw(one), 64496],
  ['announceKey', (one: typeof key) => payload.createRouterKeyStore().announce(one), key],
  [
    'announcePrefixList',
    (one: typeof prefixList) => payload.createPrefixListStore().announce(one),
    prefixList,
  ],
  ['withdrawPrefixList', (one: never) => payload.createPrefixListStore().withdraw(one), 64496],
  ['withdrawKey', (one: typeof key) => payload.createRouterKeyStore().withdraw(one), key],
];

const BGPSEC: readonly Call[] = [
  ['verifyUpdate', bgpsec.verifyUpdate, message, session, verifier, {}],
  ['verifyRoute', bgpsec.verifyRoute, route, verifier],
  ['validateSignatureBlocks', bgpsec.validateSignatureBlocks, route, verifier],
  ['isValidRoute', bgpsec.isValidRoute, route, verifier],
  ['isValidRouteAsync', bgpsec.isValidRouteAsync, route, verifier],
  ['verdictOfUpdate', bgpsec.verdictOfUpdate, message, session, verifier],
  ['verdictsOfUpdates', bgpsec.verdictsOfUpdates, [{ message, session }], verifier, {}, 2],
  ['createRouterKeys', bgpsec.createRouterKeys, [key]],
  ['announce', (one: never) => bgpsec.createRouterKeys().announce(one), key],
  ['withdraw', (one: never) => bgpsec.createRouterKeys().withdraw(one), key],
  ['lookup', (asn: number, ski: Uint8Array) => verifier.keys.lookup(asn, ski), 64496, key.ski],
  ['reconstructAsPath', bgpsec.reconstructAsPath, path.segments],
  ['hashBuffer', bgpsec.hashBuffer, path, block, 64497, announced],
  ['octetsToHash', bgpsec.octetsToHash, path, block, 1, 64497, announced],
  ['unicast', bgpsec.unicast, prefix],
  ['encodeFamilyAndNlri', bgpsec.encodeFamilyAndNlri, announced],
  ['createSigner', bgpsec.createSigner, suites, [{ asn: 64496, key: keyOf(64496) }]],
  ['originSegment', bgpsec.originSegment, segment, 64497, announced, signer, [1]],
  ['encodeSignedUpdate', bgpsec.encodeSignedUpdate, parts, true],
  ['addSegment', bgpsec.addSegment, path, { ...segment, asn: 64497 }, 64498, announced, signer],
];

/** What other rooms and new kinds build on: the arguments are tables and functions of theirs. */
const FOR_ROOMS = [
  'compareNeighbor',
  'mostRecentlyAddedAs',
  'isRsClientOf',
  'createRouterKeyMap',
  'createKeyedStore',
  'setsOver',
  'changesOver',
  'kindsOf',
  'forKinds',
  'storeIn',
];

describe('misuse gives sentences of ours, not the engine’s', () => {
  it.each([...ASPA, ...ROV, ...PAYLOAD, ...BGPSEC])('%s', async (...call: readonly unknown[]) => {
    expect(await expectSentences(call as unknown as Call)).toBeGreaterThan(15);
  });

  it('every function of the doors aspa, rov and payload is among them', () => {
    const functions = (door: object): string[] =>
      Object.entries(door).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    const missing = [...functions(aspa), ...functions(rov), ...functions(payload)].filter(
      (name) =>
        !FOR_ROOMS.includes(name) &&
        name !== 'validateReadOrigin' && // says of itself that it does not look at its arguments
        ![...ASPA, ...ROV, ...PAYLOAD].some(([covered]) => covered === name),
    );
    expect(missing).toEqual([]);
  });
});

describe('the literal and the fast reading refuse the same', () => {
  const broken = (member: object): aspa.VerificationInput =>
    ({ ...input, ...member }) as aspa.VerificationInput;
  const readings = {
    literal: (given: aspa.VerificationInput) => aspa.verifyAsPath(table, given),
    fast: (given: aspa.VerificationInput) => aspa.fastVerifyAsPath(table, given),
    'draft -11': (given: aspa.VerificationInput) => aspa.verifyByRevision(tables, '11', given),
    'draft -06': (given: aspa.VerificationInput) => aspa.verifyByRevision(tables, '06', given),
  };
  const CASES: readonly [string, object, ErrorConstructor, RegExp][] = [
    [
      'type as text',
      { asPath: [{ type: 'AS_SEQUENCE', asns: [1] }] },
      TypeError,
      /"AS_SEQUENCE" is not a number/,
    ],
    ['no type', { asPath: [{ asns: [1] }] }, TypeError, /segment type undefined is not a number/],
    ['type 5', { asPath: [{ type: 5, asns: [1] }] }, RangeError, /segment type 5 is none of 1, 2, 3, 4/],
    ['ASNs as text', { asPath: [{ type: 2, asns: ['64498'] }] }, TypeError, /"64498" is not an ASN/],
    ['ASN 2^32', { asPath: [{ type: 2, asns: [1, 2 ** 32] }] }, RangeError, /4294967296 is not an ASN/],
    ['ASN -1', { asPath: [{ type: 2, asns: [-1] }] }, RangeError, /-1 is not an ASN/],
    ['half an ASN', { asPath: [{ type: 2, asns: [1.5] }] }, RangeError, /1\.5 is not an ASN/],
    ['a hole', { asPath: [{ type: 2, asns: [1, undefined, 2] }] }, TypeError, /undefined is not an ASN/],
    ['no segments', { asPath: [64498, 64496] }, TypeError, /asPath holds 64498, not a segment/],
    ['text', { asPath: '64498 64496' }, TypeError, /parseAsPath of pathsec\/bgp reads text/],
    ['nothing', { asPath: undefined }, TypeError, /asPath is undefined, not a list/],
    ['neighbour as text', { neighborAs: '64498' }, TypeError, /neighborAs "64498" is not an ASN/],
    ['misspelt neighbour', { neighborAS: 1 }, TypeError, /neighborAS: did you mean neighborAs/],
    ['British neighbour', { neighbourAs: 1 }, TypeError, /neighbourAs: did you mean neighborAs/],
    ['no role', { neighborRole: undefined }, TypeError, /a neighbour role or a procedure is needed/],
    ['local role', { neighborRole: 'Customer' }, TypeError, /"Customer" is not a neighbour role/],
  ];
  for (const [reading, verify] of Object.entries(readings)) {
    it.each(CASES)(`${reading}: %s`, (_, member, kind, sentence) => {
      expect(() => verify(broken(member))).toThrow(kind);
      expect(() => verify(broken(member))).toThrow(sentence);
    });
  }

  it('members of other names stay the caller’s own', () => {
    for (const verify of Object.values(readings)) expect(verify(broken({ peer: 'mine' }))).toBeTruthy();
  });
});

describe('the types', () => {
  it('ask for a role or a procedure', () => {
    expectTypeOf(aspa.verifyAsPath).parameter(1).toEqualTypeOf<aspa.VerificationInput>();
    expectTypeOf<{ asPath: typeof asPath }>().not.toExtend<aspa.VerificationInput>();
    expectTypeOf<{ asPath: typeof asPath; neighborAs: number }>().not.toExtend<aspa.VerificationInput>();
    expectTypeOf<{ asPath: typeof asPath; neighborRole: 'peer' }>().toExtend<aspa.VerificationInput>();
    expectTypeOf<{ asPath: typeof asPath; procedure: 'upstream' }>().toExtend<aspa.VerificationInput>();
    expect(() => aspa.verifyAsPath(table, { asPath } as unknown as aspa.VerificationInput)).toThrow(
      TypeError,
    );
  });
});
