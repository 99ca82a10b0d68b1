import { createHash } from 'node:crypto';
import { DecodeError, printable } from '../../bytes/index.js';
import { formatPrefix } from '../../inet/index.js';
import type { AspaPayload, Payloads, RouterKey, Vrp } from '../../payload/index.js';
import { type Ccr, type CcrState, decodeCcr, type Finding } from '../../rpki/index.js';
import { payloadLines } from '../shared/payload-lines.js';
import { formatCount } from '../shared/text-table.js';
import { formatTime } from '../shared/time-option.js';
import { base64, hex, manifestText, manifestValue } from './ccr-entries.js';

/** What is to be told of a file in Canonical Cache Representation. */
export interface ShownCcr {
  /** Absent where the file cannot be decoded. */
  readonly ccr?: Ccr;
  readonly findings: readonly ShownFinding[];
  readonly hashId: string;
  /** `valid` says that the hashes are right; nobody signs such a file (docs/decisions/rpki-files.md D-ccr-valid). */
  readonly verdict: 'valid' | 'invalid';
}

/** A finding, or why a file cannot be decoded, with the code of its `DecodeError`. */
type ShownFinding = Omit<Finding, 'code'> & { readonly code: string };

/** Decodes a CCR; one that cannot be decoded is a finding too. */
export function examineCcr(octets: Uint8Array): ShownCcr {
  const hashId = createHash('sha256').update(octets).digest('base64');
  try {
    const ccr = decodeCcr(octets);
    const wrong = ccr.findings.some(({ severity }) => severity === 'error');
    return { ccr, findings: ccr.findings, hashId, verdict: wrong ? 'invalid' : 'valid' };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { code, message } = error;
    const findings = [{ code, section: 'ccr §3', message, severity: 'error' as const }];
    return { findings, hashId, verdict: 'invalid' };
  }
}

/**
 * One object for `--json`, under the names of `rpki-client -j -f`, with `intact` and `count` of each state besides; with `entries` the
 * lists of all states, made as they are written.
 */
export function describeCcr(file: string, shown: ShownCcr, entries: boolean): object {
  const { ccr, findings, hashId, verdict } = shown;
  const states = statesOf(ccr).map(({ member, list, state, values }) => [
    member,
    {
      ...(state.mostRecentUpdate === undefined
        ? {}
        : { most_recent_update: formatTime(state.mostRecentUpdate) }),
      hash: base64(state.hash),
      intact: state.intact,
      count: state.count ?? null,
      ...(entries && state.count !== undefined
        ? { [list]: { length: state.count, ...iterated(values) } }
        : {}),
    },
  ]);
  return {
    file,
    hash_id: hashId,
    type: 'ccr',
    ...(ccr ? { form: ccr.form, version: ccr.version, produced_at: formatTime(ccr.producedAt) } : {}),
    ...Object.fromEntries(states),
    findings,
    validation: verdict,
  };
}

/** The same for a person, in pieces. */
export function* ccrText(file: string, shown: ShownCcr, entries: boolean): Generator<string> {
  const { ccr, findings, hashId, verdict } = shown;
  yield row('file', printable(file));
  yield row('hash id', hashId);
  yield row('type', 'ccr');
  if (ccr) {
    if (ccr.form !== 'current') yield row('form', ccr.form);
    yield row('version', String(ccr.version));
    yield row('produced at', formatTime(ccr.producedAt));
  }
  for (const { label, state, lines } of statesOf(ccr)) {
    const count = state.count === undefined ? 'not read' : formatCount(state.count);
    const latest =
      state.mostRecentUpdate === undefined ? '' : `, the latest of ${formatTime(state.mostRecentUpdate)}`;
    yield row(label, `${count}${latest}; hash ${base64(state.hash)} ${state.intact ? 'ok' : 'WRONG'}`);
    if (entries) for (const text of lines()) yield `  ${printable(text)}\n`;
  }
  for (const { severity, code, section, message } of findings)
    yield row(severity, `${printable(message)} (${code}, ${section})`);
  yield row('validation', verdict);
}

/** The findings and the verdict for stderr, as they are told where `--payloads` prints the payloads alone. */
export function ccrFindings(file: string, { findings, verdict }: ShownCcr): string[] {
  const said = findings.map(
    ({ severity, code, section, message }) => `${severity}: ${message} (${code}, ${section})`,
  );
  if (verdict !== 'valid') said.push(`${verdict}: nothing of it is exported`);
  return said.map((text) => `${file}: ${text}`);
}

/** A state with its names, and its entries in JSON and in lines. */
interface ShownState {
  readonly label: string;
  /** The names in JSON, of the state and of the list in it. */
  readonly member: string;
  readonly list: string;
  readonly state: CcrState<unknown>;
  values(): Iterable<unknown>;
  lines(): Iterable<string>;
}

/** The states that are there, in their order. */
function statesOf(ccr: Ccr | undefined): ShownState[] {
  const { manifests, vrps, aspas, trustAnchors, routerKeys } = ccr?.states ?? {};
  return [
    ...shownState(manifests, ['manifests', 'manifest_state', 'mft_instances'], manifestValue, manifestText),
    ...shownState(vrps, ['VRPs', 'roapayload_state', 'vrps'], vrpValue, (vrp) => lineText({ vrps: [vrp] })),
    ...shownState(aspas, ['ASPAs', 'aspapayload_state', 'vaps'], aspaValue, (aspa) =>
      lineText({ aspas: [aspa] }),
    ),
    ...shownState(
      trustAnchors,
      ['trust anchors', 'trustanchor_state', 'skis'],
      hex,
      (ski) => `trust-anchor ${hex(ski)}`,
    ),
    ...shownState(routerKeys, ['router keys', 'routerkey_state', 'routerkeys'], keyValue, (key) => {
      return lineText({ routerKeys: [key] });
    }),
  ];
}

function shownState<T>(
  state: CcrState<T> | undefined,
  [label, member, list]: readonly [label: string, member: string, list: string],
  value: (entry: T) => unknown,
  text: (entry: T) => string,
): ShownState[] {
  if (state === undefined) return [];
  return [
    { label, member, list, state, values: () => mapped(state, value), lines: () => mapped(state, text) },
  ];
}

function* mapped<T, U>(entries: Iterable<T>, map: (entry: T) => U): Generator<U> {
  for (const entry of entries) yield map(entry);
}

function iterated(values: () => Iterable<unknown>): Iterable<unknown> {
  return { [Symbol.iterator]: () => values()[Symbol.iterator]() };
}

function lineText(payloads: Partial<Payloads>): string {
  return [...payloadLines(payloads)].map(({ text }) => text).join('');
}

function vrpValue({ prefix, asn, maxLength }: Vrp): object {
  return { prefix: formatPrefix(prefix), asn, ...(maxLength === prefix.length ? {} : { maxlen: maxLength }) };
}

function aspaValue({ customer, providers }: AspaPayload): object {
  return { customer_asid: customer, providers };
}

function keyValue({ asn, ski, spki }: RouterKey): object {
  return { asn, ski: hex(ski), pubkey: base64(spki) };
}

function row(name: string, text: string): string {
  return `${name.padEnd(18)}  ${text}\n`;
}
