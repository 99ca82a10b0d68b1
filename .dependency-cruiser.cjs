// The house plan of docs/architecture.md as rules. Each says why it is there; a test holds its reason to that page.
const { readdirSync } = require('node:fs');

/** A room imports the doors of `imports`, and of `types` nothing that is left when the program runs. */
const rooms = {
  bytes: { imports: [], because: 'the ground floor: what needs more than octets belongs to another room' },
  tables: {
    imports: ['bytes'],
    because: 'what strangers fill is seeded and bounded here, for every room above, whatever is in it',
  },
  inet: { imports: ['bytes'], because: 'numbers and prefixes are the same in every protocol' },
  bgp: {
    imports: ['inet', 'bytes'],
    because: 'it says what was sent and never judges, so it knows no payloads',
  },
  payload: {
    imports: ['inet', 'tables', 'bytes'],
    because: 'values alone, so that every parser and every protocol can fill them',
  },
  rov: {
    imports: ['payload', 'inet', 'tables'],
    types: ['bgp'],
    because: 'a verdict is about values, wherever they were read',
  },
  aspa: {
    imports: ['payload', 'inet', 'tables'],
    types: ['bgp'],
    because: 'a verdict is about values; nothing stands between the code and the text of the draft',
  },
  bgpsec: {
    imports: ['bgp', 'payload', 'inet', 'tables', 'bytes'],
    because: 'signatures are over octets of BGP; where keys come from is for others',
  },
  apvas: {
    imports: ['bgpsec', 'bgp', 'payload', 'tables', 'bytes', 'inet'],
    because: 'the experiment stands on the standard rooms, and none of them on it',
  },
  rpki: {
    imports: ['payload', 'inet', 'bytes'],
    because: 'files become payloads here, without a thought of the routes that they will judge',
  },
  rtr: {
    imports: ['payload', 'inet', 'tables', 'bytes'],
    because: 'a session carries payloads and neither reads files nor judges',
  },
  speaker: {
    imports: ['bgp', 'inet', 'bytes'],
    because: 'a session says what came and judges no route',
  },
  unpack: {
    imports: ['tables', 'bytes'],
    because: 'octets come out of what they are packed in; what they mean is for others',
  },
  bmp: {
    imports: ['bgp', 'inet', 'bytes'],
    because: 'a router tells what its peers sent; what becomes of it is for others',
  },
  routes: {
    imports: ['unpack', 'bmp', 'bgp', 'inet', 'tables', 'bytes'],
    because: 'octets and lines become routes here; judging them is for others',
  },
  audit: {
    imports: ['rov', 'aspa', 'bgp', 'payload', 'inet', 'tables', 'bytes'],
    types: ['routes'],
    because: 'it judges routes as values, whatever reader they come from',
  },
  cost: { imports: ['inet'], because: 'a model is arithmetic: what things cost was measured by others' },
  draw: { imports: ['inet'], types: ['aspa'], because: 'who draws has the numbers already' },
  links: {
    imports: ['inet', 'bytes'],
    because: 'an address holds what somebody typed; what it means is for who opens it',
  },
  live: {
    imports: ['rov', 'aspa', 'bgpsec', 'rtr', 'bgp', 'payload', 'inet', 'tables'],
    because: 'it keeps tables and verdicts right while payloads change; routes are given to it as values',
  },
  questions: {
    imports: ['aspa', 'bgp', 'inet', 'bytes'],
    types: ['bgpsec'],
    because: 'it reads questions and does not answer them; which procedure a role means is known in aspa',
  },
  simulate: {
    imports: ['questions', 'rov', 'aspa', 'payload', 'inet', 'tables', 'bytes'],
    types: ['draw'],
    because: 'it models routers, whose verdicts are those of the verifiers',
  },
  conformance: {
    imports: ['questions', 'rov', 'aspa', 'bgp', 'bgpsec', 'rtr', 'rpki', 'payload', 'inet', 'bytes'],
    because: 'it answers through the doors that users have, so that what it tests is what they get',
  },
};
const core = Object.keys(rooms);

const packages = {
  unpack: ['pako', 'zstddec', '@noble/hashes'],
  bgpsec: ['@noble/'],
  apvas: ['@noble/curves', '@noble/hashes'],
  conformance: ['@noble/'],
  rpki: ['asn1js', 'pkijs', '@noble/hashes', 'ip-num'],
};

