import { setImmediate } from 'node:timers/promises';
import type { RtrObservation, RtrSession } from '../../conformance/index.js';
import type { RtrVersion } from '../../rtr/index.js';
import type { Lab } from './lab.js';
import type { RtrWire, WireConnection } from './rtr-wire.js';
import {
  fatalError,
  isQuery,
  lowerVersion,
  newsAfter,
  nothing,
  serialAsked,
  startOver,
  type ToldSerial,
} from './rtr-words.js';

/** What is said with a router, over one connection after the other. */
export interface WireTalk {
  /** Whether the connection of the session stands. */
  readonly isOpen: boolean;
  /** Whether the router has connected anew, and asked. */
  readonly hasNewQuery: boolean;
  /** The version of the last query of the session. */
  readonly version: RtrVersion | undefined;
  /** What the router has sent since the session began. */
  sent(): readonly Uint8Array[];
  /**
   * Brings the router to where a session begins: it holds nothing, and has sent a Reset Query of that version.
   *
   * @param isFresh whether that has to be the first query of a connection, whose version nobody has settled.
   * @param isEmpty waits until the router shows that it holds nothing.
   * @returns why it did not come to that; undefined where it did.
   */
  begin(
    session: Pick<RtrSession, 'version' | 'isFresh'>,
    isEmpty: () => Promise<boolean>,
  ): Promise<RtrObservation | undefined>;
  send(octets: Uint8Array): Promise<void>;
  /** Ends the connection from our side. */
  end(): void;
  /** Waits for the next connection, with which the session goes on. */
  follow(): Promise<void>;
  /** The session is over: the router gets an answer where it waits for one and `isWhole` lets it; otherwise the connection ends. */
  leave(isWhole: boolean): Promise<void>;
  /** All that the router asked is answered, and this is what it was told last: the next session can begin on the connection. */
  rest(told: ToldSerial): void;
}

const VERSIONS: readonly RtrVersion[] = [0, 1, 2];

function versionOf(pdu: Uint8Array | undefined): RtrVersion | undefined {
  return VERSIONS.find((version) => version === pdu?.[0]);
}

/** Queries that bring a router to the beginning of a session at most: each of them may cost a connection. */
const MOST_QUERIES = 20;
/** Answers that name a lower version, after which a router is believed to have none. */
const MOST_LOWER = 3;

/** @param firstId session ID of the first session; the numbers of the vectors, below 256, are passed over. */
export function createWireTalk({ patience }: Lab, wire: RtrWire, firstId: number): WireTalk {
  let connection: WireConnection | undefined;
  /** PDUs of the connection that were dealt with. */
  let taken = 0;
  /** What the router was told last, where it rests: where all is answered that it asked. */
  let told: ToldSerial | undefined;
  let sessionId = firstId;
  /** The connections of the session, each from one of its PDUs on. */
  let course: { readonly connection: WireConnection; readonly from: number }[] = [];

  const isNew = (): boolean =>
    wire.current !== undefined && wire.current !== connection && wire.current.isOpen;
  const takeNew = async (): Promise<boolean> => {
    await patience.until(isNew);
    if (!isNew()) return false;
    connection = wire.current;
    taken = 0;
    return true;
  };
  /** The next PDU of the router: it is told of news where it rests, or comes back by itself. */
  const next = async (version: RtrVersion): Promise<Uint8Array | undefined> => {
    for (const _ of [1, 2, 3]) {
      if (!connection?.isOpen && !(await takeNew())) return undefined;
      const own = connection;
      if (own === undefined) return undefined;
      if (own.pdus.length <= taken && told && taken > 0) await own.send(newsAfter(version, told));
      await patience.until(() => own.pdus.length > taken || !own.isOpen);
      const pdu = own.pdus[taken];
      if (pdu !== undefined) {
        taken++;
        return pdu;
      }
      own.end();
    }
    return undefined;
  };
  const nextId = (): number => {
    sessionId = sessionId >= 0xffff ? 256 : Math.max(sessionId + 1, 256);
    return sessionId;
  };

  const sent = (): readonly Uint8Array[] =>
    course.flatMap(({ connection, from }) => connection.pdus.slice(from));

  return {
    get isOpen() {
      return connection?.isOpen === true;
    },
    get hasNewQuery() {
      return isNew() && wire.current?.pdus.some(isQuery) === true;
    },
    get version() {
      return versionOf(sent().findLast(isQuery));
    },
    sent,
    async begin({ version, isFresh }, isEmpty) {
      let isEmptied = false;
      let isEnded = false;
      let lower = 0;
      for (let i = 0; i < MOST_QUERIES; i++) {
        const pdu = await next(version);
        if (pdu === undefined) return { kind: 'timeout', note: 'the router sent no query' };
        const asked = pdu[0] ?? 0;
        if (!isQuery(pdu)) connection?.end();
        else if (asked < version)
          return { kind: 'not-playable', note: `the router asks in version ${asked} of RTR, not ${version}` };
        else if (asked > version) {
          if (++lower > MOST_LOWER)
            return { kind: 'not-playable', note: `the router does not go down to version ${version} of RTR` };
          told = undefined;
          await connection?.send(lowerVersion(version));
        } else if (serialAsked(pdu)) {
          if (isEnded)
            return {
              kind: 'not-playable',
              note: 'the router begins no connection with a Reset Query in its place',
            };
          told = undefined;
          await connection?.send(startOver(version));
        } else if (isEmptied && connection && (isEnded || !isFresh)) {
          course = [{ connection, from: taken - 1 }];
          told = undefined;
          return undefined;
        } else {
          told = { sessionId: nextId(), serial: 1 };
          await connection?.send(nothing(version, told));
          isEmptied = true;
          if (!(await isEmpty())) return { kind: 'timeout', note: 'the router did not give up what it held' };
          if (!isFresh) continue;
          // After a fatal error a router has no session to go on with (8210bis §12).
          told = undefined;
          await connection?.send(fatalError(version));
          connection?.end();
          isEnded = true;
        }
      }
      return { kind: 'timeout', note: 'the router came to no Reset Query that could begin the session' };
    },
    async send(octets) {
      await connection?.send(octets);
      await setImmediate(); // pieces leave one by one
    },
    end() {
      connection?.end();
      told = undefined;
    },
    async follow() {
      if (connection?.isOpen) return;
      if ((await takeNew()) && connection) course.push({ connection, from: 0 });
    },
    async leave(isWhole) {
      const last = connection?.pdus.at(-1);
      const version = versionOf(last);
      told = undefined;
      if (!isWhole || !connection?.isOpen || !last || !isQuery(last) || version === undefined) {
        connection?.end();
        return;
      }
      taken = connection.pdus.length;
      if (serialAsked(last)) {
        await connection.send(startOver(version)); // the next session begins with what it asks then
        return;
      }
      told = { sessionId: nextId(), serial: 1 };
      await connection.send(nothing(version, told));
    },
    rest(last) {
      told = last;
      taken = connection?.pdus.length ?? 0;
    },
  };
}
