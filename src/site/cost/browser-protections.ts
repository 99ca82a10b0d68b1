import type { Protection, UpdateOctets } from '../../cost/index.js';
import type { MeasuredName } from './measure-messages.js';
import type { Measured } from './rounds.js';
import { STUDY } from './study.js';

/**
 * What a browser measured as protections of the model. A signature is one of those of a path, verified alone: what stands around
 * it in an UPDATE is not in it, which the study has.
 */
export function browserProtections(measured: readonly Measured<MeasuredName>[]): Protection[] {
  return measured.map(({ median, name, q1, q3 }): Protection => {
    const ms = { median, q1, q3 };
    const same = known(name === 'P-256, WebCrypto' || name === 'P-256, noble' ? 'BGPsec' : name);
    if (name === 'origin validation' || name === 'ASPA') {
      // The same for all lengths: those of the paths that were judged are in it.
      const byHops = [1, 2].map((hops) => ({ hops, ms }));
      return { ...same, engine: 'this browser', cost: { byHops } };
    }
    const engine = name === 'P-256, noble' ? 'this browser, noble' : 'this browser, WebCrypto';
    return { ...same, engine, cost: { byHops: [{ hops: 1, ms }] } };
  });
}

/** The protection of the study of which every route is verified: octets and memory are those of any engine. */
function known(scheme: string): Protection & { readonly octets?: UpdateOctets } {
  const found = STUDY.protections.find((one) => one.scheme === scheme && one.verified === 'every route');
  if (found === undefined) throw new TypeError(`${scheme} is not in the study`);
  return found;
}
