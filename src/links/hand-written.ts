import { DecodeError, quoted } from '../bytes/index.js';
import { formatAsn, parseAsn } from '../inet/index.js';
import { costMembers, costParameters } from './cost-state.js';
import { incidentParameters } from './incident-state.js';
import { LINK_VERSION, type LinkState, readLinkState, requireVersion } from './link-state.js';
import type { Members } from './members.js';
import type { PathState } from './path-state.js';

/** Parameters of a link; those without a value are left out. */
type Parameters = readonly (readonly [name: string, value: string | undefined])[];

/**
 * The part after `#` of a link that a person or another program writes: to the screen Path as {@link writePathLink} has it, to the
 * screen Cost `cost?v=1&peers=40&cores=4&show=memory`, to the screen Incident `incident?v=1&name=1-myetherwallet/nothing&as=64501`. A
 * state of the screen Octets, and an incident that is not shipped, need `packLink`.
 *
 * @throws {DecodeError} `link-not-writable`.
 */
export function writeLink(state: LinkState): string {
  if (state.s === 'path') return writePathLink(state);
  if (state.s === 'cost') return written(state.s, costParameters(state));
  if (state.s === 'incident') return written(state.s, incidentParameters(state));
  throw new DecodeError('link-not-writable', `a state of the screen ${state.s}`, { field: 's' });
}

/**
 * The part after `#` of a link to the screen Path that a person or another program writes:
 * `path?v=1&p=64510+64505&role=provider&prefix=192.0.2.0/24&aspa=64510:64505,64600;64505:64501&vrp=192.0.2.0/24-24:64496`.
 * A state that rests on a file, or on entries that are none yet, needs `packLink`.
 *
 * @throws {DecodeError} `link-not-writable`.
 */
export function writePathLink(state: PathState): string {
  if (state.file !== undefined || (state.changes?.length ?? 0) > 0) {
    throw new DecodeError('link-not-writable', 'a state that rests on a file', { field: 'file' });
  }
  return written('path', [
    ['p', state.path],
    ['role', state.role],
    ['neighbor', state.neighborAs?.toString()],
    ['prefix', state.prefix],
    ['revision', state.revision],
    ['aspa', joined(state.aspas, aspaShort)],
    ['vrp', joined(state.vrps, vrpShort)],
  ]);
}

function written(screen: string, parameters: Parameters): string {
  const all = parameters.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${readable(value)}`],
  );
  return `${screen}?${[`v=${LINK_VERSION}`, ...all].join('&')}`;
}

/**
 * The state of a link that was written by hand, without the `#`. Unknown parameters are left out.
 *
 * @throws {DecodeError} `link-syntax`, `link-version`, `link-screen` or `link-member`.
 */
export function readHandWritten(fragment: string): LinkState {
  const [screen = '', query = ''] = splitOnce(fragment, '?');
  const parameters = new URLSearchParams(query);
  const get = (name: string): string | undefined => parameters.get(name) ?? undefined;
  const version = get('v');
  // The version may be left out by hand: then it is the first.
  requireVersion(version === undefined ? 1 : /^[0-9]{1,9}$/.test(version) ? Number(version) : undefined);
  const members =
    screen === 'cost' ? costMembers(get) : screen === 'incident' ? incidentMembers(get) : pathMembers(get);
  return readLinkState({ ...members, v: LINK_VERSION, s: screen });
}

type Get = (name: string) => string | undefined;

function incidentMembers(get: Get): Members {
  return { name: get('name'), as: asnIn(get, 'as') };
}

function pathMembers(get: Get): Members {
  return {
    path: get('p'),
    role: get('role'),
    neighborAs: asnIn(get, 'neighbor'),
    prefix: get('prefix'),
    revision: get('revision'),
    aspas: entriesOf(get('aspa'))?.map(aspaLong),
    vrps: entriesOf(get('vrp'))?.map(vrpLong),
  };
}

const ASPA = /^AS([0-9]+) => (AS[0-9]+(?:, AS[0-9]+)*)$/;
const VRP = /^([0-9a-fA-F:.]+\/[0-9]+(?:-[0-9]+)?) => AS([0-9]+)$/;

function aspaShort(entry: string): string | undefined {
  const [, customer, providers = ''] = ASPA.exec(entry) ?? [];
  return customer && `${customer}:${providers.replaceAll(/AS| /g, '')}`;
}

function vrpShort(entry: string): string | undefined {
  const [, prefix, asn] = VRP.exec(entry) ?? [];
  return prefix && `${prefix}:${asn}`;
}

function aspaLong(entry: string, i: number): string {
  const [customer = '', providers = ''] = splitOnce(entry, ':');
  const field = `aspa[${i}]`;
  const list = providers.split(',').map((one) => formatted(one, field));
  return `${formatted(customer, field)} => ${list.join(', ')}`;
}

function vrpLong(entry: string, i: number): string {
  // The last colon: an IPv6 prefix has others before it.
  const colon = entry.lastIndexOf(':');
  if (colon < 0)
    throw new DecodeError('link-member', `${quoted(entry.slice(0, 60))} is not PREFIX:ASN`, {
      field: `vrp[${i}]`,
    });
  return `${entry.slice(0, colon)} => ${formatted(entry.slice(colon + 1), `vrp[${i}]`)}`;
}

function formatted(text: string, field: string): string {
  return formatAsn(asnOf(text, field));
}

function asnIn(get: Get, name: string): number | undefined {
  const text = get(name);
  return text === undefined ? undefined : asnOf(text, name);
}

function asnOf(text: string, field: string): number {
  try {
    return parseAsn(text.trim(), field);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError('link-member', `${quoted(text.slice(0, 40))} is no AS number`, { field });
  }
}

function joined(
  entries: readonly string[] | undefined,
  short: (entry: string) => string | undefined,
): string | undefined {
  return entries
    ?.map((entry) => {
      const text = short(entry);
      if (text !== undefined) return text;
      throw new DecodeError('link-not-writable', `${quoted(entry.slice(0, 60))} is in no notation`, {
        field: 'entry',
      });
    })
    .join(';');
}

function entriesOf(text: string | undefined): string[] | undefined {
  return text?.split(';').filter((entry) => entry.trim() !== '');
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** A value of a parameter with as little escaped as a fragment needs, so that people can read and change it. */
function readable(value: string): string {
  return encodeURIComponent(value).replaceAll(/%(?:20|2C|2F|3A|3B|7B|7D)/g, (code) =>
    code === '%20' ? '+' : decodeURIComponent(code),
  );
}
