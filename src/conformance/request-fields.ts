import { DecodeError } from '../bytes/index.js';
import { RequestError } from './request.js';

/** Runs `body`; a {@link DecodeError} or a {@link RangeError} in it is the request's fault, at `path`. */
export function inField<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof RequestError) throw error;
    if (error instanceof DecodeError || error instanceof RangeError) {
      throw new RequestError(path, error.message);
    }
    throw error;
  }
}
