import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createAspaTable, type NeighborRole } from 'pathsec/aspa';
import { type AuditReport, createAudit } from 'pathsec/audit';
import { createRouteReader } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { readPayloads } from 'pathsec/rpki';

/** A file of the embedded sample. */
export function sampleFile(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../src/sample/${name}`, import.meta.url)));
}

export interface TruthIncident {
  readonly id: string;
  readonly kind: string;
  readonly rfc7908?: number;
  readonly prefixes: readonly string[];
  readonly seen: ReadonlyArray<{ readonly peerAs: number; readonly prefix: string; readonly path: string }>;
}

export function sampleTruth(): readonly TruthIncident[] {
  return (JSON.parse(sampleFile('truth.json').toString()) as { incidents: TruthIncident[] }).incidents;
}

/** The audit of the embedded sample, with its roles. */
export function auditSample(): AuditReport {
  const payloads = readPayloads(sampleFile('rpki.json').toString());
  const roles = new Map(
    Object.entries(JSON.parse(sampleFile('roles.json').toString()) as Record<string, NeighborRole>).map(
      ([asn, role]) => [Number(asn), role],
    ),
  );
  const audit = createAudit({
    aspa: createAspaTable(payloads.aspas),
    rov: createRovTable(payloads.vrps),
    roles,
  });
  const reader = createRouteReader(audit.add);
  reader.push(gunzipSync(sampleFile('rib.mrt.gz')));
  reader.end();
  return audit.report();
}
