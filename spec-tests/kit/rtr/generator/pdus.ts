import { readFileSync } from 'node:fs';
import type { Fields, VectorCase } from '../../../../src/conformance/vector.js';
import { alternative, pdu, type RtrCase, type RtrGroup, section } from './cases.js';
import { SPKI } from './keys.js';

interface Row {
  readonly name: string;
  readonly section: string;
  readonly requirements: readonly string[];
}

interface Facts {
  readonly good: readonly (Row & {
    readonly versions: readonly number[];
    readonly octets: string;
    readonly pdu: Fields;
  })[];
  readonly tolerated: readonly (Row & {
    readonly title: string;
    /** 2 unless told. */
    readonly version?: number;
    readonly octets: string;
    readonly pdu: Fields;
  })[];
  readonly bad: readonly (Row & {
    readonly title: string;
    readonly version: number;
    readonly octets: string;
    readonly errorCode: number | null;
    readonly or?: readonly string[];
  })[];
  readonly neverSent: readonly (Row & {
    readonly title: string;
    readonly version: number;
    readonly pdu: Fields;
  })[];
  readonly oldLayout: readonly { readonly name: string; readonly body: string; readonly pdu: Fields }[];
}

const text = readFileSync(new URL('../facts/pdus.json', import.meta.url), 'utf8');
const facts = JSON.parse(text.replaceAll('<SKI>', '51'.repeat(20)).replaceAll('<KEY>', SPKI.first)) as Facts;

const octetsOf = (parts: string): string => parts.replaceAll(' ', '');

function goodCases(version: number): RtrCase[] {
  return facts.good.flatMap((row) => {
    if (!row.versions.includes(version)) return [];
    const [type = '', x = '', body = ''] = row.octets.split(' ');
    const octets = pdu(version, Number.parseInt(type, 16), Number.parseInt(x, 16), body);
    const what = `${row.name.replaceAll('-', ' ')}, version ${version},`;
    const common = {
      sections: [section(version, row.section)],
      // The catalogue is that of version 2: of older versions it only says that they have no more than they had.
      requirements: version === 2 ? row.requirements : ['8210bis:7:lowered-features'],
    };
    return bothWays(`v${version}-${row.name}`, what, octets, row.pdu, common);
  });
}

/** A PDU that is read, and that is written. */
function bothWays(
  name: string,
  what: string,
  octets: string,
  fields: Fields,
  {
    flags = [],
    ...common
  }: Pick<VectorCase, 'sections' | 'requirements'> & { readonly flags?: readonly string[] },
): RtrCase[] {
  return [
    {
      id: `rtr/decode-${name}`,
      title: `${what} is read`,
      ...common,
      flags,
      input: { op: 'decode-pdu', octets },
      expected: { outcome: 'ok', pdu: fields },
    },
    {
      id: `rtr/encode-${name}`,
      title: `${what} is written`,
      ...common,
      flags,
      input: { op: 'encode-pdu', pdu: fields },
      expected: { outcome: 'ok', octets },
    },
  ];
}

const tolerated = facts.tolerated.map(
  ({ version = 2, ...row }): RtrCase => ({
    id: `rtr/decode-${row.name}`,
    title: row.title,
    sections: [section(version, row.section)],
    requirements: row.requirements,
    flags: [],
    input: { op: 'decode-pdu', version, octets: octetsOf(row.octets) },
    expected: { outcome: 'ok', pdu: row.pdu },
  }),
);

/** What else the texts allow: `code N`, `read` for any reading, `providers LIST`. */
function choice(text: string): { readonly expected: Fields; readonly why: string } {
  const [word, value = ''] = text.split(' ');
  if (word === 'read') return alternative({ outcome: 'ok' }, 'the text does not speak of AS 0 here');
  if (word === 'code') {
    const errorCode = Number(value);
    return alternative({ outcome: 'error', errorCode }, 'the text does not settle the code');
  }
  const fields = { type: 'aspa', announce: true, customer: 64496, providers: value.split(',').map(Number) };
  return alternative(
    { outcome: 'ok', pdu: fields },
    'order and uniqueness of providers are demands on the cache; a router may take the list as a set',
  );
}

const bad = facts.bad.map(({ errorCode, octets, or, version, ...row }): RtrCase => {
  const codes = ['10', '12', '12'][version] ?? '';
  return {
    id: `rtr/decode-bad-${row.name}`,
    title: `Refused: ${row.title}`,
    sections: [...new Set([section(version, row.section), section(version, codes)])],
    requirements: row.requirements,
    flags: or === undefined ? [] : ['project-choice'],
    input: { op: 'decode-pdu', version, octets: octetsOf(octets) },
    // An Error Report is never answered with one (§5.8), hence without a code.
    expected: { outcome: 'error', ...(errorCode !== null && { errorCode }) },
    ...(or !== undefined && { acceptable: or.map(choice) }),
  };
});

const neverSent = facts.neverSent.map(
  (row): RtrCase => ({
    id: `rtr/encode-bad-${row.name}`,
    title: `Never sent: ${row.title}`,
    sections: [section(row.version, row.section)],
    requirements: row.requirements,
    flags: [],
    input: { op: 'encode-pdu', version: row.version, pdu: row.pdu },
    expected: { outcome: 'refused' },
  }),
);

const OLD = {
  sections: ['draft-ietf-sidrops-8210bis-10 §5.12'],
  requirements: ['8210bis:5.12:old-layout'],
  flags: ['dialect'],
};

const oldLayout = facts.oldLayout.flatMap((row) =>
  bothWays(
    `old-layout-${row.name}`,
    `The layout of 8210bis-10, ${row.name},`,
    pdu(2, 11, 0, row.body),
    row.pdu,
    OLD,
  ),
);

const wrongCount: RtrCase = {
  id: 'rtr/decode-old-layout-bad-count',
  title: 'A wrong provider count in the layout of 8210bis-10',
  ...OLD,
  input: { op: 'decode-pdu', octets: pdu(2, 11, 0, '010000030000fbf00000fbf20000fbf3') },
  expected: { outcome: 'error', errorCode: 0 },
};

/** PDUs one by one: read, refused, written, never sent. */
export const PDU_GROUPS: readonly RtrGroup[] = [
  ...[0, 1, 2].map((version) => ({
    title: `PDUs of version ${version}`,
    shared: { version },
    cases: goodCases(version),
  })),
  { title: 'PDUs with octets that have no meaning', cases: tolerated },
  { title: 'PDUs that are refused', cases: bad },
  { title: 'PDUs that are never sent', cases: neverSent },
  {
    title: 'ASPA PDUs in the layout of 8210bis-10',
    shared: { version: 2, dialect: '8210bis-10' },
    cases: [...oldLayout, wrongCount],
  },
];
