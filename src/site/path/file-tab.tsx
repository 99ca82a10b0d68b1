import type { JSX } from 'preact';
import { type LinkedFile, MAX_PAYLOAD_LINES } from '../../links/index.js';
import { AddLine } from './add-line.js';
import { aspaLine, linesOf, partsOfAspa, vrpLine } from './entries.js';
import { withChange } from './inputs.js';
import type { PayloadPanelProps } from './payload-panel-props.js';
import type { FileStatus } from './use-payload-file.js';

/** A file of payloads: what it holds, what of it stands on the path, and the changes made upon it. */
export function FileTab({
  entries,
  file,
  onClose,
  onFiles,
  onState,
  outstanding,
  state,
}: PayloadPanelProps & { readonly onClose: () => void }): JSX.Element {
  const { status } = file;
  const changes = state.changes ?? [];
  const setChanges = (list: readonly string[]): void =>
    onState(withChange(state, { changes: list.length === 0 ? undefined : list }));
  const { aspas, vrps } = linesOf(entries);
  /** What is on the path, and the change that removes it. */
  const rows = [
    ...aspas.map((line) => [line, `-AS${partsOfAspa(line).customer}`] as const),
    ...vrps.map((line) => [line, `-${line}`] as const),
  ];
  const isFull = changes.length >= MAX_PAYLOAD_LINES;
  const add = (line: string): void => setChanges([...changes, line]);
  return (
    <>
      <label class="drop">
        Open a file, or drop one anywhere on this page: JSON, CSV or other text of payloads, or CCR, packed or
        not; or ROAs and ASPA objects (.roa, .asa), whose payloads are added
        <input type="file" multiple onChange={(event) => onFiles([...(event.currentTarget.files ?? [])])} />
      </label>
      <Told status={status} linked={state.file} />
      {(status.kind !== 'none' || state.file !== undefined) && (
        <button type="button" onClick={onClose}>
          {status.kind === 'reading' ? 'Stop reading' : 'Close the file'}
        </button>
      )}
      {status.kind === 'ready' && (
        <>
          <h3>On this path</h3>
          {rows.length === 0 && (
            <p class="quiet">No ASPA of these ASes, and no VRP that covers the prefix.</p>
          )}
          <ul class="lines" aria-busy={outstanding}>
            {rows.slice(0, 100).map(([line, removal]) => (
              <li key={line}>
                <code>{line}</code>{' '}
                <button
                  type="button"
                  aria-label={`Remove ${line}`}
                  disabled={isFull}
                  onClick={() => add(removal)}
                >
                  ✕
                </button>
              </li>
            ))}
          </ul>
          <h3>Your changes ({changes.length})</h3>
          {isFull && (
            <p class="problem">There is room for no more: save them as SLURM, which has no such limit.</p>
          )}
          <ul class="lines">
            {changes.map((line, i) => (
              <li key={i}>
                <code>{line}</code>{' '}
                <button
                  type="button"
                  aria-label={`Undo ${line}`}
                  onClick={() => setChanges(changes.toSpliced(i, 1))}
                >
                  Undo
                </button>
              </li>
            ))}
          </ul>
          <AddLine
            fields={['Customer', 'All its providers']}
            label="Set an ASPA"
            disabled={isFull}
            onAdd={([customer = '', providers = '']) => add(aspaLine(customer, providers))}
          />
          <AddLine
            fields={['Prefix-maxLength', 'Origin AS']}
            label="Add a VRP"
            disabled={isFull}
            onAdd={([prefix = '', asn = '']) => add(vrpLine(prefix, asn))}
          />
          <AddLine
            fields={['-AS64496, or -192.0.2.0/24 => AS64496']}
            label="Add a line"
            disabled={isFull}
            onAdd={([line = '']) => add(line.trim())}
          />
          {changes.length > 0 && (
            <button type="button" onClick={() => file.ask({ kind: 'slurm', changes })}>
              Save as SLURM (changes.json)
            </button>
          )}
        </>
      )}
    </>
  );
}

/** What has become of the file. */
function Told({
  linked,
  status,
}: {
  readonly status: FileStatus;
  readonly linked: LinkedFile | undefined;
}): JSX.Element | null {
  if (status.kind === 'reading') {
    return (
      <p role="status">
        Reading {status.name}… {(status.read / (1 << 20)).toFixed(0)} Mi characters
      </p>
    );
  }
  if (status.kind === 'failed') {
    return (
      <p class="problem" role="alert">
        {status.name} could not be read: {status.message}
      </p>
    );
  }
  if (status.kind === 'none') {
    return linked === undefined ? null : (
      <p class="problem">
        This link was made with {linked.name}, SHA-256 {linked.sha256.slice(0, 16)}…; open it here to see the
        same.
      </p>
    );
  }
  const { aspas, dialect, firstProblem, name, problems, seconds, sha256, vrps } = status.facts;
  const count = (value: number, noun: string): string =>
    `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`;
  return (
    <>
      <p>
        {name}: {count(vrps, 'VRP')}, {count(aspas, 'ASPA')}, {dialect}, read in {seconds.toFixed(1)} s
        {problems > 0 && `, ${count(problems, 'problem')}, the first: ${firstProblem}`}
      </p>
      {linked !== undefined && sha256 !== '' && linked.sha256 !== sha256 && (
        <p class="problem">This is another file than the one of the link.</p>
      )}
    </>
  );
}
