import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseAsPath } from 'pathsec/bgp';
import { DecodeError } from 'pathsec/bytes';
import {
  exactIdText,
  QUESTION_MEMBERS,
  type QuestionKind,
  readOriginQuestion,
  readPath,
  readPathQuestion,
  readUpdateQuestion,
} from 'pathsec/questions';
import { originAs } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { arbitraryAsn } from '../support.js';
import { oneEdit } from './edits.js';

const READERS: Readonly<Record<QuestionKind, (value: unknown) => unknown>> = {
  aspa: (value) => readPathQuestion(value),
  rov: (value) => readOriginQuestion(value, originAs),
  bgpsec: (value) => readUpdateQuestion(value),
};
const SESSION = { localAs: 64500, peerAs: 64499 };
const WHOLE: Readonly<Record<QuestionKind, object>> = {
  aspa: { path: '64499 64496', neighborRole: 'customer', neighborAs: 64499 },
  rov: { prefix: '192.0.2.0/24', origin: 64496 },
  bgpsec: { message: 'ff', ...SESSION },
};
const KINDS = Object.keys(READERS) as QuestionKind[];
const namesOf = (kind: QuestionKind): string[] =>
  QUESTION_MEMBERS.filter(({ kinds }) => kinds.includes(kind)).flatMap(({ name, aliases = [] }) => [
    name,
    ...aliases,
  ]);

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof DecodeError) return `${error.code} ${error.field}`;
    throw error;
  }
  return 'read';
}

describe('every question', () => {
  it.each(KINDS)('%s: any name that is one edit from a known one is refused', (kind) => {
    const known = namesOf(kind);
    fc.assert(
      fc.property(fc.constantFrom(...known).chain(oneEdit), (name) => {
        if (known.includes(name)) return;
        expect(codeOf(() => READERS[kind]({ ...WHOLE[kind], [name]: 1 }))).toBe(`unknown-member ${name}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(KINDS)('%s: id may be anything; suite and op have to be those of the question', (kind) => {
    const op = { aspa: 'verify-path', rov: 'validate-origin', bgpsec: 'verify-update' }[kind];
    const read = READERS[kind];
    expect(read({ ...WHOLE[kind], id: [{}], suite: kind, op })).toEqual(read(WHOLE[kind]));
    expect(codeOf(() => read({ ...WHOLE[kind], suite: 'rtr' }))).toBe('operation-unknown suite');
    expect(codeOf(() => read({ ...WHOLE[kind], op: 'mitigate' }))).toBe('operation-unknown op');
    expect(codeOf(() => read([]))).toBe('request request');
  });

  it.each(KINDS)('%s: a member and its alias at once are refused', (kind) => {
    for (const { name, aliases = [], kinds } of QUESTION_MEMBERS) {
      if (!kinds.includes(kind)) continue;
      for (const alias of aliases) {
        expect(codeOf(() => READERS[kind]({ [name]: '1', [alias]: '1' }))).toBe(`member-twice ${alias}`);
      }
    }
  });

  it('docs/cli.md has each member once, with its aliases and commands', () => {
    const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    const commands = { aspa: '`aspa verify`', rov: '`rov validate`', bgpsec: '`bgpsec verify`' };
    for (const { name, aliases = [], kinds } of QUESTION_MEMBERS) {
      const names = aliases.map((alias) => `\`${alias}\``).join(', ');
      const asked = kinds.length === KINDS.length ? 'all' : kinds.map((kind) => commands[kind]).join(', ');
      const rows = page
        .split('\n')
        .filter((line) => line.startsWith(`| \`${name}\` | ${names} | ${asked} | `));
      expect([name, rows.length]).toEqual([name, 1]);
    }
  });
});

describe('the path of a question', () => {
  const place = (value: unknown) => readPath({ path: 'path', value });

  it('is text, an array, or a list of segments', () => {
    const path = parseAsPath('64499 {64496,64497}');
    expect(place('64499 {64496,64497}')).toEqual(path);
    expect(place([64499, [64496, 64497]])).toEqual(path);
    expect(
      place([
        { type: 'AS_SEQUENCE', asns: [64499] },
        { type: 'AS_SET', asns: [64496, 'AS64497'] },
      ]),
    ).toEqual(path);
    expect([place(''), place([])]).toEqual([[], []]);
  });

  it.each([
    ['as-path-syntax path', {}],
    ['as-path-syntax path', 5],
    ['as-path-segment-empty path[0].asns', [{ type: 'AS_SET', asns: [] }]],
    ['unknown-member path[0].asn', [{ type: 'AS_SET', asns: [1], asn: 1 }]],
    ['request-member path[0].type', [{ type: 'as-set', asns: [1] }]],
    ['request-member path[1]', [{ type: 'AS_SET', asns: [1] }, 5]],
    ['asn-range path[0].asns[0]', [{ type: 'AS_SET', asns: [-1] }]],
  ])('%s: %j', (code, value) => {
    expect(codeOf(() => place(value))).toBe(code);
  });

  it('written as segments is the same path', () => {
    const segment = fc.record({
      type: fc.constantFrom(1, 2, 3, 4),
      asns: fc.array(arbitraryAsn, { minLength: 1, maxLength: 4 }),
    });
    const types = ['', 'AS_SET', 'AS_SEQUENCE', 'AS_CONFED_SEQUENCE', 'AS_CONFED_SET'];
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (path) => {
        expect(place(path.map(({ type, asns }) => ({ type: types[type], asns })))).toEqual(path);
      }),
    );
  });
});

