import { useEffect, useRef, useState } from 'preact/hooks';
import { type LinkState, packLink, readLink, writeLink } from '../../links/index.js';

/** Milliseconds after the last change until the address says it too. */
const DELAY = 300;

/**
 * A link to what is shown: the form that people can read where that is possible.
 *
 * @throws {DecodeError} `link-too-long`.
 */
export async function linkTo(state: LinkState): Promise<string> {
  return readableLink(state) ?? packLink(state);
}

/** The form that people can read; undefined where it would be long, or cannot hold the state. */
function readableLink(state: LinkState): string | undefined {
  try {
    const link = writeLink(state);
    return link.length <= 2000 ? link : undefined;
  } catch {
    return undefined;
  }
}

/** What a page of links is given. */
export interface LinkHandle {
  readonly state: LinkState;
  readonly setState: (state: LinkState) => void;
  readonly problem: string | undefined;
  /** A link is being read: what is shown is the state before it, or, for the first one, nothing yet. */
  readonly opening: false | 'first' | 'next';
}

/** The state of the page: from its link at the start and when somebody changes it, and into it a moment after a change. */
export function useLink(start: LinkState): LinkHandle {
  const [shown, setShown] = useState<{ readonly state: LinkState; readonly own: boolean }>({
    state: start,
    own: false,
  });
  const [problem, setProblem] = useState<string>();
  const [opening, setOpening] = useState<LinkHandle['opening']>(() => isLink() && 'first');
  /** Counts links and changes: of a link that others came after nothing is shown. */
  const turn = useRef(0);
  useEffect(() => {
    const open = (): void => {
      const mine = ++turn.current;
      const done = (show: () => void): void => {
        if (mine !== turn.current) return;
        setOpening(false);
        show();
      };
      setOpening((before) => isLink() && (before || 'next'));
      readLink(location.hash.slice(1)).then(
        (state) =>
          done(() => {
            setProblem(undefined);
            if (state) setShown({ state, own: false });
          }),
        (error: unknown) => done(() => setProblem(error instanceof Error ? error.message : String(error))),
      );
    };
    open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, []);
  useEffect(() => {
    if (!shown.own) return;
    const timer = setTimeout(() => {
      linkTo(shown.state).then(
        (link) => history.replaceState(null, '', `#${link}`),
        () => history.replaceState(null, '', '#'),
      );
    }, DELAY);
    return () => clearTimeout(timer);
  }, [shown]);
  const setState = (state: LinkState): void => {
    turn.current++;
    setOpening(false);
    setProblem(undefined);
    setShown({ state, own: true });
  };
  return { state: shown.state, setState, problem, opening };
}

const isLink = (): boolean => location.hash.length > 1;
