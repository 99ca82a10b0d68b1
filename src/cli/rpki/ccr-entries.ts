import { toHex } from '../../bytes/index.js';
import type { Ccr, CcrManifest, CcrState } from '../../rpki/ccr-files.js';
import type { Line } from '../shared/payload-lines.js';
import { formatTime } from '../shared/time-option.js';

/** The states of a CCR by the names that people read, in their order. */
export function shownStates({ states }: Ccr): { readonly name: string; readonly state: CcrState<unknown> }[] {
  const { manifests, vrps, aspas, trustAnchors, routerKeys } = states;
  const list = [
    { name: 'manifests', state: manifests },
    { name: 'vrps', state: vrps },
    { name: 'aspas', state: aspas },
    { name: 'trust-anchors', state: trustAnchors },
    { name: 'router-keys', state: routerKeys },
  ];
  return list.flatMap(({ name, state }) => (state === undefined ? [] : [{ name, state }]));
}

/** A manifest under the names of rpki-client. */
export function manifestValue(manifest: CcrManifest) {
  const { hash, size, aki, manifestNumber, thisUpdate, locations, subordinates = [] } = manifest;
  return {
    hash: base64(hash),
    size,
    aki: hex(aki),
    seqnum: evenHex(manifestNumber),
    thisupdate: formatTime(thisUpdate),
    sia: locations.map(({ uri }) => uri).join(' '),
    subordinates: subordinates.map(hex),
  };
}

export function manifestText(manifest: CcrManifest): string {
  const { hash, size, aki, seqnum, thisupdate, sia, subordinates } = manifestValue(manifest);
  const below = subordinates.length > 0 ? ` above ${subordinates.join(' ')}` : '';
  return `manifest ${sia} number ${seqnum} of ${thisupdate} by ${aki}, ${size} octets ${hash}${below}`;
}

export function manifestLine(manifest: CcrManifest): Line {
  return { text: manifestText(manifest), value: { type: 'manifest', ...manifestValue(manifest) } };
}

export function trustAnchorLine(ski: Uint8Array): Line {
  return { text: `trust-anchor ${hex(ski)}`, value: { type: 'trust-anchor', ski: hex(ski) } };
}

/** Whole octets. */
function evenHex(number: bigint): string {
  const digits = number.toString(16).toUpperCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

export function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64');
}

export function hex(octets: Uint8Array): string {
  return toHex(octets).toUpperCase();
}
