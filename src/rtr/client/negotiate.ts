import { ERROR_CODE, errorCodeName } from '../pdu/error-code.js';
import { isRtrVersion, type RtrVersion } from '../pdu/format.js';
import type { ErrorReport } from '../pdu/pdu-10-error-report.js';
import {
  abandonResponse,
  afterError,
  type ClientState,
  disconnect,
  sendQuery,
  timingWithout,
} from './state.js';

/** A connection is open: the version of its first query (8210bis §7; docs/decisions/rtr.md D-rtr-highest-first). */
export function beginNegotiation(state: ClientState): void {
  if (state.nextVersion === undefined) {
    state.failedVersions.clear();
    state.guessed = false;
    state.zeroNamed = false;
  }
  state.version = state.nextVersion ?? state.options.highestVersion;
  state.nextVersion = undefined;
  state.openedWith = state.version;
}

/** A PDU of the cache settles the version (8210bis §7). */
export function agreeOn(state: ClientState, version: RtrVersion): void {
  if (state.phase === 'established') return;
  state.phase = 'established';
  state.version = version;
  state.knownVersions.add(version);
  if (version === 0) state.zeroFailed = false;
  state.outputs.push({ kind: 'version', version });
}

/**
 * An Error Report before or after agreement, from a cache that speaks `version`.
 *
 * Before agreement code 4 names the version of the cache: the query is sent again with it, on the same connection,
 * unless it failed before (8210bis §7). A cache that once closed such a connection is asked on another.
 */
export function receiveErrorReport(
  state: ClientState,
  version: number,
  report: ErrorReport,
  now: number,
): void {
  const { errorCode, text } = report;
  const code = `rtr-error-${errorCode}`;
  state.outputs.push({ kind: 'error-received', errorCode, code, text: text || errorCodeName(errorCode) });
  if (errorCode === ERROR_CODE.unsupportedProtocolVersion && state.phase === 'negotiating') {
    state.failedVersions.add(state.version);
    const next = versionAfterRefusal(state, version);
    if (next === 0) state.zeroNamed = true;
    if (next === undefined) {
      state.outputs.push({ kind: 'no-common-version' });
      disconnect(state, now + state.timing.retry);
      tryVersionOne(state, now);
    } else if (state.closesAfterRefusal) {
      disconnect(state, now);
      state.nextVersion = next;
    } else {
      state.version = next;
      sendQuery(state, now);
    }
    return;
  }
  if (errorCode === ERROR_CODE.noDataAvailable) {
    // §8.4: periodic Reset Queries until the cache has data; what we hold stays until it expires.
    abandonResponse(state);
    state.session = undefined;
    state.pollAt = now + state.timing.retry;
    return;
  }
  // §8.6: what a cache that has shut down once told about retrying counts no longer (D-rtr-after-shutdown).
  if (errorCode === ERROR_CODE.cacheShutdown && state.version === 2)
    state.timing = timingWithout(state.options);
  disconnect(state, now + state.timing.retry);
  afterError(state, errorCode, false);
}

/**
 * The version to ask in after a cache has refused ours in an Error Report of version `named`; undefined when none is
 * left. Where version 0 was named before and failed, it is version 1 (docs/decisions/rtr.md
 * D-rtr-refused-in-version-0).
 */
function versionAfterRefusal(state: ClientState, named: number): RtrVersion | undefined {
  const { version, failedVersions } = state;
  const { lowestVersion } = state.options;
  const meant = named === 0 && state.zeroFailed && version === 2 && !failedVersions.has(1) ? 1 : named;
  const usable = isRtrVersion(meant) && meant < version && meant >= lowestVersion;
  return usable && !failedVersions.has(meant) ? meant : undefined;
}

/**
 * A negotiation has failed for good, and the client is to wait: unless the cache named version 0 and then would not
 * have it. Version 1 gets one try then, at once and on a connection of its own (D-rtr-refused-in-version-0).
 */
export function tryVersionOne(state: ClientState, now: number): void {
  const { version, zeroNamed, failedVersions, options } = state;
  if (version !== 0 || !zeroNamed || failedVersions.has(1) || options.lowestVersion > 1) return;
  failedVersions.add(0);
  state.zeroFailed = true;
  state.nextVersion = 1;
  state.reconnectAt = now;
}

/**
 * The transport ended before a version was agreed on. Caches of version 0 may simply close (RFC 8210 §7): the next
 * lower version is tried at once, unless this version is known to work, when the cache has other troubles
 * (docs/decisions/rtr.md D-rtr-known-version). A cache that named its version and closed may have been replaced by a
 * newer one meanwhile: the next connection begins with the highest version again (8210bis §7; D-rtr-highest-first).
 */
export function closedWhileNegotiating(state: ClientState, now: number): void {
  if (state.version !== state.openedWith) {
    state.reconnectAt = now;
    return;
  }
  if (state.version > state.options.lowestVersion && !state.knownVersions.has(state.version)) {
    state.failedVersions.add(state.version);
    state.nextVersion = (state.version - 1) as RtrVersion;
    state.guessed = true;
    state.reconnectAt = now;
    return;
  }
  state.reconnectAt = now + state.timing.retry;
  state.outputs.push({ kind: 'no-common-version' });
  tryVersionOne(state, now);
}
