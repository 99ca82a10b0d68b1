import {
  decodeUpdate,
  encodeBgpsecPath,
  encodeMpReach,
  encodeUpdateMessage,
  type PathAttribute,
  pathAttribute,
} from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import { pathOf } from '../bgpsec/world.js';
import { keys, privateFile } from './bgpsec-world.js';
import { run } from './run.js';

export const [ORIGIN, PEER, LOCAL, NEXT] = [64496, 64499, 64500, 64505];
export const path = pathOf([ORIGIN, PEER], LOCAL);
export const signed = (one = path) => pathAttribute(33, encodeBgpsecPath(one));
const nextHop = fromHex('c6336401');
export const reach = (field = '18c00002') =>
  pathAttribute(14, encodeMpReach({ afi: 1, safi: 1, nextHop, field: fromHex(field) }));

export function hex(attributes: readonly PathAttribute[], nlri = ''): string {
  const none = new Uint8Array(0);
  const fields = { kind: 'update', withdrawnField: none, attributes, nlriField: fromHex(nlri) } as const;
  return toHex(encodeUpdateMessage(fields, true));
}

export const attribute = (flags: number, code: number, value: string): PathAttribute => ({
  flags,
  code,
  value: fromHex(value),
});

export const forward = (message: string, ...more: string[]) =>
  run([
    ...[
      'bgpsec',
      'forward',
      message,
      '--as',
      `${LOCAL}`,
      '--peer-as',
      `${NEXT}`,
      '--key',
      privateFile(LOCAL),
    ],
    ...more,
  ]);

export const verify = async (message: string, localAs: number, peerAs: number, ...more: string[]) => {
  const session = ['--local-as', `${localAs}`, '--peer-as', `${peerAs}`];
  const argv = ['bgpsec', 'verify', '-', '--keys', keys(ORIGIN, PEER, LOCAL), '--json', ...session, ...more];
  return JSON.parse((await run(argv, { stdin: message })).stdout) as Record<string, unknown>;
};

/** Flags, type and value of the attributes that are neither MP_REACH_NLRI nor BGPsec_PATH. */
export function others(message: string): string[] {
  return decodeUpdate(fromHex(message.trim()))
    .message.attributes.filter(({ code }) => code !== 14 && code !== 33)
    .map(({ flags, code, value }) => `${flags.toString(16)} ${code} ${toHex(value)}`);
}
