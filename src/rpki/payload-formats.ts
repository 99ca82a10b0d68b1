import { isCcr } from './ccr/is-ccr.js';
import type { Collector } from './collector.js';
import { isJson, looksLikePayloadJson, looksLikeSlurm } from './json/json-kind.js';
import type { JsonScanner } from './json/json-scanner.js';
import { readJson, readJsonSteps } from './json/read-json.js';
import type { Steps } from './json/steps.js';
import type { PayloadFile, ReadOptions } from './payload-file.js';
import { isAsRelationship } from './text/as-rel-reader.js';
import { isBird, readBird } from './text/bird-reader.js';
import { isCsv, readCsv } from './text/csv-reader.js';
import { linesOf } from './text/lines.js';
import { isNotation, readNotation } from './text/notation-reader.js';
import { isOpenBgpd, readOpenBgpd } from './text/openbgpd-reader.js';
import { isSrxScript, readSrxScript } from './text/srx-reader.js';

/** What is known of a format of text about the RPKI. */
interface Row {
  readonly name: string;
  readonly holds: 'payloads' | 'local exceptions' | 'AS relationships';
  /** How the format is called in messages. */
  readonly title: string;
  /** Whether nothing else begins so: `line` is the first that says anything, `text` may be the beginning of a file. */
  readonly surely: (line: string, text: string) => boolean;
}

/** A format of payloads, told by its first line; rows are asked in order. */
interface PayloadFormat extends Row {
  readonly holds: 'payloads';
  readonly takes: (line: string) => boolean;
  readonly read: (text: string, collector: Collector) => PayloadFile;
  /** As `read`, of a text that comes in pieces; absent where the reader wants it whole. */
  readonly asItComes?: (scanner: JsonScanner, collector: Collector) => Steps<PayloadFile>;
}

/** A format that holds no payloads, for which files of payloads are mistaken. */
interface OtherFormat extends Row {
  readonly holds: 'local exceptions' | 'AS relationships';
  readonly takes?: never;
}

/**
 * Every format of payload files, in the order in which they are asked, and those that are mistaken for them. A new one is its
 * reader and a row; `spec-tests/node/formats.test.ts` wants a sample of it.
 */
export const PAYLOAD_FORMATS = [
  {
    name: 'json',
    holds: 'payloads',
    title: 'JSON',
    takes: isJson,
    surely: looksLikePayloadJson,
    read: readJson,
    asItComes: readJsonSteps,
  },
  { name: 'csv', holds: 'payloads', title: 'CSV', takes: isCsv, surely: isCsv, read: readCsv },
  {
    name: 'openbgpd',
    holds: 'payloads',
    title: 'OpenBGPD',
    takes: isOpenBgpd,
    surely: isOpenBgpd,
    read: readOpenBgpd,
  },
  {
    name: 'srx',
    holds: 'payloads',
    title: 'BGP-SRx',
    takes: isSrxScript,
    surely: isSrxScript,
    read: readSrxScript,
  },
  { name: 'bird', holds: 'payloads', title: 'BIRD', takes: isBird, surely: isBird, read: readBird },
  {
    name: 'notation',
    holds: 'payloads',
    title: 'VRP or ASPA notation',
    takes: isNotation,
    surely: isNotation,
    read: readNotation,
  },
  { name: 'slurm', holds: 'local exceptions', title: 'SLURM', surely: looksLikeSlurm },
  { name: 'as-rel', holds: 'AS relationships', title: 'CAIDA', surely: isAsRelationship },
] as const satisfies readonly (PayloadFormat | OtherFormat)[];

/** The name of a format of {@link PAYLOAD_FORMATS}. */
export type PayloadFormatName = (typeof PAYLOAD_FORMATS)[number]['name'];

/** A format of payloads that is no text, told by its first octets, of which 16 KiB are enough. */
interface OctetPayloadFormat extends Pick<Row, 'name' | 'title'> {
  readonly holds: 'payloads';
  readonly takes: (head: Uint8Array) => boolean;
  /** Loaded when there is such a file: it brings DER and a hash. */
  readonly readOctets: (octets: Uint8Array, options?: ReadOptions) => Promise<PayloadFile>;
}

/** Every format of payload files that is no text; they are asked before those of text. */
export const OCTET_PAYLOAD_FORMATS = [
  {
    name: 'ccr',
    holds: 'payloads',
    title: 'CCR',
    takes: isCcr,
    readOctets: async (octets, options) => (await import('./ccr/read-ccr.js')).readCcr(octets, options),
  },
] as const satisfies readonly OctetPayloadFormat[];

/** The format of octets that reads a file with that beginning; undefined for text and for what is unknown. */
export function octetPayloadFormatOf(head: Uint8Array): OctetPayloadFormat | undefined {
  return OCTET_PAYLOAD_FORMATS.find(({ takes }) => takes(head));
}

const formats: readonly (PayloadFormat | OtherFormat)[] = PAYLOAD_FORMATS;
const readable = formats.filter((row): row is PayloadFormat => row.takes !== undefined);

/** The format that reads a file with that first line; undefined for none. */
export function payloadFormatOf(line: string): PayloadFormat | undefined {
  return readable.find(({ takes }) => takes(line));
}

/** What a file about the RPKI holds, and the title of its format. */
export type PayloadFileKind = Pick<Row, 'holds' | 'title'>;

/**
 * What a text about the RPKI begins like beyond doubt; undefined for anything else. Its beginning is enough; JSON is told by
 * the names of its lists. NON-SPEC: for a reader of something else that wants to say what it got instead.
 */
export function payloadFileKindOf(text: string): PayloadFileKind | undefined {
  const line = firstLine(text);
  return line === undefined ? undefined : formats.find(({ surely }) => surely(line, text));
}

/** The first line that says anything; undefined where there are only blanks and comments. */
export function firstLine(text: string): string | undefined {
  for (const { line } of linesOf(text)) if (line !== '' && !line.startsWith('#')) return line;
  return undefined;
}
