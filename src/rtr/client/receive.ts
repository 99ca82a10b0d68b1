import { createOrderCheck } from '../order-check.js';
import { ERROR_CODE } from '../pdu/error-code.js';
import { isRtrVersion } from '../pdu/format.js';
import { checkHeader, PDU_TYPE, type RtrHeader, requireVersion } from '../pdu/header.js';
import { decodeCheckedPdu } from '../pdu/pdu.js';
import type { EndOfData } from '../pdu/pdu-07-end-of-data.js';
import { RtrError } from '../pdu/rtr-error.js';
import { DEFAULT_TIMING, usableTiming } from '../pdu/timing.js';
import { RTR } from '../rtr-kinds.js';
import { compareSerial } from '../serial.js';
import { agreeOn, receiveErrorReport } from './negotiate.js';
import { abandonResponse, type ClientState, sendQuery } from './state.js';

/** Judges a header in the present phase. Throws `RtrError`. */
export function judgeHeader(state: ClientState, header: RtrHeader): void {
  const { version, type, length } = header;
  // The common case first, without an object: a prefix PDU of the agreed version.
  if (state.phase === 'established' && version === state.version) {
    if (type === PDU_TYPE.ipv4Prefix && length === 20) return;
    if (type === PDU_TYPE.ipv6Prefix && length === 32) return;
  }
  const { aspaLayout, limits, lowestVersion } = state.options;
  let format = state.version;
  if (state.phase === 'established') {
    if (version !== state.version) {
      throw new RtrError(
        ERROR_CODE.unexpectedProtocolVersion,
        'rtr-version',
        `version ${version} in a session of version ${state.version}`,
        { field: 'version' },
      );
    }
  } else if (type !== PDU_TYPE.serialNotify && type !== PDU_TYPE.errorReport) {
    // §7: Serial Notify and Error Report may come in any version while there is no agreement.
    if (!isRtrVersion(version) || version > state.version || version < lowestVersion) {
      throw new RtrError(
        ERROR_CODE.unsupportedProtocolVersion,
        'rtr-version',
        `version ${version} in answer to a query of version ${state.version}`,
        { field: 'version' },
      );
    }
    format = version;
  }
  checkHeader(header, { version: format, aspaLayout }, limits.maxPduLength);
}

/** Takes one whole PDU of the cache (8210bis §5, §8), whose header {@link judgeHeader} let pass. Throws `RtrError`. */
export function receivePdu(
  state: ClientState,
  header: RtrHeader,
  octets: Uint8Array,
  start: number,
  now: number,
): void {
  const { type } = header;
  if (RTR.isPayload(type)) {
    receivePayload(state, header, octets, start);
    return;
  }
  if (state.phase === 'negotiating') {
    if (type === PDU_TYPE.serialNotify) return; // §7: ignored, whatever its version
  }
  // An Error Report alone can be of a version that does not exist.
  const version = requireVersion(header);
  const pdu = decodeCheckedPdu(header, octets, start);
  switch (pdu.type) {
    case 'error-report':
      receiveErrorReport(state, version, pdu, now);
      return;
    case 'cache-response':
      receiveCacheResponse(state, version, pdu.sessionId);
      return;
    case 'end-of-data':
      receiveEndOfData(state, pdu, now);
      return;
    case 'cache-reset':
      if (state.expect !== 'response' || state.query !== 'serial') throw outOfPlace(type);
      agreeOn(state, version);
      // §8.3: our data stays in use until the whole database has come.
      state.session = undefined;
      state.outputs.push({ kind: 'cache-reset' });
      sendQuery(state, now);
      return;
    case 'serial-notify':
      receiveSerialNotify(state, pdu.sessionId, pdu.serial, now);
      return;
    default:
      throw outOfPlace(type);
  }
}

/** Takes one payload PDU into the transaction. Throws `RtrError`. */
function receivePayload(state: ClientState, header: RtrHeader, octets: Uint8Array, start: number): void {
  const { transaction, orderCheck, options } = state;
  if (state.expect !== 'data') {
    throw new RtrError(
      ERROR_CODE.corruptData,
      'rtr-out-of-place',
      `PDU type ${header.type} outside a response`,
    );
  }
  if (!transaction) return; // a change of data that has expired
  transaction.units += RTR.unitsOfPdu(header);
  if (transaction.units + state.baseUnits > options.limits.maxPayloads) {
    throw new RtrError(
      ERROR_CODE.internalError,
      'rtr-too-many-payloads',
      `more than ${options.limits.maxPayloads} payloads`,
    );
  }
  transaction.take(header, octets, start);
  if (options.order === 'error' && orderCheck && orderCheck.violations > 0) {
    throw new RtrError(ERROR_CODE.orderingError, 'rtr-order', 'payload PDU out of order');
  }
}

