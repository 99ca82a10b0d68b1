import type { Family, Nlri, Update } from '../bgp/index.js';
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
  const { message, values, nlri } = update;
  const { mpReach, mpUnreach, bgpsecPath } = values;
  const faults: SpeakerFault[] = update.faults.slice();
  const reached: FamilyRoutes[] = [];
  const gone: FamilyRoutes[] = [];
  if (nlri.length > 0) take(reached, IPV4_UNICAST, nlri, families, faults);
  if (mpReach && mpReach.field.length > 0) take(reached, mpReach, mpReach.nlri, families, faults);
  if (update.withdrawn.length > 0) take(gone, IPV4_UNICAST, update.withdrawn, families, faults);
  if (mpUnreach && mpUnreach.field.length > 0) take(gone, mpUnreach, mpUnreach.nlri, families, faults);
  if (bgpsecPath && reached.some(({ afi }) => !signedAfis.includes(afi))) {
    note(faults, 'bgpsec-not-negotiated', 'treat-as-withdraw', 'BGPsec_PATH was not negotiated');
  }
  const withdrawAll = faults.some(({ treatment }) => treatment === 'treat-as-withdraw');
  const announced = withdrawAll ? [] : reached;
  const withdrawn = withdrawAll ? [...gone, ...reached] : gone;
  const endOfRib = endOfRibOf(message, mpUnreach);
  return endOfRib ? { announced, withdrawn, endOfRib, faults } : { announced, withdrawn, faults };
}

/** Adds the routes to `list` where their family was negotiated, else a fault. */
function take(
  list: FamilyRoutes[],
  { afi, safi }: Family,
  routes: readonly Nlri[] | undefined,
  families: readonly Family[],
  faults: SpeakerFault[],
): void {
  if (families.some((one) => one.afi === afi && one.safi === safi))
    list.push({ afi, safi, routes: routes ?? [] });
  else note(faults, 'family-not-negotiated', 'attribute-discard', `routes of family ${afi}/${safi}`);
}

function note(
  faults: SpeakerFault[],
  code: SpeakerFaultCode,
  treatment: SpeakerFault['treatment'],
  message: string,
): void {
  faults.push({ code, treatment, message, field: 'update', offset: 0 });
}

function endOfRibOf(
  { withdrawnField, nlriField, attributes, attributesRest }: Update['message'],
  mpUnreach: Update['values']['mpUnreach'],
): Family | undefined {
  if (withdrawnField.length > 0 || nlriField.length > 0) return undefined;
  if (attributes.length === 0 && attributesRest === undefined) return IPV4_UNICAST;
  if (attributes.length !== 1 || mpUnreach?.field.length !== 0) return undefined;
  return { afi: mpUnreach.afi, safi: mpUnreach.safi };
}
