/** Where a packet stands in its capture, and when it was seen. */
export interface PacketPlace {
  /** From 1, as other programs count. */
  readonly number: number;
  /** Of the packet's first octet in the input. */
  readonly offset: number;
  /** Seconds since 1970; 0 where the capture does not tell. */
  readonly seconds: number;
  /** Microseconds within the second; undefined where the capture does not tell. */
  readonly microseconds: number | undefined;
}

/** A packet as it was captured. */
export interface CapturedPacket extends PacketPlace {
  /** By the registry of link types; undefined for a packet of an interface that the capture does not describe. */
  readonly linkType: number | undefined;
  /** From the first octet of the link layer to where the capture stops. */
  readonly octets: Uint8Array;
}

/** How packets stand in a file. */
export interface CaptureFormat {
  /** Octets that are there before {@link lengthOf} is asked. */
  readonly headerLength: number;
  /**
   * Octets of the record that begins at `start`, and at `position` of the input.
   *
   * @throws {DecodeError} for what cannot be right: nothing behind it can be found.
   */
  lengthOf(octets: Uint8Array, start: number, position: number): number;
  /** The packet of a whole record, which begins at `position` of the input; undefined for a record without one. */
  packetOf(record: Uint8Array, position: number): CapturedPacket | undefined;
}
