/** The capability code (RFC 2918 §2). */
export const CAP_ROUTE_REFRESH = 2;

/** Route Refresh (RFC 2918 §2): the sender answers ROUTE-REFRESH messages. No value. */
export interface RouteRefreshCapability {
  readonly name: 'route-refresh';
}

/** The capability; undefined when its value is not empty. */
export function decodeRouteRefreshCapability(value: Uint8Array): RouteRefreshCapability | undefined {
  return value.length === 0 ? { name: 'route-refresh' } : undefined;
}
