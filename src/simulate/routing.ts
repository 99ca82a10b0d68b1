import type { Asn } from '../inet/index.js';
import { FACT, FIXED, NONE, type Plan } from './plan.js';

/**
 * The route of every AS for one prefix, packed. A row is the route of the AS of that index as it would send it; behind the
 * rows of the ASes stand those of the announcements, row `count + i` for announcement i, and one for trying.
 */
export class Routing {
  readonly count: number;
  /** What the sender is to the AS: a code of plan.ts. */
  readonly relation: Uint8Array;
  /** ASNs of the path, the own one and prepends included. */
  readonly length: Int32Array;
  /** Index of the AS that sent it. */
  readonly sender: Int32Array;
  /** Which announcement it comes from. */
  readonly source: Int32Array;
  /** Position in the compressed path of the first hop upwards that is Not Provider+, of the last one downwards; 0 for none. */
  readonly firstUp: Int32Array;
  readonly lastDown: Int32Array;
  /** Index of the AS in Only to Customer; -1 without. */
  readonly otc: Int32Array;
  readonly flags: Uint8Array;
  /** Bits of `FACT` of each announcement, and 1 where nobody can find a loop or AS 0 in it. */
  readonly facts: Uint8Array;
  readonly open: Uint8Array;
  /** Bit v where an announcement is invalid by the table of view v. */
  readonly rovInvalid: Uint8Array;
  /** How many ASNs of its path are prepends. */
  readonly prepends: Int32Array;
  /** What each AS does, and `MAY_LOOP`; only while `settleByLevels` runs. */
  readonly asks: Uint32Array;
  /** Room for it: what the route of an AS is refused by, and how long it becomes, as its customers see it. */
  readonly refused: Int32Array;
  readonly reach: Int32Array;
  /** Room for the queue: the AS before one in its level. */
  readonly before: Int32Array;
  plan: Plan = { announcements: [], fixed: new Map() };

  /** @param maxAnnouncements of any plan that it is started with. */
  constructor(count: number, maxAnnouncements: number) {
    const rows = count + maxAnnouncements + 1;
    this.count = count;
    this.relation = new Uint8Array(rows);
    this.length = new Int32Array(rows);
    this.sender = new Int32Array(rows);
    this.source = new Int32Array(rows);
    this.firstUp = new Int32Array(rows);
    this.lastDown = new Int32Array(rows);
    this.otc = new Int32Array(rows);
    this.flags = new Uint8Array(rows);
    this.facts = new Uint8Array(maxAnnouncements);
    this.open = new Uint8Array(maxAnnouncements);
    this.rovInvalid = new Uint8Array(maxAnnouncements);
    this.prepends = new Int32Array(maxAnnouncements);
    this.asks = new Uint32Array(count);
    this.refused = new Int32Array(count);
    this.reach = new Int32Array(count);
    this.before = new Int32Array(count);
  }

  /** Forgets all routes, and takes the announcements of a plan. */
  start(plan: Plan): void {
    this.plan = plan;
    this.relation.fill(NONE);
    for (const at of plan.fixed.keys()) this.relation[at] = FIXED;
    for (const [i, one] of plan.announcements.entries()) {
      const row = this.count + i;
      this.length[row] = one.path.length;
      this.sender[row] = one.sender;
      this.source[row] = i;
      this.firstUp[row] = one.firstUp;
      this.lastDown[row] = one.lastDown;
      this.otc[row] = one.otc;
      this.flags[row] = one.flags;
      this.facts[i] = one.facts;
      this.rovInvalid[i] = one.rovInvalid;
      this.prepends[i] = one.prepends;
      this.open[i] = one.loops === undefined && (one.facts & FACT.as0) === 0 ? 1 : 0;
    }
  }

  /** The path of an AS that has a route, itself first, prepends included. */
  pathOf(at: number, asns: Uint32Array): Asn[] {
    const fixed = this.plan.fixed.get(at);
    if (fixed) return [...fixed.path];
    const path: Asn[] = [];
    let one = at;
    while (!this.plan.fixed.has(one)) {
      path.push(asns[one] as Asn);
      one = this.sender[one] as number;
    }
    return path.concat(this.plan.announcements[this.source[at] as number]?.path ?? []);
  }
}
