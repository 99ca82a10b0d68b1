import type { JSX } from 'preact';
import { HOP_PARTS, type HopMark, type LaidOutHop, type RampLayout } from '../../aspa/index.js';
import type { Asn } from '../../inet/index.js';

const WORDS = {
  'provider+': ['✓', 'provider', 'Provider+'],
  'not-provider+': ['✕', 'not a provider', 'Not Provider+'],
  'no-attestation': ['?', 'no ASPA', 'No Attestation'],
} as const;

/** Hops up to which all are shown, and how many around a change are shown of more. */
const WHOLE = 60;
const AROUND = 3;

/** The hops with both marks, the neighbour's first as in the path: all that the picture shows, as a table. */
export function HopTable({ layout }: { readonly layout: RampLayout }): JSX.Element | null {
  const { hops, outcome, procedure } = layout;
  if (hops.length === 0) return null;
  const rows = [...hops].reverse();
  const shown = rows.filter((_, i) => rows.length <= WHOLE || isNearChange(rows, i));
  return (
    <>
      <table class="hops">
        <thead>
          <tr>
            <th scope="col">Hop</th>
            <th scope="col">Upwards ▲</th>
            <th scope="col">{procedure === 'upstream' ? 'Downwards (not used)' : 'Downwards ▼'}</th>
            <th scope="col">Part in the verdict</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((hop) => (
            <tr key={hop.index} class={hop.part.startsWith('ends') ? `ends ${outcome}` : undefined}>
              <td>{hop.index}</td>
              <Mark customer={hop.lower} provider={hop.upper} mark={hop.up} decides={outcome === 'invalid'} />
              <Mark
                customer={hop.upper}
                provider={hop.lower}
                mark={hop.down}
                decides={outcome === 'invalid'}
              />
              <td>{HOP_PARTS[hop.part]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <p class="quiet">
          {rows.length - shown.length} of {rows.length} hops are left out: they do what the hops beside them
          do.
        </p>
      )}
    </>
  );
}

function Mark(props: {
  readonly customer: Asn;
  readonly provider: Asn;
  readonly mark: HopMark;
  readonly decides: boolean;
}): JSX.Element {
  const { customer, decides, mark, provider } = props;
  const [sign, words, name] = WORDS[mark.authorization];
  return (
    <td class={mark.part === 'unused' ? 'unused' : undefined}>
      <code>
        {customer}→{provider}
      </code>{' '}
      <span title={name} class={decides && mark.part === 'wall' ? 'wall' : undefined}>
        {sign} {words}
      </span>
    </td>
  );
}

function isNearChange(rows: readonly LaidOutHop[], at: number): boolean {
  if (at < AROUND || at >= rows.length - AROUND) return true;
  const part = rows[at]?.part;
  return rows.slice(at - AROUND, at + AROUND + 1).some((row) => row.part !== part);
}
