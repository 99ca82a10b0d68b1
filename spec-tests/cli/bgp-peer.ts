import { startBgpSpeaker } from 'pathsec/node';
import type { SpeakerOptions } from 'pathsec/speaker';
import { onTestFinished } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { update4 } from '../speaker/peer.js';
import { aspaFile } from './run.js';
import { type Line, type Running, start } from './running.js';

/** A peer that sends `messages` each time its session comes up, and keeps what NOTIFICATIONs it got. */
export async function peer(
  where: { readonly port: number } | { readonly listen: number },
  messages: readonly Uint8Array[],
  options: Partial<SpeakerOptions> = {},
): Promise<{
  readonly heard: string[];
  stop(text?: string): Promise<void>;
}> {
  const session = { localAs: 64499, routerId: 0xc0000201, idleHold: [0.05, 0.2] as const, ...options };
  const heard: string[] = [];
  const speaker = await startBgpSpeaker({
    peers: ['port' in where ? { session, address: '127.0.0.1', port: where.port } : { session }],
    ...('listen' in where && { listen: { host: '127.0.0.1', port: where.listen } }),
    onReport(connection, _, report) {
      if (report.kind === 'notification-received') {
        heard.push(`${report.notification.code}/${report.notification.subcode}`);
      }
      if (report.kind !== 'state' || report.state !== 'Established') return;
      for (const message of messages) connection.send(message);
    },
  });
  onTestFinished(() => speaker.stop());
  return { heard, stop: (text) => speaker.stop(text) };
}

/** `bgp listen` on a free port. */
export async function listen(...argv: readonly string[]): Promise<Running & { readonly port: number }> {
  const port = await freePort();
  return { ...start(['bgp', 'listen', '--port', String(port), ...argv]), port };
}

export const shape = ({ time: _, ...others }: Line): Line => others;
export const PEER = { address: '127.0.0.1', as: 64499, id: '192.0.2.1' };
export const rpki = (): string =>
  aspaFile({ 64496: [64499] }, [{ asn: 64496, prefix: '192.0.2.0/24', maxLength: 24 }]);

export const ROLES = { localRole: 'provider', neighborRole: 'customer' };
export const CUSTOMER_ROUTE = update4(['192.0.2.0/24'], [], [], [64499, 64496]);
