import fc from 'fast-check';
import { type Answer, RequestError } from '../../src/conformance/request.js';
import type { Json, Request } from '../../src/conformance/vector.js';

/** The answer, or the path that a RequestError names; any other error is thrown on. */
export function answerOrPath(answer: (request: Request) => Answer, request: Request): Answer | string {
  try {
    return answer(request);
  } catch (error) {
    if (!(error instanceof RequestError) || error.path === '') throw error;
    return error.path;
  }
}

/** Requests of which one value, at any depth, is replaced by other JSON, or taken away. */
export function damaged(requests: readonly Request[]): fc.Arbitrary<Request> {
  const value = fc.oneof(
    fc.constant(undefined),
    fc.jsonValue() as fc.Arbitrary<Json>,
    fc.constantFrom<Json>(0, -1, 0.5, 2 ** 32, '', 'constructor', null, true, [], {}, [[]], [null]),
  );
  return fc.tuple(fc.constantFrom(...requests), fc.nat(), value).map(([request, place, replacement]) => {
    const places = placesIn(request).filter(([name]) => !['id', 'suite', 'op'].includes(String(name)));
    const chosen = places[place % places.length] ?? [];
    return replaced(request, chosen, replacement) as Request;
  });
}

type Path = readonly (string | number)[];

function placesIn(value: Json): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...placesIn(inner as Json).map((path) => [key, ...path]),
  ]);
}

function replaced(value: Json, [key, ...rest]: Path, replacement: Json | undefined): Json {
  if (key === undefined || typeof value !== 'object' || value === null) return replacement ?? null;
  const entries = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    if (name !== key) return [[name, inner as Json]];
    if (rest.length === 0 && replacement === undefined) return [];
    return [[name, rest.length === 0 ? (replacement as Json) : replaced(inner as Json, rest, replacement)]];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
