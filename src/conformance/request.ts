import type { Fields } from './vector.js';

/** What a program answers to a request, without its id. */
export type Answer = Fields;

/** A request that cannot be answered because it is malformed; `path` names the field. */
export class RequestError extends Error {
  readonly code = 'malformed-request';
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'RequestError';
    this.path = path;
  }
}
