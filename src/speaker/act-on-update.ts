import type { Family, Update } from '../bgp/index.js';
import { AFI_IPV4, SAFI_UNICAST } from '../inet/index.js';
import type { FamilyRoutes, SpeakerFault, SpeakerFaultCode } from './output.js';

/** What an UPDATE comes down to on a session. */
export interface UpdateActions {
  readonly announced: readonly FamilyRoutes[];
  readonly withdrawn: readonly FamilyRoutes[];
  readonly endOfRib?: Family;
  readonly faults: readonly SpeakerFault[];
}

const IPV4_UNICAST: Family = { afi: AFI_IPV4, safi: SAFI_UNICAST };

/**
 * Acts on an UPDATE that does not reset the session: where a fault is treat-as-withdraw, all that it announces is
 * withdrawn (RFC 7606 §2); routes of families that were not negotiated are passed over (docs/decisions/speaker.md
 * D-speaker-families); an UPDATE without routes and
 * attributes, or with nothing but an empty MP_UNREACH_NLRI, is End-of-RIB (RFC 4724 §2).
 *
 * @param families those of which routes are taken.
 * @param signedAfis address families for which signed routes are taken.
 */
export function actOnUpdate(
  update: Update,
  families: readonly Family[],
  signedAfis: readonly number[],
): UpdateActions {
  const { message, values, withdrawn, nlri } = update;
  const { mpReach, mpUnreach, bgpsecPath } = values;
  const faults: SpeakerFault[] = [...update.faults];
  const negotiated = ({ afi, safi }: Family): boolean =>
    families.some((one) => one.afi === afi && one.safi === safi);
  const note = (code: SpeakerFaultCode, treatment: SpeakerFault['treatment'], message: string): void => {
    faults.push({ code, treatment, message, field: 'update', offset: 0 });
  };
  const usable = (list: readonly (FamilyRoutes & { readonly size: number })[]): FamilyRoutes[] =>
    list.flatMap(({ afi, safi, routes, size }) => {
      if (size === 0) return [];
      if (negotiated({ afi, safi })) return [{ afi, safi, routes }];
      note('family-not-negotiated', 'attribute-discard', `routes of family ${afi}/${safi}`);
      return [];
    });
  const reached = usable([
    { ...IPV4_UNICAST, routes: nlri, size: nlri.length },
    ...(mpReach ? [{ ...mpReach, routes: mpReach.nlri ?? [], size: mpReach.field.length }] : []),
  ]);
  const gone = usable([
    { ...IPV4_UNICAST, routes: withdrawn, size: withdrawn.length },
    ...(mpUnreach ? [{ ...mpUnreach, routes: mpUnreach.nlri ?? [], size: mpUnreach.field.length }] : []),
  ]);
  if (bgpsecPath) {
    const refused = reached.some(({ afi }) => !signedAfis.includes(afi));
    if (refused) note('bgpsec-not-negotiated', 'treat-as-withdraw', 'BGPsec_PATH was not negotiated');
  }
  const withdrawAll = faults.some(({ treatment }) => treatment === 'treat-as-withdraw');
  const empty = message.withdrawnField.length === 0 && message.nlriField.length === 0;
  const codes = message.attributes.map(({ code }) => code);
  const endOfRib = !empty
    ? undefined
    : codes.length === 0 && message.attributesRest === undefined
      ? IPV4_UNICAST
      : codes.length === 1 && mpUnreach?.field.length === 0
        ? { afi: mpUnreach.afi, safi: mpUnreach.safi }
        : undefined;
  return {
    announced: withdrawAll ? [] : reached,
    withdrawn: withdrawAll ? [...gone, ...reached] : gone,
    ...(endOfRib && { endOfRib }),
    faults,
  };
}
