/** The partial report of one file with one route, as `audit --partial` writes it. */
export function partialText(): string {
  const content = (letter: string) => ({ count: 0, sha256: letter.repeat(64) });
  const conditions = {
    aspaRevision: '28',
    vrps: content('a'),
    aspas: content('b'),
    neighborCheck: 'auto',
    neighborRole: null,
    roles: { 3: 'peer' },
    maxInvalidOrigins: 1000,
  };
  const file = {
    name: 'routes',
    sha256: 'c'.repeat(64),
    unreadable: [],
    skipped: [{ what: 'a kind of record or message that is not read', count: 1 }],
    addPath: [{ peer: null, read: 'without-identifiers', evidence: 'record-end', count: 1 }],
    problems: { count: 1, listed: [{ code: 'truncated', message: 'needs 4 octets', offset: 12 }] },
    notVerified: { local: 0, sentByCollector: 0, pathOnly: 0 },
    signed: { valid: 0, invalid: 0, notFound: 0 },
  };
  const lines = [
    { schema: 'pathsec-partial-1', conditions },
    { file },
    { peers: [[3, null, 0, 0]] },
    { paths: [['3 1', 0, 0, 1, 0, 0]] },
    { invalidOrigins: [['192.0.2.0/24', 1, 1]] },
    { vrps: [[9, '192.0.2.0/24', 24]] },
    { aspas: [[1, 2]] },
    { end: { paths: 1, rows: 1 } },
    { files: 1 },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
