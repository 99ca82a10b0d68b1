import { isDeepStrictEqual } from 'node:util';
import { requestOf } from '../../../../src/conformance/requests.js';
import type { Fields, VectorCase, VectorGroup, VectorNote } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import { mistakeNotes, mistakesIn } from '../../mutant.js';
import type { VectorDraft } from '../../write-vectors.js';
import { objectsKit } from '../mutants/mutants.js';
import { aspaContent, CUSTOMER, signedObject } from './builder.js';
import { KEYS, TIME, TRUST_ANCHOR } from './certificate.js';
import { CONTENT_CASES } from './content-cases.js';
import { crlOctets } from './crl.js';
import {
  BAD_CERTIFICATES,
  BAD_CONTENTS,
  BAD_ENVELOPES,
  BAD_FIELDS,
  FAULTY_CRLS,
  GOOD_CONTENTS,
  GOOD_FIELDS,
  GOOD_OBJECTS,
  type ObjectRow,
  PROFILE,
  SEVERAL_CRLS,
} from './rows.js';

const hex = (octets: Buffer): string => octets.toString('hex');
const valid = (customer: number, providers: readonly number[]): Fields => ({
  outcome: 'valid',
  customer,
  providers: [...providers],
});
const NOT_VALID: Fields = { outcome: 'not-valid' };

function objectCase(row: ObjectRow, expected: Fields): VectorCase {
  const { name, title, sections, requirements = [], plan, time, crl, crls, or } = row;
  const key = crl === 'forged' ? KEYS.other : KEYS.ta;
  const one = crl === 'none' ? null : hex(crlOctets({ revoked: Array.isArray(crl) ? crl : [3], key }));
  const several = crls?.map((octets) => hex(octets));
  const list = several?.length === 1 ? several[0] : several;
  const opposite = expected.outcome === 'valid' ? NOT_VALID : { outcome: 'valid' };
  return {
    id: `objects/object-${name}`,
    title,
    sections,
    requirements,
    flags: or === undefined ? [] : ['disputed'],
    input: {
      op: 'verify-aspa-object',
      object: hex(signedObject(plan)),
      ...(time === undefined ? {} : { time }),
      ...(crl === undefined && list === undefined ? {} : { crl: list ?? one }),
    },
    expected,
    ...(or === undefined ? {} : { acceptable: [{ expected: opposite, why: or }] }),
  };
}

/**
 * A case about the envelope, the certificate or a CRL. The profile demands all checks of RFC 6488, and with them those of the
 * texts that it stands on: only what the profile alone decides shows none of them.
 */
function checked(row: ObjectRow, expected: Fields): VectorCase {
  const { requirements = [], sections } = row;
  if (sections.every((section) => section.startsWith(PROFILE))) return objectCase(row, expected);
  const checks: Citation = `${expected.outcome === 'valid' ? '' : '!'}aspa-profile:4:rfc6488-checks`;
  return objectCase({ ...row, requirements: [checks, ...requirements] }, expected);
}

const contents = GOOD_CONTENTS.map(({ name, title, providers, customer = CUSTOMER }) => {
  const plan = { content: aspaContent(customer, providers), customer };
  const sections = [`${PROFILE} §4`, 'RFC 6488 §3'];
  const requirements = ['aspa-profile:4:customer-is-the-id', 'aspa-profile:4:content-conforms'] as const;
  return checked(
    { name, title: `A good object: ${title}`, sections, requirements, plan },
    valid(customer, providers),
  );
});
const good = [...GOOD_OBJECTS, ...GOOD_FIELDS].map((row) => checked(row, valid(CUSTOMER, [64497, 64498])));
/** Contents that also come in an object; the others only repeat what those show. */
const IN_OBJECTS =
  'version-absent version-0 version-2 version-implicit customer-0 customer-wraps providers-empty providers-descending ' +
  'provider-twice own-provider as0-first as0-last provider-negative provider-beyond-32-bits providers-with-families ' +
  'member-added no-octets trailing indefinite-length long-length customer-padded provider-padded';
