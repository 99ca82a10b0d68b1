import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { DecodeError } from '../../bytes/index.js';
import {
  chainPayloads,
  createPayloadSet,
  dropOverLimit,
  type OverLimit,
  type PayloadSet,
  type Payloads,
} from '../../payload/index.js';
import {
  certificateKind,
  type DamagedCrl,
  decodeCertificate,
  decodeCrl,
  type Examination,
  examineObject,
  isCcr,
  ownJsonPieces,
  type PathMaterial,
  type PrivateTypes,
  type ResourceCertificate,
  type ResourceCrl,
  readCcr,
} from '../../rpki/index.js';
import type { Context } from '../shared/command.js';
import { naming, readOctets, readOctetsBy } from '../shared/input.js';
import { EXIT, type Io } from '../shared/io.js';
import { collect } from '../shared/parse-options.js';
import { createInputProblems } from '../shared/problem-log.js';
import { noteOverLimit } from '../shared/provider-limit.js';
import { parseTime } from '../shared/time-option.js';
import { writeJson, writePieces } from '../shared/write-pieces.js';
import { ASRA_OID_OPTION } from './asra-oid.js';
import { ccrFindings, ccrText, describeCcr, examineCcr } from './show-ccr.js';
import { describeObject, formatFindings, formatObject } from './show-view.js';

interface ShowOptions {
  readonly issuer?: readonly string[];
  readonly time?: number;
  readonly overclaim: 'reject' | 'reconsidered';
  readonly json?: boolean;
  readonly payloads?: boolean;
  readonly entries?: boolean;
  readonly asraOid?: string;
}

/** Larger files are refused before they are decoded; the largest real objects have a few megabytes. */
const MAX_OBJECT = 16 * 1024 * 1024;

/** A CCR has the whole of a cache in it, 30 megabytes in 2026. */
const MAX_CCR = 1 << 29;

const NO_OBJECT = 'no RPKI object';

function limitOf(head: Uint8Array): number {
  return isCcr(head) ? MAX_CCR : MAX_OBJECT;
}

/** docs/decisions/cli.md D-cli-exit-codes; of several files, what is wrong comes before what is not decided. */
const EXIT_OF: Readonly<Record<Examination['verdict'], (typeof EXIT)[keyof typeof EXIT]>> = {
  valid: EXIT.done,
  invalid: EXIT.invalid,
  unanchored: EXIT.unknown,
  undetermined: EXIT.unknown,
  unexamined: EXIT.unknown,
};

/** `pathsec rpki show`: decodes, inspects and verifies RPKI files, each failure with the section it breaks. */
export function define(command: Command, { io, exit }: Context): void {
  command
    .argument(
      '<file...>',
      'certificates, CRLs, ROAs, ASPA objects, manifests, other signed objects (DER), CCR; packed or not',
    )
    .option(
      '--issuer <dir>',
      'certificates and CRLs to build paths from; self-signed CAs are trusted',
      collect,
    )
    .option(
      '--time <time>',
      'the time of evaluation: seconds, or 2019-06-18T04:00:00Z; default is now',
      parseTime,
    )
    .option('--overclaim <mode>', 'reject (RFC 6487) or reconsidered (RFC 8360)', parseOverclaim, 'reject')
    .option(...ASRA_OID_OPTION)
    .option('-j, --json', 'one JSON object per file, one per line')
    .option(
      '--payloads',
      'print the payloads of the valid objects as JSON instead, as rpki convert --to json writes it',
    )
    .option('--entries', 'print what the states of a CCR hold, too')
    .action(async (files: string[], options: ShowOptions) => {
      const material = await readMaterial(options, io);
      const verdicts: Examination['verdict'][] = [];
      const found: Payloads[] = [];
      const examined: Examination[] = [];
      const faults = createInputProblems(io);
      for (const file of files) {
        const octets = await faults.attempt(file, () => readOctetsBy(file, io, limitOf, NO_OBJECT));
        if (octets === undefined) continue;
        const shown = isCcr(octets)
          ? showCcr(file, octets, options)
          : await showObject(file, octets, { ...material, asra: options.asraOid }, examined);
        if (options.json) await writeJson(io.stdout, shown.json());
        else if (options.payloads) {
          for (const line of shown.findings()) await io.stderr.write(`pathsec: ${line}\n`);
        } else {
          if (verdicts.length > 0) await io.stdout.write('\n');
          await writePieces(io.stdout, shown.text());
        }
        verdicts.push(shown.verdict);
        if (options.payloads) found.push(shown.payloads(io.seed));
      }
      const refused = await faults.end();
      // Of half the objects no payloads are written: a ROA that is missing is a route that is invalid.
      if (options.payloads && refused === EXIT.done) {
        const set = createPayloadSet(chainPayloads(found), { seed: io.seed });
        const dropped = [...withdrawOverLimit(set, examined), ...dropOverLimit(set.aspas)];
        await noteOverLimit(dropped, io);
        await writePieces(io.stdout, ownJsonPieces(set));
      }
      const codes = verdicts.map((verdict) => EXIT_OF[verdict]);
      const worst = [EXIT.invalid, EXIT.unknown].find((code) => codes.includes(code)) ?? EXIT.done;
      exit(refused || worst);
    });
}

