import { createHash } from 'node:crypto';
import { type AspaTable, CURRENT_REVISION } from '../aspa/index.js';
import type {
  AuditConditions,
  AuditOptions,
  PayloadContent,
  PayloadContents,
  TimedAuditOptions,
} from '../audit/index.js';
import { createWriter } from '../bytes/index.js';
import type { RovTable } from '../rov/index.js';

/** Payloads that are hashed together. */
const TOGETHER = 1 << 12;

/**
 * The conditions of an audit with these options, for its partial report: payloads by their content, however they were
 * stored (docs/decisions/audit.md D-audit-partial-conditions).
 */
export function auditConditions(options: AuditOptions | TimedAuditOptions): AuditConditions {
  const { roles, defaultRole, neighborCheck = 'auto', maxInvalidOrigins = 1_000 } = options;
  return {
    aspaRevision: CURRENT_REVISION,
    ...('timeline' in options ? { vrps: null, aspas: null } : payloadContents(options.aspa, options.rov)),
    neighborCheck,
    neighborRole: defaultRole ?? null,
    roles: Object.fromEntries([...(roles ?? [])].sort(([a], [b]) => a - b)),
    maxInvalidOrigins,
  };
}

/** The payloads of two tables by number and content. */
export function payloadContents(aspa: AspaTable, rov: RovTable): PayloadContents {
  return {
    vrps: contentOf(rov.size, octetsOfVrps(rov)),
    aspas: contentOf(aspa.size, octetsOfAspas(aspa)),
  };
}

/** Family, address, length, maxLength and ASN of each VRP in their order. */
function* octetsOfVrps(rov: RovTable): Generator<Uint8Array> {
  let writer = createWriter();
  let count = 0;
  for (const { prefix, maxLength, asn } of rov.sorted()) {
    writer.u8(prefix.afi, 'afi').u8(prefix.length, 'length').u8(maxLength, 'max-length');
    writer.u32(asn, 'asn').bytes(prefix.octets);
    if (++count % TOGETHER !== 0) continue;
    yield writer.finish();
    writer = createWriter();
  }
  yield writer.finish();
}

/** Customer, number of providers and providers of each ASPA, ascending. */
function* octetsOfAspas(aspa: AspaTable): Generator<Uint8Array> {
  for (const { customer, providers } of aspa) {
    const writer = createWriter();
    writer.u32(customer, 'customer').u32(providers.length, 'count');
    for (const provider of providers) writer.u32(provider, 'provider');
    yield writer.finish();
  }
}

function contentOf(count: number, octets: Iterable<Uint8Array>): PayloadContent {
  const hash = createHash('sha256');
  for (const piece of octets) hash.update(piece);
  return { count, sha256: hash.digest('hex') };
}
