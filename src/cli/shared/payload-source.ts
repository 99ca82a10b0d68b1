import {
  ALL_KINDS,
  countPayloads,
  createPayloadSet,
  customersOverLimit,
  PAYLOAD_KINDS,
  type PayloadKind,
  type PayloadSet,
} from '../../payload/index.js';
import { ageOf, firstExpiry, unexpired } from './expiry.js';
import { nameOf } from './input.js';
import { CliError, type Io } from './io.js';
import { readPayloadFile } from './payload-files.js';
import { overLimitText } from './provider-limit.js';
import type { Occasion, WatchedFile } from './rested-files.js';

/** A payload file as a source that lasts: what it held last and may be believed. */
export interface PayloadSource extends WatchedFile {
  readonly payloads: PayloadSet;
}

/** What is believed of a file that changes. */
export interface SourceOptions {
  /** A faulty record is a fault of the file. */
  readonly strict?: boolean;
  /** Per cent of the records of one kind that may go at once; 100 lets everything go. */
  readonly maxDrop: number;
  /** The time by which payloads expire, in seconds since 1970 UTC; without it none does. */
  readonly now?: () => number;
}

/** Records of one kind from which on a share of them counts. */
const MANY = 100;

/** Milliseconds after which a file that has dropped much is read a second time. */
const SECOND_READING = 10_000;

/** Seconds between two removals of what has expired: in a large file something ends every second. */
const EXPIRY_PAUSE = 60;

type Counts = Readonly<Record<PayloadKind, number>>;

const total = (counts: Counts): number => ALL_KINDS.reduce((sum, kind) => sum + counts[kind], 0);

/**
 * What a change from `before` to `after` loses that is more than `maxDrop` allows, in words; undefined when it loses
 * little. To nothing at all is always much, unless everything may go.
 */
export function dropOf(before: Counts, after: Counts, maxDrop: number): string | undefined {
  if (maxDrop >= 100) return undefined;
  if (total(before) > 0 && total(after) === 0) return `all ${total(before)} records would go`;
  for (const kind of ALL_KINDS) {
    const lost = before[kind] - after[kind];
    if (before[kind] >= MANY && 100 * lost > maxDrop * before[kind]) {
      return `of ${before[kind]} ${PAYLOAD_KINDS[kind].many} ${after[kind]} would stay`;
    }
  }
  return undefined;
}

/**
 * A payload file that replaces good data with good data only: one that cannot be read, whose records are all faulty, or
 * that has lost more than `maxDrop` allows, leaves them as they are and is noted. Such a loss is believed when a second
 * reading finds the same, or when a person asks for it (docs/decisions/rtr.md D-rtr-serve-drops). What expires goes, at most
 * a minute later: the file is read again for it (D-rtr-serve-expiry).
 */
export function createPayloadSource(
  file: string,
  { strict = false, maxDrop, now }: SourceOptions,
  io: Io,
  note: (text: string) => void,
): PayloadSource {
  let payloads = createPayloadSet({}, { seed: io.seed });
  /** When the first of these expires, and when that was last seen to. */
  let expiry = Number.POSITIVE_INFINITY;
  let cleared = 0;
  let age: string | undefined;
  const hold = (held: PayloadSet): void => {
    payloads = held;
    if (now === undefined) return;
    expiry = firstExpiry(held);
    cleared = now();
  };
  const isExpiring = (): boolean => now !== undefined && now() > expiry && now() >= cleared + EXPIRY_PAUSE;
  /** Gives up what has expired of the data that are held; undefined where nothing has. */
  const clear = (): (() => boolean) | undefined => {
    if (now === undefined || now() <= expiry) return undefined;
    const left = unexpired(payloads, now(), io.seed);
    const gone = total(countPayloads(payloads)) - total(countPayloads(left));
    return () => {
      note(`${nameOf(file)}: ${gone} payloads have expired`);
      hold(left);
      return true;
    };
  };
  let doubt: { readonly counts: Counts; readonly due: number } | undefined;
  const accept = (read: PayloadSet, occasion: Occasion): boolean => {
    const counts = countPayloads(read);
    // What has expired is not lost by the file.
    const before = now === undefined ? payloads : unexpired(payloads, now(), io.seed);
    const drop = occasion === 'change' ? dropOf(countPayloads(before), counts, maxDrop) : undefined;
    const confirmed = doubt !== undefined && JSON.stringify(counts) === JSON.stringify(doubt.counts);
    if (drop !== undefined && !confirmed) {
      doubt = { counts, due: performance.now() + SECOND_READING };
      const until = `until a second reading finds the same, or SIGHUP (--max-drop ${maxDrop})`;
      note(`warning: ${nameOf(file)}: ${drop}; kept the old data ${until}`);
      return false;
    }
    doubt = undefined;
    hold(read);
    return true;
  };
  return {
    file,
    get payloads() {
      return payloads;
    },
    due: () => (doubt !== undefined && performance.now() >= doubt.due) || isExpiring(),
    expire: clear,
    async load(occasion) {
      try {
        const time = now?.();
        const read = await readPayloadFile(
          file,
          { strict, ...(time === undefined ? {} : { now: time }) },
          io,
        );
        const [over] = customersOverLimit(read.aspas);
        if (strict && over) throw new CliError(`${nameOf(file)}: ${overLimitText(over)}`);
        const told = time === undefined ? undefined : await ageOf(file, read.made, time);
        return () => {
          const taken = accept(read, occasion);
          const made = told?.split(', ')[0];
          if (taken && made !== undefined && made !== age) note(`${nameOf(file)}: ${told}`);
          if (taken) age = made;
          return taken;
        };
      } catch (error) {
        if (occasion === 'start') throw error;
        const reason = error instanceof Error ? error.message : String(error);
        note(`warning: kept the old data: ${reason}`); // it names the file
        return clear();
      }
    },
  };
}
