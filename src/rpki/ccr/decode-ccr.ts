import { DecodeError } from '../../bytes/index.js';
import { DerCursor, explicitTag, TAG } from '../der/der-cursor.js';
import type { Finding } from '../finding.js';
import { OID } from '../oids.js';
import type { Ccr, CcrForm, CcrState, CcrStateName } from './ccr.js';
import { PRIVATE_TYPE } from './is-ccr.js';
import { formatOid } from './oid-text.js';
import { readState, stateOf, type Takers } from './states.js';

const FIELD = 'ccr';

/**
 * Decodes a file in Canonical Cache Representation (ccr §3): every hash is verified, every entry read once; iterating a state
 * reads again, so that the result holds little more than the octets, which must not change. What is wrong and can be lived with is in
 * `findings`: `ccr-hash` is an error and means that nothing of that state may be used (§5.1), all others are warnings.
 *
 * @throws {DecodeError} `der-…` for what is not DER, `asn1-syntax` for what is of another type or out of its bounds,
 * `roa-max-length`, `ccr-type` for another content type, `ccr-version`, `version-default`, `ccr-hash-algorithm`, `ccr-no-state`.
 * @example
 * const { producedAt, states, findings } = decodeCcr(octets);
 * if (states.vrps?.intact) for (const { prefix, maxLength, asn } of states.vrps) …
 */
export function decodeCcr(octets: Uint8Array): Ccr {
  return readCcrStates(octets);
}

/** As {@link decodeCcr}; `takers` get the entries as they are read. */
export function readCcrStates(octets: Uint8Array, takers: Takers = {}): Ccr {
  const cursor = new DerCursor(octets, FIELD);
  const outer = cursor.enter(TAG.sequence);
  const { form, wrapped } = readContentType(cursor);
  const content = cursor.enter(explicitTag(0));
  const string = wrapped ? cursor.enter(TAG.octetString) : undefined;
  const ccr = readContent(cursor, form, takers);
  if (string !== undefined) cursor.leave(string);
  cursor.leave(content);
  cursor.leave(outer);
  if (cursor.more) {
    const message = `${cursor.end - cursor.at} octets after the value`;
    throw cursor.refuse(message, cursor.at, 'der-trailing');
  }
  return ccr;
}

/** ContentInfo's type, and whether the content stands in an OCTET STRING (docs/decisions/rpki-files.md D-ccr-older-forms). */
function readContentType(cursor: DerCursor): { readonly form: CcrForm; readonly wrapped: boolean } {
  const start = cursor.at;
  const type = formatOid(cursor.objectIdentifier());
  if (type === PRIVATE_TYPE) return { form: 'until-2025-12-02', wrapped: true };
  if (type !== OID.canonicalCacheRepresentation)
    throw new DecodeError('ccr-type', `content of type ${type.slice(0, 60)}`, {
      field: FIELD,
      offset: start,
    });
  const peek = new DerCursor(cursor.octets, FIELD, cursor.at, cursor.end);
  peek.enter(explicitTag(0));
  const wrapped = peek.next === TAG.octetString;
  return { form: wrapped ? 'until-2025-12-05' : 'current', wrapped };
}

function readContent(cursor: DerCursor, form: CcrForm, takers: Takers): Ccr {
  const outer = cursor.enter(TAG.sequence);
  readVersion(cursor);
  readHashAlgorithm(cursor, form);
  const producedAt = cursor.time();
  const findings: Finding[] = form === 'current' ? [] : [olderForm(form)];
  const states: { [K in CcrStateName]?: CcrState<unknown> } = {};
  const start = cursor.at;
  let last = 0;
  while (cursor.next !== undefined) {
    const identifier = cursor.next;
    const name = stateOf(identifier);
    if (name === undefined) {
      findings.push(unknownState(identifier));
      cursor.any();
      last = 0xff;
      continue;
    }
    if (identifier <= last) throw cursor.refuse('a state twice or out of its order');
    last = identifier;
    const read = readState(name, cursor, producedAt, takers[name] as ((entry: unknown) => void) | undefined);
    states[name] = read.state;
    findings.push(...read.findings);
  }
  if (Object.keys(states).length === 0)
    throw new DecodeError('ccr-no-state', 'no state of a cache, and one is wanted', {
      field: FIELD,
      offset: start,
    });
  cursor.leave(outer);
  return { form, version: 0, producedAt, states: states as Ccr['states'], findings };
}

/** ccr §3.1: version 0, which is the DEFAULT and left out in DER (X.690 §11.5). */
function readVersion(cursor: DerCursor): void {
  if (cursor.next !== explicitTag(0)) return;
  const start = cursor.at;
  const outer = cursor.enter(explicitTag(0));
  const version = cursor.number(0, Number.MAX_SAFE_INTEGER);
  cursor.leave(outer);
  if (version === 0)
    throw cursor.refuse('version 0 is the DEFAULT and is left out in DER', start, 'version-default');
  throw new DecodeError('ccr-version', `version ${version} is not known`, { field: FIELD, offset: start });
}

/** ccr §3.2: SHA-256 without parameters; a bare identifier in older files. */
function readHashAlgorithm(cursor: DerCursor, form: CcrForm): void {
  const start = cursor.at;
  const outer = form === 'current' ? cursor.enter(TAG.sequence) : undefined;
  const algorithm = formatOid(cursor.objectIdentifier());
  const fault =
    algorithm !== OID.sha256
      ? `hashes of ${algorithm.slice(0, 60)}`
      : cursor.more && outer !== undefined
        ? 'parameters of SHA-256'
        : undefined;
  if (fault !== undefined)
    throw new DecodeError('ccr-hash-algorithm', `${fault}; SHA-256 without parameters is wanted`, {
      field: FIELD,
      offset: start,
    });
  if (outer !== undefined) cursor.leave(outer);
}

function olderForm(form: CcrForm): Finding {
  const message = `the form of files ${form.replaceAll('until-', 'until ')}`;
  return { code: 'ccr-older-form', section: 'ccr §2', message, severity: 'warning' };
}

/** ccr §3.4: "anticipate future changes". */
function unknownState(identifier: number): Finding {
  const message = `a state that is not known, with the tag ${identifier.toString(16)}, is passed over`;
  return { code: 'ccr-unknown-state', section: 'ccr §3.4', message, severity: 'warning' };
}
