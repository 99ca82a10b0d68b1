import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createAsraTable, createRevisionTables } from 'pathsec/aspa';
import { withSignatureCache } from 'pathsec/bgpsec';
import { toHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { createRovTable } from 'pathsec/rov';
import { encodePdu } from 'pathsec/rtr';
import { aspaAnswerer } from '../../../src/cli/aspa/batch.js';
import { pathJudge } from '../../../src/cli/aspa/path-judge.js';
import { readRoles } from '../../../src/cli/audit/roles-file.js';
import { originAnswerer } from '../../../src/cli/rov/validate.js';
import { CliError } from '../../../src/cli/shared/io.js';
import { answerLine } from '../../../src/cli/shared/json-lines.js';
import { readLines } from '../../../src/cli/shared/lines.js';
import { answerAspa } from '../../../src/conformance/answer-aspa.js';
import { answerBgpsec } from '../../../src/conformance/answer-bgpsec.js';
import { answerDrafts } from '../../../src/conformance/answer-drafts.js';
import { answerObjects } from '../../../src/conformance/answer-objects.js';
import { answerRov } from '../../../src/conformance/answer-rov.js';
import { answerRtr } from '../../../src/conformance/answer-rtr.js';
import {
  type Answer,
  type Fields,
  questionsOf,
  type Request,
  SUITES,
  type Suite,
  type VectorFile,
} from '../../../src/conformance/index.js';
import { keyOf, native } from '../../bgpsec/world.js';
import { jsonMutation, textMutation } from '../lib/mutate-text.js';
import { must, type Target } from '../lib/target.js';
import { sameValue } from '../lib/value.js';
import { SIGNED } from './bgp-seeds.js';
import { octetsOf, textOf } from './text.js';

const FOLDER = new URL('../../vectors/', import.meta.url);

/** Some requests of the vectors of a suite: at most three for each operation and file, short ones. */
function requestsOf(suite: Suite): Fields[] {
  if (!existsSync(FOLDER)) return [];
  const files = readdirSync(FOLDER)
    .filter((name) => name.startsWith(`${suite}-`) && name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as VectorFile);
  return files.flatMap((file) => {
    const byOperation = new Map<string, Fields[]>();
    for (const { request } of questionsOf([file])) {
      const list = byOperation.get(request.op) ?? [];
      if (list.length < 3 && JSON.stringify(request).length < 6000)
        byOperation.set(request.op, [...list, request]);
    }
    return [...byOperation.values()].flat();
  });
}

const key = keyOf(64499);
const OWN: Readonly<Record<Suite, readonly Fields[]>> = {
  aspa: [],
  rov: [],
  bgpsec: [
    {
      id: '1',
      suite: 'bgpsec',
      op: 'verify-update',
      message: toHex(SIGNED),
      session: { localAs: 64500, peerAs: 64499, kind: 'external' },
      keys: [{ asn: 64499, ski: toHex(key.ski), spki: toHex(key.spki) }],
    },
    { id: '2', suite: 'bgpsec', op: 'import-key', spki: toHex(key.spki) },
  ],
  rtr: [
    {
      id: '1',
      suite: 'rtr',
      op: 'decode-pdu',
      version: 2,
      octets: toHex(encodePdu({ type: 'aspa', announce: true, customer: 1, providers: [2, 3] }, 2)),
    },
    { id: '2', suite: 'rtr', op: 'encode-pdu', version: 1, pdu: { type: 'reset-query' } },
  ],
  objects: [],
  drafts: [],
};

/** The members of a request, deep enough to be mixed up. */
function wordsOf(requests: readonly Fields[]): string[] {
  const words = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && value.length < 24) words.add(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      words.add(name);
      visit(member);
    }
  };
  visit(requests);
  return [...words].slice(0, 120);
}

/** The readers of values, which every request goes through. */
const PLACES = 'Fields Members List Octets AnyAsn Asn Number Flag OneOf Afi Prefix'
  .split(' ')
  .map((what) => `questions:read${what}`);

const conformance = (suite: Suite, answer: (request: Request) => Answer | Promise<Answer>): Target[] => {
  const requests = [...OWN[suite], ...requestsOf(suite)];
  if (requests.length === 0) return [];
  return [
    {
      name: `conformance-${suite}`,
      covers: ['conformance:answerRequest', ...PLACES],
      roundTrip: 'none: the answer is JSON, and the same when asked again',
      growth: 400,
      codes: ['malformed-request', 'unknown-member', 'member-twice'],
      ...(suite === 'objects' && { testRuns: 1000 }),
      errors: [SyntaxError], // of JSON.parse, which is not what is tested
      seeds: () => octetsOf(...requests.map((request) => JSON.stringify(request))),
      mutate: jsonMutation(wordsOf(requests)),
      async run(octets) {
        const value = JSON.parse(textOf(octets)) as Request | null;
        if (typeof value !== 'object' || value === null || Array.isArray(value))
          throw new SyntaxError('no object');
        const request = { ...value, id: 'x', suite, op: String(value.op) };
        const given = await answer(request);
        must(sameValue(await answer(request), given), 'two answers');
        return checked(given);
      },
    },
  ];
};

