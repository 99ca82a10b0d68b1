import type { JSX } from 'preact';
import { type Asn, formatPrefix } from '../../inet/index.js';
import type { PathState } from '../../links/index.js';
import {
  explainChoice,
  explainOffer,
  explainRoute,
  type PrefixRoutes,
  type Scenario,
} from '../../simulate/index.js';
import { type AttackName, sidesOf, withAttack, withSide } from './attack.js';
import { deployAt, deployedAt, MECHANISMS } from './deploy.js';
import { pathStateOf } from './path-state.js';
import type { Incident } from './read-incident.js';

interface AsPanelProps {
  readonly incident: Incident;
  readonly asn: Asn;
  readonly attack: AttackName | undefined;
  readonly onScenario: (scenario: Scenario) => void;
  readonly onPath: (state: PathState) => void;
}

/** One AS: what it was offered and what became of it, what it deploys, and whether it attacks or is attacked. */
export function AsPanel({ asn, attack, incident, onPath, onScenario }: AsPanelProps): JSX.Element {
  const { scenario, simulation } = incident;
  const sides = sidesOf(scenario, simulation.topology);
  const alone = simulation.topology.asns.length < 2;
  const names = deployedAt(scenario, asn);
  return (
    <section aria-labelledby="as-title" class="as-panel">
      <h2 id="as-title">AS{asn}</h2>
      <p class="quiet">What it was offered, and what became of it.</p>
      {simulation.prefixes.map((routes) => (
        <Offers key={formatPrefix(routes.prefix)} {...{ asn, incident, onPath, routes }} />
      ))}
      <h3>Deploys</h3>
      <fieldset class="mechanisms" aria-label={`What AS${asn} deploys`}>
        {MECHANISMS.map(([policy, title]) => (
          <label key={policy}>
            <input
              type="checkbox"
              checked={names.includes(policy)}
              onChange={(event) => {
                const others = names.filter((name) => name !== policy);
                onScenario(
                  deployAt(scenario, asn, event.currentTarget.checked ? [...others, policy] : others),
                );
              }}
            />{' '}
            {title}
          </label>
        ))}
      </fieldset>
      <div class="tabs">
        {(['attacker', 'victim'] as const).map((side) => (
          <button
            key={side}
            type="button"
            disabled={alone}
            aria-pressed={asn === sides[side]}
            onClick={() =>
              onScenario(
                withAttack(scenario, simulation.topology, attack ?? 'origin', withSide(sides, side, asn)),
              )
            }
          >
            Make it the {side}
          </button>
        ))}
      </div>
    </section>
  );
}

function Offers({
  asn,
  incident: { simulation },
  onPath,
  routes,
}: Pick<AsPanelProps, 'asn' | 'incident' | 'onPath'> & { readonly routes: PrefixRoutes }): JSX.Element {
  const explanation = explainRoute(simulation, routes, asn);
  const prefix = formatPrefix(routes.prefix);
  return (
    <>
      <h3>
        <code>{prefix}</code>: {explainChoice(explanation)}
      </h3>
      {explanation.offers.length === 0 ? (
        <p class="quiet">Nobody offers one.</p>
      ) : (
        <ul class="lines">
          {explanation.offers.map((offer) => (
            <li key={offer.neighbor} class={offer.fate === 'chosen' ? 'taken' : undefined}>
              from a {offer.relation}: <code>{offer.path.join(' ')}</code>
              {offer.signed && ' (signed)'} – {explainOffer(offer)}{' '}
              <button
                type="button"
                aria-label={`Judge this path: ${offer.path.join(' ')}, for ${prefix}`}
                onClick={() => onPath(pathStateOf(simulation, routes.prefix, offer))}
              >
                Judge this path
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
