import { readFileSync } from 'node:fs';
import * as apvas from 'pathsec/apvas';
import * as aspa from 'pathsec/aspa';
import * as audit from 'pathsec/audit';
import * as bgp from 'pathsec/bgp';
import * as bgpsec from 'pathsec/bgpsec';
import * as bmp from 'pathsec/bmp';
import * as bytes from 'pathsec/bytes';
import * as cost from 'pathsec/cost';
import * as draw from 'pathsec/draw';
import * as inet from 'pathsec/inet';
import * as links from 'pathsec/links';
import * as live from 'pathsec/live';
import * as node from 'pathsec/node';
import * as payload from 'pathsec/payload';
import * as questions from 'pathsec/questions';
import * as routes from 'pathsec/routes';
import * as rov from 'pathsec/rov';
import * as rpki from 'pathsec/rpki';
import * as rtr from 'pathsec/rtr';
import * as simulate from 'pathsec/simulate';
import * as speaker from 'pathsec/speaker';
import * as tables from 'pathsec/tables';
import * as unpack from 'pathsec/unpack';
import { describe, expect, it } from 'vitest';
import * as conformance from '../../src/conformance/index.js';
import { TARGETS } from './targets/all.js';

const ROOMS: Readonly<Record<string, object>> = {
  apvas,
  aspa,
  audit,
  bgp,
  bgpsec,
  bmp,
  bytes,
  conformance,
  cost,
  draw,
  inet,
  links,
  live,
  node,
  payload,
  questions,
  routes,
  rov,
  rpki,
  rtr,
  simulate,
  speaker,
  tables,
  unpack,
};

/** Functions that take in octets, text or JSON from outside, by their names. */
const DECODER =
  /^(?:decode|parse|read|scan|inspect|describe|examine|decompress|from[A-Z])|(?:Reader|Splitter|OfFile)$|^next(?:Nlri|PathAttribute)$|^(?:answerRequest|looksLike)/;

/** Such names that no target exercises by themselves, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  'bytes:createReader': 'the caller bounds it; every decoder of octets reads through it',
  'bytes:readU16': 'the caller has checked the bounds',
  'bytes:readU32': 'the caller has checked the bounds',
  'conformance:readHello': 'any JSON, by a property of spec-tests/conformance/hello.test.ts',
  'conformance:readRouterHello':
    'any JSON object, by a property of spec-tests/conformance/router/router-hello.test.ts',
  'bgpsec:decoderOptions': 'options from a session that the caller made',
  'rpki:inspectAspaContent': 'inside rpki-examine-object; takes decoded values',
  'rpki:inspectAspa': 'inside rpki-examine-object; takes decoded values',
  'rpki:inspectAsra': 'takes decoded values',
  'rpki:inspectAsraContent': 'takes decoded values',
  'rpki:inspectRoa': 'inside rpki-examine-object; takes decoded values',
  'rpki:inspectPrefixList': 'inside rpki-examine-object; takes decoded values',
  'rpki:inspectManifest': 'inside rpki-examine-object; takes decoded values',
  'rpki:readPayloadPieces':
    'held equal to readPayloads, cut and damaged, by spec-tests/rpki/payload-pieces.test.ts',
  'links:readLink': 'any text and any packed JSON, by a property of spec-tests/links/links.test.ts',
  'node:readVectorFiles': 'files of the package itself, or of whoever tests a program',
  'simulate:readAttack': 'a word of a list, by spec-tests/simulate/curves.test.ts',
  'simulate:readMechanism': 'words of a list, by spec-tests/simulate/curves.test.ts',
  'simulate:describeTopology': 'takes a topology that was read or made',
  'routes:readElements': 'an iteration over createRouteReader',
  'node:readRoutes': 'a file name; what it reads goes through decompress and createRouteReader',
};

const exported = Object.entries(ROOMS).flatMap(([room, door]) =>
  Object.entries(door).flatMap(([name, value]) => (typeof value === 'function' ? [`${room}:${name}`] : [])),
);
const covered = new Set(TARGETS.flatMap(({ covers }) => covers));

describe('the decoders of the doors', () => {
  const decoders = exported.filter((name) => DECODER.test(name.slice(name.indexOf(':') + 1)));

  it('are those of every door of package.json', () => {
    const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, unknown>;
    };
    // The root and two aliases say nothing of their own.
    const others = ['.', './mrt', './engine', './package.json', './vectors/*'];
    const doors = Object.keys(exports).filter((door) => !others.includes(door));
    expect(Object.keys(ROOMS).map((room) => `./${room}`)).toEqual(doors.sort());
  });

  it('are found by their names', () => {
    expect(decoders.length).toBeGreaterThan(60);
  });

  it.each(decoders)('%s has a target or a reason', (name) => {
    expect(covered.has(name) || EXEMPT[name] !== undefined).toBe(true);
  });

  it('have no reason and a target at once, and no reason without an export', () => {
    const reasons = Object.keys(EXEMPT);
    expect(reasons.filter((name) => covered.has(name) || !decoders.includes(name))).toEqual([]);
  });
});

describe('the targets', () => {
  it('have names of their own', () => {
    const names = TARGETS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('have a row each in docs/fuzzing.md, and no other target has one', () => {
    const page = readFileSync(new URL('../../docs/fuzzing.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split('## The last long run');
    const rows = [...table.matchAll(/^\| ([a-z0-9-]+) \|.*\| ([^|]+) \|$/gm)].map(([, name, proved]) => [
      name,
      proved,
    ]);
    const targets = TARGETS.map(({ name, roundTrip }) => [name, roundTrip]);
    const byName = ([a = '']: (string | undefined)[], [b = '']: (string | undefined)[]): number =>
      a < b ? -1 : 1;
    expect(rows.filter(([name]) => name !== 'target').sort(byName)).toEqual(targets.sort(byName));
  });

  it('cover what exists', () => {
    const unknown = [...covered].filter((name) => !name.includes('/') && !exported.includes(name));
    expect(unknown).toEqual([]);
  });
});
