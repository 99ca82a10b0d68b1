import type { CommandEntry } from './shared/command.js';

const commands = [
  {
    name: 'audit',
    summary: 'judge the routes of MRT dumps by ROV and ASPA',
    load: () => import('./audit/audit.js'),
    seeded: true,
  },
  {
    name: 'audit merge',
    summary: 'the report of many partial ones',
    load: () => import('./audit/merge.js'),
    seeded: true,
  },
  {
    name: 'archive submit',
    summary: 'hand files of routes to the workers of a job',
    load: () => import('./archive/submit.js'),
    seeded: true,
  },
  {
    name: 'archive work',
    summary: 'judge the files of jobs, for whoever handed them in',
    load: () => import('./archive/work.js'),
    seeded: true,
  },
  {
    name: 'archive collect',
    summary: 'the report of a job, as one audit of all its files makes it',
    load: () => import('./archive/collect.js'),
    seeded: true,
  },
  {
    name: 'impact',
    summary: 'what a change of payloads does to routes, before it is made',
    load: () => import('./impact/impact.js'),
    seeded: true,
  },
  {
    name: 'aspa verify',
    summary: 'verify AS_PATHs, one or a stream',
    load: () => import('./aspa/verify.js'),
    seeded: true,
  },
  {
    name: 'aspa explain',
    summary: 'draw why a path gets its verdict',
    load: () => import('./aspa/explain.js'),
    seeded: true,
  },
  {
    name: 'aspa compare',
    summary: 'where two draft revisions differ',
    load: () => import('./aspa/compare.js'),
    seeded: true,
  },
  {
    name: 'aspa suggest',
    summary: 'the providers that routes show for an AS, with the evidence',
    load: () => import('./aspa/suggest.js'),
    seeded: true,
  },
  {
    name: 'rov validate',
    summary: 'validate route origins, one or many',
    load: () => import('./rov/validate.js'),
    seeded: true,
  },
  {
    name: 'rov suggest',
    summary: 'VRPs held against what is announced: too loose, unused, missing',
    load: () => import('./rov/suggest.js'),
    seeded: true,
  },
  {
    name: 'rpki convert',
    summary: 'write payload files in other formats',
    load: () => import('./rpki/convert.js'),
    seeded: true,
  },
  {
    name: 'rpki diff',
    summary: 'what two payload files do not share',
    load: () => import('./rpki/diff.js'),
    seeded: true,
  },
  {
    name: 'rpki history',
    summary: 'how the ASPA of an AS and its VRPs changed',
    load: () => import('./rpki/history.js'),
  },
  {
    name: 'rpki show',
    summary: 'decode, inspect and verify RPKI objects',
    load: () => import('./rpki/show.js'),
    seeded: true,
  },
  {
    name: 'rpki lab',
    summary: 'make a test hierarchy of signed objects',
    load: () => import('./rpki/lab.js'),
  },
  {
    name: 'bgpsec verify',
    summary: 'verify a signed UPDATE, one or a stream',
    load: () => import('./bgpsec/verify.js'),
    seeded: true,
  },
  {
    name: 'bgpsec decode',
    summary: 'any BGP message as an annotated tree',
    load: () => import('./bgpsec/decode.js'),
  },
  {
    name: 'bgpsec negotiate',
    summary: 'what two OPENs agree on',
    load: () => import('./bgpsec/negotiate.js'),
  },
  { name: 'bgpsec keygen', summary: 'a new router key', load: () => import('./bgpsec/keygen.js') },
  {
    name: 'bgpsec csr',
    summary: 'request a router certificate, or check a request',
    load: () => import('./bgpsec/csr.js'),
  },
  {
    name: 'bgpsec cert',
    summary: 'check router certificates item by item',
    load: () => import('./bgpsec/cert.js'),
  },
  { name: 'bgpsec sign', summary: 'originate a signed route', load: () => import('./bgpsec/sign.js') },
  {
    name: 'bgpsec forward',
    summary: 'forward a signed route to a neighbour',
    load: () => import('./bgpsec/forward.js'),
    seeded: true,
  },
  {
    name: 'apvas sign',
    summary: 'NON-STANDARD: sign real routes as if every AS of their paths did',
    load: () => import('./apvas/sign.js'),
    seeded: true,
  },
  {
    name: 'apvas verify',
    summary: 'NON-STANDARD: verify what apvas sign wrote, by an engine of choice',
    load: () => import('./apvas/verify.js'),
    seeded: true,
  },
  {
    name: 'rtr dump',
    summary: 'everything an RTR cache has',
    load: () => import('./rtr/dump.js'),
    seeded: true,
  },
  {
    name: 'rtr watch',
    summary: 'live changes of RTR caches',
    load: () => import('./rtr/watch.js'),
    seeded: true,
  },
  {
    name: 'rtr diff',
    summary: 'what two RTR caches, or a cache and a file, do not share',
    load: () => import('./rtr/diff.js'),
    seeded: true,
  },
  {
    name: 'rtr serve',
    summary: 'serve payloads to routers, by a script and with faults if wanted',
    load: () => import('./rtr/serve.js'),
    seeded: true,
  },
  {
    name: 'bgp listen',
    summary: 'wait for BGP peers, and judge what they announce',
    load: () => import('./bgp/listen.js'),
    seeded: true,
  },
  {
    name: 'bgp connect',
    summary: 'connect to a BGP peer, and judge what it announces',
    load: () => import('./bgp/connect.js'),
    seeded: true,
  },
  {
    name: 'bgp inject',
    summary: 'announce routes to a BGP peer, and hold the session',
    load: () => import('./bgp/inject.js'),
  },
  {
    name: 'bmp listen',
    summary: 'wait for routers that send BMP, and judge what their peers announce',
    load: () => import('./bmp/listen.js'),
    seeded: true,
  },
  {
    name: 'live',
    summary: 'follow routes of BGP, BMP, RIS Live and files together, and judge them',
    load: () => import('./live/live.js'),
    seeded: true,
  },
  {
    name: 'simulate scenario',
    summary: 'which routes ASes choose, and where traffic ends',
    load: () => import('./simulate/scenario.js'),
    seeded: true,
  },
  {
    name: 'simulate curves',
    summary: 'what mechanisms are worth, by how many adopt them',
    load: () => import('./simulate/curves.js'),
  },
  {
    name: 'simulate topology',
    summary: 'make a topology like the Internet, or say what one is like',
    load: () => import('./simulate/topology.js'),
  },
  {
    name: 'conformance run',
    summary: 'test any program against the vectors',
    load: () => import('./conformance/run.js'),
  },
  {
    name: 'conformance router',
    summary: 'test a router against the vectors, by BGP and RTR',
    load: () => import('./conformance/router.js'),
  },
  {
    name: 'conformance list',
    summary: 'the cases of the vectors',
    load: () => import('./conformance/list.js'),
  },
  {
    name: 'conformance show',
    summary: 'one case with all that is known of it',
    load: () => import('./conformance/show.js'),
  },
  {
    name: 'conformance export',
    summary: 'requests with the right answers, for tests in any language',
    load: () => import('./conformance/export.js'),
  },
  {
    name: 'conformance answer',
    summary: 'answer the cases, as a program under test does',
    load: () => import('./conformance/answer.js'),
  },
] as const satisfies readonly CommandEntry[];