/** How a file is shown. */
interface Shown {
  readonly verdict: Examination['verdict'];
  json(): object;
  text(): Iterable<string>;
  findings(): string[];
  payloads(seed: number): Payloads;
}

async function showObject(
  file: string,
  octets: Uint8Array,
  material: PathMaterial & PrivateTypes,
  examined: Examination[],
): Promise<Shown> {
  const extension = /\.([a-z]{3})$/i.exec(file)?.[1]?.toLowerCase();
  const result = await examineObject(octets, material, extension, material);
  examined.push(result);
  return {
    verdict: result.verdict,
    json: () => describeObject(file, result),
    text: () => [formatObject(file, result)],
    findings: () => formatFindings(file, result),
    payloads: () => result.payloads,
  };
}

function showCcr(file: string, octets: Uint8Array, { entries = false }: ShowOptions): Shown {
  const shown = examineCcr(octets);
  return {
    verdict: shown.verdict,
    json: () => describeCcr(file, shown, entries),
    text: () => ccrText(file, shown, entries),
    findings: () => ccrFindings(file, shown),
    payloads: (seed) => (shown.verdict === 'valid' ? readCcr(octets, { seed }) : createPayloadSet()),
  };
}

/**
 * An object with too many providers voids all ASPAs of its customer (aspa-profile §5.5), if nothing else is wrong with it:
 * otherwise it is no word of that customer.
 */
function withdrawOverLimit({ aspas }: PayloadSet, results: readonly Examination[]): OverLimit[] {
  const found = results.flatMap(({ object, findings }): OverLimit[] => {
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (object?.type !== 'aspa' || !object.content || errors.length === 0) return [];
    if (errors.some(({ code }) => code !== 'aspa-provider-limit')) return [];
    const { customer, providers } = object.content;
    return [{ customer, providers: providers.length }];
  });
  for (const { customer } of found) aspas.withdraw(customer);
  return found;
}

function parseOverclaim(text: string): 'reject' | 'reconsidered' {
  if (text === 'reject' || text === 'reconsidered') return text;
  throw new InvalidArgumentError('One of reject, reconsidered.');
}

function readObject(file: string, io: Io): Promise<Uint8Array> {
  return readOctets(file, io, MAX_OBJECT, NO_OBJECT);
}

/**
 * docs/decisions/rpki-objects.md D-trust-anchor-choice: the folders' self-signed CA certificates are the trust anchors.
 */
async function readMaterial({ issuer = [], time, overclaim }: ShowOptions, io: Io): Promise<PathMaterial> {
  const certificates: ResourceCertificate[] = [];
  const crls: ResourceCrl[] = [];
  const damagedCrls: DamagedCrl[] = [];
  for (const folder of issuer) {
    for (const name of (await naming(folder, () => readdir(folder, { recursive: true }))).sort()) {
      const file = join(folder, name);
      if (!/\.(cer|crl)$/.test(name)) continue;
      const octets = await readObject(file, io);
      try {
        if (name.endsWith('.cer')) certificates.push(decodeCertificate(octets));
        else crls.push(decodeCrl(octets));
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        const fault = `${error.message} (${error.code})`;
        const isCrl = name.endsWith('.crl');
        if (isCrl) damagedCrls.push({ octets, fault: `${file}: ${fault}` });
        const text = `${file} ${isCrl ? 'cannot be read' : 'is left out'}: ${fault}`;
        await io.stderr.write(`pathsec: ${text}\n`);
      }
    }
  }
  const trustAnchors = certificates.filter((certificate) => certificateKind(certificate) === 'ta');
  const others = certificates.filter((certificate) => certificateKind(certificate) === 'ca');
  return { trustAnchors, certificates: others, crls, damagedCrls, now: time ?? io.now(), overclaim };
}
