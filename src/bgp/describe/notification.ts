import { type Describer, quoted, toHex } from '../../bytes/index.js';
import { notificationName } from '../message/notification-names.js';

/**
 * Describes Error Code, Error Subcode and Data of a NOTIFICATION (RFC 4271 §4.5): the Shutdown Communication of
 * RFC 9003 §2, and what a Hard Reset of RFC 8538 §3.1 encapsulates. The result is the name of the error.
 */
export function describeNotification(body: Describer): string {
  const { code, subcode } = describeError(body, '');
  const name = notificationName({ code, subcode });
  if (code !== 6 || subcode !== 9 || body.remaining < 2) {
    describeData(body, code, subcode);
    return name;
  }
  let inner = '';
  body.group(
    'Data',
    body.remaining,
    (data) => {
      const encapsulated = describeError(data, 'Encapsulated ');
      inner = notificationName(encapsulated);
      // A Hard Reset inside a Hard Reset says nothing more: its Data stays octets.
      describeData(data, encapsulated.code, encapsulated.subcode);
      return inner;
    },
    'RFC 8538 §3.1',
  );
  return `${name} (${inner})`;
}

function describeError(body: Describer, prefix: string): { readonly code: number; readonly subcode: number } {
  const code = body.uint(`${prefix}Error Code`, 1);
  const subcode = body.uint(`${prefix}Error Subcode`, 1);
  return { code, subcode };
}

function describeData(body: Describer, code: number, subcode: number): void {
  if (body.remaining === 0) return;
  if (code !== 6 || (subcode !== 2 && subcode !== 4)) {
    body.bytes('Data', body.remaining);
    return;
  }
  const described = (data: Describer): undefined => {
    const length = data.uint('Length', 1);
    if (length > 0) data.bytes('Shutdown Communication', length, shutdownText);
  };
  body.group('Data', body.remaining, described, 'RFC 9003 §2');
}

/** RFC 9003 §4: what is no UTF-8 is not interpreted and shown in hexadecimal; §6: text is shown escaped. */
function shutdownText(octets: Uint8Array): string {
  try {
    return quoted(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets));
  } catch {
    return `not UTF-8: ${toHex(octets)}`;
  }
}