describe('a question about a path', () => {
  const ask = (more: object) => codeOf(() => readPathQuestion({ ...WHOLE.aspa, ...more }));

  it.each([
    ['path-missing path', { path: undefined }],
    ['direction-missing neighborRole', { neighborRole: undefined }],
    ['direction-missing neighborRole', { neighborRole: null }],
    ['direction-unknown direction', { direction: 'up' }],
    ['direction-conflict direction', { direction: 'downstream' }],
    ['neighbor-role-unknown neighborRole', { neighborRole: 'providr' }],
    ['asn-syntax neighborAs', { neighborAs: true }],
    ['asn-syntax origin', { origin: 'x' }],
    ['prefix-host-bits prefix', { prefix: '192.0.2.1/24' }],
    ['request-member family', { family: 'ipv4' }],
    ['family-conflict family', { family: 'ipv6-unicast', prefix: '192.0.2.0/24' }],
    ['unknown-member neighborAS', { neighborAS: 1 }],
    ['unknown-member message', { message: 'ff' }],
  ])('%s: %j', (code, more) => {
    expect(ask(more)).toBe(code);
  });

  it('proposes the role that was meant', () => {
    expect(() => readPathQuestion({ path: '1', neighborRole: 'providr' })).toThrow(
      /did you mean provider\?$/,
    );
  });

  it('takes a file of routes as it is, and knows the family by the prefix', () => {
    const route = { prefix: '2001:db8::/32', origin: 64496, family: 'ipv6-unicast' };
    expect(readPathQuestion({ ...WHOLE.aspa, ...route }).afi).toBe(2);
    expect(readPathQuestion(WHOLE.aspa)).not.toHaveProperty('afi');
  });

  it('null is as good as absent', () => {
    const nothing = { direction: null, neighborAs: null, prefix: null, origin: null, family: null };
    expect(readPathQuestion({ path: '1', neighborRole: 'peer', ...nothing })).toEqual(
      readPathQuestion({ path: '1', neighborRole: 'peer' }),
    );
  });
});

describe('a question about an origin', () => {
  const ask = (question: object) =>
    readOriginQuestion({ prefix: '192.0.2.0/24', ...question }, originAs).origin;

  it('has the origin, or the path that ends in it', () => {
    expect(ask({ origin: 'AS64496' })).toBe(64496);
    expect(ask({ origin: null })).toBe(undefined);
    expect(ask({ path: '64499 64496' })).toBe(64496);
    expect(ask({ path: '64499 {64496}' })).toBe(undefined);
    expect(ask({ path: '64499 64496', origin: 64496 })).toBe(64496);
    expect(ask({ path: '64499 {64496}', origin: null })).toBe(undefined);
    expect(ask({ path: [], ownAs: 64500 })).toBe(64500);
  });

  it.each([
    ['origin-missing origin', {}],
    ['prefix-missing prefix', { prefix: undefined, origin: 1 }],
    ['origin-conflict origin', { path: '64499 64496', origin: 64499 }],
    ['origin-conflict origin', { path: '64499 64496', origin: null }],
    ['neighbor-role-unknown neighborRole', { origin: 1, neighborRole: 'x' }],
    ['unknown-member orign', { orign: 1 }],
  ])('%s: %j', (code, question) => {
    expect(codeOf(() => ask(question))).toBe(code);
  });
});

