import { routesByBeginning } from '../routes/index.js';
import { octetPayloadFormatOf, type PayloadFileKind, payloadFileKindOf } from '../rpki/payloads.js';

/** What stands in a file, and how that is called with its format: `routes (MRT)`. */
export interface InputKind {
  readonly holds: 'routes' | 'a signed object' | 'partial results' | PayloadFileKind['holds'];
  readonly text: string;
}

/**
 * What an input holds, by its beginning (16 KiB are enough), where that is beyond doubt: a row of the formats of routes, one
 * of the formats of files about the RPKI, or DER. No input is of two of them.
 */
export function inputKindOf(head: Uint8Array): InputKind | undefined {
  const routes = routesByBeginning(head);
  if (routes !== undefined) return { holds: 'routes', text: routes };
  const packed = octetPayloadFormatOf(head);
  if (packed !== undefined) return { holds: packed.holds, text: `${packed.holds} (${packed.title})` };
  const text = new TextDecoder().decode(head);
  if (PARTIAL.test(text)) return { holds: 'partial results', text: 'partial results of audits' };
  if (isDer(head)) return { holds: 'a signed object', text: 'a signed object (DER)' };
  const kind = payloadFileKindOf(text);
  return kind && { holds: kind.holds, text: `${kind.holds} (${kind.title})` };
}

/** What `audit --partial` writes: its lines have lists of payloads in them too. */
const PARTIAL = /^\{"schema":"pathsec-partial-/;

/** A SEQUENCE of more than 127 octets, as every certificate, CRL and signed object is. */
function isDer(head: Uint8Array): boolean {
  return head[0] === 0x30 && (head[1] ?? 0) >= 0x80;
}
