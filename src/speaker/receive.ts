import {
  BgpError,
  createUpdateDecoder,
  decodeMessage,
  MSG_NOTIFICATION,
  MSG_OPEN,
  MSG_ROUTE_REFRESH,
  MSG_UPDATE,
  openCapabilities,
  shutdownCommunication,
} from '../bgp/index.js';
import { actOnUpdate } from './act-on-update.js';
import { fire, type Machine } from './machine.js';
import { checkOpen } from './open-check.js';
import { signedAfis } from './output.js';

/** Whether messages are expected: a connection is open, and the own OPEN sent. */
export function isReceiving({ state }: Machine): boolean {
  return state === 'OpenSent' || state === 'OpenConfirm' || state === 'Established';
}

/** Takes octets of the peer, and all messages that are whole by them. */
export function receiveOctets(machine: Machine, octets: Uint8Array, now: number): void {
  if (!isReceiving(machine)) return;
  machine.splitter.push(octets);
  while (isReceiving(machine)) {
    let message: Uint8Array | undefined;
    try {
      message = machine.splitter.next();
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      failOn(machine, 21, error, now);
      return;
    }
    if (message === undefined) return;
    receiveMessage(machine, message, now);
  }
}

function receiveMessage(machine: Machine, octets: Uint8Array, now: number): void {
  const type = octets[18] as number;
  try {
    if (type === MSG_OPEN) receiveOpen(machine, octets, now);
    else if (type === MSG_UPDATE) receiveUpdate(machine, octets, now);
    else if (type === MSG_NOTIFICATION) receiveNotification(machine, octets, now);
    else if (type === MSG_ROUTE_REFRESH) receiveRouteRefresh(machine, octets, now);
    else fire(machine, 26, { now, messageType: type });
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    failOn(machine, type === MSG_OPEN ? 22 : 28, error, now, type);
  }
}

/** A fault that ends the session with the NOTIFICATION that belongs to it. */
function failOn(
  machine: Machine,
  event: 21 | 22 | 28,
  { fault }: BgpError,
  now: number,
  messageType?: number,
): void {
  machine.outputs.push({ kind: 'fault', fault });
  const { notification } = fault;
  fire(machine, event, {
    now,
    end: { code: 'fault', fault },
    ...(notification && { notification }),
    ...(messageType !== undefined && { messageType }),
  });
}

function receiveOpen(machine: Machine, octets: Uint8Array, now: number): void {
  const open = decodeMessage(octets, machine.options.extendedMessages);
  if (open.kind !== 'open') return;
  if (machine.state !== 'OpenSent') {
    fire(machine, 19, { now, messageType: MSG_OPEN });
    return;
  }
  const check = checkOpen(machine.options, open);
  if ('refused' in check) {
    const { refused: reason, notification } = check;
    fire(machine, 22, { now, notification, end: { code: 'open-refused', reason } });
    return;
  }
  machine.negotiated = check.negotiated;
  machine.updates = {
    decode: createUpdateDecoder(check.negotiated.receiving),
    signedAfis: signedAfis(check.negotiated),
  };
  fire(machine, 19, { now });
  machine.outputs.push({ kind: 'open', negotiated: check.negotiated });
}

function receiveNotification(machine: Machine, octets: Uint8Array, now: number): void {
  const message = decodeMessage(octets, machine.options.extendedMessages);
  if (message.kind !== 'notification') return;
  const { kind: _, ...notification } = message;
  const communication = shutdownCommunication(notification);
  machine.outputs.push({
    kind: 'notification-received',
    notification,
    ...(communication !== undefined && { communication }),
  });
  const versionError = notification.code === 2 && notification.subcode === 1;
  fire(machine, versionError ? 24 : 25, {
    now,
    messageType: MSG_NOTIFICATION,
    end: { code: 'notification', notification },
  });
}

function receiveUpdate(machine: Machine, octets: Uint8Array, now: number): void {
  const { negotiated, updates, state } = machine;
  if (state !== 'Established' || !negotiated || !updates) {
    fire(machine, 27, { now, messageType: MSG_UPDATE });
    return;
  }
  const update = updates.decode(octets);
  const { announced, withdrawn, endOfRib, faults } = actOnUpdate(
    update,
    negotiated.families,
    updates.signedAfis,
  );
  fire(machine, 27, { now });
  for (const fault of faults) machine.outputs.push({ kind: 'fault', fault });
  if (endOfRib) machine.outputs.push({ kind: 'end-of-rib', ...endOfRib });
  else if (announced.length > 0 || withdrawn.length > 0) {
    machine.outputs.push({ kind: 'update', octets, update, announced, withdrawn });
  }
}

function receiveRouteRefresh(machine: Machine, octets: Uint8Array, now: number): void {
  if (machine.state !== 'Established') {
    // As an UPDATE that comes too early (RFC 6608 §4).
    fire(machine, 27, { now, messageType: MSG_ROUTE_REFRESH });
    return;
  }
  const message = decodeMessage(octets, machine.options.extendedMessages);
  if (message.kind !== 'route-refresh') return;
  const { afi, safi, subtype } = message;
  const own = openCapabilities(machine.options.open);
  const offered = own.some((one) => one.name === 'multiprotocol' && one.afi === afi && one.safi === safi);
  // RFC 7313 §5: other subtypes are ignored.
  if (offered && subtype <= 2) machine.outputs.push({ kind: 'route-refresh', afi, safi, subtype });
  else {
    machine.outputs.push({
      kind: 'fault',
      fault: {
        code: 'route-refresh-family',
        treatment: 'attribute-discard',
        message: `ROUTE-REFRESH of family ${afi}/${safi}, subtype ${subtype}, is ignored`,
        field: 'route-refresh',
        offset: 19,
      },
    });
  }
}
