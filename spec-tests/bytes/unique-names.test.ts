import fc from 'fast-check';
import { DecodeError, requireJsonDepth, requireUniqueNames } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';

/** What is said of a text: the code and the offset, or nothing. */
function faultOf(text: string, free?: string): [code: string, offset: number | undefined] | undefined {
  JSON.parse(text);
  try {
    requireUniqueNames(text, free);
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return [error.code, error.offset];
    throw error;
  }
}

/** JSON as it is written, which may say a name more than once, and in more than one way. */
type Written = string | readonly Written[] | { readonly members: readonly [name: string, value: Written][] };

const isObject = (value: Written): value is Extract<Written, { members: unknown }> =>
  typeof value === 'object' && 'members' in value;

function textOf(value: Written, blank: string): string {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return `[${value.map((one) => textOf(one, blank)).join(`,${blank}`)}]`;
  const members = value.members.map(([name, one]) => `${blank}${name}${blank}:${blank}${textOf(one, blank)}`);
  return `{${members.join(`${blank},`)}${blank}}`;
}

function repeats(value: Written): boolean {
  if (typeof value === 'string') return false;
  if (!isObject(value)) return value.some(repeats);
  const names = value.members.map(([name]) => JSON.parse(name) as string);
  return new Set(names).size < names.length || value.members.some(([, one]) => repeats(one));
}

const names = ['""', '"a"', '"\\u0061"', '"b\\\\"', '"\\""', '"a\\\\\\"b"', '"__proto__"', '"{:"', '"é"'];
const scalars = ['1', 'null', '"a"', '"\\\\"', '"[{\\"a\\":"', '"a:"', '-1.5e3', 'true'];
const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...scalars),
    fc.array(tie('written'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...names), tie('written')), { maxLength: 4 })
      .map((members) => ({ members })),
  ),
}));

describe('RFC 8259 §4: the names within an object', () => {
  it('are refused where one is there twice, wherever and however it is written, and nowhere else', () => {
    const blanks = fc.constantFrom('', ' ', '\n\t', '\r\n  ');
    fc.assert(
      fc.property(written, blanks, (value, blank) => {
        expect(faultOf(textOf(value, blank))?.[0]).toBe(repeats(value) ? 'duplicate-name' : undefined);
      }),
    );
  });

  it('are told with the place behind the second one', () => {
    expect(faultOf('{"a": 1, "b": {"a": 2}, "a": 3}')).toEqual(['duplicate-name', 27]);
    expect(faultOf('[{"a": 1}, {"a": 2}, {"a": "a", "\\u0061" : "a"}]')).toEqual(['duplicate-name', 40]);
    expect(() => requireUniqueNames(`{"${'x'.repeat(99)}":1,"${'x'.repeat(99)}":1}`)).toThrow(
      `json at offset 206: "${'x'.repeat(60)}" stands twice in an object`,
    );
  });

  it('may be anything in a member that is free, which itself is there once', () => {
    expect(faultOf('{"id": {"a": 1, "a": 2}, "b": {"c": 1}}', 'id')).toBeUndefined();
    expect(faultOf('{"id": {"a": 1, "a": 2}, "b": {"c": 1, "c": 1}}', 'id')).toEqual(['duplicate-name', 42]);
    expect(faultOf('{"id": 1, "b": {"c": 1, "c": 1}}', 'id')).toEqual(['duplicate-name', 27]);
    expect(faultOf('{"id": [1], "id": 1}', 'id')).toEqual(['duplicate-name', 16]);
    expect(faultOf('{"b": {"id": {"a": 1, "a": 1}}}', 'id')).toEqual(['duplicate-name', 25]);
  });

  it('are looked at down to 64 levels, and deeper nothing is read', () => {
    const nested = (levels: number): string => '{"a":['.repeat(levels / 2) + ']}'.repeat(levels / 2);
    expect(faultOf(nested(64))).toBeUndefined();
    expect(faultOf(nested(66))?.[0]).toBe('json-depth');
    expect(faultOf(`{"id":${nested(100_000)},"a":1}`, 'id')).toBeUndefined();
  });

  it('of texts of millions of characters are found', () => {
    const many = Array.from({ length: 100_000 }, (_, k) => `"${k}":"${'\\\\'.repeat(10)}"`).join(',');
    expect(faultOf(`{${many}}`)).toBeUndefined();
    expect(faultOf(`{${many},"7":1}`)?.[0]).toBe('duplicate-name');
  });
});

describe('the levels of a JSON text', () => {
  it('are counted before it is read, those in texts not, and may be as many as are allowed', () => {
    expect(() => requireJsonDepth('{"a":[{"b":[]}]}', 4)).not.toThrow();
    expect(() => requireJsonDepth('{"a":[{"b":[]}]}', 3)).toThrow('json at offset 11: more than 3 levels');
    expect(() => requireJsonDepth('["[[[[\\"[[", [], {}, [], {}]', 2)).not.toThrow();
    expect(() => requireJsonDepth('"[[[[', 2)).not.toThrow(); // no JSON: JSON.parse says so
  });
});
