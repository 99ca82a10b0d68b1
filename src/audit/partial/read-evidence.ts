import type { AspaPayload, Vrp } from '../../payload/index.js';
import type { JudgedFile } from './judged-file.js';
import { readPrefix } from './part-builder.js';
import { listOf, numberOf, tooMany, WORD, wrong } from './values.js';

/** Payloads of one file that are believed. */
const MOST = { vrps: 1 << 22, aspas: 1 << 22, providers: 10_000 };

/** The payloads that the report of a file needs, from the lines of a partial report. */
export interface Evidence {
  vrp(value: unknown, field: string): void;
  aspa(value: unknown, field: string): void;
  /** Those that came since the last were taken. */
  take(): Pick<JudgedFile, 'vrps' | 'aspas'>;
}

/** An {@link Evidence} of nothing; its functions throw DecodeErrors `partial-syntax`, `partial-limit` and those of the values. */
export function createEvidence(): Evidence {
  let vrps: Vrp[] = [];
  let aspas: AspaPayload[] = [];
  const counts = { vrps: 0, aspas: 0 };
  const count = (kind: 'vrps' | 'aspas', field: string): void => {
    if (counts[kind]++ >= MOST[kind]) throw tooMany(field, MOST[kind]);
  };
  return {
    vrp: (value, field) => {
      count('vrps', field);
      vrps.push(vrpOf(value, field));
    },
    aspa: (value, field) => {
      count('aspas', field);
      aspas.push(aspaOf(value, field));
    },
    take: () => {
      const taken = { vrps, aspas };
      vrps = [];
      aspas = [];
      return taken;
    },
  };
}

function vrpOf(value: unknown, field: string): Vrp {
  const [asn, text, maxLength] = listOf(value, field, 3);
  const prefix = readPrefix(text, field);
  const longest = numberOf(maxLength, `${field}.maxLength`, 8 * prefix.octets.length);
  if (longest < prefix.length) throw wrong(`${field}.maxLength`, 'at least the length of the prefix');
  return { prefix, maxLength: longest, asn: numberOf(asn, `${field}.asn`, WORD) };
}

function aspaOf(value: unknown, field: string): AspaPayload {
  const [customer = 0, ...providers] = listOf(value, field, 1 + MOST.providers).map((asn) =>
    numberOf(asn, field, WORD),
  );
  if (customer === 0 || providers.length === 0) throw wrong(field, 'a customer with its providers');
  return { customer, providers };
}
