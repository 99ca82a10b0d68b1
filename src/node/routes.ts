import { DecodeError } from '../bytes/index.js';
import { requireIterable } from '../inet/index.js';
import { type ReadElementsOptions, type RouteElement, readElements } from '../routes/index.js';
import { openInput } from './input-open.js';
import type { InputSummary } from './input-routes.js';

/** How the routes of files are read for iteration. */
export interface RoutesOptions extends Omit<ReadElementsOptions, 'onEnd'> {
  /** Called when a file has been read, with what was in it besides routes, and its faults. */
  readonly onInput?: (input: InputSummary) => void;
}

/**
 * The routes of files, or of standard input for `-`, for `for await (const route of routes(['rib.gz']))`: entries of
 * RIB dumps and announcements, in the order of the files, each a value of its own. Any form and compression that
 * `readRoutes` knows; a file is opened when its turn comes, and closed when the loop is left. `readRoutes` is faster, and
 * has withdrawals and state changes too.
 *
 * @throws {DecodeError} after the last route of a file that breaks off, or has no record of routes, with the file as
 * `field`; the error of the operating system when a file cannot be read.
 */
export async function* routes(
  paths: readonly string[],
  { onInput, ...options }: RoutesOptions = {},
): AsyncGenerator<RouteElement, void, undefined> {
  requireIterable(paths, 'the paths', 'a list of files');
  for (const path of paths) {
    const onEnd = onInput && { onEnd: (summary: InputSummary['summary']) => onInput({ path, summary }) };
    try {
      for await (const element of readElements(openInput(path), { ...options, ...onEnd })) {
        if (element.kind === 'route') yield element;
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      const { code, offset } = error;
      const message = error.message.slice(error.message.indexOf(': ') + 2); // behind the field, which is the file now
      throw new DecodeError(code, message, { field: path, ...(offset === undefined ? {} : { offset }) });
    }
  }
}
