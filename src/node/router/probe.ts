import { setTimeout } from 'node:timers/promises';
import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { VERDICT_VALUE } from '../../conformance/index.js';
import { type Afi, type Asn, formatPrefix, type Prefix, parsePrefix } from '../../inet/index.js';
import type { AspaPayload, Payloads, Vrp } from '../../payload/index.js';
import type { Lab, LabSession } from './lab.js';

/** Routes whose verdicts tell on which table a router rests. */
export interface Probes {
  /**
   * Gives the router a table and waits until its verdicts rest on it: the table is fetched as one serial; a second one, which a
   * router asks for when it has done with the first, then turns the verdicts of the probes round
   * (docs/decisions/conformance.md D-router-waiting).
   *
   * @returns why it did not come to that; undefined where it did.
   */
  enforce(payloads: Pick<Payloads, 'vrps' | 'aspas'>): Promise<string | undefined>;
  /** Waits until the verdicts rest on the table that was given last: a router that was started again fetches it anew. */
  check(): Promise<string | undefined>;
}

/** ASes for private use that no case may have (docs/decisions/conformance.md D-router-ases). */
export const PROBE_ASES = [4_242_420_000, 4_242_420_001] as const;
export const STRANGER_AS: Asn = 4_242_420_002;
/** Prefixes for benchmarks (RFC 2544, RFC 5180), which no case uses. */
export const PROBE_PREFIXES = [parsePrefix('198.19.255.0/24'), parsePrefix('2001:2:0:ffff::/64')] as const;
/** Milliseconds between two probes; each is a question that the router answers at once. */
const BETWEEN = 100;

/**
 * Probes on `session`.
 *
 * @param kinds the marks that turn with the table (`VERDICT_KIND`); those of ASPA have to be of the upstream procedure.
 */
export function createProbes(
  lab: Lab,
  session: LabSession,
  kinds: readonly number[],
  afis: readonly Afi[],
): Probes {
  /** Which of the two origins is right. */
  let turn: 0 | 1 = 0;
  const prefixes = PROBE_PREFIXES.filter(({ afi }) => afis.includes(afi));
  const withProbes = ({ vrps, aspas }: Pick<Payloads, 'vrps' | 'aspas'>): Partial<Payloads> => {
    const own = prefixes.map((prefix): Vrp => ({ prefix, maxLength: prefix.length, asn: PROBE_ASES[turn] }));
    const attested = PROBE_ASES.map(
      (customer, i): AspaPayload => ({
        customer,
        providers: [i === turn ? session.neighbor.as : STRANGER_AS],
      }),
    );
    return { vrps: [...vrps, ...own], aspas: [...aspas, ...attested] };
  };
  const isRight = (prefix: Prefix): boolean => {
    const marks = lab.seen.get(formatPrefix(prefix))?.marks ?? [];
    return kinds.every((kind) =>
      marks.some(([of, verdict]) => of === kind && verdict === VERDICT_VALUE.valid),
    );
  };
  /** Asks about one probe until the verdict is right; the reason where it does not get so. */
  const ask = async (prefix: Prefix): Promise<string | undefined> => {
    const { patience, seen } = lab;
    const name = formatPrefix(prefix);
    const asPath: AsPath = [{ type: AS_SEQUENCE, asns: [session.neighbor.as, PROBE_ASES[turn]] }];
    const giveUp = performance.now() + 1000 * patience.seconds;
    for (;;) {
      if (!(await patience.until(() => session.connection !== undefined)))
        return `the session of the probe ${name} is down`;
      const { ups } = session;
      const [token] = await lab.announce(session, [{ prefix, asPath }]);
      const isBack = (): boolean => seen.get(name)?.token === token;
      const isLost = (): boolean => session.connection === undefined || session.ups !== ups;
      if (!(await patience.until(() => isBack() || isLost()))) return `the probe ${name} did not come back`;
      if (isBack() && isRight(prefix)) return undefined;
      if (performance.now() > giveUp) return `the verdict of the probe ${name} did not follow the table`;
      await setTimeout(BETWEEN);
    }
  };
  const fetched = (payloads: Partial<Payloads>): Promise<boolean> => {
    const serial = lab.serve(payloads);
    return lab.patience.until(() => lab.fetched === serial);
  };
  const check = async (): Promise<string | undefined> => {
    for (const prefix of prefixes) {
      const wrong = await ask(prefix);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  return {
    check,
    async enforce(payloads) {
      if (!(await fetched(withProbes(payloads)))) return 'the router did not fetch the table';
      turn = turn === 0 ? 1 : 0;
      if (!(await fetched(withProbes(payloads)))) return 'the router did not fetch the change of the table';
      return check();
    },
  };
}
