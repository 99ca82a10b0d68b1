import { readFileSync } from 'node:fs';
import type { VectorCase, VectorGroup } from '../../../../src/conformance/vector.js';
import { asPathOf, hops } from './notation.js';
import { publishedGroup } from './send-published.js';
import { type Change, entry, membersOf, type Names } from './send-request.js';
import { signRoute } from './send-signed.js';
import { EXPERIMENTAL, type Fields, withLocalPref } from './world.js';

interface Table extends Names {
  readonly groups: readonly Group[];
}

interface Group {
  readonly title: string;
  readonly shared: Change;
  readonly parts: readonly {
    readonly sections?: readonly string[];
    readonly own?: Change;
    readonly cases: readonly Row[];
  }[];
}

interface Row {
  readonly name: string;
  readonly title: string;
  readonly sections?: readonly string[];
  readonly change?: Change;
  readonly answer: string;
  readonly blocks?: readonly number[];
  readonly attributes?: readonly string[];
  readonly reason?: string;
  readonly receiver?: string;
  readonly valid?: boolean;
  readonly requirements: readonly string[];
}

const TABLE: Table = JSON.parse(readFileSync(new URL('../facts/send.json', import.meta.url), 'utf8'));

/** Origination and propagation (RFC 8205 §4): the published examples, and the rows of `../facts/send.json`. */
export function sendGroups(): VectorGroup[] {
  return [publishedGroup(), ...TABLE.groups.map(groupOf)];
}

function groupOf({ title, shared, parts }: Group): VectorGroup {
  const common = membersOf(shared, TABLE);
  const cases = parts.flatMap(({ own = {}, sections = [], cases: rows }) =>
    rows.map((row) => {
      const change = { ...own, ...row.change };
      const input = membersOf(change, TABLE, change.session ?? shared.session);
      return caseOf({ sections, ...row }, input, common);
    }),
  );
  return { title, shared: common, cases };
}

function caseOf(row: Row, members: Fields, common: Fields): VectorCase {
  const { answer, name, reason, requirements, sections = [], title } = row;
  const whole = withLocalPref({ ...common, ...members });
  const { message = '' } = whole;
  const input = 'message' in members ? { ...members, message } : members;
  const head = { id: `bgpsec/${name}`, title, sections, requirements };
  const [outcome = '', ...words] = answer.split(' ');
  const path = words.join(' ');
  if (outcome === 'signed') return { ...head, ...signedCase(row, path, input, whole) };
  const expected = { outcome, ...(outcome === 'unsigned' && { asPath: asPathOf(path) }) };
  return { ...head, flags: [], input, expected, ...(reason !== undefined && { detail: { reason } }) };
}

/** A route that goes out signed. */
function signedCase(
  { attributes, blocks = [1], name, receiver, valid = true }: Row,
  path: string,
  input: Fields,
  whole: Fields,
): Pick<VectorCase, 'flags' | 'input' | 'expected' | 'detail'> {
  const session = receiver === undefined ? undefined : entry(TABLE.sessions, receiver);
  const { answer, chain, nonces } = signRoute(name, whole, { suites: blocks, session, valid });
  const { message = null, octetsToSign = null, toSign = null, unchanged = null } = answer;
  return {
    flags: [
      ...(chain ? ['two-signatures'] : []),
      ...(blocks.includes(EXPERIMENTAL) ? ['two-suites'] : []),
      ...(attributes === undefined ? [] : ['other-attributes']),
    ],
    input: { ...input, ...(nonces.length > 0 && { nonces }) },
    expected: {
      outcome: 'signed',
      securePath: hops(path),
      suites: blocks,
      ...(attributes !== undefined && { attributes: attributes.map(attributeFields) }),
      ...(!chain && { toSign }),
    },
    detail: {
      ...(chain && { toSign }),
      ...(String(octetsToSign).length < 4096 && { octetsToSign }),
      unchanged,
      message,
    },
  };
}

function attributeFields(text: string): Fields {
  const [flags = '', type = '', value = ''] = text.replace('ORIGIN', '40 01 00').split(' ');
  return { flags: Number.parseInt(flags, 16), type: Number.parseInt(type, 16), value };
}
