import { formatAsPath, type Update } from 'pathsec/bgp';
import { formatPrefix } from 'pathsec/inet';
import { type BgpConnection, startBgpSpeaker } from 'pathsec/node';
import type { SpeakerOptions } from 'pathsec/speaker';
import { onTestFinished } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { type Running, start } from './running.js';

/** A peer that waits, and what it was told. */
export interface Receiver {
  readonly port: number;
  /** What it holds: paths by prefix. */
  readonly held: Map<string, string>;
  readonly updates: Update[];
  /** End-of-RIB by family, NOTIFICATIONs by their numbers, and states. */
  readonly heard: string[];
  connection(): BgpConnection | undefined;
  stop(text?: string): Promise<void>;
}

/** A receiver on a free port; `hold` is waited for after each report. */
export async function receiver(
  options: Partial<SpeakerOptions> = {},
  hold?: () => Promise<void> | undefined,
): Promise<Receiver> {
  const port = await freePort();
  const held = new Map<string, string>();
  const updates: Update[] = [];
  const heard: string[] = [];
  let last: BgpConnection | undefined;
  const session = { localAs: 64500, routerId: 0xc0000201, ...options };
  const speaker = await startBgpSpeaker({
    peers: [{ session }],
    listen: { host: '127.0.0.1', port },
    onReport(connection, _, report) {
      last = connection;
      if (report.kind === 'state') heard.push(report.state);
      else if (report.kind === 'end-of-rib') heard.push(`end-of-rib ${report.afi}/${report.safi}`);
      else if (report.kind === 'fault') heard.push(`fault ${report.fault.code}`);
      else if (report.kind === 'notification-received') {
        heard.push(`${report.notification.code}/${report.notification.subcode}`);
      } else if (report.kind === 'update') {
        updates.push(report.update);
        for (const { routes } of report.withdrawn)
          for (const { prefix } of routes) held.delete(formatPrefix(prefix));
        const path = formatAsPath(report.update.asPath ?? []);
        for (const { routes } of report.announced)
          for (const { prefix } of routes) held.set(formatPrefix(prefix), path);
      }
      return hold?.();
    },
  });
  onTestFinished(() => speaker.stop());
  return { port, held, updates, heard, connection: () => last, stop: (text) => speaker.stop(text) };
}

/** `bgp inject` to a receiver, as AS 64499. */
export function inject({ port }: { readonly port: number }, ...argv: readonly string[]): Running {
  return start(['bgp', 'inject', `127.0.0.1:${port}`, '--local-as', '64499', ...argv]);
}
