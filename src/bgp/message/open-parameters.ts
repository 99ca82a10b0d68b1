import { createWriter, DecodeError, type Reader, type Writer } from '../../bytes/index.js';
import { type Capability, decodeCapability, writeCapability } from '../capability/capability.js';
import { sessionReset } from '../fault.js';
import type { BgpFaultCode } from '../fault-codes.js';

/** Optional Parameter type of capabilities (RFC 5492 §4). */
const PARAMETER_CAPABILITIES = 2;
/** Where the first parameter type would stand: the mark of the extended form (RFC 9072 §2). */
const EXTENDED_LENGTH = 255;

/**
 * The Optional Parameters of an OPEN message (RFC 4271 §4.2): one list of capabilities for each Capabilities
 * parameter, since senders may use one parameter for all or one for each (RFC 5492 §4). There is no other parameter
 * type in use; the decoder refuses them (RFC 4271 §6.2).
 */
export interface OpenParameters {
  readonly parameters: readonly (readonly Capability[])[];
  /**
   * Present when the extended form of RFC 9072 is in use: the octet "Non-Ext OP Len", 255 when sent, any value but 0
   * when received.
   */
  readonly nonExtOpLen?: number;
}

/**
 * Reads the parameters from the length octet to the end of the message.
 *
 * @throws {BgpError} session-reset: `parameters-length`, `parameter-overrun`, `capability-overrun` (2/0),
 * `parameter-unsupported` (2/4).
 */
export function decodeOpenParameters(reader: Reader): OpenParameters {
  const length = reader.u8('open.parameters.length');
  // RFC 9072 §2: the octet after a non-zero length tells which form this is.
  const extended = length !== 0 && reader.octets[reader.offset] === EXTENDED_LENGTH && reader.remaining > 0;
  const at = reader.offset;
  let expected = length;
  if (extended) {
    reader.skip(1, 'open.parameters.type');
    if (reader.remaining < 2) throw malformed('parameters-length', 'no Extended Opt. Parm. Length', at);
    expected = reader.u16('open.parameters.extended-length');
  }
  if (expected !== reader.remaining) {
    throw malformed('parameters-length', `${expected}, but ${reader.remaining} octets follow`, at);
  }
  const parameters: Capability[][] = [];
  while (reader.remaining > 0) parameters.push(decodeParameter(reader, parameters.length, extended));
  return extended ? { parameters, nonExtOpLen: length } : { parameters };
}

/**
 * Appends the parameters, in the extended form when `nonExtOpLen` is there or when they need more than 255 octets
 * (RFC 9072 §2).
 *
 * @throws {RangeError} for a capability value above 255 octets, parameters above their length field, or a
 * `nonExtOpLen` of 0.
 */
export function writeOpenParameters(writer: Writer, { parameters, nonExtOpLen }: OpenParameters): void {
  const bodies = parameters.map((capabilities) => {
    const body = createWriter();
    for (const capability of capabilities) writeCapability(body, capability);
    return body.finish();
  });
  const normalLength = bodies.reduce((sum, body) => sum + 2 + body.length, 0);
  if (nonExtOpLen === 0) throw new RangeError('open.non-ext-op-len: 0 is not allowed (RFC 9072 §2)');
  if (nonExtOpLen === undefined && normalLength <= 255) {
    writer.sized(1, 'open.parameters.length', () => writeBodies(writer, bodies, 1));
    return;
  }
  writer.u8(nonExtOpLen ?? 255, 'open.non-ext-op-len').u8(EXTENDED_LENGTH, 'open.non-ext-op-type');
  writer.sized(2, 'open.parameters.extended-length', () => writeBodies(writer, bodies, 2));
}

function writeBodies(writer: Writer, bodies: readonly Uint8Array[], width: 1 | 2): void {
  for (const body of bodies) {
    writer.u8(PARAMETER_CAPABILITIES, 'open.parameter.type');
    writer.sized(width, 'open.parameter.length', () => writer.bytes(body));
  }
}

function decodeParameter(reader: Reader, index: number, extended: boolean): Capability[] {
  const at = reader.offset;
  const field = `open.parameter[${index}]`;
  const type = reader.u8(field);
  if (type !== PARAMETER_CAPABILITIES) {
    throw sessionReset('parameter-unsupported', `type ${type}`, { field, offset: at }, 2, 4);
  }
  const inner = within('parameter-overrun', field, at, () =>
    reader.sub(extended ? reader.u16(`${field}.length`) : reader.u8(`${field}.length`), field),
  );
  const capabilities: Capability[] = [];
  while (inner.remaining > 0) {
    const name = `${field}.capability[${capabilities.length}]`;
    capabilities.push(
      within('capability-overrun', name, inner.offset, () => {
        const code = inner.u8(name);
        return decodeCapability(code, inner.bytes(inner.u8(name), name));
      }),
    );
  }
  return capabilities;
}

/** A recognised parameter that is malformed: 2/0 (RFC 4271 §6.2). */
function within<T>(code: BgpFaultCode, field: string, offset: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw malformed(code, error.message, offset, field);
  }
}

function malformed(code: BgpFaultCode, message: string, offset: number, field = 'open.parameters'): Error {
  return sessionReset(code, message, { field, offset }, 2, 0);
}
