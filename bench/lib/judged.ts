import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { createLiveRoutes, createLiveTables } from 'pathsec/live';
import { createPayloadSet, type Payloads } from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import { createSpeakerSession, type SpeakerOutput, type SpeakerSession } from 'pathsec/speaker';

/** Octets that come at once, as `startBgpSpeaker` gives them to a session. */
const CHUNK = 1 << 12;

const PASSES = 2;
const FILE = fileURLToPath(import.meta.url);

/**
 * Routes that the library takes from a session in memory, parses and judges, for each second of CPU: no socket, no line. In a process of
 * its own, without the heap of what was measured before, and on the last of its passes, when the code is compiled.
 */
export function judgedACpuSecond(
  [localAs, peerAs]: readonly [number, number],
  streamFile: string,
  rpkiFile: string,
): number {
  const words = ['--import', 'tsx', FILE, '--judge', String(localAs), String(peerAs), streamFile, rpkiFile];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the process that judges ended with ${status}: ${stderr}`);
  return Number(stdout);
}

function judge([localAs, peerAs]: readonly [number, number], stream: Uint8Array, payloads: Payloads): number {
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

const [, , flag, localAs, peerAs, streamFile = '', rpkiFile = ''] = argv;
if (argv[1] === FILE && flag === '--judge') {
  const stream = readFileSync(streamFile);
  const payloads = createPayloadSet(readPayloads(readFileSync(rpkiFile, 'utf8')));
  let rate = 0;
  for (let pass = 0; pass < PASSES; pass++) rate = judge([Number(localAs), Number(peerAs)], stream, payloads);
  process.stdout.write(String(rate));
}