/** Cache Response (§5.5): only a Reset Query may bring another session ID (§5.1). */
function receiveCacheResponse(state: ClientState, version: 0 | 1 | 2, sessionId: number): void {
  if (state.expect !== 'response') throw outOfPlace(PDU_TYPE.cacheResponse);
  const lowered = version !== state.version;
  agreeOn(state, version);
  if (state.query === 'serial') {
    // An answer in a lower version cannot tell the changes of a session of the version we asked in.
    if (lowered || sessionId !== (state.session?.id ?? state.expiredSession)) throw foreignSession(sessionId);
  }
  const reset = state.query === 'reset';
  state.responseId = sessionId;
  state.expect = 'data';
  if (state.expiredSession !== undefined) return; // what the changes apply to is gone
  state.orderCheck = version === 2 ? createOrderCheck() : undefined;
  const { aspaLayout, zeroProvider, limits } = state.options;
  const { maxProviders } = limits;
  const { hash } = state.store;
  const context = { reset, version, aspaLayout, zeroProvider, maxProviders, hash, order: state.orderCheck };
  state.transaction = RTR.begin(state.store, context);
  state.baseUnits = reset ? 0 : RTR.units(state.store);
}

/** End of Data (§5.7): the response becomes the state, whole and at once. */
function receiveEndOfData(state: ClientState, pdu: EndOfData, now: number): void {
  const { transaction, options } = state;
  if (state.expect !== 'data') throw outOfPlace(PDU_TYPE.endOfData);
  const { sessionId, serial } = pdu;
  if (sessionId !== state.responseId) throw foreignSession(sessionId);
  if (!transaction) {
    sendQuery(state, now); // the data expired before its changes had come (§6): everything is asked for
    return;
  }
  const orderViolations = state.orderCheck?.violations ?? 0;
  const { store, changes } = transaction.commit(state.store);
  const { notified, version } = state;
  const reset = transaction.reset;
  abandonResponse(state);
  state.store = store;
  state.session = { version, id: sessionId, serial };
  state.timing = usableTiming({ ...(pdu.timing ?? DEFAULT_TIMING), ...options.timing });
  state.pollAt = now + state.timing.refresh;
  state.expireAt = now + state.timing.expire;
  const { timing } = state;
  state.outputs.push({
    kind: 'update',
    changes,
    version,
    sessionId,
    serial,
    reset,
    timing,
    orderViolations,
  });
  if (notified !== undefined && compareSerial(serial, notified) === -1) sendQuery(state, now);
}

/**
 * Serial Notify (§5.2, §8.2): ask at once, or right after the answer under way if that turns out older
 * (docs/decisions/rtr.md D-rtr-later-queries).
 */
function receiveSerialNotify(state: ClientState, sessionId: number, serial: number, now: number): void {
  const { session } = state;
  if (state.expect !== 'nothing') {
    // §5.1: only until the Cache Response to a Reset Query any session ID may be right.
    const asked = state.query === 'serial' ? (session?.id ?? state.expiredSession) : sessionId;
    if (sessionId !== (state.expect === 'data' ? state.responseId : asked)) throw foreignSession(sessionId);
    state.notified = serial;
    return;
  }
  if (!session) return; // we wait to ask for everything anyway
  if (sessionId !== session.id) throw foreignSession(sessionId);
  if (serial !== session.serial) sendQuery(state, now);
}

/** docs/decisions/rtr.md D-rtr-out-of-place. */
function outOfPlace(type: number): RtrError {
  return new RtrError(ERROR_CODE.corruptData, 'rtr-out-of-place', `PDU type ${type} is out of place here`);
}

function foreignSession(sessionId: number): RtrError {
  return new RtrError(
    ERROR_CODE.corruptData,
    'rtr-session-id',
    `session ID ${sessionId} is not the one of this session`,
    { field: 'session-id' },
  );
}
