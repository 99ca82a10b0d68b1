import { type AspaOutcome, createAspaTable, type Procedure, verifyAsPath } from '../../aspa/index.js';
import { AS_SEQUENCE } from '../../bgp/index.js';
import type { Asn } from '../../inet/index.js';
import type { Fields, Json, VectorCase, VectorFile } from '../vector.js';
import { caseId, madeFile } from './made-file.js';

/** The mistake of a router that judges routes when they come and not again, by suite. */
export const KEEPS = { aspa: 'router-keeps-aspa', rov: 'router-keeps-rov' } as const;

/**
 * Cases of routes that stay while the table changes, for each change of a verdict into another: what a router alone is asked.
 * draft-28 §5.7 keeps invalid routes to be evaluated again, RFC 6811 §4 validates affected prefixes again
 * (docs/decisions/conformance.md D-router-held).
 */
export function heldRouteFiles(): readonly VectorFile[] {
  return [heldAspaFile(), heldRovFile()];
}

/** The lengths of paths for which a procedure knows all three outcomes. */
const LENGTHS: readonly (readonly [Procedure, readonly number[]])[] = [
  ['upstream', [2, 3, 4]],
  ['downstream', [3, 4]],
];
const FIRST: Asn = 64_496;
/** An AS that is in no path. */
const NOBODY: Asn = 64_511;
const FAMILIES = ['ipv4-unicast', 'ipv6-unicast'] as const;

function heldAspaFile(): VectorFile {
  const cases = LENGTHS.flatMap(([procedure, lengths]) =>
    lengths.flatMap((length) =>
      pairs(aspaStates(procedure, length)).map(([before, after], i) =>
        heldAspaCase(procedure, length, before, after, FAMILIES[i % 2] ?? FAMILIES[0]),
      ),
    ),
  );
  const note = {
    kind: 'mistake',
    text: 'keeps the ASPA outcome that a route had when it came, whatever becomes of the table',
  } as const;
  return madeFile(
    {
      suite: 'aspa',
      title: 'ASPA: routes that a router holds while its table changes',
      source: ['draft-ietf-sidrops-aspa-verification-28'],
      notes: { [KEEPS.aspa]: note },
      requirements: {
        'aspa-28:5.7:invalid-kept': {
          section: '5.7',
          level: 'MUST',
          role: 'verifier',
          text: 'An Invalid route is kept in the Adj-RIB-In to be evaluated again.',
        },
      },
    },
    [{ title: 'A route that stays while the table changes', cases }],
  );
}

interface AspaState {
  readonly outcome: AspaOutcome;
  readonly aspas: readonly { readonly customer: Asn; readonly providers: readonly Asn[] }[];
}

/** A(1), the origin, first. */
function asnsOfPath(length: number): readonly Asn[] {
  return Array.from({ length }, (_, i) => FIRST + i);
}

/** Tables under which the path has each outcome: of a chain up (and one down), of walls at both ends, and none. */
function aspaStates(procedure: Procedure, length: number): readonly AspaState[] {
  const path = asnsOfPath(length);
  const origin = FIRST;
  const neighbor = FIRST + length - 1;
  const climb = path.slice(0, -1).map((customer) => ({ customer, providers: [customer + 1] }));
  const ends = [
    { customer: origin, providers: [origin + 1] },
    { customer: neighbor, providers: [neighbor - 1] },
  ];
  const walls = [origin, neighbor].map((customer) => ({ customer, providers: [NOBODY] }));
  const tables = [procedure === 'upstream' ? climb : ends, walls, []];
  return tables.map((aspas) => {
    const asPath = [{ type: AS_SEQUENCE, asns: [...path].reverse() }] as const;
    return { outcome: verifyAsPath(createAspaTable(aspas), { asPath, procedure }).outcome, aspas };
  });
}

function heldAspaCase(
  procedure: Procedure,
  length: number,
  before: AspaState,
  after: AspaState,
  family: string,
): VectorCase {
  const asns = [...asnsOfPath(length)].reverse();
  const route = 'held';
  const aspaJson = ({ aspas }: AspaState): Json =>
    aspas.map(({ customer, providers }) => ({ customer, providers: [...providers] }));
  const hold = {
    route,
    asPath: [{ type: 'AS_SEQUENCE', asns }],
    neighborAs: asns[0] ?? 0,
    neighborRole: procedure === 'upstream' ? 'customer' : 'provider',
    family,
  };
  return {
    id: caseId('aspa', 'held', procedure, length, before.outcome, after.outcome),
    title: `${length} ASes, ${procedure}: ${before.outcome}, after a change of the table ${after.outcome}`,
    sections: ['draft-ietf-sidrops-aspa-verification-28 §5.7', 'RFC 9324 §4'],
    requirements: before.outcome === 'invalid' ? ['aspa-28:5.7:invalid-kept'] : [],
    flags: [KEEPS.aspa],
    input: {
      op: 'hold-routes',
      aspas: aspaJson(before),
      steps: [{ hold }, { outcome: { route } }, { load: aspaJson(after) }, { outcome: { route } }],
    },
    expected: { outcomes: [before.outcome, after.outcome] },
    mistakes: { [KEEPS.aspa]: { outcomes: [before.outcome, before.outcome] } },
  };
}

function heldRovFile(): VectorFile {
  const cases = ['198.51.100.0/24', '2001:db8:51::/48'].flatMap((prefix) => {
    const vrp = (asn: Asn): Fields => ({ prefix, maxLength: Number(prefix.split('/')[1]), asn });
    const states = [
      { validity: 'valid', vrps: [vrp(FIRST)] },
      { validity: 'invalid', vrps: [vrp(NOBODY)] },
      { validity: 'not-found', vrps: [] },
    ];
    return pairs(states).map(
      ([before, after]): VectorCase => ({
        id: caseId('rov', 'held', prefix.includes(':') ? 'ipv6' : 'ipv4', before.validity, after.validity),
        title: `${prefix}: ${before.validity}, after a change of the VRPs ${after.validity}`,
        sections: ['RFC 6811 §4'],
        requirements: ['rfc6811:4:revalidate-affected'],
        flags: [KEEPS.rov],
        input: { op: 'revalidate', tables: [before.vrps, after.vrps], prefix, origin: FIRST },
        expected: { validities: [before.validity, after.validity] },
        mistakes: { [KEEPS.rov]: { validities: [before.validity, before.validity] } },
      }),
    );
  });
  return madeFile(
    {
      suite: 'rov',
      title: 'Origin validation: routes that a router holds while its VRPs change',
      source: ['RFC 6811'],
      notes: {
        [KEEPS.rov]: {
          kind: 'mistake',
          text: 'keeps the validation state that a route had when it came, whatever becomes of the VRPs',
        },
      },
      requirements: {
        'rfc6811:4:revalidate-affected': {
          section: '4',
          level: 'MUST',
          role: 'speaker',
          text: 'When a mapping is added or deleted, affected prefixes are validated again.',
        },
      },
    },
    [{ title: 'A route that stays while the VRPs change', cases }],
  );
}

/** Every state with every other one after it. */
function pairs<T>(states: readonly T[]): readonly (readonly [before: T, after: T])[] {
  return states.flatMap((before) =>
    states.filter((after) => after !== before).map((after) => [before, after] as const),
  );
}