/** The name of a command. What must be said of each is a record over it, so that a command left out does not compile. */
export type CommandName = (typeof commands)[number]['name'];

/** Every command, one line each; its module is loaded when it is called. */
export const COMMANDS: readonly (CommandEntry & { readonly name: CommandName })[] = commands;

type WordsOf<Name> = Name extends `${infer First} ${string}` ? First : never;
/** First words that are no command by themselves. */
type GroupName = Exclude<WordsOf<CommandName>, CommandName>;

/** What the commands of two words have in common. */
export const GROUPS: Readonly<Record<string, string>> = {
  archive: 'audits by many machines, with a NATS server between them',
  aspa: 'AS_PATH verification with ASPA',
  rov: 'route origin validation (RFC 6811)',
  bgpsec: 'signed paths (RFC 8205)',
  apvas: 'NON-STANDARD: aggregate signatures (PLAIN, CHAIN) and FC-BGP, experiments',
  rpki: 'RPKI payloads and objects',
  rtr: 'RPKI-to-Router protocol, as router and as cache',
  bgp: 'live BGP sessions',
  bmp: 'BGP Monitoring Protocol (RFC 7854)',
  simulate: 'hijacks, leaks and what mechanisms make of them',
  conformance: 'test other implementations',
} satisfies Record<GroupName, string>;
