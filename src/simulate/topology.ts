import { DecodeError } from '../bytes/index.js';
import { type Asn, isAsn, requireAsn, requireIterable } from '../inet/index.js';

/** A link: `[a, b, -1]` a is the provider of b, `[a, b, 0]` they are peers. As CAIDA's AS relationships have it. */
export type Link = readonly [a: Asn, b: Asn, kind: -1 | 0];

/** Neighbours of one kind of every AS, packed: those of the AS at index i are `targets[offsets[i]]` to before `offsets[i + 1]`. */
export interface Neighbors {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
}

/**
 * ASes and their links. An AS is known by its index, its place among the ASNs in ascending order, so that the lowest ASN is
 * the lowest index.
 */
export interface Topology {
  readonly asns: Uint32Array;
  readonly providers: Neighbors;
  readonly customers: Neighbors;
  readonly peers: Neighbors;
}

const PEERS = 0;
const LOWER_PROVIDES = 1;
const HIGHER_PROVIDES = 2;

/**
 * The topology of these links and of further ASes without any. A link that is named twice in the same sense is one.
 *
 * @param placeOf what an error calls the link of an index; `links[3]` when absent.
 * @throws {DecodeError} `link-self` for a link from an AS to itself, `link-contradiction` for two links of two ASes that say
 * different things; the field is the place of the link. {@link TypeError} or {@link RangeError} for what is no ASN.
 */
export function createTopology(
  links: readonly Link[],
  ases: readonly Asn[] = [],
  placeOf: (link: number) => string = (link) => `links[${link}]`,
): Topology {
  requireIterable(links, 'links', 'a list of [a, b, kind]');
  requireAsns(links, ases, placeOf);
  const asns = distinctSorted(links, ases);
  const count = asns.length;
  // A link is one number: the pair of indices, then what it says. Sorted, what is said of one pair stands together.
  const words = new Float64Array(links.length);
  for (let i = 0; i < links.length; i++) {
    const [a, b] = links[i] as Link;
    if (a === b) throw new DecodeError('link-self', `AS${a} is linked to itself`, { field: placeOf(i) });
    const pair = indexIn(asns, Math.min(a, b)) * count + indexIn(asns, Math.max(a, b));
    words[i] = 4 * pair + meaning(links[i] as Link);
  }
  words.sort();
  const edges = { providers: edgeList(), customers: edgeList(), peers: edgeList() };
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    const before = words[i - 1] ?? -1;
    if (word === before) continue;
    const pair = Math.floor(word / 4);
    const said = word % 4;
    const low = Math.floor(pair / count);
    const high = pair % count;
    if (i > 0 && Math.floor(before / 4) === pair)
      throw contradiction(links, asns[low] as Asn, asns[high] as Asn, placeOf);
    if (said === PEERS) {
      addEdge(edges.peers, low, high);
      addEdge(edges.peers, high, low);
    } else {
      const [provider, customer] = said === LOWER_PROVIDES ? [low, high] : [high, low];
      addEdge(edges.customers, provider, customer);
      addEdge(edges.providers, customer, provider);
    }
  }
  return {
    asns,
    providers: packed(edges.providers, count),
    customers: packed(edges.customers, count),
    peers: packed(edges.peers, count),
  };
}

/** The index of an AS; -1 for one that the topology has not. */
export function indexOfAs(topology: Topology, asn: Asn): number {
  return indexIn(topology.asns, asn);
}

/** Whether `to` is among the neighbours of the AS at `from`. */
export function isNeighbor({ offsets, targets }: Neighbors, from: number, to: number): boolean {
  const end = offsets[from + 1] as number;
  for (let i = offsets[from] as number; i < end; i++) if (targets[i] === to) return true;
  return false;
}

/** Whether the AS has neighbours of the kind. */
export function hasAny({ offsets }: Neighbors, from: number): boolean {
  return (offsets[from + 1] as number) > (offsets[from] as number);
}

/** A typed array would make another AS of what is no ASN. */
function requireAsns(links: readonly Link[], ases: readonly Asn[], placeOf: (link: number) => string): void {
  for (let i = 0; i < links.length; i++) {
    const link = links[i] as Link;
    if (isAsn(link?.[0]) && isAsn(link[1])) continue;
    requireIterable(link, placeOf(i), '[a, b, kind]');
    for (const end of [0, 1] as const) requireAsn(link[end], `${placeOf(i)}:`);
  }
  for (const asn of ases) if (!isAsn(asn)) requireAsn(asn, 'ases:');
}

function distinctSorted(links: readonly Link[], ases: readonly Asn[]): Uint32Array {
  const all = new Uint32Array(2 * links.length + ases.length);
  let end = 0;
  for (const [a, b] of links) {
    all[end++] = a;
    all[end++] = b;
  }
  all.set(ases, end);
  all.sort();
  let kept = 0;
  for (let i = 0; i < all.length; i++) {
    if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i] as Asn;
  }
  return all.slice(0, kept);
}

/** Where `asn` is in ascending ASNs; -1 where it is not. */
export function indexIn(asns: Uint32Array, asn: Asn): number {
  let low = 0;
  let high = asns.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = asns[middle] as Asn;
    if (found === asn) return middle;
    if (found < asn) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

interface EdgeList {
  readonly from: number[];
  readonly to: number[];
}

const edgeList = (): EdgeList => ({ from: [], to: [] });

function addEdge({ from, to }: EdgeList, one: number, other: number): void {
  from.push(one);
  to.push(other);
}

function packed({ from, to }: EdgeList, count: number): Neighbors {
  const offsets = new Int32Array(count + 1);
  for (const one of from) offsets[one + 1] = (offsets[one + 1] as number) + 1;
  for (let i = 0; i < count; i++) offsets[i + 1] = (offsets[i + 1] as number) + (offsets[i] as number);
  const next = offsets.slice();
  const targets = new Int32Array(to.length);
  for (let i = 0; i < to.length; i++) {
    const one = from[i] as number;
    targets[next[one] as number] = to[i] as number;
    next[one] = (next[one] as number) + 1;
  }
  return { offsets, targets };
}

function meaning([a, b, kind]: Link): number {
  if (kind === 0) return PEERS;
  return a < b ? LOWER_PROVIDES : HIGHER_PROVIDES;
}

function contradiction(
  links: readonly Link[],
  low: Asn,
  high: Asn,
  placeOf: (link: number) => string,
): DecodeError {
  const said = links.flatMap(([a, b], i) =>
    (a === low && b === high) || (a === high && b === low) ? [i] : [],
  );
  const first = said[0] ?? 0;
  const second = said.find((i) => meaning(links[i] as Link) !== meaning(links[first] as Link)) ?? first;
  const message = `AS${low} and AS${high} are linked otherwise in ${placeOf(first)}`;
  return new DecodeError('link-contradiction', message, { field: placeOf(second) });
}
