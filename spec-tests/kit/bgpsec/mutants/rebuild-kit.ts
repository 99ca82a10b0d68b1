import { confed, type Segment } from './question.js';

export interface PathSegment {
  readonly type: string;
  readonly asns: number[];
}

/** The reconstruction of AS_PATH (RFC 8205 §4.4) in exchangeable parts. */
export interface RebuildKit {
  repetitions(segment: Segment): number;
  segmentType(segment: Segment): string;
  /** ASNs that one segment may hold. */
  readonly segmentLimit: number;
  /** What route selection sees. */
  pathLength(segments: readonly Segment[], path: readonly PathSegment[]): number;
}

export const rebuildKit: RebuildKit = {
  repetitions: ({ pCount }) => pCount,
  segmentType: (segment) => (confed(segment) ? 'AS_CONFED_SEQUENCE' : 'AS_SEQUENCE'),
  segmentLimit: 255,
  pathLength: (_segments, path) =>
    path.reduce((sum, { type, asns }) => sum + (type === 'AS_SEQUENCE' ? asns.length : 0), 0),
};

/** Origin first, one AS number at a time. */
export function rebuild(self: RebuildKit, segments: readonly Segment[]): PathSegment[] {
  const path: PathSegment[] = [];
  for (const segment of [...segments].reverse()) {
    for (let i = 0; i < self.repetitions(segment); i++) {
      const [front] = path;
      if (
        front === undefined ||
        front.type !== self.segmentType(segment) ||
        front.asns.length >= self.segmentLimit
      ) {
        path.unshift({ type: self.segmentType(segment), asns: [segment.asn] });
      } else front.asns.unshift(segment.asn);
    }
  }
  return path;
}
