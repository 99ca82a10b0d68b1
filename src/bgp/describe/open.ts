import { type Describer, toHex } from '../../bytes/index.js';
import { formatAddress, formatAsn } from '../../inet/index.js';
import { roleOfValue } from '../capability/cap-09-role.js';
import { type Capability, decodeCapability } from '../capability/capability.js';

/** Describes the body of an OPEN (RFC 4271 §4.2, RFC 5492 §4, RFC 9072 §2). */
export function describeOpen(body: Describer): void {
  body.uint('Version', 1);
  body.uint('My Autonomous System', 2, formatAsn);
  body.uint('Hold Time', 2, (seconds) => `${seconds} s`);
  body.bytes('BGP Identifier', 4, formatAddress);
  const extended = (body.peek() ?? 0) !== 0 && body.peek(1) === 255;
  if (extended) {
    body.cite('RFC 9072 §2');
    body.uint('Non-Ext OP Len.', 1);
    body.uint('Non-Ext OP Type', 1);
    body.uint('Extended Opt. Parm. Length', 2);
  } else {
    body.uint('Opt Parm Len', 1);
  }
  const header = extended ? 3 : 2;
  while (body.remaining > 0) {
    const length = extended ? (body.peek(1) ?? 0) * 256 + (body.peek(2) ?? 0) : (body.peek(1) ?? 0);
    body.group('Optional Parameter', header + length, (parameter) => {
      const type = parameter.uint('Parm. Type', 1);
      parameter.uint('Parm. Length', header - 1);
      if (type !== 2) return `type ${type}`;
      parameter.cite('RFC 5492 §4');
      while (parameter.remaining > 0) describeCapability(parameter);
      return 'Capabilities';
    });
  }
}

/** Where the value of a capability is defined. */
const CAPABILITY_SOURCES: Readonly<Record<number, string>> = {
  1: 'RFC 4760 §8',
  2: 'RFC 2918 §2',
  6: 'RFC 8654 §3',
  7: 'RFC 8205 §2.1',
  9: 'RFC 9234 §4.1',
  64: 'RFC 4724 §3',
  65: 'RFC 6793 §3',
  69: 'RFC 7911 §4',
  70: 'RFC 7313 §3.1',
};

function describeCapability(parameter: Describer): void {
  parameter.group('Capability', 2 + (parameter.peek(1) ?? 0), (capability) => {
    const code = capability.uint('Capability Code', 1);
    capability.uint('Capability Length', 1);
    let text = `code ${code}`;
    if (capability.remaining === 0) return capabilityText(decodeCapability(code, new Uint8Array(0)));
    capability.cite(CAPABILITY_SOURCES[code]);
    capability.bytes('Capability Value', capability.remaining, (value) => {
      text = capabilityText(decodeCapability(code, value));
      return toHex(value);
    });
    return text;
  });
}

function capabilityText(capability: Capability): string {
  switch (capability.name) {
    case 'multiprotocol':
      return `Multiprotocol, AFI ${capability.afi}, SAFI ${capability.safi}`;
    case 'route-refresh':
      return 'Route Refresh';
    case 'extended-message':
      return 'BGP Extended Message';
    case 'bgpsec':
      return `BGPsec, version ${capability.version}, ${capability.direction}, AFI ${capability.afi}`;
    case 'role':
      return `BGP Role, ${roleOfValue(capability.value) ?? capability.value}`;
    case 'four-octet-as':
      return `4-octet AS number, ${formatAsn(capability.asn)}`;
    case 'add-path':
      return `ADD-PATH, ${capability.families.map(({ afi, safi, mode }) => `${afi}/${safi} ${mode}`).join(', ')}`;
    case 'opaque':
      return `code ${capability.code}`;
  }
}
