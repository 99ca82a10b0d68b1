import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LinkState } from '../links/index.js';
import { FIRST, SCREENS } from './screens.js';
import { CopyLink } from './shared/copy-link.js';
import { useLink } from './shared/use-link.js';

declare const __VERSION__: string;
/** Whether the page is one file. */
declare const __SINGLE__: boolean;

/** Milliseconds after the last sentence until a screen reader is told. */
const QUIET = 500;

/** The page: its bar, the screen that is open, and what becomes of what is entered. */
export function App(): JSX.Element {
  const { opening, problem, setState, state } = useLink(FIRST.start);
  const screen = SCREENS.find(({ name }) => name === state.s) ?? FIRST;
  const [said, onSay] = useSaid();
  /** What each screen showed last: who looks at another one and comes back finds what was entered. */
  const left = useRef(new Map<string, LinkState>());
  left.current.set(state.s, state);
  const go = ({ name, start }: (typeof SCREENS)[number]): void => {
    if (name !== state.s) setState(left.current.get(name) ?? start);
  };
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      const wanted = event.altKey ? SCREENS[Number(event.key) - 1] : undefined;
      if (wanted === undefined) return;
      event.preventDefault();
      go(wanted);
    };
    addEventListener('keydown', open);
    return () => removeEventListener('keydown', open);
  });
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        To the answer
      </button>
      <header>
        <h1>pathsec playground</h1>
        <p class="quiet">Nothing you enter leaves this page.</p>
        <nav aria-label="Screens">
          {SCREENS.map((one, i) => (
            <button
              key={one.name}
              type="button"
              aria-current={one.name === state.s ? 'page' : undefined}
              title={`Alt+${i + 1}`}
              onClick={() => go(one)}
            >
              {one.title}
            </button>
          ))}
        </nav>
        <CopyLink state={state} />
      </header>
      {problem !== undefined && (
        <p class="problem" role="alert">
          The link could not be opened: {problem}
        </p>
      )}
      <main id="main" tabIndex={-1} aria-busy={opening !== false}>
        {opening !== 'first' && (
          <screen.View key={screen.name} state={state} onState={setState} onSay={onSay} />
        )}
      </main>
      <div class="unseen" role="status">
        {said}
      </div>
      <Footer />
    </>
  );
}

/** No link: one to `#answer` would be taken for the link of a state. */
function skip(): void {
  document.getElementById('answer')?.focus();
}

/** The last sentence, after a pause: nobody wants to hear one at each key stroke. */
function useSaid(): [string, (sentence: string) => void] {
  const [said, setSaid] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onSay = useRef((sentence: string): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSaid(sentence), QUIET);
  });
  return [said, onSay.current];
}

function Footer(): JSX.Element {
  return (
    <footer>
      <p>
        pathsec {__VERSION__}. ASPA is draft-ietf-sidrops-aspa-verification-28, which is no RFC. The verdicts
        are those of the command <code>pathsec</code>.
      </p>
      <details>
        <summary>What becomes of what you enter</summary>
        <p>
          Nothing you enter leaves this page. It asks for nothing but its own files, sets no cookie, stores
          nothing, and has no statistics. A link you copy holds what you see in the part after #, which
          browsers do not send to a server; whoever gets the link can read it.
        </p>
        {!__SINGLE__ && (
          <p>
            <a href="./single.html" download="pathsec-playground.html">
              Save this page as one file
            </a>{' '}
            to use it without a network.
          </p>
        )}
      </details>
    </footer>
  );
}
