import type { Announced, Segment } from './question.js';

/** A segment of a request: pCount 1 and flags 0 where it does not say. */
export type PartialSegment = Partial<Segment> & { readonly asn: number };

export const octets = (hex = ''): Buffer => Buffer.from(hex, 'hex');

export const full = ({ pCount = 1, flags = 0, asn }: PartialSegment): Segment => ({ pCount, flags, asn });

/** A prefix of text, in dotted quads or as IPv6 writes it. */
export function prefixOf(text: string, safi: number): Announced {
  const [address = '', size = '0'] = text.split('/');
  const length = Number(size);
  const groups = (part = ''): string =>
    part
      .split(':')
      .map((group) => (group === '' ? '' : group.padStart(4, '0')))
      .join('');
  const [head, tail] = address.split('::').map(groups);
  const afi = address.includes(':') ? 2 : 1;
  const whole =
    afi === 1
      ? Buffer.from(address.split('.').map(Number))
      : octets((head ?? '') + (tail ?? '').padStart(32 - (head ?? '').length, '0'));
  return { afi, safi, length, octets: whole.subarray(0, Math.ceil(length / 8)) };
}