function checked(answer: Answer): Answer {
  const text = JSON.stringify(answer);
  must(JSON.stringify(JSON.parse(text)) === text, 'an answer that JSON does not keep');
  return answer;
}

/** Equal octets get equal signatures, so that the same request has the same answer. */
const engine = withSignatureCache(native, 1000);

const tables = createRevisionTables([
  { customer: 64496, providers: [64497, 64498] },
  { customer: 64497, providers: [0] },
]);

const both = { aspas: tables, asras: createAsraTable([{ asn: 64496, subcategory: 3, neighbors: [64499] }]) };

const ROUTE_ANSWERERS = [
  aspaAnswerer(pathJudge(both, { revision: '28' }), { revision: '28', explain: true }),
  aspaAnswerer(pathJudge(both, { revision: '28' }), { revision: '28', explain: false }),
  aspaAnswerer(pathJudge(both, { revision: '28', egress: 'augmented' }), { revision: '28', explain: true }),
  aspaAnswerer(pathJudge(both, { revision: '28', asra: 'B' }), { revision: '28', explain: true }),
  originAnswerer(createRovTable([{ prefix: parsePrefix('192.0.2.0/24'), maxLength: 24, asn: 64496 }])),
];

const routeLine: Target = {
  name: 'cli-route-line',
  covers: [
    'cli/json-lines:answerLine',
    'questions:readPathQuestion',
    'questions:readEgressQuestion',
    'questions:readPath',
    'questions:readOriginQuestion',
  ],
  roundTrip: 'none: every line has an answer or an error with a code',
  growth: 400,
  codes: [],
  seeds: () =>
    octetsOf(
      '{"id":1,"path":"64496 64497 {1,2}","direction":"upstream","neighborAs":64496}',
      '{"path":[64496,[64497]],"neighborRole":"provider","neighborAs":"AS64496"}',
      '{"path":"1 2 3","neighborRole":"complex","direction":"downstream"}',
      '{"asPath":[{"type":"AS_SET","asns":[64496]}],"neighborRole":"rs","family":"ipv4-unicast"}',
      '{"id":[1e400,{"a":2}],"prefix":"192.0.2.0/24","origin":64496,"path":"64497 64496"}',
      '{"prefix":"2001:db8::/32","origin":null,"ownAs":1}',
    ),
  mutate: jsonMutation([
    'path',
    'direction',
    'neighborRole',
    'neighborAs',
    'upstream',
    'peer',
    'rs',
    'customer',
  ]),
  async run(octets) {
    const text = textOf(octets);
    const answers = [];
    for (const answerer of ROUTE_ANSWERERS) {
      const { text: answer } = await answerLine({ text, overlong: false }, 1, answerer);
      JSON.parse(answer);
      answers.push(answer);
    }
    return answers;
  },
};

const roles: Target = {
  name: 'cli-roles-file',
  covers: ['cli/roles-file:readRoles'],
  roundTrip: 'value',
  growth: 12,
  codes: [],
  errors: [CliError],
  seeds: () => octetsOf('{"64496":"provider","AS1":"peer","1.1":"rs-client"}', '{}'),
  mutate: jsonMutation([
    'provider',
    'customer',
    'peer',
    'rs',
    'rs-client',
    'complex',
    '__proto__',
    'constructor',
  ]),
  run(octets) {
    const value = readRoles(textOf(octets), 'file');
    must(
      sameValue(readRoles(JSON.stringify(Object.fromEntries(value)), 'file').size, value.size),
      'other roles',
    );
    return value;
  },
};

const lines: Target = {
  name: 'cli-lines',
  covers: ['cli/lines:readLines'],
  roundTrip: 'text; chunks of any size give the same lines',
  growth: 12,
  codes: [],
  seeds: () => octetsOf('a\nb\r\n\nc', '', '{"id":1}\n{"id":2}\n', `${'x'.repeat(300)}\ny`),
  mutate: textMutation(['\n', '\r\n', '\r', '\uFEFF']),
  async run(octets) {
    const whole = await cut(octets, octets.length || 1);
    must(sameValue(await cut(octets, 3), whole), 'chunks change the lines');
    for (const { text, overlong } of whole) must(!overlong || text === '', 'text of a line that is too long');
    return whole;
  },
};

async function cut(octets: Uint8Array, chunk: number): Promise<{ text: string; overlong: boolean }[]> {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < octets.length; at += chunk) yield octets.subarray(at, at + chunk);
  };
  const all: { text: string; overlong: boolean }[] = [];
  for await (const list of readLines(pieces(), 200)) all.push(...list);
  return all;
}

const ANSWERERS: Readonly<Record<Suite, Parameters<typeof conformance>[1]>> = {
  aspa: answerAspa,
  rov: answerRov,
  bgpsec: (request) => answerBgpsec(request, engine),
  rtr: answerRtr,
  drafts: answerDrafts,
  objects: answerObjects,
};

export const REQUESTS: readonly Target[] = [
  ...SUITES.flatMap((suite) => conformance(suite, ANSWERERS[suite])),
  routeLine,
  roles,
  lines,
];
