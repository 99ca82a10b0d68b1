import type { Fields } from '../../../../src/conformance/vector.js';
import { alternative, pdu, type RtrCase, type RtrGroup, section } from './cases.js';
import { SPKI } from './keys.js';
import { BAD, GOOD, NEVER_SENT, OLD_LAYOUT, TOLERATED } from './pdu-tables.js';

/** The cells of a table, line by line. */
function rows(table: string): string[][] {
  const lines = table.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) =>
    line
      .replaceAll('SKI0', `${'51'.repeat(20)}0`)
      .replaceAll('SKIf', `${'51'.repeat(20)}f`)
      .replaceAll("'SKI'", `'${'51'.repeat(20)}'`)
      .replaceAll('KEY', SPKI.first)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

const fieldsOf = (text = '{}'): Fields => JSON.parse(text.replaceAll("'", '"')) as Fields;
const octetsOf = (text = ''): string => text.replaceAll(' ', '');

function goodCases(version: number): RtrCase[] {
  return rows(GOOD).flatMap(([name = '', number = '', latest = '', versions = '', parts = '', text]) => {
    const [since = 0, until = 2] = versions.split('-').map(Number);
    if (version < since || version > until) return [];
    const [type = '', x = '', body = ''] = parts.split(' ');
    const octets = pdu(version, Number.parseInt(type, 16), Number.parseInt(x, 16), body);
    // RFC 6810 numbers the Error Report differently.
    const sections = [section(version, version === 0 && number === '5.11' ? '5.10' : number)];
    // The catalogue is that of version 2: of older versions it only says that they have no more than they had.
    const requirements = [version === 2 ? latest : '8210bis-26:7:lowered-features'];
    const what = `${name.replaceAll('-', ' ')}, version ${version},`;
    const fields = fieldsOf(text);
    return [
      {
        id: `rtr/decode-v${version}-${name}`,
        title: `${what} is read`,
        sections,
        requirements,
        flags: [],
        input: { op: 'decode-pdu', octets },
        expected: { outcome: 'ok', pdu: fields },
      },
      {
        id: `rtr/encode-v${version}-${name}`,
        title: `${what} is written`,
        sections,
        requirements,
        flags: [],
        input: { op: 'encode-pdu', pdu: fields },
        expected: { outcome: 'ok', octets },
      },
    ];
  });
}

const tolerated = rows(TOLERATED).map(
  ([name = '', number = '', requirement = '', octets, text, title = '']): RtrCase => {
    return {
      id: `rtr/decode-${name}`,
      title,
      sections: [section(2, number)],
      requirements: [requirement],
      flags: [],
      input: { op: 'decode-pdu', version: 2, octets: octetsOf(octets) },
      expected: { outcome: 'ok', pdu: fieldsOf(text) },
    };
  },
);

/** What else the texts allow: `code N`, `read` for any reading, `providers LIST or LIST`. */
function choices(text: string): { readonly expected: Fields; readonly why: string }[] {
  if (text.startsWith('providers ')) {
    const why =
      'order and uniqueness of providers are demands on the cache; a router may take the list as a set';
    const lists = text.slice('providers '.length).split(' or ');
    return lists.map((list) => {
      const fields = {
        type: 'aspa',
        announce: true,
        customer: 64496,
        providers: list.split(',').map(Number),
      };
      return alternative({ outcome: 'ok', pdu: fields }, why);
    });
  }
  return text.split(', ').map((choice) => {
    if (choice === 'read') return alternative({ outcome: 'ok' }, 'the text does not speak of AS 0 here');
    const errorCode = Number(choice.slice('code '.length));
    return alternative({ outcome: 'error', errorCode }, 'the text does not settle the code');
  });
}

const bad = rows(BAD).map((cells): RtrCase => {
  const [name = '', number = '', requirement = '', version = '2', code, octets, title, choice] = cells;
  const codes = ['10', '12', '12'][Number(version)] ?? '';
  return {
    id: `rtr/decode-bad-${name}`,
    title: `Refused: ${title}`,
    sections: [...new Set([section(Number(version), number), section(Number(version), codes)])],
    requirements: [requirement],
    flags: choice === undefined ? [] : ['project-choice'],
    input: { op: 'decode-pdu', version: Number(version), octets: octetsOf(octets) },
    // An Error Report is never answered with one (§5.11), hence without a code.
    expected: code === '-' ? { outcome: 'error' } : { outcome: 'error', errorCode: Number(code) },
    ...(choice === undefined ? {} : { acceptable: choices(choice) }),
  };
});

const neverSent = rows(NEVER_SENT).map(
  ([name, number = '', requirement = '', version, text, title]): RtrCase => {
    return {
      id: `rtr/encode-bad-${name}`,
      title: `Never sent: ${title}`,
      sections: [section(Number(version), number)],
      requirements: [requirement],
      flags: [],
      input: { op: 'encode-pdu', version: Number(version), pdu: fieldsOf(text) },
      expected: { outcome: 'refused' },
    };
  },
);

const OLD = {
  sections: ['draft-ietf-sidrops-8210bis-10 §5.12'],
  requirements: ['8210bis-26:5.12:old-layout'],
  flags: ['dialect'],
};

const oldLayout = rows(OLD_LAYOUT).flatMap(([name, body, text]): RtrCase[] => {
  const octets = pdu(2, 11, 0, body);
  return [
    {
      id: `rtr/decode-old-layout-${name}`,
      title: `The layout of 8210bis-10, ${name}, is read`,
      ...OLD,
      input: { op: 'decode-pdu', octets },
      expected: { outcome: 'ok', pdu: fieldsOf(text) },
    },
    {
      id: `rtr/encode-old-layout-${name}`,
      title: `The layout of 8210bis-10, ${name}, is written`,
      ...OLD,
      input: { op: 'encode-pdu', pdu: fieldsOf(text) },
      expected: { outcome: 'ok', octets },
    },
  ];
});

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
