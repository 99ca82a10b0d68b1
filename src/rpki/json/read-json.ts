import { DecodeError } from '../../bytes/index.js';
import type { Collector } from '../collector.js';
import type { PayloadDialect, PayloadFile } from '../payload-file.js';
import { createPrefixScanner } from '../scan-prefix.js';
import { readAspa } from './aspa-record.js';
import { type HeldAspa, readAuthorizations } from './authorizations.js';
import { FILEMODE_NAMES, readFilemode } from './filemode.js';
import { JsonScanner, type Steps, TOO_LONG, wholeText } from './json-scanner.js';
import { isJsonObject, type JsonObject } from './members.js';
import { readRecords } from './records.js';
import { readRouterKey } from './router-key-record.js';
import { createSpellingTest, spellingError } from './spellings.js';
import { readVrp } from './vrp-record.js';

/**
 * Reads a JSON file of payloads in any dialect.
 *
 * @throws {DecodeError} `json-*` when it is not JSON, `slurm-file` for SLURM, `unknown-dialect` when it has none of
 * the members that hold payloads.
 */
export function readJson(text: string, collector: Collector): PayloadFile {
  return wholeText(readJsonSteps(new JsonScanner(text), collector));
}

/** As {@link readJson}, as the text comes. */
export function* readJsonSteps(scanner: JsonScanner, collector: Collector): Steps<PayloadFile> {
  let dialect: PayloadDialect | undefined;
  do {
    yield* scanner.ahead();
    scanner.peek();
    const offset = scanner.at;
    const found = scanner.atObject() ? yield* readDocument(scanner, collector) : undefined;
    if (!found)
      throw new DecodeError('unknown-dialect', 'JSON, but no RPKI payloads', { field: 'json', offset });
    dialect = found;
    yield* scanner.ahead();
    // Only filemode writes several objects one after the other.
    if (dialect !== 'rpki-client-filemode' && !scanner.atEnd()) {
      throw new DecodeError('json-syntax', 'more text after the object', {
        field: 'json',
        offset: scanner.at,
      });
    }
  } while (!scanner.atEnd());
  return collector.finish(dialect);
}

/** Reads one object and says of which dialect it is; undefined for none. */
function* readDocument(scanner: JsonScanner, collector: Collector): Steps<PayloadDialect | undefined> {
  const { problems } = collector;
  const scan = createPrefixScanner();
  const seen = new Set<string>();
  const single = new Map<string, unknown>(); // members of a filemode object
  const misspelt = new Map<string, string>(); // members under a name that is not read
  const held: HeldAspa[] = []; // until it is known whether `aspas` is there too
  let routinator = false;
  let extended = false;
  const list = (name: string, read: (record: JsonObject, index: number) => void): Steps<void> =>
    readRecords(scanner, collector, name, (record, index) => {
      if (record.source !== undefined) extended = true;
      read(record, index);
    });
  yield* scanner.members((name) => {
    if (seen.has(name))
      problems.report('duplicate-member', 'the member stands there twice', name.slice(0, 60));
    if (PAYLOAD_NAMES.has(name) || FILEMODE_NAMES.has(name)) seen.add(name);
    switch (name) {
      case 'roas':
        return list(name, (record) => collector.vrp(readVrp(record, scan)));
      case 'aspas':
        return list(name, (record, index) => {
          if (record.customer !== undefined) routinator = true;
          collector.aspa(readAspa(record), name, index);
        });
      case 'bgpsec_keys':
      case 'routerKeys':
        routinator ||= name === 'routerKeys';
        return list(name, (record) => collector.routerKey(readRouterKey(record)));
      case 'provider_authorizations':
        return readAuthorizations(scanner, collector, held);
      case 'metadata': {
        const metadata = scanner.parse();
        routinator ||= isJsonObject(metadata) && metadata.generated !== undefined;
        return undefined;
      }
      case 'slurmVersion':
        throw new DecodeError('slurm-file', 'a SLURM file holds exceptions, not payloads', { field: name });
      default: {
        const value = scanner.parse();
        if (FILEMODE_NAMES.has(name)) {
          if (value === TOO_LONG)
            throw new DecodeError('record-length', 'more than 16 Mi characters', { field: name });
          single.set(name, value);
        }
        const meant = meantList(name);
        if (meant !== undefined) misspelt.set(name, meant);
        return undefined;
      }
    }
  });
  // docs/decisions/rpki-files.md D-json-two-lists
  if (seen.has('aspas') && held.length > 0) {
    problems.report('two-aspa-lists', 'aspas wins over provider_authorizations', 'provider_authorizations');
  } else {
    for (const { aspa, list: from, index } of held) collector.aspa(aspa, from, index);
  }
  let dialect: PayloadDialect | undefined;
  if (extended) dialect = 'routinator-ext';
  else if (routinator) dialect = 'routinator';
  else if (seen.has('provider_authorizations')) dialect = 'provider-authorizations';
  else if (['roas', 'aspas', 'bgpsec_keys'].some((name) => seen.has(name))) dialect = 'rpki-client';
  else return readFilemode(Object.fromEntries(single), collector) ? 'rpki-client-filemode' : undefined;
  for (const [name, meant] of misspelt) collector.skip(spellingError(name, meant), name.slice(0, 60));
  return dialect;
}

/** Lists of payloads under other names; in filemode `vrps` is a member of its own. */
const meantList = createSpellingTest({
  read: [['roas'], ['aspas'], ['bgpsec_keys'], ['routerKeys'], ['provider_authorizations']],
  alike: { vrps: 'roas', roa: 'roas', vaps: 'aspas', aspa: 'aspas', bgpsecpubkeys: 'bgpsec_keys' },
});

const PAYLOAD_NAMES: ReadonlySet<string> = new Set([
  'roas',
  'aspas',
  'bgpsec_keys',
  'routerKeys',
  'provider_authorizations',
  'metadata',
]);
