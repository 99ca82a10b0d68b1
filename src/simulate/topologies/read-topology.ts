import { DecodeError, requireUniqueNames } from '../../bytes/index.js';
import { member, optional, readAsn, readFields, readList } from '../../questions/index.js';
import { readLink } from '../read-scenario.js';
import { createTopology } from '../topology.js';
import { cliqueOf, type NamedTopology, readAsRelLines } from './as-rel.js';

const MEMBERS = ['links', 'ases', 'clique'];

/**
 * Reads a topology: AS relationships as CAIDA publishes them, serial 1 or 2 (comments name tier 1 and exchanges), or a JSON object with the members `links`, `ases` and `clique`
 * of a scenario file, which is what begins with a brace.
 *
 * Providers in a circle are taken as they are; `providerCircles` finds them.
 *
 * @throws {DecodeError} whose field is the line, `line 12`, or the member: `as-rel-syntax` for a line of another form,
 * `as-rel-relation` for a relation other than -1 and 0, `asn-range`, `link-self`, `link-contradiction`; without a line
 * `as-rel-size` for more than four million links and `no-relationships` for none; of JSON what `readScenario` throws, and
 * `json-syntax`, `json-depth` and `duplicate-name`.
 */
export function readTopology(text: string): NamedTopology {
  if (!/^\s*\{/.test(text.slice(0, 1000))) return readAsRelLines(text);
  const fields = readFields({ path: '', value: parsed(text) }, MEMBERS);
  const links = readList(member(fields, 'links'), readLink);
  const ases = optional(member(fields, 'ases'), (place) => readList(place, readAsn), []);
  const topology = createTopology(links, ases);
  const clique = optional(
    member(fields, 'clique'),
    (place) => [...new Set(readList(place, readAsn))].sort((a, b) => a - b),
    cliqueOf(topology),
  );
  return { topology, clique, exchanges: [] };
}

function parsed(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DecodeError('json-syntax', 'not JSON, though it begins with a brace', {});
  }
  requireUniqueNames(text);
  return value;
}
