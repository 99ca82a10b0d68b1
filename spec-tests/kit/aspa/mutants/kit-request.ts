import type { NeighborRole } from 'pathsec/aspa';
import type { AsPath, SegmentType } from 'pathsec/bgp';
import type { AspaPayload } from 'pathsec/payload';
import type { PathQuestion } from './kit.js';

/** An object of a request, as JSON gives it. The requests are those of the vectors: nothing is checked. */
export type Json = Readonly<Record<string, unknown>>;

const TYPES = ['', 'AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'];

export function readAspas(value: unknown): AspaPayload[] {
  return ((value ?? []) as Json[]).map(readAspa);
}

export function readAspa(value: unknown): AspaPayload {
  const { customer, providers, afiLimits } = value as {
    readonly customer: number;
    readonly providers: number[];
    readonly afiLimits?: readonly { readonly provider: number; readonly afi: 1 | 2 }[];
  };
  const limits = afiLimits && new Map(afiLimits.map(({ provider, afi }) => [provider, afi]));
  return { customer, providers: [...providers], ...(limits && { afiLimits: limits }) };
}

/** A path and its neighbour, copied: a verifier that spoils its input spoils the copy. */
export function readQuestion(value: unknown): PathQuestion {
  const { asPath, ...neighbor } = value as Json;
  const path: AsPath = ((asPath ?? []) as { readonly type: string; readonly asns: readonly number[] }[]).map(
    ({ type, asns }) => ({ type: TYPES.indexOf(type) as SegmentType, asns: [...asns] }),
  );
  return { asPath: path, ...readNeighbor(neighbor) };
}

export function readNeighbor({ neighborAs, neighborRole }: Json): Omit<PathQuestion, 'asPath'> {
  return {
    neighborRole: neighborRole as NeighborRole,
    ...(typeof neighborAs === 'number' && { neighborAs }),
  };
}
