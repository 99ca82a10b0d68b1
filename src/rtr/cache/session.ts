import { ERROR_CODE, errorCodeFor, errorCodeName } from '../pdu/error-code.js';
import { isRtrVersion, type RtrVersion } from '../pdu/format.js';
import { Framer } from '../pdu/framer.js';
import { checkHeader, PDU_TYPE, type RtrHeader, requireVersion } from '../pdu/header.js';
import { decodeCheckedPdu, encodePdu, type Pdu } from '../pdu/pdu.js';
import { RtrError } from '../pdu/rtr-error.js';
import type { RtrCache } from './cache.js';
import { type Misbehaviour, spoil } from './misbehaviour.js';
import type { CacheOutput } from './output.js';

/** How the sessions of a cache server behave. */
export interface CacheSessionOptions {
  readonly highestVersion?: RtrVersion;
  readonly lowestVersion?: RtrVersion;
  /** Seconds between Serial Notifies at least; default 60 (8210bis §8.2). Less is for laboratories. */
  readonly notifySeconds?: number;
}

/** The cache's side of one RTR session, without I/O. Times are seconds on any steady clock. */
export interface CacheSession {
  /** Octets of the router came in. Never throws, whatever they are. */
  received(octets: Uint8Array, now: number): CacheOutput[];
  /** The data of the cache changed: a Serial Notify is due, now or when the last one is old enough. */
  changed(now: number): CacheOutput[];
  tick(now: number): CacheOutput[];
  nextWake(): number;
  /** Ends the session with an error report: Cache Restart or Cache Shutdown in version 2, a plain end in others. */
  shutdown(errorCode: number): CacheOutput[];
  /** Sends something wrong, at once or in the next response, as the misbehaviour says. */
  inject(misbehaviour: Misbehaviour): CacheOutput[];
  /** Undefined until the first query. */
  readonly version: RtrVersion | undefined;
}

