import { fromHex, toHex } from 'pathsec/bytes';
import { decodePdu, headerOf, judgeHeader } from './decode.js';
import type { Parts } from './parts.js';
import { type Dialect, Fault, type Payloads, type Pdu } from './pdu.js';
import { copyData, type Data, emptyData, payloadsOf, type Response, takePayload } from './records.js';
import type { EVENTS, Step } from './request.js';

type Sent = { readonly type: string; readonly version: number } & Record<string, string | number>;

export type ReceiveAnswer = Required<Payloads> & {
  readonly state: 'synchronized' | 'pending' | 'closed';
  readonly version: number;
  readonly errorCode: number | null;
  readonly sent: readonly Sent[];
};

/** The highest error code of each version's text. */
const HIGHEST_CODE = [7, 8, 13];

/** A small router: one cache, no timers of its own. */
class Router {
  readonly #parts: Parts;
  readonly #highest: number;
  readonly #lowest: number;
  readonly #dialect: Dialect;
  readonly #sent: Sent[] = [];
  #version: number;
  #next: number | undefined;
  #agreed = false;
  #open = false;
  #asked: 'reset' | 'serial' | undefined;
  /** Whether a query waits for an answer that counts. */
  #pending = false;
  #session: { readonly version: number; readonly id: number; readonly serial: number } | undefined;
  #data: Data = emptyData();
  #response: (Response & { readonly id: number }) | undefined;
  #rest = new Uint8Array(0);
  #errorCode: number | null = null;

  constructor(parts: Parts, highest: number, lowest: number, dialect: Dialect) {
    this.#parts = parts;
    this.#highest = highest;
    this.#lowest = lowest;
    this.#dialect = dialect;
    this.#version = highest;
  }

