import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from './run.js';

/** What is said of the experiments first. */
const NOTE = /^pathsec: NON-STANDARD: .*\n/;

/** JSON that is asked of the user by each command, with the member `of` that stands twice. */
const TWICE: readonly [name: string, text: string, argv: (file: string) => readonly string[], of: string][] =
  [
    [
      'a scenario',
      '{"links": [[1, 2, -1]], "seeds": [{"asn": 2, "prefix": "192.0.2.0/24"}], "links": []}',
      (file) => ['simulate', 'scenario', file, '--json'],
      'links',
    ],
    [
      'roles of peers',
      '{"64496": "provider", "64496": "customer"}',
      (file) => [
        ...['audit', '--rpki', temporaryFile('p', '{"roas": [{"prefix": "192.0.2.0/24", "asn": 1}]}')],
        ...['--roles', file, temporaryFile('r', '192.0.2.0/24|1')],
      ],
      '64496',
    ],
    [
      'peers',
      '{"localAs": 1, "peers": [{"peerAs": 2, "peerAs": 3}]}',
      (file) => ['bgp', 'listen', '--for', '0', '--config', file],
      'peerAs',
    ],
    [
      'signing keys',
      '{"64496": "a.pem", "64496": "b.pem"}',
      (file) => ['bgp', 'inject', '127.0.0.1:1', '--local-as', '1', '--routes', '-', '--sign', file],
      '64496',
    ],
    [
      'a script of a cache',
      '{"steps": [], "steps": []}',
      (file) => ['rtr', 'serve', '--listen', '127.0.0.1:0', '--for', '0', '--script', file],
      'steps',
    ],
    [
      'a topology',
      '{"links": [[1, 2, -1]], "clique": [1], "clique": [2]}',
      (file) => ['simulate', 'topology', file],
      'clique',
    ],
    [
      'public keys of the experiments',
      '{"format": "pathsec/apvas-keys/1", "keys": [], "keys": []}',
      (file) => ['apvas', 'verify', '--keys', file],
      'keys',
    ],
    [
      'secrets of the experiments',
      '{"format": "pathsec/apvas-secrets/1", "keys": [{"as": 1, "as": 2, "secret": "00"}]}',
      (file) => [
        ...['apvas', 'sign', '192.0.2.0/24|1|1', '--target-as', '2', '--secrets', file],
        ...['--public', `${file}.public`],
      ],
      'as',
    ],
    [
      'routes to validate',
      '{"routes": [{"prefix": "192.0.2.0/24", "asn": 1, "asn": 2}]}',
      (file) => [
        ...[
          'rov',
          'validate',
          '--rpki',
          temporaryFile('p', '{"roas": [{"prefix": "192.0.2.0/24", "asn": 1}]}'),
        ],
        ...['--input', file],
      ],
      'asn',
    ],
  ];

/** The same in the value of an option. */
const TWICE_IN_OPTION: readonly (readonly [option: string, argv: readonly string[], of: string])[] = [
  [
    '--hello',
    [
      ...['conformance', 'router', '--profile', 'generic', '--print-config'],
      ...['--hello', '{"firstAs": true, "firstAs": false}'],
    ],
    'firstAs',
  ],
  [
    '--ris-filter',
    ['live', '--ris', 'ws://127.0.0.1:1/', '--ris-filter', '{"host": "rrc00", "host": "rrc01"}'],
    'host',
  ],
];

describe('JSON that is asked of the user', () => {
  it.each(TWICE)('has no member twice in an object: %s', async (_, text, argv, of) => {
    const { code, stdout, stderr } = await run([...argv(temporaryFile('twice.json', text))]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replace(NOTE, '')).toMatch(/^pathsec: .*twice\.json: .*\n$/); // one line, with the file
    expect(stderr).toContain(`"${of}" stands twice in an object (duplicate-name)`);
  });

  it.each(TWICE_IN_OPTION)('nor has that of %s', async (option, argv, of) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(option);
    expect(stderr).toContain(`"${of}" stands twice in an object (duplicate-name)`);
  });
});
