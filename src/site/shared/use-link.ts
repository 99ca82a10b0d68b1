import { useEffect, useState } from 'preact/hooks';
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

/** The state of the page: from its link at the start and when somebody changes it, and into it a moment after a change. */
export function useLink(start: LinkState): {
  readonly state: LinkState;
  readonly setState: (state: LinkState) => void;
  readonly problem: string | undefined;
} {
  const [shown, setShown] = useState<{ readonly state: LinkState; readonly own: boolean }>({
    state: start,
    own: false,
  });
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const open = (): void => {
      readLink(location.hash.slice(1)).then(
        (state) => {
          setProblem(undefined);
          if (state) setShown({ state, own: false });
        },
        (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
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
    setProblem(undefined);
    setShown({ state, own: true });
  };
  return { state: shown.state, setState, problem };
}
