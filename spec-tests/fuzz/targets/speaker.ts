import { encodeMessage, makeOpen } from 'pathsec/bgp';
import { createSpeakerSession, describeEnd, type SpeakerOutput } from 'pathsec/speaker';
import { join } from '../lib/mutate.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { repairHeader, updateMutation } from './bgp-frames.js';
import { OPENS, OTHERS, UPDATES } from './bgp-seeds.js';

const OPEN = encodeMessage(
  makeOpen(
    64499,
    9,
    [
      { name: 'multiprotocol', afi: 1, safi: 1, reserved: 0 },
      { name: 'multiprotocol', afi: 2, safi: 1, reserved: 0 },
      { name: 'role', value: 3 },
    ],
    30,
  ),
);
const KEEPALIVE = encodeMessage({ kind: 'keepalive' });

function play(octets: Uint8Array, chunk: number): unknown {
  const session = createSpeakerSession({ localAs: 64500, routerId: 1, role: 'provider', idleHold: [1, 2] });
  const outputs: SpeakerOutput[] = [...session.start(0), ...session.connected(0, 'own')];
  for (let at = 0; at < octets.length; at += chunk) {
    outputs.push(...session.received(octets.slice(at, at + chunk), 1));
    must(session.status.queued < 5000, 'a peer makes it send much');
  }
  outputs.push(...session.tick(10_000), ...session.closed(10_001));
  // What was negotiated is as long for an OPEN of any length, and UPDATEs are decoded by targets of their own.
  const told = outputs.map((output) => {
    if (output.kind === 'state') return [output.state, output.event, output.end && describeEnd(output.end)];
    if (output.kind === 'update') return [output.announced, output.withdrawn];
    return output.kind === 'open' ? output.negotiated.families : output;
  });
  return [told, session.status.state];
}

const session: Target = {
  name: 'speaker-session',
  covers: ['speaker:createSpeakerSession', 'speaker:describeEnd'],
  roundTrip:
    'none: the same outputs in chunks (every second input), behind an OPEN and a KEEPALIVE or without',
  growth: 200,
  codes: [],
  seeds: () => [OPEN, join(OPEN, KEEPALIVE), ...OPENS, ...OTHERS, ...UPDATES],
  dictionary: [OPEN, KEEPALIVE],
  mutate: updateMutation,
  repair: repairHeader,
  run(octets) {
    const bare = play(octets, octets.length || 1);
    const established = join(OPEN, KEEPALIVE, octets);
    const whole = play(established, established.length);
    if (octets.length % 2 === 0) {
      must(sameValue(whole, play(established, 5)), 'chunks change what comes out');
    }
    return [bare, whole];
  },
};

export const SPEAKER: readonly Target[] = [session];
