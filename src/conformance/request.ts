import { DecodeError, requireKnownMembers } from '../bytes/index.js';
import type { Fields, Request } from './vector.js';

/** What a program answers to a request, without its id. */
export type Answer = Fields;

/** A request that cannot be answered because it is malformed; `path` (also `field`) names the member. */
export class RequestError extends DecodeError {
  readonly path: string;

  constructor(path: string, message: string, code: RequestErrorCode = 'malformed-request') {
    super(code, message, { field: path });
    this.name = 'RequestError';
    this.path = path;
  }
}

/** A member that is of no use in a request, or that is there under two names, has a code of its own. */
export type RequestErrorCode = 'malformed-request' | 'unknown-member' | 'member-twice';

/** One operation of a suite: the members of its requests, and what is answered to them. */
export interface Operation<Rest extends readonly unknown[], Answered> {
  /** Besides `id`, `suite` and `op`; absent where a reader of `pathsec/questions` looks at the names. */
  readonly members?: readonly string[];
  readonly answer: (request: Request, ...rest: Rest) => Answered;
}

/** Answers a request by the operation that it names. @throws {RequestError} for whatever is wrong with it. */
export function answerBy<Rest extends readonly unknown[]>(
  operations: Readonly<Record<string, Operation<Rest, Answer>>>,
  request: Request,
  ...rest: Rest
): Answer {
  try {
    return operationOf(operations, request).answer(request, ...rest);
  } catch (error) {
    throw requestError(error);
  }
}

/** As {@link answerBy}, for operations that take time. */
export async function answerLater(
  operations: Readonly<Record<string, Operation<readonly [], Answer | Promise<Answer>>>>,
  request: Request,
): Promise<Answer> {
  try {
    return await operationOf(operations, request).answer(request);
  } catch (error) {
    throw requestError(error);
  }
}

function operationOf<Found extends { readonly members?: readonly string[] }>(
  operations: Readonly<Record<string, Found>>,
  request: Request,
): Found {
  const operation = Object.hasOwn(operations, request.op) ? operations[request.op] : undefined;
  if (operation === undefined) {
    const known = Object.keys(operations).join(', ');
    throw new RequestError('op', `no operation ${JSON.stringify(request.op)}; known are ${known}`);
  }
  if (operation.members) requireKnownMembers(request, ['id', 'suite', 'op', ...operation.members]);
  return operation;
}

/** What the readers of values throw, as a fault of the request. */
function requestError(error: unknown): unknown {
  if (error instanceof RequestError || !(error instanceof DecodeError)) return error;
  const { code, field, message } = error;
  const plain = message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
  const kept = code === 'unknown-member' || code === 'member-twice' ? code : 'malformed-request';
  return new RequestError(field, plain, kept);
}
