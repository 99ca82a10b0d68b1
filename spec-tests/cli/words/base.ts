import type { CommandName } from '../../../src/cli/commands.js';
import { lineProgram } from '../../conformance/program.js';
import { keys, LOCAL, privateFile, UPDATE } from '../bgpsec-world.js';
import { partialText } from '../partial-text.js';
import { aspaFile, temporaryFile } from '../run.js';
import { folder } from './hostile.js';

/** A call of a command that comes far: positional arguments and options. */
export interface Base {
  readonly args: readonly string[];
  readonly options: readonly string[];
}

const rpki = () => ['--rpki', aspaFile({ 1: [2] }, [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24 }])];
const path = () => ['--neighbor-role', 'customer', ...rpki()];
const routes = () => temporaryFile('routes', '192.0.2.0/24|3 1|3\n');
const sending = () => ['--key', privateFile(LOCAL), '--as', String(LOCAL), '--peer-as', '64511'];
/** Nobody listens on the port of tcpmux. */
const NOBODY = '127.0.0.1:1';
const OPEN = `${'ff'.repeat(16)}001d0104fbf000b4c000020100`;
const NO_KEYS = '{"format":"pathsec/apvas-keys/1","keys":[]}';
const PROGRAM = lineProgram('say({ id: request.id, unsupported: true });');

/** One for every command. */
export const BASES: Readonly<Record<CommandName, () => Base>> = {
  audit: () => ({ args: [routes()], options: rpki() }),
  'audit merge': () => ({ args: [temporaryFile('one.part', partialText())], options: [] }),
  'archive submit': () => ({ args: [routes()], options: ['--server', NOBODY, '--job', 'x', ...rpki()] }),
  'archive work': () => ({ args: [], options: ['--server', NOBODY, '--until-done'] }),
  'archive collect': () => ({ args: [], options: ['--server', NOBODY, '--job', 'x'] }),
  impact: () => ({ args: [routes()], options: ['--change', 'AS1 => AS2', ...rpki()] }),
  'aspa verify': () => ({ args: ['2 1'], options: path() }),
  'aspa explain': () => ({ args: ['2 1'], options: path() }),
  'aspa compare': () => ({ args: [routes()], options: path() }),
  'aspa suggest': () => ({ args: ['1', routes()], options: rpki() }),
  'rov validate': () => ({ args: [], options: ['-a', '1', '-p', '192.0.2.0/24', ...rpki()] }),
  'rov suggest': () => ({ args: [routes()], options: rpki() }),
  'rpki convert': () => ({ args: rpki().slice(1), options: [] }),
  'rpki diff': () => ({ args: [rpki()[1] ?? '', rpki()[1] ?? ''], options: [] }),
  'rpki history': () => ({ args: ['AS1', folder()], options: [] }),
  'rpki show': () => ({ args: [temporaryFile('x.cer', 'hello')], options: [] }),
  'rpki lab': () => ({ args: [folder()], options: ['--rpki', temporaryFile('none.json', '{"roas":[]}')] }),
  'bgpsec verify': () => ({
    args: [UPDATE],
    options: ['--local-as', String(LOCAL), '--peer-as', '64499', '--keys', keys(64496, 64499)],
  }),
  'bgpsec decode': () => ({ args: [UPDATE], options: [] }),
  'bgpsec negotiate': () => ({ args: [OPEN, OPEN], options: [] }),
  'bgpsec keygen': () => ({ args: [], options: ['--out', `${folder()}/key`] }),
  'bgpsec csr': () => ({ args: [], options: ['--key', privateFile(LOCAL)] }),
  'bgpsec cert': () => ({ args: [temporaryFile('x.cer', 'hello')], options: [] }),
  'bgpsec sign': () => ({ args: [], options: ['--prefix', '192.0.2.0/24', ...sending()] }),
  'bgpsec forward': () => ({ args: [UPDATE], options: ['--keys', keys(64496, 64499), ...sending()] }),
  'apvas sign': () => ({
    args: ['192.0.2.0/24|2 1|2'],
    options: ['--scheme', 'fcbgp', '--target-as', '3', '--public', `${folder()}/keys.json`],
  }),
  'apvas verify': () => ({
    args: [temporaryFile('none.jsonl', '{"scheme":"plain"}\n')],
    options: ['--keys', temporaryFile('keys.json', NO_KEYS)],
  }),
  'rtr dump': () => ({ args: [NOBODY], options: ['--timeout', '1'] }),
  'rtr watch': () => ({ args: [NOBODY], options: ['--for', '0'] }),
  'rtr diff': () => ({ args: [rpki()[1] ?? '', rpki()[1] ?? ''], options: [] }),
  'rtr serve': () => ({ args: rpki().slice(1), options: ['--listen', '127.0.0.1:0', '--for', '0'] }),
  'bgp listen': () => ({
    args: [],
    options: ['--local-as', '64500', '--port', '0', '--for', '0', ...rpki()],
  }),
  'bgp connect': () => ({ args: [NOBODY], options: ['--local-as', '64500', '--for', '0', ...rpki()] }),
  'bgp inject': () => ({
    args: [NOBODY],
    options: ['--local-as', '64500', '--for', '0', '--routes', routes()],
  }),
  'bmp listen': () => ({ args: [], options: ['--port', '0', '--for', '0', ...rpki()] }),
  live: () => ({ args: [], options: ['--bmp', '127.0.0.1:0', '--for', '0', ...rpki()] }),
  'simulate scenario': () => ({ args: [temporaryFile('scenario.json', '{}')], options: [] }),
  'simulate curves': () => ({
    args: [temporaryFile('as-rel.txt', '1|2|-1\n1|3|-1\n1|4|-1\n')],
    options: ['--attack', 'exact', '--mechanism', 'none', '--trials', '1'],
  }),
  'simulate topology': () => ({ args: [temporaryFile('as-rel.txt', '1|2|-1\n')], options: [] }),
  'conformance run': () => ({ args: [], options: ['--suite', 'rov', '--only', 'rov/', '--exec', PROGRAM] }),
  'conformance router': () => ({
    args: [],
    options: ['--profile', 'bird', '--connect', NOBODY, '--timeout', '0.1', '--only', 'rov/route-0'],
  }),
  'conformance list': () => ({ args: [], options: ['--suite', 'rov'] }),
  'conformance show': () => ({ args: ['aspa/killer-R1'], options: [] }),
  'conformance export': () => ({ args: [], options: ['--suite', 'rov'] }),
  'conformance answer': () => ({ args: [], options: [] }),
};