/** A session of one router with `cache`. 8210bis §7, §8. */
export function createCacheSession(cache: RtrCache, options: CacheSessionOptions = {}): CacheSession {
  const highest = options.highestVersion ?? 2;
  const lowest = options.lowestVersion ?? 0;
  const notifySeconds = options.notifySeconds ?? 60;
  let version: RtrVersion | undefined;
  let open = true;
  /** Session ID that this router was told. */
  let told: number | undefined;
  let notifiedAt = Number.NEGATIVE_INFINITY;
  let notifyDue = false;
  let outputs: CacheOutput[] = [];
  /** What spoils the next response. */
  let pending: Misbehaviour[] = [];
  const take = (): CacheOutput[] => {
    const result = outputs;
    outputs = [];
    return result;
  };
  const send = (pdu: Pdu, as: RtrVersion): void => {
    outputs.push({ kind: 'send', octets: encodePdu(pdu, as) });
  };
  const close = (): void => {
    open = false;
    outputs.push({ kind: 'disconnect' });
  };
  const respond = (response: Uint8Array, as: RtrVersion): void => {
    told = cache.sessionId(as);
    const { octets, closes } = spoil(pending, response, { version: as, cache });
    pending = [];
    outputs.push({ kind: 'send', octets });
    if (closes) close();
  };
  const report = (
    errorCode: number,
    as: RtrVersion,
    text: string,
    erroneousPdu = new Uint8Array(0),
  ): void => {
    const code = errorCodeFor(errorCode, as);
    send({ type: 'error-report', errorCode: code, erroneousPdu, text }, as);
    outputs.push({ kind: 'error-sent', errorCode: code, text });
  };
  const framer = new Framer({
    header(header) {
      if (version !== undefined && header.version !== version) {
        throw new RtrError(ERROR_CODE.unexpectedProtocolVersion, 'rtr-version', `version ${header.version}`);
      }
      // Before agreement a query of any version is read whole, since the answer may keep the connection (§7).
      checkHeader(header, { version: isRtrVersion(header.version) ? header.version : highest });
    },
    pdu: (header, octets, start) => answer(header, octets, start),
    open: () => open,
  });
  /** §7: the version of the first query is the version of the session, when this cache speaks it. */
  const negotiate = (asked: number): boolean => {
    if (isRtrVersion(asked) && asked >= lowest && asked <= highest) {
      version = asked;
      outputs.push({ kind: 'version', version });
      return true;
    }
    const text = `this cache speaks versions ${lowest} to ${highest}`;
    report(ERROR_CODE.unsupportedProtocolVersion, highest, text, framer.current.slice());
    if (asked < lowest) close();
    return false;
  };
  const answer = (header: RtrHeader, octets: Uint8Array, start: number): void => {
    const { type } = header;
    if (type === PDU_TYPE.errorReport) {
      requireVersion(header);
      const pdu = decodeCheckedPdu(header, octets, start);
      if (pdu.type !== 'error-report') return;
      const text = pdu.text || errorCodeName(pdu.errorCode);
      outputs.push({ kind: 'error-received', errorCode: pdu.errorCode, text });
      close();
      return;
    }
    if (type !== PDU_TYPE.serialQuery && type !== PDU_TYPE.resetQuery) {
      throw new RtrError(ERROR_CODE.invalidRequest, 'rtr-not-a-query', `PDU type ${type} is not a query`);
    }
    if (version === undefined && !negotiate(header.version)) return;
    const as = version as RtrVersion;
    const pdu = decodeCheckedPdu(header, octets, start);
    if (pdu.type === 'reset-query') {
      outputs.push({ kind: 'query', query: 'reset' });
      if (!cache.hasData) report(ERROR_CODE.noDataAvailable, as, 'no data yet');
      else respond(cache.snapshot(as), as);
    } else if (pdu.type === 'serial-query') {
      outputs.push({ kind: 'query', query: 'serial', serial: pdu.serial });
      answerSerialQuery(pdu.sessionId, pdu.serial, as);
    }
  };
  const answerSerialQuery = (sessionId: number, serial: number, as: RtrVersion): void => {
    // §5.1, §5.3: a router that was told a session ID must use it; one that comes back may name an older session
    // (docs/decisions/rtr.md D-rtr-session-cases).
    if (told !== undefined && sessionId !== told) {
      throw new RtrError(
        ERROR_CODE.corruptData,
        'rtr-session-id',
        `session ID ${sessionId}, told was ${told}`,
      );
    }
    if (!cache.hasData) {
      report(ERROR_CODE.noDataAvailable, as, 'no data yet');
      return;
    }
    const response = sessionId === cache.sessionId(as) ? cache.since(as, serial) : undefined;
    if (response) respond(response, as);
    else send({ type: 'cache-reset' }, as);
  };
  const notify = (now: number): void => {
    if (!notifyDue || version === undefined || !open || !cache.hasData) return;
    if (now < notifiedAt + notifySeconds) return;
    notifyDue = false;
    notifiedAt = now;
    send(
      { type: 'serial-notify', sessionId: told ?? cache.sessionId(version), serial: cache.serial },
      version,
    );
  };
  return {
    received(octets, now) {
      try {
        framer.feed(octets);
      } catch (error) {
        if (!(error instanceof RtrError)) throw error;
        const { type, x } = framer.header;
        if (type !== PDU_TYPE.errorReport) {
          report(error.errorCode, version ?? highest, error.message, framer.current.slice());
        } else {
          // §5.8: never answered, but something for the log.
          outputs.push({ kind: 'error-received', errorCode: x, text: error.message });
        }
        close();
      }
      notify(now);
      return take();
    },
    changed(now) {
      notifyDue = true;
      notify(now);
      return take();
    },
    tick(now) {
      notify(now);
      return take();
    },
    nextWake: () =>
      notifyDue && version !== undefined ? notifiedAt + notifySeconds : Number.POSITIVE_INFINITY,
    shutdown(errorCode) {
      if (version === 2 && open) report(errorCode, version, errorCodeName(errorCode));
      if (open) close();
      return take();
    },
    inject(misbehaviour) {
      if (version === undefined || version < misbehaviour.since || !open) return take();
      if (misbehaviour.where === 'response') {
        pending.push(misbehaviour);
        return take();
      }
      outputs.push({ kind: 'send', octets: misbehaviour.octets({ version, cache }, new Uint8Array(0)) });
      if (misbehaviour.closes) close();
      return take();
    },
    get version() {
      return version;
    },
  };
}
