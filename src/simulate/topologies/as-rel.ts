import { DecodeError } from '../../bytes/index.js';
import { type Asn, parseAsRelationship, parseAsRelationshipNote } from '../../inet/index.js';
import { createTopology, hasAny, type Link, type Topology } from '../topology.js';

/** A topology, and what its file says of single ASes. */
export interface NamedTopology {
  readonly topology: Topology;
  /** Tier 1: as the file names it, else all ASes with peers and without providers. Ascending. */
  readonly clique: readonly Asn[];
  /** Internet exchanges that stand in paths as ASes, as far as the file names any. Ascending. */
  readonly exchanges: readonly Asn[];
}

/** Far more than there are on earth; a link takes some hundred octets while a file is read. */
const MAX_LINKS = 1 << 22;

/**
 * Reads AS relationships as CAIDA publishes them: serial 1, `174|64496|-1` (the first is the provider) and `174|3356|0`
 * (peers), serial 2, which says after a further bar where it is from, or with blanks in place of the bars. Comments name tier 1 and Internet exchanges; other
 * comments and blank lines are passed over. A link that stands there twice in the same sense is one.
 *
 * Providers in a circle are taken as they are: docs/decisions/simulate.md D-simulate-provider-circles.
 *
 * @throws {DecodeError} whose field is the line, `line 12`: `as-rel-syntax` for a line of another form, `as-rel-relation` for a
 * relation other than -1 and 0, `asn-range`, `link-self`, `link-contradiction`; without a line `as-rel-size` for more than
 * four million links and `no-relationships` for none.
 */
export function readAsRelLines(text: string): NamedTopology {
  const links: Link[] = [];
  const lines: number[] = [];
  let clique: readonly Asn[] | undefined;
  let exchanges: readonly Asn[] = [];
  let number = 0;
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    number++;
    const line = text.slice(start, end).trimEnd();
    start = end + 1;
    if (line === '') continue;
    if (line.startsWith('#')) {
      const note = parseAsRelationshipNote(line, `line ${number}`);
      const asns = [...(note?.asns ?? [])].sort((a, b) => a - b);
      if (note?.what === 'clique') clique = asns;
      if (note?.what === 'exchanges') exchanges = asns;
      continue;
    }
    if (links.length === MAX_LINKS) {
      throw new DecodeError('as-rel-size', `more than ${MAX_LINKS} links`, {});
    }
    links.push(linkOf(line, `line ${number}`));
    lines.push(number);
  }
  if (links.length === 0) {
    throw new DecodeError(
      'no-relationships',
      'no link; expected lines PROVIDER|CUSTOMER|-1 and PEER|PEER|0',
      {},
    );
  }
  const topology = createTopology(links, [], (link) => `line ${lines[link]}`);
  return { topology, clique: clique ?? cliqueOf(topology), exchanges };
}

/** The ASes that have peers and no providers: tier 1, where nothing names it. */
export function cliqueOf(topology: Topology): Asn[] {
  const { asns, peers, providers } = topology;
  return [...asns].filter((_, at) => hasAny(peers, at) && !hasAny(providers, at));
}

/**
 * AS relationships as lines of CAIDA's serial 1, the clique in a comment, links by ASN: equal topologies give equal lines.
 *
 * @param comments further lines at the beginning, without the number sign.
 */
export function* writeAsRelationships(
  topology: Topology,
  clique: readonly Asn[],
  comments: readonly string[] = [],
): Generator<string> {
  for (const comment of comments) yield `# ${comment}`;
  if (clique.length > 0) yield `# input clique: ${clique.join(' ')}`;
  for (const [a, b, kind] of eachLink(topology)) yield `${a}|${b}|${kind}`;
}

/** All links of a topology, by ASN. */
export function writeLinks(topology: Topology): Link[] {
  return [...eachLink(topology)];
}

function* eachLink({ asns, customers, peers }: Topology): Generator<Link> {
  for (let at = 0; at < asns.length; at++) {
    const own = asns[at] as Asn;
    for (const to of customers.targets.subarray(customers.offsets[at], customers.offsets[at + 1])) {
      yield [own, asns[to] as Asn, -1];
    }
    for (const to of peers.targets.subarray(peers.offsets[at], peers.offsets[at + 1])) {
      if (to > at) yield [own, asns[to] as Asn, 0];
    }
  }
}

/** Here the first AS is the provider, as CAIDA writes it. */
function linkOf(line: string, field: string): Link {
  const [from, to, relation] = parseAsRelationship(line, field);
  if (relation === -1 || relation === 0) return [from, to, relation];
  throw new DecodeError('as-rel-relation', 'the relation must be -1 or 0', { field });
}
