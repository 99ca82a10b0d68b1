import {
  type AspaTable,
  type AsraTable,
  compressAsPath,
  createAspaTable,
  createAsraTable,
  otcEgress,
  otcIngress,
  verifyAsPath,
  verifyAsra,
} from 'pathsec/aspa';
import type { Asn, Prefix } from 'pathsec/inet';
import { createRovTable, type RovTable, validateOrigin } from 'pathsec/rov';
import type { PolicyName, Relation, Scenario } from 'pathsec/simulate';

export interface Sent {
  readonly path: readonly Asn[];
  readonly signed: boolean;
  readonly otc: Asn | undefined;
}

export interface Held extends Sent {
  readonly relation: Relation | 'origin';
  readonly sender: Asn;
}

/** What an AS sends to a neighbour whatever it hears: a route, or nothing. */
export interface Fixed {
  readonly held: Held;
  send(to: Asn, relation: Relation): Sent | undefined;
}

export type Rib = Map<Asn, Held>;

const INCLUDES: Readonly<Partial<Record<PolicyName, readonly PolicyName[]>>> = {
  aspa: ['rov', 'firstAs'],
  asra: ['aspa', 'rov', 'firstAs'],
  asraA: ['aspa', 'rov', 'firstAs'],
  pathEnd: ['rov'],
  bgpsec: ['rov'],
  bgpsec2: ['rov'],
  bgpsec1: ['rov'],
  bgpsecStrict: ['bgpsec', 'rov'],
  rovpp1: ['rov'],
};
const ORDER: readonly (Relation | 'origin')[] = ['origin', 'customer', 'peer', 'provider'];
export const MIRROR = { customer: 'provider', peer: 'peer', provider: 'customer' } as const;

export class LiteralWorld {
  readonly ases: readonly Asn[];
  readonly neighbors = new Map<Asn, Map<Asn, Relation>>();
  readonly policies = new Map<Asn, ReadonlySet<PolicyName>>();
  readonly speakers: ReadonlySet<Asn>;
  readonly vrps: RovTable;
  readonly views: ReadonlyMap<Asn, RovTable>;
  readonly aspas: AspaTable;
  readonly asras: AsraTable;
  readonly pathEnd: Map<Asn, readonly Asn[]>;

  constructor(readonly scenario: Scenario) {
    const ases = new Set([...scenario.ases, ...scenario.links.flatMap((link) => link.slice(0, 2))]);
    this.ases = [...ases].sort((a, b) => a - b);
    for (const asn of this.ases) this.neighbors.set(asn, new Map());
    for (const [a, b, kind] of scenario.links) {
      this.neighbors.get(a)?.set(b, kind === 0 ? 'peer' : 'customer');
      this.neighbors.get(b)?.set(a, kind === 0 ? 'peer' : 'provider');
    }
    const named = new Map(scenario.policies.map(({ asn, names }) => [asn, names]));
    for (const asn of this.ases) {
      const own = named.get(asn) ?? [];
      this.policies.set(asn, new Set(own.flatMap((name) => [name, ...(INCLUDES[name] ?? [])])));
    }
    const speaks = (asn: Asn): boolean => [...this.#of(asn)].some((name) => name.startsWith('bgpsec'));
    this.speakers = new Set([...scenario.bgpsecRouters, ...this.ases.filter(speaks)]);
    this.vrps = createRovTable(scenario.roas);
    this.views = new Map(
      (scenario.views ?? []).flatMap(({ ases, roas }) =>
        ases.map((asn) => [asn, createRovTable(roas)] as const),
      ),
    );
    const publishers = this.ases.filter((asn) => !scenario.silent.includes(asn));
    const all = (asn: Asn, kind?: Relation): Asn[] =>
      [...this.#around(asn)].flatMap(([other, relation]) => (kind && relation !== kind ? [] : [other]));
    const aspas = new Map(scenario.aspas.map(({ customer, providers }) => [customer, providers]));
    const asras = new Map(scenario.asras.map(({ asn, list }) => [asn, list]));
    this.pathEnd = new Map(scenario.pathEnd.map(({ asn, list }) => [asn, list]));
    for (const asn of publishers) {
      const does = this.#of(asn);
      const providers = all(asn, 'provider');
      if ((does.has('aspa') || does.has('aspaEgress')) && !aspas.has(asn))
        aspas.set(asn, providers.length === 0 ? [0] : providers);
      if ((does.has('asra') || does.has('asraA')) && !asras.has(asn)) asras.set(asn, all(asn));
      if (does.has('pathEnd') && !this.pathEnd.has(asn)) this.pathEnd.set(asn, all(asn));
    }
    this.aspas = createAspaTable([...aspas].map(([customer, providers]) => ({ customer, providers })));
    this.asras = createAsraTable([...asras].map(([asn, neighbors]) => ({ asn, subcategory: 3, neighbors })));
  }

  #of(asn: Asn): ReadonlySet<PolicyName> {
    return this.policies.get(asn) ?? new Set();
  }

  #around(asn: Asn): ReadonlyMap<Asn, Relation> {
    return this.neighbors.get(asn) ?? new Map();
  }

  does(asn: Asn, name: PolicyName): boolean {
    return this.#of(asn).has(name);
  }

