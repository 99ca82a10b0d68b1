import { AS_SEQUENCE, type AsPath, parseAsPath } from '../../bgp/index.js';
import { type Prefix, parseAddress, parsePrefix } from '../../inet/index.js';
import { doubled } from '../../tables/index.js';
import type { InvalidPair } from '../invalid-origins.js';
import { type AuditPart, emptyPart, type PartPeer } from '../part.js';
import { type PartSet, type PathRows, ROW_WORDS } from '../part-rows.js';
import { isKnownPeer } from '../peer-directory.js';
import { PACKED_COLUMNS } from './packed-paths.js';
import { listOf, numberOf, textOf, tooMany, WORD, wrong } from './values.js';

/** Entries of one file that are believed: some times what a table of the whole internet from a hundred peers has. */
const MOST = { asns: 1 << 27, paths: 1 << 25, rows: 1 << 26, peers: 1 << 20, signed: 1 << 25, sets: 1 << 20 };

/** A part from the lines of a partial report. */
export interface PartBuilder {
  peer(value: unknown, field: string): void;
  path(value: unknown, field: string): void;
  /** Paths as `packPaths` has them. */
  packed(words: Uint32Array, field: string): void;
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

  /** The ASNs `numbers[start, end)` of a path of AS_SEQUENCEs. */
  const sequence = (numbers: ArrayLike<number>, start: number, end: number, field: string): void => {
    if (before.asns + used + end - start > MOST.asns) throw tooMany(field, MOST.asns);
    asns = doubled(asns, used + end - start);
    for (let i = start; i < end; i++) asns[used++] = numbers[i] as number;
  };
  /** The ASNs of the path have come. */
  const endPath = (field: string): void => {
    if (before.paths + paths >= MOST.paths) throw tooMany(field, MOST.paths);
    paths++;
    starts = doubled(starts, paths + 1);
    starts[paths] = used;
  };
  const addPath = (text: string, field: string): void => {
    const plain = plainSequence(text) ?? sequenceOf(text, field);
    if (Array.isArray(plain)) sequence(plain, 0, plain.length, field);
    else mixed.push({ path: paths, asPath: plain.asPath });
    endPath(field);
  };
  /** Routes of a peer on the last path. */
  const addRow = (
    peer: number,
    valid: number,
    invalid: number,
    notFound: number,
    ofSigned: number,
    field: string,
  ): void => {
    if (before.rows + rowCount >= MOST.rows) throw tooMany(field, MOST.rows);
    rows = doubled(rows, (rowCount + 1) * ROW_WORDS);
    const to = rowCount * ROW_WORDS;
    rows[to] = paths - 1;
    rows[to + 1] = peer;
    rows[to + 2] = valid;
    rows[to + 3] = invalid;
    rows[to + 4] = notFound;
    invalidRoutes += invalid;
    signedRoutes += ofSigned;
    if (ofSigned > 0) {
      if (before.signed + signed.length >= MOST.signed) throw tooMany(field, MOST.signed);
      signed.push({ row: rowCount, routes: ofSigned });
    }
    rowCount++;
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
      const [text, ...counts] = listOf(value, field, 1 + PACKED_COLUMNS * MOST.peers);
      if (counts.length === 0 || counts.length % PACKED_COLUMNS !== 0) {
        throw wrong(field, 'a path with five numbers for each peer');
      }
      addPath(textOf(text, field), field);
      for (let at = 0; at < counts.length; at += PACKED_COLUMNS) {
        const peer = numberOf(counts[at], `${field}.peer`, peers.length - 1);
        const routes = (i: number): number => numberOf(counts[at + i], `${field}.routes`, WORD);
        const [valid, invalid, notFound] = [routes(1), routes(2), routes(3)];
        const ofSigned = numberOf(counts[at + 4], `${field}.signed`, valid + invalid + notFound);
        addRow(peer, valid, invalid, notFound, ofSigned, field);
      }
    },
    packed: (words, field) => {
      const { length: all } = words;
      let at = 0;
      /** Says that so many words have to come. */
      const want = (count: number): void => {
        if (count > all - at) throw wrong(field, 'whole paths');
      };
      // Room for as much as the words can be, so that it is asked for once.
      asns = doubled(asns, used + all);
      rows = doubled(rows, rowCount * ROW_WORDS + all);
      while (at < all) {
        const head = words[at++] as number;
        const length = head >>> 1;
        want(length + 1);
        if ((head & 1) === 0) {
          if (before.asns + used + length > MOST.asns) throw tooMany(field, MOST.asns);
          for (let i = at; i < at + length; i++) asns[used++] = words[i] as number;
        } else mixed.push({ path: paths, asPath: packedMixed(words.subarray(at, at + length), field) });
        endPath(field);
        at += length;
        const count = words[at++] as number;
        if (count === 0) throw wrong(field, 'a path with five numbers for each peer');
        want(PACKED_COLUMNS * count);
        for (let i = 0; i < count; i++, at += PACKED_COLUMNS) {
          const peer = words[at] as number;
          const valid = words[at + 1] as number;
          const invalid = words[at + 2] as number;
          const notFound = words[at + 3] as number;
          const ofSigned = words[at + 4] as number;
          if (peer >= peers.length) throw wrong(`${field}.peer`, `a whole number in 0..${peers.length - 1}`);
          if (ofSigned > valid + invalid + notFound)
            throw wrong(`${field}.signed`, 'signed ones of these routes');
          addRow(peer, valid, invalid, notFound, ofSigned, field);
        }
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

/** The path of a text that is not written as here: its ASNs where it has AS_SEQUENCEs alone. */
function sequenceOf(text: string, field: string): number[] | { readonly asPath: AsPath } {
  const asPath = parseAsPath(text, field);
  return asPath.every(({ type }) => type === AS_SEQUENCE) ? asPath.flatMap(({ asns }) => asns) : { asPath };
}

/** A path with other segments than AS_SEQUENCEs, by the characters of its text. */
function packedMixed(characters: Uint32Array, field: string): AsPath {
  if (characters.some((code) => code > ASCII)) throw wrong(field, 'the text of a path');
  const found = sequenceOf(new TextDecoder().decode(Uint8Array.from(characters)), field);
  if (Array.isArray(found)) throw wrong(field, 'a path with other segments than AS_SEQUENCEs');
  return found.asPath;
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

const ASCII = 0x7f;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
/** Digits of an AS number. */
const MOST_DIGITS = 10;
