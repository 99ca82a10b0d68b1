// Judges the report of the last mutation run and writes its summary into docs/mutation.md. Fails below the score asked
// for, and for a mutant of a literal procedure that survived without a reason in accepted.json.
import { readFileSync, writeFileSync } from 'node:fs';

const MINIMUM = 90;
/** The procedures that follow a specification step by step, and the checks that they rest on. */
const LITERAL = [
  'src/rov/validate-origin.ts',
  'src/rov/rfc6811.ts',
  ...[
    'applicability',
    'aspa-table',
    'draft-06',
    'draft-07',
    'draft-11',
    'draft-28',
    'mitigation',
    'otc',
    'procedure-choice',
    'verify-as-path',
  ].map((name) => `src/aspa/${name}.ts`),
  ...[
    'add-segment',
    'as-path-reconstruction',
    'confederation',
    'ecdsa-sig-value',
    'octets-to-hash',
    'path-checks',
    'propagate',
    'receive',
    'spki',
    'validation-algorithm',
  ].map((name) => `src/bgpsec/${name}.ts`),
  'src/bgp/attribute/secure-path.ts',
];

const { files } = JSON.parse(readFileSync('reports/mutation/mutation.json', 'utf8'));
const accepted = JSON.parse(readFileSync('scripts/mutation/accepted.json', 'utf8'));
const used = new Set();

/** What a mutant replaces, and the line it stands in: a name that survives changes elsewhere in the file. */
function describeMutant(file, source, { mutatorName, replacement, location: { start, end } }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const inLine = lines[0].trim();
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  const original = lines.join(' ').replaceAll(/\s+/g, ' ');
  const change = { original, replacement: replacement.replaceAll(/\s+/g, ' ') };
  return { file, line: inLine, mutator: mutatorName, ...change };
}

const keyOf = ({ file, line, mutator, original, replacement }) =>
  JSON.stringify([file, line, mutator, original, replacement]);
const reasons = new Map(accepted.map((entry) => [keyOf(entry), entry.reason]));

const rows = [];
const unexplained = [];
const totals = new Map();
for (const [file, { source, mutants }] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const row = { file, Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0, accepted: 0 };
  for (const mutant of mutants) {
    if (row[mutant.status] === undefined) continue;
    row[mutant.status]++;
    if (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage') continue;
    const described = describeMutant(file, source, mutant);
    const key = keyOf(described);
    if (reasons.has(key)) {
      used.add(key);
      row.accepted++;
    } else if (LITERAL.includes(file)) {
      unexplained.push({ ...described, at: `${file}:${mutant.location.start.line}` });
    }
  }
  const [, room] = file.split('/');
  for (const name of [room, 'all']) {
    const total = totals.get(name) ?? { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0, accepted: 0 };
    for (const field of Object.keys(total)) total[field] += row[field];
    totals.set(name, total);
  }
  rows.push(row);
}

/** Found of all, in percent. Accepted survivors count as survivors. */
function score({ Killed, Timeout, Survived, NoCoverage }) {
  const all = Killed + Timeout + Survived + NoCoverage;
  return all === 0 ? 100 : (100 * (Killed + Timeout)) / all;
}

const cells = (name, row) =>
  `| ${name} | ${row.Killed} | ${row.Timeout} | ${row.Survived} | ${row.NoCoverage} | ${row.accepted} | ${score(row).toFixed(1)} % |`;
const table = [
  '| file | killed | timeout | survived | no coverage | of these with a reason | score |',
  '|---|---:|---:|---:|---:|---:|---:|',
  ...rows
    .filter((row) => row.Killed + row.Timeout + row.Survived + row.NoCoverage > 0)
    .map((row) => cells(LITERAL.includes(row.file) ? `**${row.file}**` : row.file, row)),
  ...[...totals].map(([name, row]) => cells(name === 'all' ? '*all*' : `*src/${name}*`, row)),
];
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;
const reasonTable = [
  '| file | change | in the line | why no test can tell |',
  '|---|---|---|---|',
  ...accepted.map(
    ({ file, original, replacement, line, reason }) =>
      `| ${file} | ${code(original)} → ${code(replacement)} | ${code(line)} | ${reason} |`,
  ),
];

/** `text` with other lines between the comments of a name. */
function between(text, name, lines) {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = text.indexOf(open) + open.length;
  return `${text.slice(0, from)}${lines.join('\n')}\n${text.slice(text.indexOf(close))}`;
}
const document = readFileSync('docs/mutation.md', 'utf8');
writeFileSync('docs/mutation.md', between(between(document, 'scores', table), 'accepted', reasonTable));

process.stdout.write(
  `${[...totals].map(([name, row]) => `${name}: ${score(row).toFixed(1)} %`).join(', ')}\n`,
);
const unused = accepted.filter((entry) => files[entry.file] !== undefined && !used.has(keyOf(entry)));
for (const entry of unused) process.stderr.write(`accepted, but did not survive: ${keyOf(entry)}\n`);
for (const { at, ...entry } of unexplained) {
  process.stderr.write(`${at} survived without a reason: ${JSON.stringify(entry)}\n`);
}
const overall = score(totals.get('all'));
if (overall < MINIMUM) process.stderr.write(`the score is below ${MINIMUM} %\n`);
if (unused.length > 0 || unexplained.length > 0 || overall < MINIMUM) process.exitCode = 1;
