import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { MAX_PAYLOAD_LINES } from '../../links/index.js';
import { AddLine } from './add-line.js';
import { aspaLine, partsOfAspa, vrpLine } from './entries.js';
import { withChange } from './inputs.js';
import type { PayloadPanelProps } from './payload-panel-props.js';

/** Payloads line by line: those of the path first, the others folded. */
export function ListTab({ onPath, onState, state }: PayloadPanelProps): JSX.Element {
  const aspas = state.aspas ?? [];
  const vrps = state.vrps ?? [];
  const setAspas = (list: readonly string[]): void => onState(withChange(state, { aspas: list }));
  const setVrps = (list: readonly string[]): void => onState(withChange(state, { vrps: list }));
  const isFull = aspas.length + vrps.length >= MAX_PAYLOAD_LINES;
  const path = new Set(onPath.map(String));
  const rows = aspas.map((line, i) => ({ i, line, ...partsOfAspa(line) }));
  const [near, far] = [
    rows.filter((row) => path.has(row.customer)),
    rows.filter((row) => !path.has(row.customer)),
  ];
  const table = (list: typeof rows, name: string): JSX.Element => (
    <table aria-label={name}>
      <thead>
        <tr>
          <th scope="col">Customer</th>
          <th scope="col">Providers</th>
          <th scope="col">
            <span class="unseen">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ customer, i, line }) => (
          <tr key={i}>
            <td>
              <code>{customer}</code>
            </td>
            <td>
              <ProvidersField line={line} onLine={(changed) => setAspas(aspas.with(i, changed))} />
            </td>
            <td>
              <button
                type="button"
                aria-label={`Remove the ASPA of AS${customer}`}
                onClick={() => setAspas(aspas.toSpliced(i, 1))}
              >
                ✕
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <>
      {isFull && <p class="problem">There is room for no more: put them into a file, and open that.</p>}
      <h3>ASPAs on this path</h3>
      {near.length > 0 ? table(near, 'ASPAs on this path') : <p class="quiet">None of the ASes has one.</p>}
      {far.length > 0 && (
        <details>
          <summary>{far.length} others</summary>
          {table(far.slice(0, 200), 'Other ASPAs')}
        </details>
      )}
      <AddLine
        fields={['Customer', 'Providers']}
        label="Add an ASPA"
        disabled={isFull}
        onAdd={([customer = '', providers = '']) => setAspas([...aspas, aspaLine(customer, providers)])}
      />
      <h3>VRPs</h3>
      {vrps.length > 0 && (
        <ul class="lines">
          {vrps.slice(0, 200).map((line, i) => (
            <li key={i}>
              <code>{line}</code>{' '}
              <button
                type="button"
                aria-label={`Remove the VRP ${line}`}
                onClick={() => setVrps(vrps.toSpliced(i, 1))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <AddLine
        fields={['Prefix-maxLength', 'Origin AS']}
        label="Add a VRP"
        disabled={isFull}
        onAdd={([prefix = '', asn = '']) => setVrps([...vrps, vrpLine(prefix, asn)])}
      />
    </>
  );
}

/** The providers of a line as they are typed: a blank at the end stays until something else changes the line. */
function ProvidersField({
  line,
  onLine,
}: {
  readonly line: string;
  readonly onLine: (line: string) => void;
}): JSX.Element {
  const { customer, providers } = partsOfAspa(line);
  const [typed, setTyped] = useState(providers);
  const shown = aspaLine(customer, typed) === line ? typed : providers;
  return (
    <input
      aria-label={`Providers of AS${customer}`}
      value={shown}
      spellcheck={false}
      autocomplete="off"
      onInput={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onLine(aspaLine(customer, text));
      }}
    />
  );
}
