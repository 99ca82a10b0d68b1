import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { SessionOptions } from '../../bgp/index.js';
import './octets.css';
import type { OctetsState, PathState } from '../../links/index.js';
import { later } from '../shared/loaded.js';
import type { ScreenProps } from '../shared/screen-props.js';
import { useDrop } from '../shared/use-drop.js';
import { FactsPanel } from './facts-panel.js';
import { hashedParts, isHashed, readHashed } from './hashed.js';
import { HexView, type Selection } from './hex-view.js';
import { describeFrame, KIND_NAMES, kindOf } from './kinds.js';
import { MessageList } from './message-list.js';
import type { OctetsFile } from './octets-file.js';
import { OctetsInput } from './octets-input.js';
import { MAX_OCTETS, readOctets, writeOctets } from './read-octets.js';
import { type FoundRoute, routeOf } from './route-of.js';
import { factsOf, nodeAt, nodeByPath, treeRows } from './tree-rows.js';
import { TreeView } from './tree-view.js';
import { useOctetsFile } from './use-octets-file.js';

/** The arithmetic of curves is as large as the rest of the screen, which does not wait for it. */
const BgpsecPanel = later(() => import('./bgpsec-panel.js').then(({ BgpsecPanel }) => BgpsecPanel));

const NOTHING = new Uint8Array(0);
const FAMILIES = [1, 2].map((afi) => ({ afi, safi: 1 }));

/** The screen Octets: octets, their parts, and what is known of each. */
export function OctetsScreen({ onSay, onState, state }: ScreenProps<OctetsState>): JSX.Element {
  const reading = useMemo(() => readOctets(state.text), [state.text]);
  const octets = 'octets' in reading ? reading.octets : NOTHING;
  const found = useMemo(() => kindOf(octets), [octets]);
  const kind = state.kind ?? found;
  const { addPath, as2 } = state;
  const { faults, tree } = useMemo(() => {
    const session: SessionOptions = { ...(as2 && { asnSize: 2 }), ...(addPath && { addPath: FAMILIES }) };
    return describeFrame(octets, kind, session);
  }, [octets, kind, as2, addPath]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => treeRows(tree, closed), [tree, closed]);
  const selected = nodeByPath(tree, state.part ?? '')?.at(-1) ?? tree;
  const [selection, setSelection] = useState<Selection>({ from: 0, to: 0 });
  useEffect(() => onSay(factsOf(selected)), [selected, onSay]);
  const set = (change: Partial<Record<keyof OctetsState, string | number | undefined>>): void =>
    onState(withChange(state, change));
  const choose = (path: string, offset: number): void => {
    setClosed(without(closed, nodeByPath(tree, path)?.slice(0, -1) ?? []));
    setSelection({ from: offset, to: offset });
    set({ part: path });
  };
  const chooseAt = (offset: number): void => choose(nodeAt(tree, offset).path, offset);
  const files = useOctetsFile();
  const show = (file: OctetsFile, i: number): void => {
    const frame = file.frames[i];
    if (!frame) return;
    setSelection({ from: 0, to: 0 });
    const text = writeOctets(
      file.octets.subarray(frame.start, Math.min(frame.end, frame.start + MAX_OCTETS)),
    );
    onState(withChange(state, { text, kind: frame.kind ?? file.kind, part: undefined }));
  };
  const openFile = (file: File): void => files.open(file, (opened) => show(opened, 0));
  const drop = useDrop(([file]) => file && openFile(file));
  const route = useMemo(
    () => (kind === 'bgp' ? routeOf(octets, as2, addPath) : undefined),
    [octets, kind, as2, addPath],
  );
  const change = (offset: number, value: number, next: number): void => {
    const changed = octets.slice();
    changed[offset] = value;
    setSelection({ from: next, to: next });
    set({ text: writeOctets(changed), part: nodeAt(tree, next).path });
  };
  const hashed = useMemo(() => {
    const chosen = readHashed(state.hashed);
    return chosen && hashedParts(tree, chosen);
  }, [tree, state.hashed]);
  const current = clamp(selection.to, octets);
  const faulty = new Set(
    faults
      .flatMap(({ offset }) =>
        offset === undefined ? [] : (nodeByPath(tree, nodeAt(tree, offset).path) ?? []),
      )
      .map(({ path }) => path),
  );
  return (
    <div class={drop.over ? 'screen over' : 'screen'} {...drop.handlers}>
      <OctetsInput
        {...{ found, onState, set, state }}
        onFile={openFile}
        helper={`${octets.length} octets: ${KIND_NAMES[kind]}`}
        problem={'problem' in reading ? reading.problem : files.problem}
      />
      {files.reading !== undefined && (
        <p role="status">
          Reading {files.reading}…{' '}
          <button type="button" onClick={files.close}>
            Stop reading
          </button>
        </p>
      )}
      {files.file && <MessageList file={files.file} onShow={show} onClose={files.close} />}
      <div class="octets-columns">
        <section aria-labelledby="octets-title">
          <h2 id="octets-title">Octets</h2>
          <HexView
            octets={octets}
            selection={{ from: clamp(selection.from, octets), to: current }}
            marked={{ from: selected.offset, to: selected.offset + selected.length - 1 }}
            isUnderlined={(at) => hashed !== undefined && isHashed(hashed, at)}
            onSelect={(next) => {
              setSelection(next);
              if (next.from === next.to) set({ part: nodeAt(tree, next.to).path });
            }}
            onChange={change}
            onEnter={() => focusOn('.tree')}
          />
          <p class="help">
            Arrow keys go, with Shift they select, digits change the octet, Enter goes to its part.
          </p>
        </section>
        <section aria-labelledby="answer">
          <h2 id="answer" tabIndex={-1}>
            Parts
          </h2>
          <TreeView
            {...{ faulty, rows, selected }}
            onChoose={(node) => choose(node.path, node.offset)}
            onEnter={() => focusOn('.hex')}
            onToggle={(path) => setClosed(toggled(closed, path))}
          />
        </section>
      </div>
      <FactsPanel
        {...{ faults, selected, selection }}
        onFault={chooseAt}
        onFlip={octets.length === 0 ? undefined : () => change(current, (octets[current] ?? 0) ^ 1, current)}
        onJudge={route && (() => onState(pathStateOf(route)))}
      />
      {route?.signed && <BgpsecPanel {...{ hashed, octets, set, state }} onPart={chooseAt} />}
    </div>
  );
}

const pathStateOf = ({ path, prefix }: FoundRoute): PathState => ({
  s: 'path',
  path,
  ...(prefix && { prefix }),
});

const clamp = (offset: number, { length }: Uint8Array): number => Math.max(0, Math.min(offset, length - 1));

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

function toggled(closed: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(closed);
  if (!next.delete(path)) next.add(path);
  return next;
}

function without(
  closed: ReadonlySet<string>,
  nodes: readonly { readonly path: string }[],
): ReadonlySet<string> {
  const next = new Set(closed);
  for (const { path } of nodes) next.delete(path);
  return next.size === closed.size ? closed : next;
}

/** The state with some members changed; what is undefined is gone, so that states compare as they are linked. */
function withChange(
  state: OctetsState,
  change: Partial<Record<keyof OctetsState, string | number | undefined>>,
): OctetsState {
  const all = Object.entries({ ...state, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as OctetsState;
}
