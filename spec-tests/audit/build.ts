import { createAspaTable, type NeighborRole } from 'pathsec/aspa';
import { type AuditOptions, type AuditReport, createAudit } from 'pathsec/audit';
import { type AsPath, parseAsPath } from 'pathsec/bgp';
import { parsePrefix } from 'pathsec/inet';
import type { Element, RouteElement } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';

/** A route element; the path as text or as it is. */
export function route(prefix: string, path: string | AsPath, peerAs: number): RouteElement {
  return {
    kind: 'route',
    time: 0,
    microseconds: undefined,
    peer: { address: new Uint8Array(0), asn: peerAs },
    peerAs,
    local: false,
    prefix: parsePrefix(prefix),
    asPath: typeof path === 'string' ? parseAsPath(path) : path,
    rib: true,
    pathId: undefined,
    hasAsPath: true,
    signed: false,
    bordersLost: false,
  };
}

/** ASPAs as `1:{2,3}` is written elsewhere: customer to providers. */
export type Aspas = Readonly<Record<number, readonly number[]>>;

/** An audit of the given elements. */
export function auditOf(
  elements: Iterable<Element>,
  aspas: Aspas = {},
  options: Partial<AuditOptions> & { role?: NeighborRole } = {},
): AuditReport {
  const { role, ...rest } = options;
  const audit = createAudit({
    aspa: createAspaTable(
      Object.entries(aspas).map(([customer, providers]) => ({ customer: Number(customer), providers })),
    ),
    rov: createRovTable(),
    ...(role ? { defaultRole: role } : {}),
    ...rest,
  });
  for (const element of elements) audit.add(element);
  return audit.report();
}
