import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { later } from '../shared/loaded.js';
import { saveFile } from '../shared/save-file.js';
import { type Entries, type EntryProblem, linesOf } from './entries.js';
import { withChange } from './inputs.js';
import { ListTab } from './list-tab.js';
import type { PayloadPanelProps } from './payload-panel-props.js';

const JsonTab = later(() => import('./json-tab.js').then((loaded) => loaded.JsonTab));
const FileTab = later(() => import('./file-tab.js').then((loaded) => loaded.FileTab));

type Tab = 'list' | 'json' | 'file';
const TABS: readonly (readonly [Tab, string])[] = [
  ['list', 'As list'],
  ['json', 'As JSON'],
  ['file', 'File'],
];

/** The payloads that the path is judged by: a list, the same as JSON, or a file with changes upon it. */
export function PayloadPanel(props: PayloadPanelProps): JSX.Element {
  const { entries, file, onState, problems, said, state } = props;
  const [chosen, setTab] = useState<Tab>('list');
  const open = file.status.kind !== 'none' || state.file !== undefined;
  const tab = open ? 'file' : chosen;
  const closeFile = (): void => {
    file.close();
    onState(withChange(state, { file: undefined, changes: undefined }));
  };
  return (
    <section aria-labelledby="payloads" class="payloads">
      <h2 id="payloads">Payloads</h2>
      <p class="quiet">{open ? 'From a file' : summaryOf(entries, problems)}</p>
      <fieldset class="tabs" aria-label="How payloads are given">
        {TABS.map(([name, title]) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === tab}
            onClick={() => {
              if (open && name !== 'file') closeFile();
              setTab(name);
            }}
          >
            {title}
          </button>
        ))}
      </fieldset>
      {said.length > 0 && (
        <div role="status" class="objects">
          <ul class="lines">
            {said.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
          <p class="quiet">Signatures, certificates and validity were not checked.</p>
        </div>
      )}
      {tab === 'list' && <ListTab {...props} />}
      {tab === 'json' && (
        <JsonTab entries={entries} onEntries={(read) => onState(withChange(state, linesOf(read)))} />
      )}
      {tab === 'file' && <FileTab {...props} onClose={closeFile} />}
      {problems.length > 0 && (
        <ul class="problems" role="alert">
          {problems.slice(0, 10).map(({ line, problem }) => (
            <li key={line}>
              <code>{line.slice(0, 60)}</code>: {problem}
            </li>
          ))}
        </ul>
      )}
      {tab !== 'file' && (
        <button
          type="button"
          onClick={() =>
            import('./payload-json.js').then(({ jsonOf }) => saveFile('payloads.json', jsonOf(entries)))
          }
        >
          Save as payloads.json
        </button>
      )}
    </section>
  );
}

function summaryOf({ aspas, vrps }: Entries, problems: readonly EntryProblem[]): string {
  const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
  const wrong = problems.length === 0 ? 'no problems' : count(problems.length, 'problem');
  return `${count(aspas.length, 'ASPA')}, ${count(vrps.length, 'VRP')}, ${wrong}`;
}
