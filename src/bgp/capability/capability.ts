import { createWriter, type Writer } from '../../bytes/index.js';
import {
  CAP_MULTIPROTOCOL,
  decodeMultiprotocol,
  encodeMultiprotocol,
  type MultiprotocolCapability,
} from './cap-01-multiprotocol.js';
import {
  CAP_ROUTE_REFRESH,
  decodeRouteRefreshCapability,
  type RouteRefreshCapability,
} from './cap-02-route-refresh.js';
import {
  CAP_EXTENDED_MESSAGE,
  decodeExtendedMessage,
  type ExtendedMessageCapability,
} from './cap-06-extended-message.js';
import {
  type BgpsecCapability,
  CAP_BGPSEC,
  decodeBgpsecCapability,
  encodeBgpsecCapability,
} from './cap-07-bgpsec.js';
import { CAP_ROLE, decodeRole, encodeRole, type RoleCapability } from './cap-09-role.js';
import {
  CAP_FOUR_OCTET_AS,
  decodeFourOctetAs,
  encodeFourOctetAs,
  type FourOctetAsCapability,
} from './cap-65-four-octet-as.js';
import { type AddPathCapability, CAP_ADD_PATH, decodeAddPath, encodeAddPath } from './cap-69-add-path.js';

/** A capability kept as its octets: an unknown code, or a known one with a value that its document does not admit. */
export interface OpaqueCapability {
  readonly name: 'opaque';
  readonly code: number;
  readonly value: Uint8Array;
}

/** A capability of an OPEN message (RFC 5492 §4). */
export type Capability =
  | MultiprotocolCapability
  | RouteRefreshCapability
  | ExtendedMessageCapability
  | BgpsecCapability
  | RoleCapability
  | FourOctetAsCapability
  | AddPathCapability
  | OpaqueCapability;

type KnownDecoder = (value: Uint8Array) => Capability | undefined;

const DECODERS: ReadonlyMap<number, KnownDecoder> = new Map<number, KnownDecoder>([
  [CAP_MULTIPROTOCOL, decodeMultiprotocol],
  [CAP_ROUTE_REFRESH, decodeRouteRefreshCapability],
  [CAP_EXTENDED_MESSAGE, decodeExtendedMessage],
  [CAP_BGPSEC, decodeBgpsecCapability],
  [CAP_ROLE, decodeRole],
  [CAP_FOUR_OCTET_AS, decodeFourOctetAs],
  [CAP_ADD_PATH, decodeAddPath],
]);

/**
 * The capability with this code and value. Never an error: what is not understood is to be ignored (RFC 5492 §3, §5),
 * and is kept as an {@link OpaqueCapability} (docs/decisions/bgp.md D-capability-opaque).
 */
export function decodeCapability(code: number, value: Uint8Array): Capability {
  return DECODERS.get(code)?.(value) ?? { name: 'opaque', code, value: value.slice() };
}

/**
 * Code, length and value, as they stand in a Capabilities parameter or in the Data of NOTIFICATION 2/7.
 * RFC 5492 §4.
 */
export function encodeCapability(capability: Capability): Uint8Array {
  const writer = createWriter();
  writeCapability(writer, capability);
  return writer.finish();
}

/** Appends {@link encodeCapability}. */
export function writeCapability(writer: Writer, capability: Capability): void {
  const [code, value] = codeAndValue(capability);
  writer.u8(code, 'capability.code').sized(1, 'capability.length', (inner) => inner.bytes(value));
}

function codeAndValue(capability: Capability): [number, Uint8Array] {
  switch (capability.name) {
    case 'multiprotocol':
      return [CAP_MULTIPROTOCOL, encodeMultiprotocol(capability)];
    case 'route-refresh':
      return [CAP_ROUTE_REFRESH, new Uint8Array(0)];
    case 'extended-message':
      return [CAP_EXTENDED_MESSAGE, new Uint8Array(0)];
    case 'bgpsec':
      return [CAP_BGPSEC, encodeBgpsecCapability(capability)];
    case 'role':
      return [CAP_ROLE, encodeRole(capability)];
    case 'four-octet-as':
      return [CAP_FOUR_OCTET_AS, encodeFourOctetAs(capability)];
    case 'add-path':
      return [CAP_ADD_PATH, encodeAddPath(capability)];
    case 'opaque':
      return [capability.code, capability.value];
  }
}
