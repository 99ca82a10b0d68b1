import type { JSX } from 'preact';
import type { DescribedOctets } from '../../bytes/index.js';
import type { TreeRow } from './tree-rows.js';
import { useWindow } from './use-window.js';

const ROW = 24;

/** The parts as a tree; the row that is chosen follows the arrow keys. */
export function TreeView({
  faulty,
  onChoose,
  onEnter,
  onToggle,
  rows,
  selected,
}: {
  readonly rows: readonly TreeRow[];
  readonly selected: DescribedOctets;
  /** Paths of parts in which a fault lies. */
  readonly faulty: ReadonlySet<string>;
  readonly onChoose: (node: DescribedOctets) => void;
  /** Goes to the octets of the part. */
  readonly onEnter: () => void;
  readonly onToggle: (path: string) => void;
}): JSX.Element {
  const at = rows.findIndex(({ node }) => node.path === selected.path);
  const { box, end, first } = useWindow(rows.length, ROW, at);
  const row = rows[at];
  const move = (to: number): void => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (next) onChoose(next.node);
  };
  const parent = (): void => {
    const above = rows.slice(0, Math.max(0, at)).findLastIndex(({ depth }) => depth < (row?.depth ?? 0));
    if (above >= 0) move(above);
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(at + 1),
    ArrowUp: () => move(at - 1),
    Home: () => move(0),
    End: () => move(rows.length - 1),
    PageDown: () => move(at + 12),
    PageUp: () => move(at - 12),
    ArrowRight: () =>
      row && row.node.children.length > 0 && !row.open ? onToggle(row.node.path) : move(at + 1),
    ArrowLeft: () => (row?.open ? onToggle(row.node.path) : parent()),
    Enter: onEnter,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={box}
      class="tree"
      role="tree"
      tabIndex={0}
      aria-label="Parts"
      aria-activedescendant={at < 0 ? undefined : `part-${at}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: `${rows.length * ROW}px` }} role="presentation">
        {rows.slice(first, end).map(({ depth, node, open, position, siblings }, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names the row that is chosen
          <div
            key={node.path}
            id={`part-${first + i}`}
            role="treeitem"
            class={`part${node.path === selected.path ? ' chosen' : ''}${faulty.has(node.path) ? ' faulty' : ''}`}
            style={{ top: `${(first + i) * ROW}px`, paddingLeft: `${4 + 14 * depth}px` }}
            aria-level={depth + 1}
            aria-posinset={position}
            aria-setsize={siblings}
            aria-selected={node.path === selected.path}
            aria-expanded={node.children.length > 0 ? open : undefined}
            onClick={() => onChoose(node)}
            onDblClick={() => node.children.length > 0 && onToggle(node.path)}
          >
            <span class="twist" aria-hidden="true">
              {node.children.length === 0 ? '' : open ? '▾' : '▸'}
            </span>
            <span>{node.name}</span>
            {node.value !== undefined && <span class="quiet"> {shortened(node.value)}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

const shortened = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);
