import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { GraphDrawing, Point } from '../../draw/index.js';

const pointsOf = (points: readonly Point[]): string => points.map(({ x, y }) => `${x},${y}`).join(' ');

/** How far the arrow keys look: a node in the wrong direction is none. */
const STEPS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The drawing of the command's `--svg` as elements of the page, whose nodes are chosen by a click, or by arrow keys and Enter. One
 * node at a time can be reached by Tab.
 */
export function TopologyView({
  chosen,
  drawing,
  onChoose,
}: {
  readonly drawing: GraphDrawing;
  /** Index of the node that is chosen; -1 for none. */
  readonly chosen: number;
  readonly onChoose: (node: number) => void;
}): JSX.Element {
  const { arrows, boxes, height, keys, lines, parts, title, width } = drawing;
  const svg = useRef<SVGSVGElement>(null);
  const stop = chosen >= 0 ? chosen : 0;
  // Of a drawing that is wider than the page the part with what is chosen is shown; who chose it there sees nothing move.
  useLayoutEffect(() => {
    const view = svg.current?.parentElement;
    const box = boxes[stop];
    if (
      !view ||
      !box ||
      (box.x >= view.scrollLeft && box.x + box.width <= view.scrollLeft + view.clientWidth)
    ) {
      return;
    }
    view.scrollLeft = box.x + box.width / 2 - view.clientWidth / 2;
  }, [boxes, stop]);
  const go = (event: KeyboardEvent, node: number): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = STEPS[event.key];
    const isPress = event.key === 'Enter' || event.key === ' ';
    if (!isPress && step === undefined) return;
    event.preventDefault();
    if (step === undefined) onChoose(node);
    else svg.current?.querySelectorAll<SVGElement>('.node')[nearest(drawing, node, step)]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset
    <svg
      ref={svg}
      class="picture topology"
      role="group"
      aria-label={`${title}. Arrow keys go from AS to AS, Enter chooses.`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      {lines.map(({ broken, points }, i) => (
        <polyline
          key={i}
          class="link"
          points={pointsOf(points)}
          stroke-dasharray={broken ? '5 4' : undefined}
        />
      ))}
      {arrows.map(({ head, part, points }, i) => (
        <g key={i} class={parts[part]?.name}>
          <polyline class="flow" points={pointsOf(points)} />
          <polygon points={pointsOf(head)} fill="currentColor" />
        </g>
      ))}
      {boxes.map((box, i) => (
        // biome-ignore lint/a11y/useSemanticElements: a drawing has no button
        <g
          key={box.text}
          class={`node ${parts[box.part]?.name}${i === chosen ? ' chosen' : ''}${box.strong ? ' strong' : ''}`}
          role="button"
          tabindex={i === stop ? 0 : -1} // names of attributes of SVG keep their case
          aria-pressed={i === chosen}
          aria-label={nameOf(drawing, i)}
          onClick={() => onChoose(i)}
          onKeyDown={(event) => go(event, i)}
        >
          <rect
            class="ring"
            x={box.x - 5}
            y={box.y - 5}
            width={box.width + 10}
            height={box.height + 10}
            rx={9}
          />
          <rect class="box" x={box.x} y={box.y} width={box.width} height={box.height} rx={5} />
          <text x={box.label.x} y={box.label.y} text-anchor="middle">
            {box.label.text}
          </text>
          {box.notes.map(({ text, x, y }) => [
            ' ', // the words of a node are not one
            <text key={text} class="note" x={x} y={y} text-anchor="middle">
              {text}
            </text>,
          ])}
        </g>
      ))}
      {keys.map(({ height: side, label, part, x, y }) => (
        <g key={label.text}>
          <rect class={parts[part]?.name} x={x} y={y} width={side} height={side} fill="currentColor" />
          <text class="key" x={label.x} y={label.y}>
            {label.text}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** A node in words that begin with what stands in it: `64499 attacker: attacker`. */
function nameOf({ boxes, parts }: GraphDrawing, node: number): string {
  const box = boxes[node];
  if (box === undefined) return '';
  const written = [box.label, ...box.notes].map(({ text }) => text);
  return `${written.join(' ').replace(/^\D+/, '')}: traffic ends at ${parts[box.part]?.name}`;
}

/** The node that lies next in a direction, those to the side counting half as near; the node itself where there is none. */
function nearest({ boxes }: GraphDrawing, from: number, [dx, dy]: readonly [number, number]): number {
  const middle = ({ height, width, x, y }: GraphDrawing['boxes'][number]): Point => ({
    x: x + width / 2,
    y: y + height / 2,
  });
  const start = boxes[from];
  if (start === undefined) return from;
  const here = middle(start);
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, box] of boxes.entries()) {
    const there = middle(box);
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (along <= 1 || along + 2 * aside >= least) continue;
    least = along + 2 * aside;
    best = i;
  }
  return best;
}
