import { AS_SEQUENCE, type AsPath, parseAsPath } from '../../bgp/index.js';
import { type Prefix, parseAddress, parsePrefix } from '../../inet/index.js';
import { doubled } from '../../tables/index.js';
import type { InvalidPair } from '../invalid-origins.js';
import { type AuditPart, emptyPart, type PartPeer } from '../part.js';
import { type PartSet, type PathRows, ROW_WORDS } from '../part-rows.js';
import { isKnownPeer } from '../peer-directory.js';
import { listOf, numberOf, textOf, tooMany, WORD, wrong } from './values.js';

/** Entries of one file that are believed: some times what a table of the whole internet from a hundred peers has. */
const MOST = { asns: 1 << 27, paths: 1 << 25, rows: 1 << 26, peers: 1 << 20, signed: 1 << 25, sets: 1 << 20 };
/** Numbers behind a path, for each peer that sent it. */
const COLUMNS = 5;

/** A part from the lines of a partial report. */
export interface PartBuilder {
  peer(value: unknown, field: string): void;
  path(value: unknown, field: string): void;
  /** Turns to the payloads of a later time, which judged the paths that come next. */
  turnTo(time: number, field: string): void;
  /** Paths and rows so far. */
  readonly paths: number;
  readonly rows: number;
  /** Routes that ROV finds invalid, and signed ones. */
  readonly invalid: number;
  readonly signed: number;
  part(counts: Pick<AuditPart, 'notVerified' | 'signedRov' | 'invalidOrigins'>, timed: boolean): AuditPart;
}

/** A {@link PartBuilder}; its functions throw DecodeErrors `partial-syntax`, `partial-limit` and those of the values. */
export function createPartBuilder(): PartBuilder {
  let asns = new Uint32Array(1 << 10);
  let used = 0;
  let starts = new Uint32Array(1 << 8);
  let paths = 0;
  let rows = new Uint32Array(1 << 10);
  let rowCount = 0;
  let invalidRoutes = 0;
  let signedRoutes = 0;
  const peers: PartPeer[] = [];
  let mixed: { path: number; asPath: AsPath }[] = [];
  let signed: { row: number; routes: number }[] = [];
  const sets: PartSet[] = [];
  /** The time of the payloads that judged what comes, where there are many. */
  let time: number | undefined;
  /** Of the payloads before. */
  const before = { asns: 0, paths: 0, rows: 0, signed: 0 };
  const taken = (): PathRows => ({
    asns: asns.subarray(0, used),
    starts: starts.subarray(0, paths + 1),
    mixed,
    rows: rows.subarray(0, rowCount * ROW_WORDS),
    signed,
  });
  const close = (): void => {
    if (time !== undefined) sets.push({ time, ...taken() });
    before.asns += used;
    before.paths += paths;
    before.rows += rowCount;
    before.signed += signed.length;
    asns = new Uint32Array(1 << 6);
    starts = new Uint32Array(1 << 4);
    rows = new Uint32Array(1 << 6);
    mixed = [];
    signed = [];
    used = 0;
    paths = 0;
    rowCount = 0;
  };

  const sequence = (numbers: readonly number[], field: string): void => {
    if (before.asns + used + numbers.length > MOST.asns) throw tooMany(field, MOST.asns);
    asns = doubled(asns, used + numbers.length);
    for (const asn of numbers) asns[used++] = asn;
  };
  const addPath = (text: string, field: string): void => {
    if (before.paths + paths >= MOST.paths) throw tooMany(field, MOST.paths);
    const plain = plainSequence(text);
    const asPath = plain === undefined ? parseAsPath(text, field) : undefined;
    if (plain !== undefined) sequence(plain, field);
    else if (asPath?.every(({ type }) => type === AS_SEQUENCE))
      sequence(
        asPath.flatMap((segment) => segment.asns),
        field,
      );
    else mixed.push({ path: paths, asPath: asPath as AsPath });
    paths++;
    starts = doubled(starts, paths + 1);
    starts[paths] = used;
  };
  return {
    get paths() {
      return before.paths + paths;
    },
    get rows() {
      return before.rows + rowCount;
    },
    get invalid() {
      return invalidRoutes;
    },
    get signed() {
      return signedRoutes;
    },
    peer: (value, field) => {
      if (peers.length >= MOST.peers) throw tooMany(field, MOST.peers);
      const [asn, address, withdrawals, stateChanges] = listOf(value, field, 4);
      const peer = {
        asn: numberOf(asn, field, WORD),
        address: address === null ? new Uint8Array(0) : parseAddress(textOf(address, field), field),
        withdrawals: numberOf(withdrawals, field),
        stateChanges: numberOf(stateChanges, field),
      };
      if (peer.address.length > 0 && isKnownPeer(peer.asn))
        throw wrong(field, 'a peer that needs an address');
      peers.push(peer);
    },
    path: (value, field) => {
      const [text, ...counts] = listOf(value, field, 1 + COLUMNS * MOST.peers);
      if (counts.length === 0 || counts.length % COLUMNS !== 0) {
        throw wrong(field, 'a path with five numbers for each peer');
      }
      addPath(textOf(text, field), field);
      for (let at = 0; at < counts.length; at += COLUMNS) {
        if (before.rows + rowCount >= MOST.rows) throw tooMany(field, MOST.rows);
        rows = doubled(rows, (rowCount + 1) * ROW_WORDS);
        const to = rowCount * ROW_WORDS;
        rows[to] = paths - 1;
        rows[to + 1] = numberOf(counts[at], `${field}.peer`, peers.length - 1);
        let routes = 0;
        for (let i = 1; i < COLUMNS - 1; i++) {
          const count = numberOf(counts[at + i], `${field}.routes`, WORD);
          rows[to + 1 + i] = count;
          routes += count;
        }
        const ofSigned = numberOf(counts[at + COLUMNS - 1], `${field}.signed`, routes);
        invalidRoutes += rows[to + 3] as number;
        signedRoutes += ofSigned;
        if (ofSigned > 0) {
          if (before.signed + signed.length >= MOST.signed) throw tooMany(field, MOST.signed);
          signed.push({ row: rowCount, routes: ofSigned });
        }
        rowCount++;
      }
    },
    turnTo: (next, field) => {
      if (sets.length >= MOST.sets) throw tooMany(field, MOST.sets);
      if (time === undefined ? paths > 0 : next <= time) throw wrong(field, 'a time after those before it');
      close();
      time = next;
    },
    part: (counts, timed) => {
      if (!timed) return { ...counts, ...taken(), peers };
      close();
      return { ...emptyPart(), ...counts, peers, sets };
    },
  };
}

