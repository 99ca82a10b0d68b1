import { AFI_IPV4, AFI_IPV6, formatPrefix } from 'pathsec/inet';
import type { Payloads } from 'pathsec/payload';
import { createRovTable, validateOrigin } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import type { BgpConnection } from '../../../src/node/bgp-connection.js';
import type { LabSession, Route, Seen } from '../../../src/node/router/lab.js';
import { createPatience } from '../../../src/node/router/patience.js';
import { createProbes, type Probes } from '../../../src/node/router/probe.js';

const session: LabSession = {
  neighbor: { as: 64_500, address: '127.0.0.1' },
  connection: {} as BgpConnection,
  ups: 1,
  lastEnd: undefined,
};

const NOTHING = { vrps: [], aspas: [] };
/** Kind 1 is ROV; its verdicts are 1 to 3. */
const VALUE = { valid: 1, invalid: 2, 'not-found': 3 };

interface Router {
  readonly probes: Probes;
  /** The tables that it fetched. */
  readonly fetched: readonly Partial<Payloads>[];
}

const vrpsOf = (payloads: Partial<Payloads> | undefined) => [...(payloads?.vrps ?? [])];

/** Probes of a router that fetches each table at once, and judges by those of them that it acts upon. */
function routerThat(actsUpon: (index: number) => boolean): Router {
  const fetched: Partial<Payloads>[] = [];
  const seen = new Map<string, Seen>();
  let inUse: Partial<Payloads> = {};
  let token = 0;
  const lab = {
    seen,
    // What is asked is answered at once, so that only the verdict is ever waited for.
    patience: createPatience(0.4),
    get fetched() {
      return fetched.length;
    },
    serve(payloads: Partial<Payloads>) {
      if (actsUpon(fetched.length)) inUse = payloads;
      return fetched.push(payloads);
    },
    async announce(_: LabSession, routes: readonly Route[]) {
      const table = createRovTable(inUse.vrps ?? []);
      return routes.map(({ asPath, prefix }) => {
        const origin = asPath.at(-1)?.asns.at(-1) ?? 0;
        const verdict = validateOrigin(table, prefix, origin);
        seen.set(formatPrefix(prefix), { token: ++token, marks: [[1, VALUE[verdict]]] });
        return token;
      });
    },
  };
  return { probes: createProbes(lab, session, [1], [AFI_IPV4, AFI_IPV6]), fetched };
}

describe('probes of a router', () => {
  it('that acts upon every table find it so, with two tables a round', async () => {
    const { fetched, probes } = routerThat(() => true);
    expect([await probes.enforce(NOTHING), await probes.enforce(NOTHING)]).toEqual([undefined, undefined]);
    expect([fetched.length, probes.repeated]).toEqual([4, 0]);
  });

  it('that loses a change are given it again, with records that judge nothing else, and say so', async () => {
    const { fetched, probes } = routerThat((index) => index !== 1);
    expect(await probes.enforce(NOTHING)).toBeUndefined();
    expect(fetched).toHaveLength(3);
    const [, lost, again] = fetched;
    expect(vrpsOf(again).slice(0, 2)).toEqual(vrpsOf(lost));
    expect(vrpsOf(again)).toHaveLength(4);
    expect(probes.repeated).toBe(1);
    expect(await probes.enforce(NOTHING)).toBeUndefined();
    expect([fetched.length, probes.repeated]).toEqual([5, 1]);
  });

  it('that loses several changes in a row are given each as a new one', async () => {
    const { fetched, probes } = routerThat((index) => index === 0 || index > 3);
    expect(await probes.enforce(NOTHING)).toBeUndefined();
    expect(fetched.map((one) => vrpsOf(one).length)).toEqual([2, 2, 4, 2, 4]);
    expect(probes.repeated).toBe(3);
  });

  it('that keeps to its first table end the wait', async () => {
    const { probes } = routerThat((index) => index === 0);
    expect(await probes.enforce(NOTHING)).toMatch(/^the verdict of the probe \S+ did not follow the table$/);
    expect(probes.repeated).toBe(0);
  });
});
