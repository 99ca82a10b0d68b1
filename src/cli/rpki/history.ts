import { type Command, InvalidArgumentError } from 'commander';
import { DecodeError } from '../../bytes/index.js';
import { type Asn, parseAsn } from '../../inet/index.js';
import { dayOfArchive, readSpoolArchive, type SpoolCcr, spoolArchives } from '../../node/spool.js';
import type { AspaPayload, Vrp } from '../../payload/index.js';
import { decodeCcr, requireIntactCcr } from '../../rpki/ccr-files.js';
import type { Context } from '../shared/command.js';
import { naming } from '../shared/input.js';
import { ofNode } from '../shared/payload-files.js';
import { type Line, lineTexts, payloadLines } from '../shared/payload-lines.js';
import { createInputProblems } from '../shared/problem-log.js';
import { noCcr } from '../shared/spool-ccr.js';
import { formatTime, parseTime } from '../shared/time-option.js';
import { writePieces } from '../shared/write-pieces.js';

interface HistoryOptions {
  readonly from?: number;
  readonly to?: number;
  readonly node?: string;
  readonly json?: boolean;
}

/** `pathsec rpki history`: how the ASPA of an AS and its VRPs changed, out of a spool. */
export function define(command: Command, { io, exit }: Context): void {
  command
    .argument('<asn>', 'the AS, AS64496 or 64496', parseAsArgument)
    .argument('<spool>', 'a folder of rpkispool archives')
    .option('--from <time>', 'the first time to look at: seconds, or RFC 3339', parseTime)
    .option('--to <time>', 'the last', parseTime)
    .option('--node <name>', 'what this vantage point saw alone')
    .option('-j, --json', 'JSON Lines: one object per change')
    .action(async (asn: Asn, spool: string, options: HistoryOptions) => {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, node, json } = options;
      const faults = createInputProblems(io);
      const seen = new Map<string, readonly Line[]>();
      let count = 0;
      const archives = await naming(spool, () => spoolArchives(spool));
      let day: Snapshot[] = [];
      for (const [i, archive] of archives.entries()) {
        const broken: { readonly name: string; readonly error: DecodeError }[] = [];
        const take = (ccr: SpoolCcr): void => {
          try {
            day.push({ time: ccr.time, node: ccr.node, lines: linesOf(asn, ccr.octets) });
          } catch (error) {
            if (!(error instanceof DecodeError)) throw error;
            broken.push({ name: `${archive}: ${ccr.name}`, error });
          }
        };
        const wanted = (time: number, of: string): boolean =>
          time >= from && time <= to && (node ?? of) === of;
        await faults.attempt(archive, () =>
          naming(archive, () => readSpoolArchive(spool, archive, wanted, take)),
        );
        for (const { name, error } of broken)
          await faults.tell(name, { code: error.code, message: error.message }, 'refused');
        // A day may have several archives, packed in different ways.
        const next = archives[i + 1];
        if (next !== undefined && dayOfArchive(next) === dayOfArchive(archive)) continue;
        day.sort((a, b) => a.time - b.time || (a.node < b.node ? -1 : 1));
        count += day.length;
        await writePieces(io.stdout, lineTexts(changes(day, seen), json));
        day = [];
      }
      const code = await faults.end();
      if (code === 0 && count === 0) throw await noCcr(spool, `${ofNode(node)} in the time asked for`);
      exit(code);
    });
}

/** What a vantage point saw of the AS at a time. */
interface Snapshot {
  readonly time: number;
  readonly node: string;
  readonly lines: readonly Line[];
}

/** What differs from what the vantage point saw before (docs/decisions/rpki-files.md D-spool-history). */
function* changes(day: readonly Snapshot[], seen: Map<string, readonly Line[]>): Generator<Line> {
  for (const { time, node, lines } of day) {
    const before = seen.get(node) ?? [];
    seen.set(node, lines);
    for (const [change, sign, ones, others] of [
      ['withdraw', '-', before, lines],
      ['announce', '+', lines, before],
    ] as const) {
      const held = new Set(others.map(({ text }) => text));
      for (const { text, value } of ones) {
        if (held.has(text)) continue;
        const at = formatTime(time);
        yield { text: `${at} ${node} ${sign} ${text}`, value: { time: at, node, change, ...value } };
      }
    }
  }
}

/** The payloads of the AS in a CCR, as `rtr diff` prints them. @throws {DecodeError} also for a wrong hash. */
function linesOf(asn: Asn, octets: Uint8Array): Line[] {
  const ccr = decodeCcr(octets);
  requireIntactCcr(ccr);
  const { states } = ccr;
  const aspas: AspaPayload[] = [];
  const vrps: Vrp[] = [];
  for (const aspa of states.aspas ?? []) if (aspa.customer === asn) aspas.push(aspa);
  for (const vrp of states.vrps ?? []) if (vrp.asn === asn) vrps.push(vrp);
  return [...payloadLines({ aspas }), ...payloadLines({ vrps })];
}

function parseAsArgument(text: string): Asn {
  try {
    return parseAsn(text);
  } catch (error) {
    if (error instanceof DecodeError) throw new InvalidArgumentError('An AS number, such as AS64496.');
    throw error;
  }
}
