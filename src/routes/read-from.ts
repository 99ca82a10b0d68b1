/** Where a reader begins that reads a piece of an input: what stands before it. */
export interface ReadFrom {
  /** Records. */
  readonly number: number;
  /** Octets. */
  readonly offset: number;
  /** The message of the last PEER_INDEX_TABLE (RFC 6396 §4.3.1), without its header. */
  readonly peerIndexTable?: Uint8Array;
}
