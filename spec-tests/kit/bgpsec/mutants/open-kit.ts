/** What one OPEN announces, as far as BGPsec asks. */
export interface Announcement {
  readonly multiprotocol: readonly number[];
  readonly fourOctetAs: boolean;
  readonly bgpsec: readonly { readonly octet: number; readonly afi: number; readonly size: number }[];
}

/** RFC 8205 §2.2 in exchangeable parts. */
export interface OpenKit {
  /** The capabilities of which parameters are read. */
  parameters(list: readonly Buffer[]): readonly Buffer[];
  takes(octet: number, size: number): boolean;
  sends(octet: number): boolean;
  receives(octet: number): boolean;
  multiprotocol(announced: Announcement, afi: number): boolean;
  fourOctetAs(announced: Announcement): boolean;
  direction(send: boolean, receive: boolean): { readonly send: boolean; readonly receive: boolean };
}

export const openKit: OpenKit = {
  parameters: (list) => list,
  takes: (octet, size) => size === 3 && octet >> 4 === 0,
  sends: (octet) => (octet & 0x08) !== 0,
  receives: (octet) => (octet & 0x08) === 0,
  multiprotocol: ({ multiprotocol }, afi) => multiprotocol.includes(afi),
  fourOctetAs: ({ fourOctetAs }) => fourOctetAs,
  direction: (send, receive) => ({ send, receive }),
};

/** The Capabilities parameters of an OPEN, also in the extended form (RFC 5492 §4, RFC 9072 §2). */
function capabilityParameters(open: Buffer): Buffer[] {
  const extended = open.readUInt8(28) === 255 && open.readUInt8(29) === 255;
  let at = extended ? 32 : 29;
  const list: Buffer[] = [];
  while (at < open.length) {
    const size = extended ? open.readUInt16BE(at + 1) : open.readUInt8(at + 1);
    const start = at + (extended ? 3 : 2);
    if (open[at] === 2) list.push(open.subarray(start, start + size));
    at = start + size;
  }
  return list;
}

function readAnnouncement(self: OpenKit, open: Buffer): Announcement {
  const multiprotocol: number[] = [];
  const bgpsec: { octet: number; afi: number; size: number }[] = [];
  let fourOctetAs = false;
  for (const list of self.parameters(capabilityParameters(open))) {
    for (let at = 0; at < list.length; ) {
      const [code = 0, size = 0] = list.subarray(at);
      const value = list.subarray(at + 2, at + 2 + size);
      if (code === 1 && size === 4) multiprotocol.push(value.readUInt16BE(0));
      if (code === 65) fourOctetAs = true;
      if (code === 7 && size >= 3)
        bgpsec.push({ octet: value.readUInt8(0), afi: value.readUInt16BE(1), size });
      at += 2 + size;
    }
  }
  return { multiprotocol, fourOctetAs, bgpsec };
}

/** What `own` may send and receive, by family. */
export function negotiated(self: OpenKit, own: Buffer, peer: Buffer) {
  const ours = readAnnouncement(self, own);
  const theirs = readAnnouncement(self, peer);
  const may = (from: Announcement, to: Announcement, afi: number): boolean =>
    from.bgpsec.some((one) => one.afi === afi && self.takes(one.octet, one.size) && self.sends(one.octet)) &&
    to.bgpsec.some((one) => one.afi === afi && self.takes(one.octet, one.size) && self.receives(one.octet)) &&
    [from, to].every((side) => self.multiprotocol(side, afi) && self.fourOctetAs(side));
  const family = (afi: number) => self.direction(may(ours, theirs, afi), may(theirs, ours, afi));
  return { ipv4: family(1), ipv6: family(2) };
}
