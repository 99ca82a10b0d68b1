import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testLab } from '../../rpki-objects/lab-support.js';
import { utf8 } from '../../rpki-objects/profile-world.js';
import { certificate, name, printable } from '../../rpki-objects/router-certificates.js';
import { keys, LOCAL, privateFile } from '../bgpsec-world.js';
import { temporaryFile } from '../run.js';
import { folder, HOSTILE, HOSTILE_ASCII, hostileFile, withHostile, withHostileStrings } from './hostile.js';
import { rpkiClient } from './payload-texts.js';

/** A call of the program. */
export interface Call {
  readonly argv: readonly string[];
  readonly stdin?: string | Uint8Array;
}

export type Calls = readonly Call[] | Promise<readonly Call[]>;

export const lines = (values: Iterable<unknown>) =>
  [...values].map((value) => `${JSON.stringify(value)}\n`).join('');
export const call = (...argv: readonly string[]): Call => ({ argv });
/** The text as it is and as JSON. */
export const both = (...argv: readonly string[]): Call[] => [call(...argv), call(...argv, '--json')];
export const bad = () => ['--rpki', hostileFile(rpkiClient(HOSTILE))];

export const BGP_CONFIG = {
  localAs: 64500,
  routerId: '192.0.2.1',
  listen: '127.0.0.1:0',
  peers: [{ as: 64499, address: '127.0.0.1', localRole: 'provider', families: ['1/1'], hold: 30 }],
};

export const SCENARIO = {
  links: [[1, 2, -1]],
  policies: { 2: ['aspa'] },
  roas: [['192.0.2.0/24', 24, 1]],
  aspas: { 1: [0] },
  seeds: [{ asn: 1, prefix: '192.0.2.0/24', path: [1], to: ['customer', 2], pathTo: { peer: [1, 2] } }],
  leaks: [{ asn: 2, from: ['provider'], to: [1] }],
  target: '192.0.2.1',
};

const RIS = {
  type: 'ris_message',
  data: {
    timestamp: 1,
    peer: '192.0.2.1',
    peer_asn: '23456',
    type: 'UPDATE',
    path: [23456, [3, 2], 1],
    origin: 'igp',
    announcements: [{ next_hop: '192.0.2.1', prefixes: ['192.0.2.0/24'] }],
    withdrawals: ['203.0.113.0/24'],
  },
};
const COLUMNS = [
  'TABLE_DUMP2|1|B|192.0.2.1|4|192.0.2.0/24|4 3 2 1|IGP|192.0.2.1|0|0||NAG||',
  'BGP4MP|1|STATE|192.0.2.1|4|3|6',
  '192.0.2.0/24|4 3 1|4',
];

/** Files of routes of every kind of text, each of its places hostile in turn. */
export function routeFiles(): string[] {
  const columns = COLUMNS.flatMap((line) =>
    line.split('|').map((_, i, all) => all.with(i, HOSTILE.replaceAll(/[\r\n]/g, '')).join('|')),
  );
  const texts = [lines([RIS, ...withHostile(RIS)]), `${[...COLUMNS, ...columns].join('\n')}\n`, HOSTILE, ''];
  return texts.map((text) => hostileFile(text));
}

export const roles = () => temporaryFile('roles.json', '{"4":"provider","23456":"customer"}');
export const rolesFiles = () =>
  [...withHostile({ 4: 'provider' })].map((one) => hostileFile(JSON.stringify(one)));
export const PATH = ['--neighbor-role', 'customer'];
export const ASPA_REQUEST = {
  id: 'a',
  path: '3 2 1',
  direction: 'upstream',
  neighborRole: 'customer',
  neighborAs: 3,
};
export const pathKeys = () => ['--keys', keys(64496, 64499)];
export const own = (key: string) => ['--key', key, '--as', String(LOCAL), '--peer-as', '64511'];
export const badKeys = () => {
  const files = [
    hostileFile(HOSTILE, '.pem'),
    hostileFile(`-----BEGIN PRIVATE KEY-----\n${HOSTILE}\n`),
    privateFile(LOCAL),
  ];
  const open = hostileFile(readFileSync(files[2] ?? ''));
  chmodSync(open, 0o644);
  return [...files, open];
};
export const script = (steps: unknown) => JSON.stringify({ steps });
export const STEPS = [
  { at: 0, announce: { roas: [{ asn: 1, prefix: '192.0.2.0/24' }] }, comment: 'x' },
  { at: 1, fault: 'garbage' },
];

/** The octets of messages with text in them, in hexadecimal. */
export function messages(): string[] {
  const message = (type: number, body: Uint8Array) =>
    Buffer.concat([Buffer.alloc(16, 255), Buffer.from([0, 19 + body.length, type]), body]).toString('hex');
  const said = Buffer.from(HOSTILE).subarray(0, 200);
  const shutdown = Buffer.from([6, 2, said.length, ...said]);
  const parameter = Buffer.from([2, 2 + said.length, 73, said.length, ...said]);
  const open = Buffer.from([4, 0xfb, 0xf0, 0, 180, 192, 0, 2, 1, parameter.length, ...parameter]);
  return [
    message(3, shutdown),
    message(3, Buffer.from([6, 9, ...shutdown])),
    message(3, Buffer.from([2, 7, ...said])),
    message(1, open),
  ];
}

export async function hostileObjects(): Promise<string[]> {
  const { files } = await testLab();
  const at = folder();
  const changed = files.flatMap(({ name: file, octets }) =>
    [...withHostileStrings(octets)].map((one) => [file.slice(-4), one] as const),
  );
  return changed.map(([extension, octets], i) => {
    const file = join(at, `${i}${extension}`);
    writeFileSync(file, octets);
    return file;
  });
}

export function hostileCertificates(): string[] {
  const named = [utf8(HOSTILE), printable(HOSTILE_ASCII)].flatMap((text) => [
    certificate({ subject: name(['2.5.4.3', text]) }),
    certificate({ issuer: name(['2.5.4.3', text], ['2.5.4.10', text]) }),
  ]);
  return [...named, ...withHostileStrings(certificate()), new TextEncoder().encode(HOSTILE)].map((octets) =>
    hostileFile(octets, '.cer'),
  );
}

/** The folder that files were put into. */
export const folderOf = (files: readonly string[]): string => join(files[0] ?? '', '..');
