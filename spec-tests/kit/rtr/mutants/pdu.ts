/** PDUs as the interface of the conformance kit states them. */
export type Pdu =
  | { readonly type: 'serial-notify' | 'serial-query'; readonly sessionId: number; readonly serial: number }
  | { readonly type: 'reset-query' | 'cache-reset' }
  | { readonly type: 'cache-response'; readonly sessionId: number }
  | ({ readonly type: 'ipv4-prefix' | 'ipv6-prefix'; readonly announce: boolean } & Vrp)
  | EndOfData
  | ({ readonly type: 'router-key'; readonly announce: boolean } & Key)
  | {
      readonly type: 'error-report';
      readonly errorCode: number;
      readonly erroneousPdu: string;
      readonly text: string;
    }
  | ({ readonly type: 'aspa'; readonly announce: boolean; readonly afi?: number } & Aspa);

export type Vrp = {
  readonly prefix: string;
  readonly maxLength: number;
  readonly asn: number;
};

export type Aspa = {
  readonly customer: number;
  readonly providers: readonly number[];
};

export type Key = {
  readonly asn: number;
  readonly ski: string;
  readonly spki: string;
};

export type EndOfData = Partial<Timing> & {
  readonly type: 'end-of-data';
  readonly sessionId: number;
  readonly serial: number;
};

export type Timing = {
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
};

/** What a cache serves and a router holds. */
export type Payloads = {
  readonly vrps?: readonly Vrp[];
  readonly aspas?: readonly Aspa[];
  readonly routerKeys?: readonly Key[];
};

export type Dialect = 'current' | '8210bis-10';

/** A fault of the other side: the RTR error code that answers it. */
export class Fault extends Error {
  readonly errorCode: number;
  /** A foreign session ID flushes in every version. */
  readonly foreign: boolean;

  constructor(errorCode: number, foreign = false) {
    super(`error ${errorCode}`);
    this.errorCode = errorCode;
    this.foreign = foreign;
  }
}

export const NUMBER: Readonly<Record<Pdu['type'], number>> = {
  'serial-notify': 0,
  'serial-query': 1,
  'reset-query': 2,
  'cache-response': 3,
  'ipv4-prefix': 4,
  'ipv6-prefix': 6,
  'end-of-data': 7,
  'cache-reset': 8,
  'router-key': 9,
  'error-report': 10,
  aspa: 11,
};
