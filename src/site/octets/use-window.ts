import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The rows of a long list that are to be seen. */
export interface RowWindow {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

/** Rows that are made beyond those that are to be seen. */
const BESIDE = 8;

/**
 * Makes only the rows of a list that are to be seen, all `height` high, and brings the row `current` into view when it changes: a
 * million rows cost as much as a screenful.
 */
export function useWindow(count: number, height: number, current: number): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, rows: 30 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void =>
      setView({
        top: Math.floor(element.scrollTop / height),
        rows: Math.ceil(element.clientHeight / height),
      });
    look();
    element.addEventListener('scroll', look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      watch.disconnect();
    };
  }, [height]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || current < 0) return;
    const top = current * height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + height - element.clientHeight;
    }
  }, [current, height]);
  const first = Math.max(0, Math.min(view.top - BESIDE, count - 1));
  return { box, first, end: Math.min(count, view.top + view.rows + BESIDE) };
}
