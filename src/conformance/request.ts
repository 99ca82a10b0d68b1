import { DecodeError } from '../bytes/index.js';
import type { Fields } from './vector.js';

/** What a program answers to a request, without its id. */
export type Answer = Fields;

/** A request that cannot be answered because it is malformed; `path` (also `field`) names the member. */
export class RequestError extends DecodeError {
  readonly path: string;

  constructor(path: string, message: string) {
    super('malformed-request', message, { field: path });
    this.name = 'RequestError';
    this.path = path;
  }
}