const inObjects = new Set(IN_OBJECTS.split(' '));
const badContents = BAD_CONTENTS.filter(({ name }) => inObjects.has(name)).map((row) =>
  objectCase(
    {
      ...row,
      name: `content-${row.name}`,
      title: `In an object: ${row.title}`,
      sections: [`${PROFILE} §4`, ...row.sections],
      requirements: ['!aspa-profile:4:content-conforms', ...(row.requirements ?? [])],
    },
    NOT_VALID,
  ),
);
const bad = (rows: readonly ObjectRow[]): VectorCase[] => rows.map((row) => checked(row, NOT_VALID));

const shared: Fields = { issuer: hex(TRUST_ANCHOR), crl: hex(crlOctets({ revoked: [3] })), time: TIME };
/** All cases about CRLs are about one good object. */
const oneObject: Fields = { ...shared, object: hex(signedObject({})) };
const withoutObject = (cases: readonly VectorCase[]): VectorCase[] =>
  cases.map(({ input: { object: _, ...input }, ...rest }) => ({ ...rest, input }));
const several = SEVERAL_CRLS.map(({ valid: holds, ...row }) =>
  checked(row, holds ? valid(CUSTOMER, [64497, 64498]) : NOT_VALID),
);
const GROUPS: readonly VectorGroup[] = [
  { title: 'eContent alone', cases: CONTENT_CASES },
  { title: 'Good objects', shared, cases: [...contents, ...good] },
  { title: 'Contents that the profile forbids', shared, cases: badContents },
  { title: 'Envelopes that RFC 6488 forbids', shared, cases: bad(BAD_ENVELOPES) },
  {
    title: 'Certificates that RFC 6487 or the profile forbids',
    shared,
    cases: bad([...BAD_CERTIFICATES, ...BAD_FIELDS]),
  },
  {
    title: 'CRLs that revoke and cannot be used',
    shared: oneObject,
    cases: withoutObject(bad(FAULTY_CRLS)),
  },
  { title: 'Several CRLs of the issuer', shared: oneObject, cases: withoutObject(several) },
];

/**
 * Records what each mistake makes of the cases, which the second implementation answers right; cases with another acceptable
 * answer tell nothing.
 */
function withMistakes(group: VectorGroup): VectorGroup {
  const cases = group.cases.map((vector): VectorCase => {
    const request = requestOf('objects', group, vector);
    const answer = objectsKit.answer(request);
    if (!Object.entries(vector.expected).every(([name, value]) => isDeepStrictEqual(answer[name], value))) {
      throw new Error(`${vector.id}: the kit answers ${JSON.stringify(answer)}`);
    }
    if (vector.acceptable) return vector;
    const mistakes: Record<string, Fields> = {};
    for (const { id } of objectsKit.mistakes) {
      const { outcome = null } = objectsKit.answer(request, id);
      if (outcome !== vector.expected.outcome) mistakes[id] = { outcome };
    }
    const found = Object.keys(mistakes);
    return found.length === 0 ? vector : { ...vector, flags: [...vector.flags, ...found], mistakes };
  });
  return { ...group, cases };
}

/** The vector file of ASPA objects. */
export function drafts(): VectorDraft[] {
  const groups = GROUPS.map(withMistakes);
  const disputed: VectorNote = { kind: 'property', text: 'validators differ, and the texts allow both' };
  return [
    {
      name: 'objects-aspa',
      suite: 'objects',
      title: 'ASPA objects: content, envelope, certificate, CRL',
      source: [PROFILE, 'RFC 6488', 'RFC 6487', 'RFC 3779', 'RFC 7935', 'RFC 5280', 'RFC 5652'],
      notes: { disputed, ...mistakeNotes(objectsKit, mistakesIn(groups)) },
      groups,
    },
  ];
}