/** Folders inside a room: a folder imports its own files, those of the folders named, and what lies in the room itself. */
const folders = {
  'apvas/fcbgp': { imports: [], because: 'one experiment needs nothing of another' },
  'apvas/pqc': { imports: [], because: 'what it signs with comes from the caller or from suite 1' },
  'bgp/capability': { imports: [], because: 'a capability is a value of its own' },
  'bgp/attribute': { imports: ['capability'], because: 'an attribute does not know what message it came in' },
  'bgp/message': {
    imports: ['attribute', 'capability'],
    because: 'a message is read without being described',
  },
  'bgp/describe': { imports: ['attribute', 'capability', 'message'], because: 'words for people come last' },
  'rpki/json': { imports: [], because: 'records of JSON are the ones that other files are made of' },
  'rpki/text': { imports: ['json'], because: 'a text form reads the same records as JSON, and no ASN.1' },
  'rpki/slurm': { imports: ['json'], because: 'local exceptions are JSON, and need no ASN.1' },
  'rpki/der': { imports: [], because: 'octets of ASN.1 are read before anybody knows what they are' },
  'rpki/ccr': {
    imports: ['der'],
    because: 'the state of a cache is no signed object: it holds payloads, and nobody signs it',
  },
  'rpki/x509': {
    imports: ['der', 'router'],
    because: 'a certificate is judged without the object that carries it',
  },
  'rpki/router': {
    imports: ['der', 'x509'],
    because: 'router keys are in certificates, in no signed object',
  },
  'rpki/objects': { imports: ['der', 'x509'], because: 'a signed object is judged whatever files say' },
  'rtr/pdu': { imports: [], because: 'a PDU is the same for both ends of a session' },
  'rtr/client': { imports: ['pdu'], because: 'a router has nothing of the cache but its PDUs' },
  'rtr/cache': { imports: ['pdu'], because: 'a cache has nothing of the router but its PDUs' },
  'rtr/lab': { imports: ['cache', 'pdu'], because: 'a cache that misbehaves is one; no cache needs it' },
  'routes/bmp': { imports: [], because: 'a format knows no other: the table of formats knows them all' },
  'routes/pcap': { imports: [], because: 'a format knows no other: the table of formats knows them all' },
  'routes/mrt': { imports: [], because: 'a format knows no other: the table of formats knows them all' },
  'routes/text': { imports: [], because: 'a format knows no other: the table of formats knows them all' },
  'routes/write': { imports: ['mrt'], because: 'what is written is numbered as what is read' },
  'audit/partial': {
    imports: [],
    because: 'parts are gathered and judged without a thought of files that carry them',
  },
  'unpack/capture': {
    imports: [],
    because: 'packets and streams are no compression: nothing is decompressed here',
  },
  'conformance/router': {
    imports: [],
    because: 'what a router is shown is planned and judged by values, whoever speaks to it',
  },
  'simulate/topologies': {
    imports: [],
    because: 'where a topology comes from makes no difference to what happens in it',
  },
  'simulate/curves': {
    imports: ['topologies'],
    because: 'a study draws who attacks whom and counts; the engine knows nothing of it',
  },
  'node/router': {
    imports: [],
    because: 'a router under test is started, fed and read here, and nothing else needs to know how',
  },
  'node/archive': {
    imports: [],
    because: 'what a server of archives keeps is known here, and not what is judged',
  },
  'cli/archive': {
    imports: ['audit', 'shared'],
    because: 'a job is an audit by many machines: it is judged and printed as one',
  },
  'cli/bmp': {
    imports: ['bgp', 'shared'],
    because: 'what a router tells of its peers is judged and printed as what a session receives',
  },
  'cli/impact': {
    imports: ['audit', 'shared'],
    because: 'what changes is told of the peers, roles and routes of an audit',
  },
  'cli/live': {
    imports: ['bgp', 'bmp', 'shared'],
    because: 'routes of every source are judged and printed as what a session receives',
  },
  'cli/shared': { imports: [], because: 'what commands share knows none of them' },
  'site/shared': { imports: [], because: 'what screens share knows none of them' },
  'site/path': { imports: ['shared'], because: 'a screen is loaded without the others' },
  'site/octets': { imports: ['shared'], because: 'a screen is loaded without the others' },
  'site/incident': { imports: ['shared'], because: 'a screen is loaded without the others' },
  'site/cost': { imports: ['shared'], because: 'a screen is loaded without the others' },
  ...Object.fromEntries(
    ['apvas', 'aspa', 'audit', 'bgp', 'bgpsec', 'conformance', 'rov', 'rpki', 'rtr', 'simulate'].map(
      (group) => [
        `cli/${group}`,
        {
          imports: ['shared'],
          because: 'groups of commands share what is in cli/shared and nothing else',
        },
      ],
    ),
  ),
};
for (const room of readdirSync('src')) {
  if (room.includes('.')) continue;
  for (const folder of readdirSync(`src/${room}`)) {
    if (folder.includes('.') || folders[`${room}/${folder}`]) continue;
    throw new Error(`src/${room}/${folder} has no row among the folders of .dependency-cruiser.cjs`);
  }
}

