import { neighborRoleOf } from '../../aspa/index.js';
import { VERDICT_KIND, VERDICT_VALUE } from '../../conformance/index.js';
import { OWN_COMMAND } from '../own-command.js';
import { formatEndpoint } from '../rtr-connect.js';
import type { Told } from './lab.js';
import type { ConfigWords, RouterProfile } from './profile.js';

/**
 * `pathsec bgp listen`: it announces nothing, so that its verdicts are read from the lines that it prints
 * (docs/decisions/conformance.md D-router-pathsec).
 */
export const pathsec: RouterProfile = {
  title: 'pathsec bgp listen',
  aspa: { kind: 'role', since: [0] },
  abilities: { asSet: true, firstAs: false, neighborCheck: true, ownAs: true, maxProviders: 10_000 },
  rtrVersion: 2,
  rtr: () => ({ versions: [0, 1, 2], routerKeys: true }),
  usualVersion: [0],
  config: (words) => [{ name: 'pathsec.json', text: listenConfig(words) }],
  program: {
    path: process.execPath,
    versionArgs: [OWN_COMMAND, '--version'],
    args: (folder, { rtr }) => [
      ...[OWN_COMMAND, 'bgp', 'listen', '--config', `${folder}/pathsec.json`],
      ...['--rpki', formatEndpoint(rtr), '--json'],
    ],
    told: toldBy,
  },
};

function listenConfig({ routerAs, router, neighbors }: ConfigWords): string {
  const peers = neighbors.map(({ as, address, role }) => ({
    as,
    address,
    ...(role && { localRole: neighborRoleOf(role) }),
  }));
  const listen = formatEndpoint(router);
  return `${JSON.stringify({ localAs: routerAs, listen, peers }, undefined, 1)}\n`;
}

/** What a line tells of a route (docs/cli.md); undefined for the others. */
function toldBy(line: string): Told | undefined {
  const event = JSON.parse(line) as Readonly<Record<string, unknown>> & {
    readonly peer?: { readonly address: string } | null;
  };
  const { type, prefix, peer } = event;
  if ((type !== 'route' && type !== 'change' && type !== 'withdraw') || !peer || typeof prefix !== 'string')
    return undefined;
  const about = { address: peer.address, prefix, isAnnouncement: type === 'route' };
  if (type === 'withdraw') return { ...about, marks: undefined };
  const value = (word: unknown): number =>
    Object.entries(VERDICT_VALUE).find(([name]) => name === word)?.[1] ?? -1;
  const both = event.aspaBoth as Readonly<Record<'upstream' | 'downstream', string>> | undefined;
  return {
    ...about,
    marks: [
      [VERDICT_KIND.rov, value(event.rov)],
      ...(both
        ? ([
            [VERDICT_KIND.upstream, value(both.upstream)],
            [VERDICT_KIND.downstream, value(both.downstream)],
          ] as const)
        : ([[VERDICT_KIND.role, value(event.aspa)]] as const)),
    ],
  };
}
