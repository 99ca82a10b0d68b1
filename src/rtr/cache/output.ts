import type { RtrVersion } from '../pdu/format.js';

/** What a cache session answers: commands to the owner of the transport, and what happened. */
export type CacheOutput =
  | { readonly kind: 'send'; readonly octets: Uint8Array }
  /** Close the transport once everything is sent. */
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'version'; readonly version: RtrVersion }
  | { readonly kind: 'query'; readonly query: 'reset' | 'serial'; readonly serial?: number }
  | { readonly kind: 'error-sent' | 'error-received'; readonly errorCode: number; readonly text: string };