const door = '^src/[a-z]+/index\\.ts$';
/** The door to the side of the room rpki that needs no ASN.1. */
const sideDoor = '^src/rpki/(?:payloads|ccr-files)\\.ts$';
/** What the command says to the page of `pathsec live`. */
const pageMessages = '^src/live-page/messages\\.ts$';
/** The door to the side of the room unpack that decompresses nothing. */
const capturesDoor = '^src/unpack/captures\\.ts$';

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'What stands on each other in a circle can only be understood, tested and moved as one.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved',
    comment: 'An import that leads nowhere makes every other rule blind.',
    from: {},
    to: { couldNotResolve: true },
  },
  ...core.map((room) => ({
    name: `room-${room}`,
    comment: rooms[room].because,
    from: { path: `^src/${room}/` },
    to: {
      path: '^src/',
      pathNot: [
        `^src/${room}/`,
        ...[...rooms[room].imports, ...(rooms[room].types ?? [])].map((other) => `^src/${other}/index\\.ts$`),
        ...(rooms[room].imports.includes('unpack') ? [capturesDoor] : []),
      ],
    },
  })),
  ...core
    .filter((room) => rooms[room].types)
    .map((room) => ({
      name: `types-${room}`,
      comment: rooms[room].because,
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${rooms[room].types.join('|')})/`, dependencyTypesNot: ['type-only'] },
    })),
  ...core.map((room) => ({
    name: `packages-${room}`,
    comment: 'A package is trusted where it is needed, and docs/dependencies.md says for what.',
    from: { path: `^src/${room}/` },
    to: {
      path: 'node_modules/',
      pathNot: (packages[room] ?? []).map((name) => `node_modules/${name}`),
    },
  })),
  ...Object.entries(folders).map(([path, { imports, because }]) => {
    const [room, own] = path.split('/');
    return {
      name: `folder-${room}-${own}`,
      comment: because,
      from: { path: `^src/${path}/` },
      to: {
        path: `^src/${room}/[a-z0-9-]+/`,
        pathNot: [own, ...imports].map((folder) => `^src/${room}/${folder}/`),
      },
    };
  }),
  {
    name: 'payload-files-need-no-asn1',
    comment: 'A small command that reads JSON starts fast, because it loads no ASN.1.',
    from: { path: sideDoor },
    to: { path: 'node_modules/(asn1js|pkijs)', reachable: true },
  },
  {
    name: 'captures-need-no-decompressor',
    comment: 'Who reads routes, and decompresses nothing, loads no decompressor.',
    from: { path: capturesDoor },
    to: { path: 'node_modules/', reachable: true },
  },
  {
    name: 'node-only-at-the-edge',
    comment:
      'Without clock, files and sockets the core gives the same verdict every time, and runs in a browser.',
    from: { path: '^src/', pathNot: '^src/(node|cli)/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'node-room',
    comment: 'What does input and output has no more rights than any other user of a room.',
    from: { path: '^src/node/' },
    to: { path: '^src/', pathNot: ['^src/node/', door, sideDoor, capturesDoor] },
  },
  {
    name: 'nothing-imports-the-cli',
    comment: 'The command is a user of the library; what others need of it belongs into a room.',
    from: { path: '^src/', pathNot: '^src/cli/' },
    to: { path: '^src/cli/' },
  },
  {
    name: 'cli-uses-room-doors',
    comment: 'What the command can do, a program can do with the same doors.',
    from: { path: '^src/cli/' },
    to: { path: '^src/', pathNot: ['^src/(cli|node)/', door, sideDoor, capturesDoor, pageMessages] },
  },
  {
    name: 'live-page-stands-alone',
    comment: 'A page is served as it stands: what it needs of the house comes to it in messages.',
    from: { path: '^src/live-page/' },
    to: { path: '^(src|node_modules)/', pathNot: '^src/live-page/' },
  },
  {
    name: 'site-uses-room-doors',
    comment: 'What the page can do, a program in a browser can do with the same doors.',
    from: { path: '^src/site/' },
    to: { path: '^src/', pathNot: ['^src/site/', door, sideDoor, capturesDoor] },
  },
  {
    name: 'site-knows-no-node',
    comment: 'A page has neither files nor sockets.',
    from: { path: '^src/site/' },
    to: { path: '^src/(node|cli)/' },
  },
  {
    name: 'packages-site',
    comment:
      'A page is Preact and nothing else, so that it stays small; of the tool that builds it only what is declared.',
    from: { path: '^src/site/' },
    to: { path: 'node_modules/', pathNot: ['node_modules/preact/', 'node_modules/vite/client.d.ts'] },
  },
  {
    name: 'nothing-imports-the-site',
    comment: 'The page is a user of the library, as the command is.',
    from: { path: '^src/', pathNot: '^src/site/' },
    to: { path: '^src/site/' },
  },
  {
    name: 'root-never-exports-the-experiment',
    comment: 'Who imports the root gets the standard parts, without anything of Node.',
    from: { path: '^src/index\\.ts$' },
    to: { path: '^src/(apvas|node|cli)/' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