describe('a question about a signed UPDATE', () => {
  const read = (more: object) => readUpdateQuestion({ message: 'ff', ...more });

  it('has the members of its session beside the message, or in one member', () => {
    const more = { ...SESSION, allowPcountZero: true, ownAses: [64500], negotiated: [1], safis: [1, 2] };
    expect(read({ session: more })).toEqual(read(more));
    expect(codeOf(() => read({ session: SESSION, localAs: 1 }))).toBe('member-twice localAs');
    expect(codeOf(() => read({ session: { ...SESSION, peerAS: 1 } }))).toBe('unknown-member session.peerAS');
  });

  it('knows the kind of a peer from its AS, unless it is told', () => {
    const kind = (more: object) => read({ ...SESSION, ...more }).session.kind;
    const confederation = { id: 64510, members: [64500, 64499] };
    expect(kind({})).toBe('external');
    expect(kind({ peerAs: 64500 })).toBe('internal');
    expect(kind({ ibgp: true })).toBe('internal');
    expect(kind({ confederation })).toBe('confed-external');
    expect(kind({ confederation, kind: 'external' })).toBe('external');
    expect(codeOf(() => kind({ kind: 'internal', ibgp: true }))).toBe('member-twice ibgp');
    expect(codeOf(() => kind({ kind: 'confed-external' }))).toBe('request-member confederation');
  });

  it('takes a confederation in both forms', () => {
    const of = (confederation: object, more = {}) =>
      read({ ...SESSION, confederation, ...more }).session.confederation;
    const whole = { identifier: 64510, memberAs: 64500, verifyMembers: true };
    expect(of({ id: 64510 })).toEqual(whole);
    expect(of(whole)).toEqual(whole);
    expect(of({ id: 64500, members: [65001] })).toEqual({ ...whole, identifier: 64500, memberAs: 65001 });
    expect(of({ id: 64510 }, { verifyMembers: false })).toEqual({ ...whole, verifyMembers: false });
    expect(codeOf(() => of({ id: 1, identifier: 1 }))).toBe('member-twice confederation.identifier');
    expect(codeOf(() => of(whole, { verifyMembers: true }))).toBe('member-twice verifyMembers');
    expect(codeOf(() => of({ id: 1, member: [] }))).toBe('unknown-member confederation.member');
  });
});

describe('the text of an id', () => {
  const textOf = (line: string) => exactIdText(line, (JSON.parse(line) as { id?: unknown }).id);

  it.each([
    ['12345678901234567890', '{"a":{"id":1},"id":12345678901234567890}'],
    ['1.50', '{ "id" : 1.50 , "b":[1,{"id":2}]}'],
    ['[18446744073709551615,"a b"]', '{"x":"}\\"{","id":[ 18446744073709551615,\r "a b" ]}'],
    ['{"b":1,"1":2}', '{"id":{"b":1,"1":2}}'],
    ['[2]', '{"id":[1],"i\\u0064":[2]}'],
    [undefined, '{"id":1}'],
    [undefined, '{"id":null}'],
    [undefined, '{"id":"[1.5]"}'],
    [undefined, '{"path":[1]}'],
  ])('is %s in %s', (text, line) => {
    expect(textOf(line)).toBe(text);
  });

  it('may hold a text of millions of escapes', () => {
    const id = `["${'\\n'.repeat(7_000_000)}"]`;
    expect(textOf(`{"id": ${id} }`) === id).toBe(true);
  });

  it('reads back as what JSON.parse found', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (id, other) => {
        const line = JSON.stringify({ other, id, id2: other }, null, 1).replaceAll('\n', ' ');
        const text = textOf(line);
        if (text !== undefined) expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(id));
      }),
    );
  });
});
