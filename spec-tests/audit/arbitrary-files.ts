import fc from 'fast-check';
import { type AspaTable, createAspaTable } from 'pathsec/aspa';
import {
  type AuditConditions,
  type AuditOptions,
  createAudit,
  evidenceOf,
  type JudgedFile,
} from 'pathsec/audit';
import { parsePrefix } from 'pathsec/inet';
import type { Element } from 'pathsec/routes';
import { createRovTable, type RovTable } from 'pathsec/rov';
import { route } from './build.js';

/** ASNs of paths and peers: few, so that they meet; two of them do not say who a peer is. */
const asn = fc.constantFrom(0, 1, 2, 3, 10, 23_456, 64_512, 4_294_967_295);
const path = fc.oneof(
  { weight: 6, arbitrary: fc.array(asn, { minLength: 1, maxLength: 4 }).map((asns) => asns.join(' ')) },
  { weight: 1, arbitrary: fc.constantFrom('', '1 {2,3}', '1 {10}', '3 (1 2)', '{1} 2') },
);
const prefix = fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.2.0.0/24', '192.0.2.0/24', '2001:db8::/32');
const address = fc.constantFrom(Uint8Array.of(192, 0, 2, 1), Uint8Array.of(192, 0, 2, 2));

/** What a reader delivers. */
export const element: fc.Arbitrary<Element> = fc
  .record({
    kind: fc.constantFrom('route', 'route', 'route', 'route', 'withdrawal', 'state', 'path', 'own', 'sent'),
    prefix,
    path,
    peer: asn,
    address,
    signed: fc.boolean(),
  })
  .map(({ kind, prefix: text, path: words, peer, address: octets, signed }): Element => {
    const one = { ...route(text, words, peer), peer: { address: octets, asn: peer }, signed };
    const { time, microseconds, peerAs, local } = one;
    const base = { time, microseconds, peer: one.peer, peerAs, local };
    if (kind === 'withdrawal') return { kind, ...base, prefix: parsePrefix(text), pathId: undefined };
    if (kind === 'state') return { kind, ...base, oldState: 1, newState: 6 };
    if (kind === 'path') return { kind, asPath: one.asPath, role: undefined };
    if (kind === 'own') return { ...one, hasAsPath: false, asPath: [] };
    return kind === 'sent' ? { ...one, local: true } : one;
  });

/** Payloads that judge them in every way. */
export const ASPA: AspaTable = createAspaTable([
  { customer: 1, providers: [2, 3] },
  { customer: 2, providers: [0] },
  { customer: 10, providers: [64_512] },
]);
export const ROV: RovTable = createRovTable(
  ['10.0.0.0/8', '10.1.0.0/16'].flatMap((text) =>
    [1, 2].map((origin) => ({ prefix: parsePrefix(text), maxLength: 16, asn: origin })),
  ),
);

/** Options of an audit, and the conditions that a partial report has of them. */
export const options: fc.Arbitrary<AuditOptions> = fc.record({
  aspa: fc.constant(ASPA),
  rov: fc.constant(ROV),
  seed: fc.nat(100),
  neighborCheck: fc.constantFrom('auto' as const, 'on' as const, 'off' as const),
  roles: fc.constantFrom(
    new Map([
      [1, 'customer' as const],
      [77, 'rs' as const],
    ]),
    new Map([[2, 'provider' as const]]),
  ),
  maxInvalidOrigins: fc.constantFrom(0, 1, 1_000),
});

export function conditionsOf(of: AuditOptions): AuditConditions {
  return {
    aspaRevision: '28',
    vrps: { count: of.rov.size, sha256: 'a'.repeat(64) },
    aspas: { count: of.aspa.size, sha256: 'b'.repeat(64) },
    neighborCheck: of.neighborCheck ?? 'auto',
    neighborRole: of.defaultRole ?? null,
    roles: Object.fromEntries(of.roles ?? []),
    maxInvalidOrigins: of.maxInvalidOrigins ?? 1_000,
  };
}

/** Elements as the judged file `number`, whose content is its number. */
export function judge(elements: readonly Element[], number: number, of: AuditOptions): JudgedFile {
  const audit = createAudit(of);
  for (const one of elements) audit.add(one);
  const part = audit.part();
  const name = `file-${number}`;
  const problem = { code: 'truncated', message: 'too short', file: name, offset: number };
  return {
    name,
    sha256: number % 5 === 4 ? null : number.toString(16).padStart(64, '0'),
    facts: {
      unreadable: number % 5 === 4 ? [problem] : [],
      skipped: number % 2 === 0 ? [{ what: 'a kind of record', count: 1 + number }] : [],
      addPath:
        number % 3 === 0
          ? [{ peer: 'AS2 192.0.2.1', read: 'with-identifiers', evidence: 'prefixes', count: 1 + number }]
          : [],
      problems: { count: number, listed: number === 0 ? [] : [problem] },
    },
    part,
    ...evidenceOf(part, of.aspa, of.rov),
  };
}
