// The house plan of docs/architecture.md as rules: a room imports only from the rooms named in its row.
const rooms = {
  bytes: [],
  tables: ['bytes'],
  inet: ['bytes'],
  bgp: ['inet', 'bytes'],
  payload: ['inet', 'tables', 'bytes'],
  rov: ['payload', 'inet', 'tables', 'bgp'],
  aspa: ['payload', 'inet', 'tables', 'bgp'],
  bgpsec: ['bgp', 'payload', 'inet', 'tables', 'bytes'],
  apvas: ['bgpsec', 'bgp', 'payload', 'tables', 'bytes', 'inet'],
  rpki: ['payload', 'inet', 'bytes'],
  rtr: ['payload', 'inet', 'tables', 'bytes'],
  routes: ['bgp', 'inet', 'tables', 'bytes'],
  audit: ['rov', 'aspa', 'bgp', 'payload', 'routes', 'inet', 'tables'],
  draw: ['inet'],
  live: ['rov', 'aspa', 'bgpsec', 'rtr', 'bgp', 'payload', 'inet', 'tables'],
  questions: ['aspa', 'bgpsec', 'bgp', 'inet', 'bytes'],
  conformance: ['questions', 'rov', 'aspa', 'bgp', 'bgpsec', 'rtr', 'rpki', 'payload', 'inet', 'bytes'],
};
const core = Object.keys(rooms);
const packages = {
  bgpsec: ['@noble/'],
  apvas: ['@noble/', '@chainsafe/blst', 'mcl-wasm'],
  conformance: ['@noble/'],
  rpki: ['asn1js', 'pkijs', '@noble/hashes', 'ip-num'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...core.map((room) => ({
      name: `room-${room}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: {
        path: '^src/',
        pathNot: [`^src/${room}/`, ...rooms[room].map((other) => `^src/${other}/index\\.ts$`)],
      },
    })),
    ...core.map((room) => ({
      name: `packages-${room}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: {
        path: 'node_modules/',
        pathNot: (packages[room] ?? []).map((name) => `node_modules/${name}`),
      },
    })),
    {
      name: 'verifiers-import-only-types-of-bgp',
      severity: 'error',
      from: { path: '^src/(rov|aspa)/' },
      to: { path: '^src/bgp/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'node-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(node|cli)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'node-room',
      severity: 'error',
      from: { path: '^src/node/' },
      to: { path: '^src/', pathNot: ['^src/node/', '^src/[a-z]+/index\\.ts$', '^src/rpki/payloads\\.ts$'] },
    },
    {
      name: 'nothing-imports-the-cli',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'cli-uses-room-doors',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/',
        pathNot: ['^src/(cli|node)/', '^src/[a-z]+/index\\.ts$', '^src/rpki/payloads\\.ts$'],
      },
    },
    {
      name: 'root-never-exports-the-experiment',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/(apvas|node|cli)/' },
    },
  ],
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