  isEdge(asn: Asn): boolean {
    return ![...this.#around(asn).values()].includes('customer');
  }

  /** What `asn` sends to its neighbour `to`, which is a `relation` to it; egress filters included. */
  send(asn: Asn, to: Asn, relation: Relation, rib: Rib, fixed: ReadonlyMap<Asn, Fixed>): Sent | undefined {
    const own = fixed.get(asn);
    let sent: Sent | undefined;
    if (own) sent = own.send(to, relation);
    else {
      const held = rib.get(asn);
      sent = held && (held.relation === 'customer' || relation === 'customer') ? held : undefined;
    }
    if (sent && this.does(asn, 'aspaEgress')) {
      // draft-zhang-sidrops-aspa-egress: the path as it is sent, by the role of the receiver.
      const procedure = relation === 'customer' ? 'downstream' : 'upstream';
      const asPath = [{ type: 2 as const, asns: [...sent.path] }];
      if (verifyAsPath(this.aspas, { asPath, procedure }).outcome === 'invalid') return undefined;
    }
    if (!sent || !this.does(asn, 'otc')) return sent;
    const egress = otcEgress(relation, asn, sent.otc);
    if (egress.action === 'do-not-advertise') return undefined;
    return { ...sent, otc: egress.otc };
  }

  isRovInvalid(asn: Asn, prefix: Prefix, { path }: Sent): boolean {
    return validateOrigin(this.views.get(asn) ?? this.vrps, prefix, path.at(-1)) === 'invalid';
  }

  /** Whether `asn` takes what `sender`, which is a `relation` to it, sends; its path is as received. */
  takes(asn: Asn, sender: Asn, relation: Relation, prefix: Prefix, sent: Sent): boolean {
    const { path, signed, otc } = sent;
    if (path.includes(asn) || path.includes(0)) return false;
    const invalid = this.isRovInvalid(asn, prefix, sent);
    if (invalid && (this.does(asn, 'rov') || (this.does(asn, 'peerRov') && relation === 'peer')))
      return false;
    if (this.does(asn, 'firstAs') && path[0] !== sender) return false;
    const asPath = [{ type: 2 as const, asns: [...path] }];
    if (this.does(asn, 'aspa')) {
      const input = { asPath, neighborRole: relation, neighborAs: sender };
      if (verifyAsPath(this.aspas, input).outcome === 'invalid') return false;
      const tables = { aspa: this.aspas, asra: this.asras };
      for (const [policy, algorithm] of [['asra', 'B'] as const, ['asraA', 'A'] as const]) {
        if (!this.does(asn, policy)) continue;
        if (verifyAsra(tables, algorithm, input).outcome === 'invalid') return false;
      }
    }
    if (this.does(asn, 'pathEnd')) {
      const [origin, before] = compressAsPath(asPath).reverse();
      const approved = this.pathEnd.get(origin as Asn);
      if (approved && before !== undefined && !approved.includes(before)) return false;
    }
    if (this.does(asn, 'bgpsecStrict') && this.speakers.has(sender) && !signed) return false;
    if (this.does(asn, 'otc') && otcIngress(relation, sender, otc).action === 'ineligible') return false;
    if (this.does(asn, 'peerlockLite') && relation === 'customer') {
      if (path.some((one) => this.scenario.clique.includes(one))) return false;
    }
    if (this.does(asn, 'edgeFilter') && this.isEdge(sender)) {
      if (path.some((one) => one !== sender)) return false;
    }
    return true;
  }

  /** The route that becomes of what was taken. */
  hold(asn: Asn, sender: Asn, relation: Relation, sent: Sent): Held {
    const ingress = this.does(asn, 'otc') ? otcIngress(relation, sender, sent.otc) : undefined;
    return {
      path: [asn, ...sent.path],
      relation,
      sender,
      signed: sent.signed && this.speakers.has(asn),
      otc: ingress ? ingress.otc : sent.otc,
    };
  }

  /** Negative where the first is preferred. */
  compare(asn: Asn, one: Held, other: Held): number {
    const signed = Number(other.signed) - Number(one.signed);
    const keys = [
      this.does(asn, 'bgpsec1') ? signed : 0,
      ORDER.indexOf(one.relation) - ORDER.indexOf(other.relation),
      this.does(asn, 'bgpsec2') ? signed : 0,
      one.path.length - other.path.length,
      this.does(asn, 'bgpsec') ? signed : 0,
      one.sender - other.sender,
    ];
    return keys.find((key) => key !== 0) ?? 0;
  }

  /** Everybody at once, round by round, until nothing changes; undefined where that does not come. */
  settle(prefix: Prefix, fixed: ReadonlyMap<Asn, Fixed>): Rib | undefined {
    let rib: Rib = new Map([...fixed].map(([asn, { held }]) => [asn, held]));
    for (let round = 0; round < 6 * this.ases.length + 20; round++) {
      const next: Rib = new Map();
      for (const asn of this.ases) {
        const own = fixed.get(asn);
        if (own) {
          next.set(asn, own.held);
          continue;
        }
        const offers = [...this.#around(asn)].flatMap(([sender, relation]) => {
          const sent = this.send(sender, asn, MIRROR[relation], rib, fixed);
          if (!sent || !this.takes(asn, sender, relation, prefix, sent)) return [];
          return [this.hold(asn, sender, relation, sent)];
        });
        const [best] = offers.sort((a, b) => this.compare(asn, a, b));
        if (best) next.set(asn, best);
      }
      if (JSON.stringify([...next]) === JSON.stringify([...rib].sort(([a], [b]) => a - b))) return next;
      rib = next;
    }
    return undefined;
  }
}
