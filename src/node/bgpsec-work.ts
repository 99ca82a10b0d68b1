import type { BgpsecSession, BgpsecVerdict, RouterKeyRange, UpdateAnswer } from '../bgpsec/index.js';
import { createReader, createWriter, DecodeError } from '../bytes/index.js';
import { requireObject } from '../inet/index.js';

/** What a thread is told when it starts. */
export interface WorkerSetup {
  /** As {@link packKeys} made them; every thread reads the same memory. */
  readonly keys: Uint8Array;
  readonly engine: 'native' | 'noble';
  readonly maxKeys: number | undefined;
  readonly seed: number | undefined;
}

/** What an answer shall have beside the verdict. */
export interface AnswerForm {
  readonly attributeType: 33 | 30 | undefined;
  readonly extendedMessages: boolean | undefined;
  readonly explain: boolean;
}

/** One question, before it goes to a thread; without a form of the answer it is for the verdict alone. */
export interface Job {
  readonly message: Uint8Array;
  readonly session: BgpsecSession;
  readonly form?: AnswerForm;
}

/** Questions that go to a thread together: the octets of all messages, one behind the other, and each session once. */
export interface Chunk {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
  readonly sessions: readonly BgpsecSession[];
  /** By question: its place in `sessions`. */
  readonly sessionOf: readonly number[];
  readonly forms: readonly (AnswerForm | undefined)[];
}

/** What a thread found: a verdict or an answer, the fault of a message, or the misuse that the question was. */
export type Found =
  | BgpsecVerdict
  | 'session-reset'
  | { readonly answer: UpdateAnswer }
  | { readonly fault: Fault }
  | { readonly misuse: unknown };

/** A {@link DecodeError} without its class, which does not survive the way between threads. */
interface Fault {
  readonly code: string;
  readonly message: string;
  readonly field: string;
  readonly offset: number | undefined;
}

/** The fault of an error, to be sent. */
export function faultOf({ code, message, field, offset }: DecodeError): Fault {
  return { code, message, field, offset };
}

/** The error of a fault that was sent. */
export function errorOf({ code, message, field, offset }: Fault): DecodeError {
  const place = { field, ...(offset !== undefined && { offset }) };
  const { length } = new DecodeError(code, '', place).message; // the place, which stands before the text
  return new DecodeError(code, message.slice(length), place);
}

/** One chunk of questions. @throws {TypeError} for a session that is no object. */
export function packChunk(jobs: readonly Job[]): Chunk {
  const lengths = jobs.map(({ message }) => message.length);
  const octets = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const { message } of jobs) {
    octets.set(message, at);
    at += message.length;
  }
  const sessions: BgpsecSession[] = [];
  const places = new Map<BgpsecSession, number>();
  const sessionOf = jobs.map(({ session }) => {
    const place = places.get(session) ?? sessions.push(plainSession(session)) - 1;
    places.set(session, place);
    return place;
  });
  return { octets, lengths, sessions, sessionOf, forms: jobs.map(({ form }) => form) };
}

/** Every member of a session; what else its object has stays where it is. */
const MEMBERS: Readonly<Record<keyof BgpsecSession, true>> = {
  localAs: true,
  peerAs: true,
  kind: true,
  confederation: true,
  ownAses: true,
  allowPcountZero: true,
  loopCheckPcountZero: true,
  negotiated: true,
  safis: true,
  addPath: true,
};

function plainSession(session: BgpsecSession): BgpsecSession {
  requireObject(session, 'the session', '{localAs, peerAs, kind}');
  const { localAs, peerAs, kind } = session;
  const present = Object.entries(session).filter(([name]) => name in MEMBERS);
  return { localAs, peerAs, kind, ...Object.fromEntries(present) };
}

/** The messages of a chunk as views of its octets. */
export function messagesOf({ octets, lengths }: Chunk): Uint8Array[] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return octets.subarray(at - length, at);
  });
}

/** Router keys in memory that threads share. */
export function packKeys(keys: Iterable<RouterKeyRange>): Uint8Array {
  const writer = createWriter();
  for (const { min, max, ski, spki } of keys) {
    writer.u32(min, 'min').u32(max, 'max').bytes(ski).u32(spki.length, 'length').bytes(spki);
  }
  const octets = writer.finish();
  const shared = new Uint8Array(new SharedArrayBuffer(octets.length));
  shared.set(octets);
  return shared;
}

/** The keys that {@link packKeys} packed. */
export function* unpackKeys(octets: Uint8Array): Generator<RouterKeyRange> {
  const reader = createReader(octets);
  while (reader.remaining > 0) {
    const [min, max] = [reader.u32('min'), reader.u32('max')];
    const ski = reader.bytes(20, 'ski');
    yield { min, max, ski, spki: reader.bytes(reader.u32('length'), 'spki') };
  }
}
