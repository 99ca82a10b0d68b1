import { join } from 'node:path';
import { questionsOf } from 'pathsec/conformance';
import type { CommandName } from '../../../src/cli/commands.js';
import { readVectorFiles } from '../../../src/node/vector-files.js';
import { LOCAL, privateFile, UPDATE } from '../bgpsec-world.js';
import { partialText } from '../partial-text.js';
import { aspaFile, run, temporaryFile } from '../run.js';
import {
  ASPA_REQUEST,
  BGP_CONFIG,
  bad,
  badKeys,
  both,
  type Calls,
  call,
  folderOf,
  hostileCertificates,
  hostileObjects,
  lines,
  messages,
  own,
  PATH,
  pathKeys,
  roles,
  rolesFiles,
  routeFiles,
  SCENARIO,
  STEPS,
  script,
} from './content-samples.js';
import { folder, HOSTILE, hostileFile, withHostile } from './hostile.js';
import { payloadFiles, rpkiClient, slurmFiles } from './payload-texts.js';
import { errorReportCache, hostileNats, hostileRis, hostileRouter, notifyingPeer } from './peers.js';
import { hostilePrograms } from './programs.js';

/** What comes from outside into every command, hostile; `[]` for one that reads nothing but its arguments. */
export const CONTENTS: Readonly<Record<CommandName, () => Calls>> = {
  audit: () => [
    ...both('audit', ...bad(), ...routeFiles(), '--roles', roles()),
    ...rolesFiles().map((file) => call('audit', ...bad(), '--roles', file, ...routeFiles())),
  ],
  'audit merge': () => {
    const all = partialText().trimEnd().split('\n');
    const texts = all.flatMap((line, i) =>
      [...withHostile(JSON.parse(line) as unknown)].map((one) => all.with(i, JSON.stringify(one)).join('\n')),
    );
    const files = [...texts, HOSTILE, ''].map((text) => hostileFile(text));
    return files.flatMap((file) => both('audit', 'merge', file));
  },
  'archive submit': async () => {
    const where = ['--server', await hostileNats(), '--job', 'x'];
    return both('archive', 'submit', ...where, ...bad(), ...routeFiles(), '--roles', roles());
  },
  'archive work': async () => both('archive', 'work', '--server', await hostileNats(), '--until-done'),
  'archive collect': async () => both('archive', 'collect', '--server', await hostileNats(), '--job', 'x'),
  impact: () => [
    ...both('impact', ...bad(), '--change', 'AS1 => AS2', ...routeFiles(), '--roles', roles()),
    ...slurmFiles().map((file) => call('impact', ...bad(), '--change', file, ...routeFiles())),
    ...both('impact', '--before', bad()[1] ?? '', '--after', aspaFile({ 3: [0] }), ...routeFiles()),
  ],
  'aspa verify': () => [
    call('aspa', 'verify', ...bad(), '2 1', ...PATH),
    {
      argv: ['aspa', 'verify', ...bad(), '--batch', '-'],
      stdin: `${lines(withHostile(ASPA_REQUEST))}${HOSTILE}`,
    },
  ],
  'aspa explain': () => both('aspa', 'explain', ...bad(), '2 1', ...PATH),
  'aspa compare': () => both('aspa', 'compare', ...bad(), ...PATH, ...routeFiles()),
  'aspa suggest': () => [
    ...both('aspa', 'suggest', '1', ...bad(), ...routeFiles()),
    call(
      'aspa',
      'suggest',
      '1',
      ...routeFiles(),
      '--as-rel',
      temporaryFile('r.txt', `1|${HOSTILE}|1\n1|2|-1\n`),
    ),
  ],
  'rov validate': () => {
    const input = `${HOSTILE}\n192.0.2.0/24 => ${HOSTILE}\n${HOSTILE} => 1\n192.0.2.0/24 => AS1\n`;
    const json = JSON.stringify({ routes: [{ prefix: HOSTILE, asn: 1 }, { [HOSTILE]: 1 }] });
    return [input, json, JSON.stringify({ [HOSTILE]: 1 })].flatMap((stdin) =>
      both('rov', 'validate', ...bad(), '--input', '-').map(({ argv }) => ({ argv, stdin })),
    );
  },
  'rov suggest': () => both('rov', 'suggest', ...bad(), ...routeFiles()),
  'rpki convert': () => [
    ...payloadFiles().map((file) => call('rpki', 'convert', file)),
    call('rpki', 'convert', '--as-rel', '1', temporaryFile('as-rel.txt', `1|${HOSTILE}|1\n1|2|1\n`)),
    ...['rpki-client', 'routinator', 'openbgpd', 'bird', 'slurm', 'vrp-notation', 'aspa-notation'].map((to) =>
      call('rpki', 'convert', '--to', to, bad()[1] ?? ''),
    ),
    call('rpki', 'convert', '--to', 'ccr', '--out', join(folder(), 'x.ccr'), bad()[1] ?? ''),
  ],
  'rpki diff': () => both('rpki', 'diff', bad()[1] ?? '', ...payloadFiles().slice(0, 1)),
  'rpki history': () =>
    both('rpki', 'history', 'AS1', folderOf([temporaryFile('20260301-rpkispool.tar', HOSTILE)])),
  'rpki show': async () => [
    ...both('rpki', 'show', ...(await hostileObjects()), ...hostileCertificates()),
    call('rpki', 'show', '--payloads', ...(await hostileObjects())),
    call('rpki', 'show', '--issuer', folderOf(await hostileObjects()), ...hostileCertificates()),
  ],
  'rpki lab': () => [call('rpki', 'lab', join(folder(), 'x'), '--base', `rsync://${HOSTILE}`, ...bad())],
  'bgpsec verify': () => {
    const request = { id: 'a', message: UPDATE, localAs: LOCAL, peerAs: 64499, explain: true };
    return [
      ...both(
        'bgpsec',
        'verify',
        UPDATE,
        ...pathKeys(),
        ...bad(),
        '--local-as',
        String(LOCAL),
        '--peer-as',
        '64499',
      ),
      { argv: ['bgpsec', 'verify', ...pathKeys(), '--batch', '-'], stdin: lines(withHostile(request)) },
      { argv: ['bgpsec', 'verify', ...pathKeys(), '-', '--local-as', '1', '--peer-as', '2'], stdin: HOSTILE },
    ];
  },
  'bgpsec decode': () => [
    ...messages().flatMap((message) => both('bgpsec', 'decode', message)),
    ...both('bgpsec', 'decode', hostileFile(HOSTILE)),
  ],
  'bgpsec negotiate': () => {
    const [open = ''] = messages().slice(-1);
    return [
      ...both('bgpsec', 'negotiate', open, open),
      call('bgpsec', 'negotiate', open, hostileFile(HOSTILE)),
    ];
  },
  'bgpsec keygen': () => [],
  'bgpsec csr': async () => {
    const made = await run(['bgpsec', 'csr', '--key', privateFile(LOCAL), '--name', HOSTILE.slice(0, 60)]);
    const requests = [hostileFile(made.stdout), hostileFile(HOSTILE)];
    return [
      ...requests.flatMap((file) => both('bgpsec', 'csr', '--check', file)),
      ...badKeys().flatMap((file) => both('bgpsec', 'csr', '--key', file)),
    ];
  },
  'bgpsec cert': () => both('bgpsec', 'cert', ...hostileCertificates()),
  'bgpsec sign': () =>
    badKeys().map((key) => call('bgpsec', 'sign', '--prefix', '192.0.2.0/24', ...own(key))),
  'bgpsec forward': () => [
    ...badKeys().map((key) => call('bgpsec', 'forward', UPDATE, ...own(key), ...pathKeys())),
    call('bgpsec', 'forward', hostileFile(HOSTILE), ...own(privateFile(LOCAL)), ...pathKeys(), ...bad()),
  ],
  'apvas sign': () => {
    const argv = ['apvas', 'sign', '--scheme', 'fcbgp', '--target-as', '1'];
    const signing = (...more: readonly string[]) => both(...argv, '--public', `${folder()}/keys`, ...more);
    const secrets = { format: 'pathsec/apvas-secrets/1', keys: [{ as: 1, secret: '00'.repeat(32) }] };
    const files = [...withHostile(secrets)].map((one) => hostileFile(JSON.stringify(one)));
    return [
      ...routeFiles().flatMap((file) => signing(file)),
      ...signing(HOSTILE),
      ...files.flatMap((file) => signing('192.0.2.0/24|2 1|2', '--secrets', file)),
    ];
  },
  'apvas verify': () => {
    const key = { as: 1, ski: '00', publicKey: '00'.repeat(96), pop: '00' };
    const files = [...withHostile({ format: 'pathsec/apvas-keys/1', keys: [key] })];
    const none = temporaryFile('keys.json', '{"format":"pathsec/apvas-keys/1","keys":[]}');
    const request = { id: 'a', standard: false, scheme: 'plain', message: UPDATE, localAs: 1, peerAs: 2 };
    const requests = [request, { ...request, scheme: 'fcbgp' }];
    return [
      ...[...files.map((one) => JSON.stringify(one)), HOSTILE, rpkiClient(HOSTILE)].map((keys) =>
        call('apvas', 'verify', '--keys', hostileFile(keys), temporaryFile('x', '{}')),
      ),
      ...both('apvas', 'verify', '--keys', none).map(({ argv }) => ({
        argv,
        stdin: `${requests.map((one) => lines(withHostile(one))).join('')}${HOSTILE}`,
      })),
    ];
  },
  'rtr dump': async () => both('rtr', 'dump', await errorReportCache()),
  'rtr watch': async () => both('rtr', 'watch', await errorReportCache(), '--for', '1', '--timeout', '1'),
  'rtr diff': async () => [
    ...both('rtr', 'diff', aspaFile({}), await errorReportCache()),
    ...both('rtr', 'diff', aspaFile({}), bad()[1] ?? ''),
  ],
  'rtr serve': () =>
    [...withHostile(STEPS)].map((steps) =>
      call(
        'rtr',
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--for',
        '0',
        '--script',
        hostileFile(script(steps)),
        bad()[1] ?? '',
      ),
    ),
  'bgp listen': () =>
    [...withHostile(BGP_CONFIG)].map((config) =>
      call('bgp', 'listen', '--for', '0', '--config', hostileFile(JSON.stringify(config)), ...bad()),
    ),
  'bgp connect': async () => {
    const argv = ['bgp', 'connect', await notifyingPeer(), '--local-as', '64500', '--for', '1'];
    return [call(...argv, '--text'), call(...argv, '--json')];
  },
  'bgp inject': async () => {
    const argv = [
      ...['bgp', 'inject', await notifyingPeer(), '--local-as', '64500', '--for', '1'],
      ...['--routes', ...routeFiles()],
    ];
    return [call(...argv, '--text'), call(...argv, '--json')];
  },
  'bmp listen': async () => {
    const argv = ['bmp', 'listen', '--port', await hostileRouter(), '--for', '1'];
    return [call(...argv, '--text'), call(...argv, '--json')];
  },
  live: async () => {
    const argv = ['live', '--ris', await hostileRis(), '--for', '1', ...routeFiles()];
    return [call(...argv, '--text'), call(...argv, '--json')];
  },
  'simulate scenario': () =>
    [...withHostile(SCENARIO)].flatMap((one) =>
      both('simulate', 'scenario', hostileFile(JSON.stringify(one))),
    ),
  'simulate curves': () => {
    const contents = [`1|2|-1${HOSTILE}\n`, HOSTILE, `1|2|-1\n1|3|-1\n1|4|-1\n# ${HOSTILE}\n`];
    const asked = ['--attack', 'exact', '--mechanism', 'none', '--trials', '1', '--jobs', '1'];
    return contents.flatMap((content) => both('simulate', 'curves', hostileFile(content), ...asked));
  },
  'simulate topology': () => {
    const lines = ['1', '1|2|-1', '# input clique: 1', '# IXP ASes: 1'].map((line) => `${line}${HOSTILE}\n`);
    const json = [...withHostile({ links: [[1, 2, -1]], ases: [3], clique: [1] })];
    const contents = [...lines, `1|${HOSTILE}|0\n`, HOSTILE, ...json.map((one) => JSON.stringify(one))];
    return contents.flatMap((content) => both('simulate', 'topology', hostileFile(content)));
  },
  'conformance run': () =>
    hostilePrograms().flatMap((exec) => {
      const argv = ['conformance', 'run', '--suite', 'rov', '--only', 'rov/route-0', '--exec', exec];
      return [...both(...argv), call(...argv, '--junit'), call(...argv, '--batch')];
    }),
  'conformance router': () => {
    const known = temporaryFile('known', `rov/route-0 # x${HOSTILE}\n${HOSTILE}\n`);
    const where = ['--connect', '127.0.0.1:1', '--timeout', '0.1', '--only', 'rov/route-0'];
    return both('conformance', 'router', '--profile', 'bird', ...where, '--known-failures', known);
  },
  'conformance list': () => [],
  'conformance show': () => [],
  'conformance export': () => [],
  'conformance answer': () => {
    const requests = readVectorFiles().flatMap((file) => questionsOf([file]).slice(0, 1));
    const stdin = requests.map(({ request }) => lines(withHostile(request))).join('');
    return [{ argv: ['conformance', 'answer'], stdin: `${stdin}${HOSTILE}` }];
  },
};
