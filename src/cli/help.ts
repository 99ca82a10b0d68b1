import { type Command, Help } from 'commander';
import type { CommandName } from './commands.js';

/** What the help of a command says beside its options. */
export interface CommandHelp {
  /** A call that does something, as it is typed. */
  readonly example: string;
  /** Options without which it is refused though no single one is required: one of each group. */
  readonly needs?: readonly (readonly string[])[];
  /** The options with which those are not needed. */
  readonly unless?: string;
  /** What its exit codes say. */
  readonly exits: Readonly<Record<number, string>>;
}

const USAGE = 'wrong use, or input that cannot be read';
const DONE = { 0: 'done', 2: USAGE };
const ROLE = ['--neighbor-role', '--direction'];
const OUTCOMES = { 0: 'valid', 1: 'invalid', 2: USAGE, 3: 'unknown' };

/** The help of every command. */
export const HELP: Readonly<Record<CommandName, CommandHelp>> = {
  audit: {
    example: 'pathsec audit rib.mrt.gz --rpki rpki.json --neighbor-role provider --html report.html',
    exits: { 0: 'done, whatever the verdicts are', 2: USAGE },
  },
  'audit merge': {
    example: 'pathsec audit merge monday.part tuesday.part --json',
    exits: { 0: 'done, whatever the verdicts are', 2: USAGE },
  },
  'archive submit': {
    example: 'pathsec archive submit rib.mrt.gz --server nats://127.0.0.1:4222 --job monday --rpki rpki.json',
    exits: DONE,
  },
  'archive work': {
    example: 'pathsec archive work --server nats://127.0.0.1:4222 --job monday --until-done',
    exits: { 0: 'stopped by SIGINT or SIGTERM; with --until-done: nothing is left', 2: USAGE },
  },
  'archive collect': {
    example: 'pathsec archive collect --server nats://127.0.0.1:4222 --job monday --wait --json',
    exits: {
      0: 'done, whatever the verdicts are',
      2: USAGE,
      3: 'not all files are judged; nothing is printed',
    },
  },
  impact: {
    example: 'pathsec impact rib.mrt.gz --rpki rpki.json --change "AS64496 => AS64498, AS64499"',
    needs: [['--change', '--before']],
    exits: {
      0: 'done; no route becomes invalid',
      1: 'a route whose ROV or ASPA verdict was not invalid becomes invalid',
      2: USAGE,
    },
  },
  'aspa verify': {
    example: 'pathsec aspa verify "64499 64498 64496" --rpki rpki.json --neighbor-role customer',
    needs: [ROLE],
    unless: '--batch',
    exits: { ...OUTCOMES, 0: 'valid; with --batch: all questions answered' },
  },
  'aspa explain': {
    example: 'pathsec aspa explain "64499 64498 64496" --rpki rpki.json --neighbor-role customer',
    needs: [ROLE],
    exits: OUTCOMES,
  },
  'aspa compare': {
    example: 'pathsec aspa compare rib.mrt.gz --rpki rpki.json --direction downstream --revisions 06,28',
    exits: { 0: 'done, whether or not they differ', 2: USAGE },
  },
  'aspa suggest': {
    example: 'pathsec aspa suggest AS64496 rib.mrt.gz --rpki rpki.json --as-rel as-rel.txt',
    exits: { 0: 'done, whatever is found', 2: USAGE },
  },
  'rov validate': {
    example: 'pathsec rov validate --rpki rpki.json --asn 64496 --prefix 192.0.2.0/24',
    needs: [
      ['--asn', '-a'],
      ['--prefix', '-p'],
    ],
    unless: '--input or --batch',
    exits: { 0: 'valid; of many routes: all validated', 1: 'invalid', 2: USAGE, 3: 'not-found' },
  },
  'rov suggest': {
    example: 'pathsec rov suggest rib.mrt.gz --rpki rpki.json',
    exits: { 0: 'done, whatever is found', 2: USAGE },
  },
  'rpki convert': { example: 'pathsec rpki convert rpki.json --to bird', exits: DONE },
  'rpki diff': {
    example: 'pathsec rpki diff yesterday.ccr today.ccr.gz',
    exits: { 0: 'they hold the same', 1: 'they differ', 2: USAGE },
  },
  'rpki history': { example: 'pathsec rpki history AS64496 rpkispools', exits: DONE },
  'rpki show': {
    example: 'pathsec rpki show AS64496.asa --issuer certificates',
    exits: {
      0: 'all objects are valid',
      1: 'an object is invalid',
      2: USAGE,
      3: 'an object is not decided: unanchored, undetermined or unexamined',
    },
  },
  'rpki lab': { example: 'pathsec rpki lab repository --rpki rpki.json', exits: DONE },
  'bgpsec verify': {
    example: 'pathsec bgpsec verify update.hex --keys rpki.json --local-as 64500 --peer-as 64499',
    needs: [['--local-as'], ['--peer-as']],
    unless: '--batch',
    exits: {
      0: 'valid; with --batch: all questions answered',
      1: 'not-valid or treat-as-withdraw',
      2: USAGE,
      3: 'unsigned',
    },
  },
  'bgpsec decode': {
    example: 'pathsec bgpsec decode update.hex',
    exits: { 0: 'well-formed', 1: 'the message has faults', 2: USAGE },
  },
  'bgpsec negotiate': {
    example: 'pathsec bgpsec negotiate own-open.hex peer-open.hex',
    exits: { 0: 'they agree on BGPsec, at least for one direction and family', 1: 'they do not', 2: USAGE },
  },
  'bgpsec keygen': { example: 'pathsec bgpsec keygen --out router.pem', exits: DONE },
  'bgpsec csr': {
    example: 'pathsec bgpsec csr --key router.pem --name ROUTER-0000FBF0 --out router.csr',
    needs: [['--key', '--check']],
    exits: { 0: 'done; the checked request is in order', 1: 'the checked request is not', 2: USAGE },
  },
  'bgpsec cert': {
    example: 'pathsec bgpsec cert router.cer',
    exits: { 0: 'all certificates are in order', 1: 'one is not', 2: USAGE },
  },
  'bgpsec sign': {
    example:
      'pathsec bgpsec sign --prefix 192.0.2.0/24 --as 64496 --peer-as 64499 --key router.pem --next-hop 198.51.100.1',
    exits: DONE,
  },
  'bgpsec forward': {
    example: 'pathsec bgpsec forward update.hex --as 64500 --peer-as 64501 --key router.pem',
    exits: { 0: 'forwarded', 1: 'refused (RFC 8205 §5.2); stderr says why', 2: USAGE },
  },
  'apvas sign': {
    example: 'pathsec apvas sign rib.mrt.gz --target-as 64500 --public keys.json --json > signed.jsonl',
    exits: DONE,
  },
  'apvas verify': {
    example: 'pathsec apvas verify signed.jsonl --keys keys.json --engine blst',
    exits: {
      0: 'all are valid',
      1: 'one is not-valid or treat-as-withdraw',
      2: USAGE,
      3: 'one is unsigned, the others valid',
    },
  },
  'rtr dump': { example: 'pathsec rtr dump rtr.example.net:323 --json', exits: DONE },
  'rtr watch': { example: 'pathsec rtr watch rtr.example.net:323 --initial --json', exits: DONE },
  'rtr diff': {
    example: 'pathsec rtr diff rtr.example.net:323 rpki.json --exit-code',
    exits: { 0: 'done', 1: 'with --exit-code: there is a difference', 2: USAGE },
  },
  'rtr serve': { example: 'pathsec rtr serve rpki.json --listen 127.0.0.1:8282', exits: DONE },
  'bgp listen': {
    example: 'pathsec bgp listen --local-as 64500 --role provider --rpki rpki.json',
    needs: [['--local-as', '--config']],
    exits: { 0: 'stopped by SIGINT, SIGTERM or --for', 2: USAGE },
  },
  'bgp connect': {
    example: 'pathsec bgp connect router.example.net:179 --local-as 64500 --role customer --rpki rpki.json',
    needs: [['--local-as']],
    exits: { 0: 'stopped by SIGINT, SIGTERM or --for', 2: USAGE },
  },
  'bgp inject': {
    example: 'pathsec bgp inject router.example.net:179 --local-as 64500 --routes rib.mrt.gz --rate 1000',
    needs: [['--local-as'], ['--routes', '--play', '--count']],
    exits: {
      0: 'stopped by SIGINT, SIGTERM or --for; with --write: written',
      1: 'the peer ended the session, takes no signed routes, or there was none',
      2: USAGE,
    },
  },
  'bmp listen': {
    example: 'pathsec bmp listen --listen 127.0.0.1:1790 --rpki rpki.json',
    exits: { 0: 'stopped by SIGINT, SIGTERM or --for', 2: USAGE },
  },
  live: {
    example: 'pathsec live --bmp 127.0.0.1:1790 --ris wss://ris-live.ripe.net/v1/ws/ --rpki rpki.json',
    needs: [['--bgp', '--bmp', '--ris']],
    unless: 'a file of routes',
    exits: { 0: 'stopped by SIGINT, SIGTERM or --for', 2: USAGE },
  },
  'simulate scenario': {
    example: 'pathsec simulate scenario docs/incidents/1-myetherwallet/rov-at-two-transits.json --json',
    exits: DONE,
  },
  'simulate curves': {
    example:
      'pathsec simulate curves as-rel2.txt.bz2 --attack exact,leak1 --mechanism none,rov,aspa --trials 1000 --csv',
    exits: { 0: 'done', 2: USAGE, 3: 'interrupted; the trials that are done are counted' },
  },
  'simulate topology': {
    example: 'pathsec simulate topology --ases 75000 --links 500000 --out internet.as-rel.txt',
    exits: DONE,
  },
  'conformance run': {
    example: 'pathsec conformance run --suite aspa --exec "./my-verifier"',
    exits: {
      0: 'it conforms, known failures aside',
      1: 'it does not',
      2: USAGE,
      3: 'interrupted before all was asked',
    },
  },
  'conformance router': {
    example: 'pathsec conformance router --profile bird --start',
    exits: {
      0: 'it conforms, known failures aside',
      1: 'it does not',
      2: `${USAGE}, or no session with the router`,
      3: 'interrupted before all was asked',
    },
  },
  'conformance list': { example: 'pathsec conformance list --suite rov --requests', exits: DONE },
  'conformance show': { example: 'pathsec conformance show aspa/killer-R1', exits: DONE },
  'conformance export': {
    example: 'pathsec conformance export --suite aspa --format tsv',
    exits: DONE,
  },
  'conformance answer': { example: 'pathsec conformance answer < requests.jsonl', exits: DONE },
};

/** What is needed besides the options that are marked, in words; nothing where nothing is. */
export function needsOf({ needs = [], unless }: CommandHelp): string {
  const groups = needs.map((group) => group.filter((name) => name.startsWith('--')).join(' or '));
  return `${groups.join(', ')}${unless === undefined ? '' : ` (not with ${unless})`}`;
}

/** Marks required options in the list, and appends what else is needed, the exit codes and an example. */
export function addHelp(command: Command, help: CommandHelp): void {
  const plain = new Help();
  command.configureHelp({
    optionDescription: (option) =>
      `${plain.optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
  });
  const needs = needsOf(help);
  const codes = Object.entries(help.exits).map(([code, meaning]) => `  ${code}  ${meaning}`);
  const lines = ['', ...(needs === '' ? [] : [`Needed: ${needs}`, '']), 'Exit codes:', ...codes];
  command.addHelpText('after', [...lines, '', 'Example:', `  ${help.example}`].join('\n'));
}
