import { printable } from '../../bytes/index.js';

/** Numbers by which a server says what is wrong: something else is kept under the subject than was expected. */
const WRONG_SEQUENCE = 10071;
/** There is no such stream. */
const NO_STREAM = 10059;
/** What the server answers while it starts, or where a stream has no leader yet. */
const NOT_YET = 503;

/** What a fault of the client says beside its text. */
interface Coded {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly cause?: unknown;
}

/** The server has something else under the subject. */
export function isWrongSequence(error: unknown): boolean {
  return codeOf(error) === WRONG_SEQUENCE;
}

/** There is no such stream. */
export function isNoStream(error: unknown): boolean {
  return codeOf(error) === NO_STREAM;
}

/**
 * Whether it may go well in a while: the server is away, starts, or is slow. What a server refuses it refuses again
 * (a stream that is not there, no right to do it, no room).
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, status } = error as Coded;
  if (name === 'JetStreamApiError') return status === NOT_YET;
  return PASSING.has(name);
}

const PASSING: ReadonlySet<string> = new Set([
  'TimeoutError',
  'RequestError',
  'NoRespondersError',
  'ConnectionError',
  'DrainingConnectionError',
  'JetStreamNotEnabled',
  'JetStreamError', // a sign of life of the server was late
  'JetStreamStatusError',
]);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** What went wrong, in one line. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  const { message, cause } = error as Coded;
  const more = cause instanceof Error && cause.message !== message ? `: ${cause.message}` : '';
  return printable(`${message}${more}`.replaceAll('\n', ' '));
}
