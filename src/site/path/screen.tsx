import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Addition, chooseProcedure, mostRecentlyAddedAs } from '../../aspa/index.js';
import { parsePrefix } from '../../inet/index.js';
import type { PathState } from '../../links/index.js';
import { afterFirstView, later } from '../shared/loaded.js';
import type { ScreenProps } from '../shared/screen-props.js';
import { useDrop } from '../shared/use-drop.js';
import { type Entries, readEntries, tried, withProviders } from './entries.js';
import { Inputs, withChange } from './inputs.js';
import { asesOf, countText, judge, type Question } from './judge.js';
import type { FileFacts, FoundEntries } from './payload-messages.js';
import { PayloadPanel } from './payload-panel.js';
import { readPath } from './read-path.js';
import { AspaPanel, outcomeText } from './result.js';
import { RovPanel } from './rov-panel.js';
import { useFound, usePayloadFile } from './use-payload-file.js';

/** What would make a path valid is looked for once the page has shown what it is. */
const RepairsPanel = later(() => import('./repairs-panel.js').then((loaded) => loaded.RepairsPanel));

const CommandPanel = later(() => import('./command-panel.js').then((loaded) => loaded.CommandPanel));
/** So are objects. */
const opener = afterFirstView().then(() => import('./rpki-objects.js'));
opener.catch(() => undefined); // told where files are opened

const NOTHING: FoundEntries = { aspas: [], vrps: [], problems: [] };
const NONE: readonly string[] = [];

/** The screen Path: one path, judged at each key stroke. */
export function PathScreen({ onSay, onState, state }: ScreenProps<PathState>): JSX.Element {
  const reading = useMemo(() => readPath(state.path), [state.path]);
  const prefix = useMemo(
    () => (state.prefix === undefined ? undefined : tried(() => parsePrefix(state.prefix?.trim() ?? ''))),
    [state.prefix],
  );
  const asPath = 'asPath' in reading ? reading.asPath : undefined;
  const prefixValue = prefix && 'value' in prefix ? prefix.value : undefined;
  const asns = useMemo(() => (asPath ? asesOf(asPath) : []), [asPath]);
  const file = usePayloadFile((facts) =>
    onState(withChange(state, { file: linkedFile(facts), aspas: undefined, vrps: undefined })),
  );
  const [said, setSaid] = useState<readonly string[]>(NONE);
  const latest = useRef(state);
  latest.current = state;
  const onFiles = (files: readonly File[]): void => {
    setSaid(NONE);
    opener
      .then(({ openFiles }) => openFiles(files, () => latest.current))
      .then(
        ({ change, other, said: all }) => {
          setSaid(all);
          if (change) onState(withChange(latest.current, change));
          else if (other) file.open(other);
        },
        (error: unknown) => setSaid([error instanceof Error ? error.message : String(error)]),
      );
  };
  const drop = useDrop(onFiles);
  const changes = state.changes ?? NONE;
  const asked = [asns.join(' '), state.prefix ?? '', ...changes].join('\n');
  const { found, outstanding } = useFound(file, asns, prefixValue, changes, asked);
  const listed = useMemo(() => readEntries(state.aspas ?? [], state.vrps ?? []), [state.aspas, state.vrps]);
  const fromFile = file.status.kind !== 'none' || state.file !== undefined;
  const entries = fromFile ? (found ?? NOTHING) : listed;
  const waiting = fromFile && found === undefined;
  const { neighborAs, revision, role } = state;
  const typed = useMemo(
    (): Question | undefined =>
      asPath && asPath.length > 0 ? { asPath, role, neighborAs, prefix: prefixValue, revision } : undefined,
    [asPath, role, neighborAs, prefixValue, revision],
  );
  // A path is never judged by the payloads of the one before.
  const question = useLast(typed, outstanding);
  const judgement = useMemo(
    () => (question === undefined || waiting ? undefined : judge(question, entries)),
    [question, waiting, entries],
  );
  const evidence = judgement?.verdicts[0]?.evidence;
  useEffect(() => {
    if (evidence) onSay(`${evidence.outcome}: ${outcomeText(evidence)}`);
  }, [evidence, onSay]);
  const onTry = (additions: readonly Addition[]): void => onState(withAdditions(state, entries, additions));
  const pathText = 'pasted' in reading && reading.pasted ? reading.pasted.path : state.path;
  return (
    <div class={drop.over ? 'screen over' : 'screen'} {...drop.handlers}>
      <Inputs
        state={state}
        onState={onState}
        helper={{ path: helperText(reading), role: roleText(state) }}
        problems={{
          path: 'problem' in reading ? reading.problem : undefined,
          prefix: prefix && 'problem' in prefix ? prefix.problem : undefined,
        }}
      />
      <div class="columns">
        <div class="main" aria-busy={outstanding}>
          {judgement ? (
            <AspaPanel judgement={judgement} />
          ) : (
            <section aria-labelledby="answer">
              <h2 id="answer" tabIndex={-1}>
                ASPA
              </h2>
              <p class="quiet">
                {waiting ? 'The file of payloads is not here yet.' : 'Type a path, or choose an example.'}
              </p>
            </section>
          )}
        </div>
        <div class="side">
          {judgement && (
            <div aria-busy={outstanding}>
              <RepairsPanel asked={judgement.asked} onTry={onTry} />
              {judgement.origin && <RovPanel origin={judgement.origin} />}
            </div>
          )}
          <PayloadPanel
            {...{ state, onState, entries, file, onFiles, outstanding, said }}
            problems={entries.problems}
            onPath={asns}
          />
          {judgement && (
            <CommandPanel
              {...{ evidence, state }}
              path={pathText}
              neighborAs={state.neighborAs ?? (asPath && mostRecentlyAddedAs(asPath))}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** A value, or while an answer is outstanding the one before. */
function useLast<T>(value: T, outstanding: boolean): T {
  const last = useRef(value);
  if (!outstanding) last.current = value;
  return last.current;
}

function helperText(reading: ReturnType<typeof readPath>): string {
  if ('problem' in reading) return '';
  const pasted = reading.pasted && `Read from your paste: ${reading.pasted.path}. `;
  return `${pasted ?? ''}${countText(reading.asPath)}`;
}

/** Which procedure the role asks for, and where it stands. */
function roleText({ role }: PathState): string {
  if (role === undefined) return 'so: both procedures, sections 5.5 and 5.6';
  const { procedure } = chooseProcedure(role, undefined);
  return `so: ${procedure}, section ${procedure === 'upstream' ? '5.5' : '5.6'}`;
}

function linkedFile({ aspas, name, sha256, vrps }: FileFacts): PathState['file'] {
  return sha256 === '' ? undefined : { name: name.slice(0, 255), sha256, vrps, aspas };
}

/** The state with providers added: to the lists, or as changes of the file. */
function withAdditions(state: PathState, entries: Entries, additions: readonly Addition[]): PathState {
  const customers = [...new Set(additions.map(({ customer }) => customer))];
  const lines = customers.map((customer) => {
    const added = additions.filter((one) => one.customer === customer).map(({ provider }) => provider);
    return withProviders(entries.aspas, customer, added);
  });
  const customerOf = (line: string): number => Number(/^AS([0-9]+) =>/.exec(line)?.[1]);
  const kept = (list: readonly string[] = []): string[] =>
    list.filter((line) => !customers.includes(customerOf(line)));
  return state.file === undefined
    ? withChange(state, { aspas: [...kept(state.aspas), ...lines] })
    : withChange(state, { changes: [...kept(state.changes), ...lines] });
}
