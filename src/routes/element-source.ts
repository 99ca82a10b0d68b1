import type { AsnSize, PathAttribute } from '../bgp/index.js';
import type { Element } from './element.js';
import type { MrtRecord } from './mrt/record-splitter.js';

/** An AS_PATH value of right syntax, `octets[start, end)`, with ASNs of `asnSize` octets. */
export interface PathOctets {
  readonly octets: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly asnSize: AsnSize;
}

/**
 * Where an element stands in its input; absent parts are undefined or empty windows. Fresh or reused like the element;
 * a fresh one has a copy of the attributes.
 */
export interface ElementSource {
  /** Number of the record, or of the line of text, from 1. */
  readonly number: number;
  /** The MRT record, where there is one. */
  readonly record: MrtRecord | undefined;
  /** The path attributes of the route are `octets[attributesStart, attributesEnd)`. */
  readonly octets: Uint8Array;
  readonly attributesStart: number;
  readonly attributesEnd: number;
  readonly asnSize: AsnSize;
  /**
   * The `asPath` of a route, merged with AS4_PATH, before decoding; undefined where the input has text instead, or no
   * path. The routes of one message have one object.
   */
  readonly path: PathOctets | undefined;
  /**
   * For text: makes the attributes of the route that the line tells of, without path and next hop; to be called while the
   * element is valid. Undefined where the attributes stand in `octets`, or the form has none.
   */
  readonly lineAttributes: (() => readonly PathAttribute[]) | undefined;
  /** Whether the prefix stood in an MP attribute, or the RIB is of IPv6. */
  readonly multiprotocol: boolean;
  /** For RIB entries: when the dumping router got the route, seconds since 1970. */
  readonly originated: number | undefined;
}

/** Receives elements in the order of the input. */
export type OnElement = (element: Element, source: ElementSource) => void;