/**
 * A pair of prefix and origin with its routes, `["192.0.2.0/24", 64496, 3]`, where there are payloads of many times with the time
 * of the earliest by which it is invalid.
 */
export function readPair(value: unknown, field: string, timed: boolean): InvalidPair {
  const entries = listOf(value, field, timed ? 4 : 3);
  const [prefix, origin, routes, set] = entries;
  return {
    prefix: readPrefix(prefix, field),
    origin: origin === null ? undefined : numberOf(origin, `${field}.origin`, WORD),
    routes: numberOf(routes, `${field}.routes`),
    ...(timed ? { set: numberOf(set, `${field}.set`, WORD) } : {}),
  };
}

/** A prefix as text. */
export function readPrefix(value: unknown, field: string): Prefix {
  return parsePrefix(textOf(value, field), field);
}

/** The ASNs of a path of one AS_SEQUENCE as it is written here; undefined for any other text. */
function plainSequence(text: string): number[] | undefined {
  const asns: number[] = [];
  let asn = 0;
  let digits = 0;
  for (let i = 0; i <= text.length && text !== ''; i++) {
    const code = i === text.length ? SPACE : text.charCodeAt(i);
    if (code === SPACE) {
      if (digits === 0 || asn > WORD) return undefined;
      asns.push(asn);
      asn = 0;
      digits = 0;
    } else {
      if (code < ZERO || code > NINE || digits === MOST_DIGITS) return undefined;
      asn = 10 * asn + code - ZERO;
      digits++;
    }
  }
  return asns;
}

const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
/** Digits of an AS number. */
const MOST_DIGITS = 10;
