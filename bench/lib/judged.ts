import { createLiveRoutes, createLiveTables } from 'pathsec/live';
import type { Payloads } from 'pathsec/payload';
import { createSpeakerSession, type SpeakerOutput, type SpeakerSession } from 'pathsec/speaker';

/** Octets that come at once, as from a socket. */
const CHUNK = 1 << 16;

/** Routes that the library takes from a session in memory, parses and judges, for each second of CPU: no socket, no line. */
export function judgedACpuSecond(
  [localAs, peerAs]: readonly [number, number],
  stream: Uint8Array,
  payloads: Payloads,
): number {
  const tables = createLiveTables({ payloads: () => payloads });
  const session = createSpeakerSession({ localAs, routerId: 1, role: 'provider', passive: true });
  const peer = createSpeakerSession({ localAs: peerAs, routerId: 2, role: 'customer', passive: true });
  establish(session, peer);
  const { neighborRole } = session.status.negotiated ?? {};
  const routes = createLiveRoutes(tables).session({ peerAs, neighborRole });
  const started = process.cpuUsage();
  for (let at = 0; at < stream.length; at += CHUNK) {
    for (const output of session.received(stream.subarray(at, at + CHUNK), 0)) {
      if (output.kind !== 'update') continue;
      const { asPath = [] } = output.update;
      for (const family of output.announced) {
        for (const { prefix } of family.routes) routes.announce({ prefix, asPath });
      }
    }
  }
  const { user, system } = process.cpuUsage(started);
  return (routes.size * 1_000_000) / (user + system);
}

function establish(one: SpeakerSession, other: SpeakerSession): void {
  const waiting: { to: SpeakerSession; from: SpeakerSession; octets: Uint8Array }[] = [];
  const post = (from: SpeakerSession, to: SpeakerSession, outputs: readonly SpeakerOutput[]): void => {
    for (const output of outputs)
      if (output.kind === 'send') waiting.push({ to, from, octets: output.octets });
  };
  for (const session of [one, other]) session.start(0);
  post(one, other, one.connected(0, 'own'));
  post(other, one, other.connected(0, 'peer'));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    post(next.to, next.from, next.to.received(next.octets, 0));
  }
  if (one.status.state !== 'Established') throw new Error(`the session is in ${one.status.state}`);
}
