/** What a configuration of gobgpd says beside its one neighbour. */
export interface GobgpConfig {
  readonly as: number;
  readonly address: string;
  readonly port: number;
  readonly neighbor: { readonly address: string; readonly as: number };
  /** Tables before those of the neighbour, as TOML. */
  readonly tables?: string;
  /** Timers of the neighbour, as TOML. */
  readonly timers?: string;
  /** Transport of the neighbour, as TOML; default: it waits for the neighbour. */
  readonly transport?: string;
}

/** A configuration of gobgpd with one neighbour and both families. */
export function gobgpConfig({ as, address, port, neighbor, tables, timers, transport }: GobgpConfig): string {
  return `[global.config]
as = ${as}
router-id = "${address}"
port = ${port}
local-address-list = ["${address}"]
${tables ?? ''}
[[neighbors]]
[neighbors.config]
neighbor-address = "${neighbor.address}"
peer-as = ${neighbor.as}
${timers === undefined ? '' : `[neighbors.timers.config]\n${timers}`}
[neighbors.transport.config]
${transport ?? 'passive-mode = true'}
[[neighbors.afi-safis]]
[neighbors.afi-safis.config]
afi-safi-name = "ipv4-unicast"
[[neighbors.afi-safis]]
[neighbors.afi-safis.config]
afi-safi-name = "ipv6-unicast"
`;
}
