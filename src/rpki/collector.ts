import { DecodeError } from '../bytes/index.js';
import type { AspaPayload, RouterKey, Vrp } from '../payload/index.js';
import { createPayloadSet, type PayloadSet } from '../payload/index.js';
import type { PayloadDialect, PayloadFile, ReadOptions } from './payload-file.js';
import { createProblemLog, type ProblemLog } from './problem.js';

/** Where readers of all dialects put what they read. */
export class Collector {
  readonly payloads: PayloadSet;
  readonly problems: ProblemLog;
  readonly #now: number;
  readonly #aspas: AspaPayload[] = []; // united at the end, at once
  #expired = 0;

  constructor({ strict = false, now = Number.NEGATIVE_INFINITY, seed }: ReadOptions) {
    this.payloads = createPayloadSet({}, { seed });
    this.problems = createProblemLog(strict);
    this.#now = now;
  }

  vrp(vrp: Vrp): void {
    if (this.#isCurrent(vrp)) this.payloads.vrps.announce(vrp);
  }

  /** Adds an ASPA to the union of its customer; warns of a customer among its own providers (profile -29 §3.3). */
  aspa(aspa: AspaPayload, list: string, index?: number): void {
    if (!this.#isCurrent(aspa)) return;
    if (aspa.providers.includes(aspa.customer)) {
      this.problems.report(
        'aspa-own-provider',
        `AS ${aspa.customer} is among its own providers`,
        list,
        index,
      );
    }
    this.#aspas.push(aspa);
  }

  routerKey(key: RouterKey): void {
    if (this.#isCurrent(key)) this.payloads.routerKeys.announce(key);
  }

  /** Reports what made a record unusable; other errors than of the input are thrown on. */
  skip(error: unknown, list: string, index?: number): void {
    if (!(error instanceof DecodeError)) throw error;
    this.problems.report(error.code, error.message, list, index);
  }

  finish(dialect: PayloadDialect): PayloadFile {
    this.payloads.aspas.unite(this.#aspas);
    return { dialect, ...this.payloads, problems: this.problems, expired: this.#expired };
  }

  #isCurrent({ expires }: { readonly expires?: number }): boolean {
    if (expires === undefined || expires >= this.#now) return true;
    this.#expired++;
    return false;
  }
}
