import { VERDICT_KIND, VERDICT_VALUE } from '../../conformance/index.js';
import type { LabNeighbor } from './lab.js';
import type { ConfigWords, RouterProfile } from './profile.js';

/** GoBGP: origin validation alone. */
export const gobgp: RouterProfile = {
  title: 'GoBGP',
  abilities: { asSet: true, firstAs: true, neighborCheck: false, ownAs: true, maxProviders: null },
  rtrVersion: 1,
  rtr: () => ({ versions: [0], routerKeys: false }),
  usualVersion: [3, 36],
  config: (words) => [{ name: 'gobgpd.toml', comment: '#', text: gobgpConfig(words) }],
  program: {
    path: 'gobgpd',
    versionArgs: ['--version'],
    args: (folder) => ['-f', `${folder}/gobgpd.toml`, '--api-hosts', `unix://${folder}/gobgpd.sock`],
  },
};

function gobgpConfig({ routerAs, router, rtr, neighbors }: ConfigWords): string {
  const states = [
    ['valid', VERDICT_VALUE.valid],
    ['invalid', VERDICT_VALUE.invalid],
    ['not-found', VERDICT_VALUE['not-found']],
  ] as const;
  const session = ({ as, address }: LabNeighbor): string => `[[neighbors]]
[neighbors.config]
neighbor-address = "${address}"
peer-as = ${as}
[neighbors.transport.config]
local-address = "${router.host}"
passive-mode = true
[neighbors.as-path-options.config]
allow-own-as = 10
[neighbors.ebgp-multihop.config]
enabled = true
multihop-ttl = 255
[[neighbors.afi-safis]]
[neighbors.afi-safis.config]
afi-safi-name = "ipv4-unicast"
[[neighbors.afi-safis]]
[neighbors.afi-safis.config]
afi-safi-name = "ipv6-unicast"
`;
  const statement = ([state, value]: (typeof states)[number]): string => `[[policy-definitions.statements]]
name = "${state}"
[policy-definitions.statements.conditions.bgp-conditions]
rpki-validation-result = "${state}"
[policy-definitions.statements.actions]
route-disposition = "accept-route"
[policy-definitions.statements.actions.bgp-actions.set-large-community]
options = "add"
[policy-definitions.statements.actions.bgp-actions.set-large-community.set-large-community-method]
communities-list = ["${routerAs}:${VERDICT_KIND.rov}:${value}"]
`;
  return `[global.config]
as = ${routerAs}
router-id = "${router.host}"
port = ${router.port}
local-address-list = ["${router.host}"]
[global.apply-policy.config]
import-policy-list = ["mark"]
default-import-policy = "accept-route"
[[rpki-servers]]
[rpki-servers.config]
address = "${rtr.host}"
port = ${rtr.port}
${neighbors.map(session).join('')}[[policy-definitions]]
name = "mark"
${states.map(statement).join('')}`;
}
