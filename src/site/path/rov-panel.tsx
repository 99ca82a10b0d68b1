import type { JSX } from 'preact';
import { formatPrefix } from '../../inet/index.js';
import type { Vrp } from '../../payload/index.js';
import { Pill } from '../shared/pill.js';
import type { Judgement } from './judge.js';

/** The answer of origin validation, with the VRPs that it rests on. */
export function RovPanel({ origin }: { readonly origin: NonNullable<Judgement['origin']> }): JSX.Element {
  const { asn, evidence, prefix } = origin;
  const { matched, unmatchedAs, unmatchedLength, validity } = evidence;
  const rows: readonly (readonly [Vrp, string])[] = [
    ...matched.map((vrp) => [vrp, 'matches'] as const),
    ...unmatchedAs.map((vrp) => [vrp, 'other origin'] as const),
    ...unmatchedLength.map((vrp) => [vrp, 'too specific'] as const),
  ];
  const count = rows.length === 1 ? '1 VRP' : `${rows.length} VRPs`;
  return (
    <section aria-labelledby="rov">
      <h2 id="rov">ROV</h2>
      <p class="verdict">
        <Pill verdict={validity === 'not-found' ? 'not found' : validity} /> {originText(evidence)}
      </p>
      <p class="quiet">
        {formatPrefix(prefix)} from {asn === undefined ? 'no single AS' : `AS${asn}`}
        {rows.length > 0 && `, covered by ${count}:`}
      </p>
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Prefix</th>
              <th scope="col">Origin</th>
              <th scope="col">For this route</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, 20).map(([vrp, said]) => (
              <tr key={`${formatPrefix(vrp.prefix)}-${vrp.maxLength} ${vrp.asn}`}>
                <td>
                  <code>
                    {formatPrefix(vrp.prefix)}-{vrp.maxLength}
                  </code>
                </td>
                <td>
                  <code>AS{vrp.asn}</code>
                </td>
                <td>{said}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > 20 && <p class="quiet">and {rows.length - 20} more</p>}
      <p class="quiet">ROV and ASPA answer different questions.</p>
    </section>
  );
}

/** Why the state is what it is (RFC 6811 §2). */
export function originText({
  reason,
  unmatchedLength,
  validity,
}: NonNullable<Judgement['origin']>['evidence']): string {
  if (validity === 'valid') return 'a VRP allows this origin and this length';
  if (validity === 'not-found') return 'no VRP covers it';
  if (reason === 'as') return 'another origin';
  const longest = Math.max(...unmatchedLength.map(({ maxLength }) => maxLength));
  return `more specific than maxLength ${longest}`;
}