  happen(event: (typeof EVENTS)[number]): void {
    if (event === 'connect') {
      this.#open = true;
      this.#agreed = false;
      this.#version = this.#next ?? this.#highest;
      this.#rest = new Uint8Array(0);
      this.#query();
    } else if (event === 'close') {
      if (this.#open && !this.#agreed && this.#version > this.#lowest) this.#next = this.#version - 1;
      this.#open = false;
      this.#response = undefined;
    } else if (event === 'poll') {
      if (this.#open) this.#query();
    } else if (this.#parts.expires) {
      this.#data = emptyData();
      this.#session = undefined;
    }
  }

  read(octets: Uint8Array): void {
    if (!this.#open) return;
    let input = new Uint8Array([...this.#rest, ...octets]);
    this.#rest = new Uint8Array(0);
    while (this.#open && input.length >= 8) {
      const header = headerOf(input);
      let length: number;
      try {
        length = this.#judge(header);
        if (input.length < length) break;
        this.#take(decodePdu(this.#parts, input.subarray(0, length), this.#dialect), header.version);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        this.#fail(error, input);
        return;
      }
      input = input.slice(length);
    }
    if (this.#parts.framing === 'stream') this.#rest = input;
  }

  answer(): ReceiveAnswer {
    const waiting = this.#pending ? 'pending' : 'synchronized';
    return {
      state: this.#open ? waiting : 'closed',
      version: this.#version,
      ...payloadsOf(this.#data),
      errorCode: this.#errorCode,
      sent: this.#sent,
    };
  }

  #query(): void {
    const session = this.#session;
    const version = this.#version;
    this.#pending = true;
    if (session && this.#parts.resumes(session.version, version)) {
      this.#asked = 'serial';
      const { id, serial } = session;
      this.#sent.push({ type: 'serial-query', version, sessionId: id, serial });
    } else {
      this.#asked = 'reset';
      this.#sent.push({ type: 'reset-query', version });
    }
  }

  /** The length of the PDU, when its version, type and length are right. */
  #judge(header: { version: number; type: number; length: number }): number {
    let { version } = header;
    if (this.#agreed) {
      if (!this.#parts.versionFits(this.#version, version)) throw new Fault(this.#version === 0 ? 0 : 8);
      version = this.#version;
    } else if (header.type !== 0 && header.type !== 10) {
      if (version > this.#version || version < this.#lowest) throw new Fault(4);
    } else {
      version = this.#version;
    }
    judgeHeader(this.#parts, header, version, this.#dialect);
    return header.length;
  }

  #take(pdu: Pdu, version: number): void {
    switch (pdu.type) {
      case 'serial-notify':
        this.#notified(pdu.sessionId, pdu.serial, version);
        return;
      case 'cache-response': {
        if (this.#asked === undefined) throw new Fault(0);
        this.#agree(version);
        const reset = this.#asked === 'reset';
        const id = pdu.sessionId;
        if (!reset && !(this.#session && this.#fits(this.#session.id, id))) throw new Fault(0, true);
        this.#response = { ...this.#begin(reset), id };
        this.#asked = undefined;
        return;
      }
      case 'end-of-data':
        this.#end(pdu.sessionId, pdu.serial);
        return;
      case 'cache-reset':
        if (this.#asked !== 'serial') throw new Fault(0);
        this.#agree(version);
        this.#session = undefined;
        this.#query();
        return;
      case 'error-report':
        this.#reported(pdu.errorCode, version);
        return;
      case 'serial-query':
      case 'reset-query':
        throw new Fault(0);
      default:
        if (!this.#response) throw new Fault(0);
        takePayload(this.#parts, this.#response, pdu);
    }
  }

  #begin(reset: boolean): Response {
    const { applies, resetAnswer } = this.#parts;
    const fresh = reset && resetAnswer === 'replaces';
    if (fresh && applies === 'at-once') this.#data = emptyData();
    const data = applies === 'at-once' ? this.#data : fresh ? emptyData() : copyData(this.#data);
    return { data, reset, version: this.#version, announced: new Set(), withdrawn: new Set() };
  }

  #end(sessionId: number, serial: number): void {
    const response = this.#response;
    if (!response) throw new Fault(0);
    if (!this.#fits(response.id, sessionId)) throw new Fault(0, true);
    this.#response = undefined;
    this.#pending = false;
    if (this.#session && !response.reset && !this.#parts.serialFollows(this.#session.serial, serial)) return;
    this.#data = response.data;
    this.#session = { version: this.#version, id: sessionId, serial };
  }

  #notified(sessionId: number, serial: number, version: number): void {
    if (!this.#agreed) {
      if (this.#parts.notifyWhileNegotiating === 'settles') this.#agree(version);
      return;
    }
    if (this.#asked || this.#response || !this.#session) return;
    if (!this.#fits(this.#session.id, sessionId)) throw new Fault(0, true);
    if (serial !== this.#session.serial) this.#query();
  }

  #reported(errorCode: number, version: number): void {
    if (errorCode === 4 && !this.#agreed) {
      const lower = version < this.#version && version >= this.#lowest;
      if (!lower || !this.#parts.downgrades) {
        this.#open = false;
        return;
      }
      this.#version = version;
      this.#next = version;
      this.#query();
      return;
    }
    this.#response = undefined;
    this.#asked = undefined;
    this.#pending = true;
    this.#session = errorCode === 12 || (errorCode === 4 && this.#version === 2) ? this.#session : undefined;
    if (errorCode === 2 && this.#parts.noData === 'waits') return;
    this.#open = false;
    if (errorCode !== 2 || this.#parts.noData === 'ends') this.#flush(errorCode, false);
  }

  /** §12: fatal errors of version 2 flush; in the older versions a foreign session ID does. */
  #flush(errorCode: number, foreign: boolean): void {
    const fatal = this.#version < 2 || (errorCode !== 4 && errorCode !== 12);
    if (!fatal) return;
    this.#session = undefined;
    if (this.#parts.fatal === 'flushes' && (this.#version === 2 || foreign)) this.#data = emptyData();
  }

  #fail(fault: Fault, input: Uint8Array): void {
    const { type, length } = headerOf(input);
    const errorCode = fault.errorCode <= (HIGHEST_CODE[this.#version] ?? 0) ? fault.errorCode : 0;
    this.#open = false;
    this.#response = undefined;
    if (type !== 10 || this.#parts.answersErrorReports) {
      const erroneousPdu = toHex(input.subarray(0, Math.max(8, Math.min(length, input.length))));
      this.#sent.push({ type: 'error-report', version: this.#version, errorCode, erroneousPdu });
    }
    this.#errorCode = type !== 10 || this.#parts.answersErrorReports ? errorCode : null;
    this.#flush(errorCode, fault.foreign);
  }

  #agree(version: number): void {
    if (this.#agreed) return;
    this.#agreed = true;
    this.#version = version;
    this.#next = undefined;
  }

  #fits(held: number, named: number): boolean {
    return this.#parts.sessionFits(held, named);
  }
}

/** What the small router answers to a request of the operation `receive`. */
export function receive(
  parts: Parts,
  input: {
    readonly version: number;
    readonly lowestVersion: number;
    readonly dialect: Dialect;
    readonly steps: readonly Step[];
  },
): ReceiveAnswer {
  const router = new Router(parts, input.version, input.lowestVersion, input.dialect);
  router.happen('connect');
  for (const step of input.steps) {
    if ('octets' in step) router.read(fromHex(step.octets));
    else router.happen(step.event);
  }
  return router.answer();
}
