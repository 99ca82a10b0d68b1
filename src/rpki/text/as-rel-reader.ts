import { DecodeError } from '../../bytes/index.js';
import { type Asn, parseAsRelationship, parseAsRelationshipNote } from '../../inet/index.js';
import { type AspaStore, createAspaStore } from '../../payload/index.js';
import { createProblemLog, type Problems } from '../problem.js';
import { linesOf } from './lines.js';

/** A synthetic ASPA table, as if every AS of the topology had attested its providers. */
export interface AsRelationships {
  /** One entry per AS; 0 alone for those without providers: the clique, and others that only peer. */
  readonly aspas: AspaStore;
  /** The provider-free core as the comments name it; empty if they do not. */
  readonly clique: readonly Asn[];
  readonly providerLinks: number;
  readonly peerLinks: number;
  readonly problems: Problems;
}

/** Whether the line is of a file of AS relationships: two ASNs and what they are to each other. */
export function isAsRelationship(line: string): boolean {
  return /^[0-9]+\|[0-9]+\|-?[0-2](?:\||$)/.test(line);
}

/**
 * Reads CAIDA's AS relationships, serial-1 (`A|B|-1`) and serial-2 (a fourth column), or with blanks in place of the bars, into a synthetic ASPA table.
 * `providerSign` is the value that makes the first AS the provider: -1 in CAIDA's files, 1 in some others; there is no
 * default, since a file does not tell and the wrong one turns the Internet upside down. 0 is peering
 * (docs/decisions/rpki-files.md D-as-rel-sign).
 *
 * @throws {DecodeError} `no-relationships` when no line holds one; in strict mode for the first problem.
 */
export function readAsRelationships(
  text: string,
  providerSign: -1 | 1,
  options: {
    readonly strict?: boolean;
    readonly seed?: number;
    /** Called for each pair of peers. */
    readonly onPeers?: (a: Asn, b: Asn) => void;
  } = {},
): AsRelationships {
  const problems = createProblemLog(options.strict ?? false);
  const providers = new Map<Asn, Set<Asn>>();
  const clique: Asn[] = [];
  let providerLinks = 0;
  let peerLinks = 0;
  for (const { line, number } of linesOf(text)) {
    if (line === '') continue;
    try {
      if (line.startsWith('#')) {
        const note = parseAsRelationshipNote(line);
        if (note?.what === 'clique') for (const asn of note.asns) clique.push(asn);
        continue;
      }
      const [first, second, relation] = parseAsRelationship(line);
      const ofFirst = providersOf(providers, first);
      const ofSecond = providersOf(providers, second);
      const sign = relation * providerSign;
      if (sign === 1) ofSecond.add(first);
      else if (sign === -1) ofFirst.add(second);
      else if (sign !== 0) throw new DecodeError('as-rel-relation', `unknown relation ${relation}`);
      if (sign === 0) {
        peerLinks++;
        options.onPeers?.(first, second);
      } else providerLinks++;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      problems.report(error.code, error.message, 'line', number);
    }
  }
  for (const asn of clique) providersOf(providers, asn);
  if (providerLinks + peerLinks === 0) {
    throw new DecodeError('no-relationships', 'no line of the form A|B|-1 or A|B|0', { field: 'text' });
  }
  const aspas = createAspaStore([], options);
  for (const [customer, list] of providers) {
    aspas.announce({ customer, providers: list.size > 0 ? [...list] : [0] });
  }
  return { aspas, clique, providerLinks, peerLinks, problems };
}

function providersOf(map: Map<Asn, Set<Asn>>, asn: Asn): Set<Asn> {
  const known = map.get(asn);
  if (known) return known;
  const fresh = new Set<Asn>();
  map.set(asn, fresh);
  return fresh;
}
