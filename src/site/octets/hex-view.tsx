// biome-ignore-all lint/a11y/useSemanticElements: rows that are not to be seen are not made, which a table does not know
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { useWindow } from './use-window.js';

const ROW = 22;
const WIDTH = 16;

/** Octets that are chosen: from one to another, which is where the keys stand. */
export interface Selection {
  readonly from: number;
  readonly to: number;
}

/** Octets, sixteen a row, with their characters; the one that is chosen follows the arrow keys, and digits change it. */
export function HexView({
  octets,
  isUnderlined,
  marked,
  onChange,
  onEnter,
  onSelect,
  selection,
}: {
  readonly octets: Uint8Array;
  readonly selection: Selection;
  /** Octets that are shown as those of the part. */
  readonly marked: Selection;
  /** Octets that are shown as those of something else beside. */
  readonly isUnderlined: (at: number) => boolean;
  readonly onSelect: (selection: Selection) => void;
  /** Changes an octet, and chooses the one at `next`: one change, as it is one key. */
  readonly onChange: (offset: number, value: number, next: number) => void;
  /** Goes to the part of the octet. */
  readonly onEnter: () => void;
}): JSX.Element {
  const rows = Math.max(1, Math.ceil(octets.length / WIDTH));
  const { box, end, first } = useWindow(rows, ROW, Math.floor(selection.to / WIDTH));
  /** The first digit of an octet of which the second is awaited. */
  const half = useRef<{ readonly at: number; readonly digit: number } | undefined>(undefined);
  const go = (by: number, extend: boolean): void => {
    const to = Math.max(0, Math.min(octets.length - 1, selection.to + by));
    half.current = undefined;
    onSelect({ from: extend ? selection.from : to, to });
  };
  const type = (digit: number): void => {
    const at = selection.to;
    const before = octets[at];
    if (before === undefined) return;
    if (half.current?.at === at) {
      onChange(at, half.current.digit * 16 + digit, Math.min(octets.length - 1, at + 1));
      half.current = undefined;
    } else {
      half.current = { at, digit };
      onChange(at, digit * 16 + (before & 15), at);
    }
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -WIDTH,
    ArrowDown: WIDTH,
    PageUp: -WIDTH * 12,
    PageDown: WIDTH * 12,
    Home: -octets.length,
    End: octets.length,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = steps[event.key];
    if (step !== undefined) go(step, event.shiftKey);
    else if (/^[0-9a-fA-F]$/.test(event.key)) type(Number.parseInt(event.key, 16));
    else if (event.key === 'Enter') onEnter();
    else return;
    event.preventDefault();
  };
  const cells = (row: number): JSX.Element[] =>
    Array.from(octets.subarray(row * WIDTH, (row + 1) * WIDTH), (octet, i) => {
      const at = row * WIDTH + i;
      return (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and names the octet that is chosen
        <span
          key={at}
          id={`octet-${at}`}
          role="gridcell"
          class={`${cellClass(at, selection, marked)}${isUnderlined(at) ? ' underlined' : ''}`}
          aria-selected={isIn(at, selection)}
          onClick={(event) => onSelect({ from: event.shiftKey ? selection.from : at, to: at })}
        >
          {octet.toString(16).padStart(2, '0')}
        </span>
      );
    });
  return (
    <div
      ref={box}
      class="hex"
      role="grid"
      tabIndex={0}
      aria-label="Octets"
      aria-rowcount={rows}
      aria-activedescendant={octets.length > 0 ? `octet-${selection.to}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: `${rows * ROW}px` }} role="presentation">
        {Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i).map((row) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
          <div key={row} class="hex-row" role="row" aria-rowindex={row + 1} style={{ top: `${row * ROW}px` }}>
            {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
            <span class="quiet" role="rowheader">
              {(row * WIDTH).toString(16).padStart(4, '0')}
            </span>
            {cells(row)}
            <span class="ascii" aria-hidden="true">
              {asciiOf(octets.subarray(row * WIDTH, (row + 1) * WIDTH))}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

const isIn = (at: number, { from, to }: Selection): boolean =>
  at >= Math.min(from, to) && at <= Math.max(from, to);

function cellClass(at: number, selection: Selection, marked: Selection): string {
  const names = [
    ...(isIn(at, marked) ? ['marked'] : []),
    ...(isIn(at, selection) ? ['in'] : []),
    ...(at === selection.to ? ['current'] : []),
  ];
  return names.join(' ');
}

const asciiOf = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·')).join('');
