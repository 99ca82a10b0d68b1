import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { LINK_REVISIONS, LINK_ROLES, type PathState } from '../../links/index.js';
import { EXAMPLES } from './examples.js';
import { MAX_TEXT } from './read-path.js';

const ROLES: readonly (readonly [role: PathState['role'], words: string])[] = [
  ['customer', 'customer'],
  ['peer', 'lateral peer'],
  ['provider', 'provider'],
  ['rs', 'route server'],
  ['rs-client', 'route-server client'],
  ['complex', 'sibling or complex'],
];

/** Fields of what is asked. What a field says wrong is told below it. */
export function Inputs({
  state,
  onState,
  helper,
  problems,
}: {
  readonly state: PathState;
  readonly onState: (state: PathState) => void;
  readonly helper: { readonly path: string; readonly role: string };
  readonly problems: {
    readonly path?: string | undefined;
    readonly prefix?: string | undefined;
    readonly neighbor?: string | undefined;
  };
}): JSX.Element {
  const set = (change: Partial<PathState>): void => onState(withChange(state, change));
  const path = usePathKey();
  const text = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
  return (
    <section class="inputs" aria-label="The question">
      <div class="field path">
        <label for="path">AS path, neighbour first</label>
        <input
          id="path"
          ref={path}
          value={state.path}
          // The browser cuts what is pasted before it lays it out: one character more than is read, so that it is told.
          maxLength={MAX_TEXT + 1}
          onInput={(event) => set({ path: text(event).slice(0, MAX_TEXT + 1) })}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-describedby="path-help"
          aria-invalid={problems.path !== undefined}
        />
        <Help id="path-help" text={helper.path} problem={problems.path} />
      </div>
      <div class="field">
        <label for="role">The neighbour is my</label>
        <select
          id="role"
          value={state.role ?? ''}
          onChange={(event) => set({ role: roleOf(text(event)) })}
          aria-describedby="role-help"
        >
          {ROLES.map(([role, words]) => (
            <option key={role} value={role}>
              {words}
            </option>
          ))}
          <option value="">not known</option>
        </select>
        <Help id="role-help" text={helper.role} />
      </div>
      <div class="field">
        <label for="prefix">Prefix (for ROV)</label>
        <input
          id="prefix"
          value={state.prefix ?? ''}
          maxLength={60}
          onInput={(event) => set({ prefix: text(event) || undefined } as Partial<PathState>)}
          spellcheck={false}
          autocomplete="off"
          aria-describedby="prefix-help"
          aria-invalid={problems.prefix !== undefined}
        />
        <Help id="prefix-help" text="" problem={problems.prefix} />
      </div>
      <div class="field">
        <label for="example">Examples</label>
        <select
          id="example"
          value={
            EXAMPLES.find((example) => JSON.stringify(example.state) === JSON.stringify(state))?.title ?? ''
          }
          onChange={(event) => {
            const chosen = EXAMPLES.find(({ title }) => title === text(event));
            if (chosen) onState(chosen.state);
          }}
        >
          <option value="">Choose…</option>
          {EXAMPLES.map(({ title }) => (
            <option key={title}>{title}</option>
          ))}
        </select>
      </div>
      <More state={state} set={set} problem={problems.neighbor} />
    </section>
  );
}

function More({
  problem,
  set,
  state,
}: {
  readonly state: PathState;
  readonly set: (change: Partial<PathState>) => void;
  readonly problem: string | undefined;
}): JSX.Element {
  const text = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
  return (
    <details class="more" open={state.neighborAs !== undefined || state.revision !== undefined}>
      <summary>Neighbour AS, revision of the draft</summary>
      <div class="field">
        <label for="neighbor">Neighbour AS (if not the first)</label>
        <input
          id="neighbor"
          inputMode="numeric"
          value={state.neighborAs ?? ''}
          onInput={(event) => set({ neighborAs: asnOf(text(event)) } as Partial<PathState>)}
          aria-describedby="neighbor-help"
        />
        <Help id="neighbor-help" text="" problem={problem} />
      </div>
      <div class="field">
        <label for="revision">Revision</label>
        <select
          id="revision"
          value={state.revision ?? LINK_REVISIONS[0]}
          onChange={(event) => {
            const revision = LINK_REVISIONS.find((one) => one === text(event));
            set({ revision: revision === LINK_REVISIONS[0] ? undefined : revision } as Partial<PathState>);
          }}
        >
          {LINK_REVISIONS.map((revision) => (
            <option key={revision} value={revision}>
              draft-{revision}
            </option>
          ))}
        </select>
      </div>
    </details>
  );
}

function Help({
  id,
  problem,
  text,
}: {
  readonly id: string;
  readonly text: string;
  readonly problem?: string | undefined;
}): JSX.Element {
  return (
    <p class={problem === undefined ? 'help' : 'help problem'} id={id}>
      {problem ?? text}
    </p>
  );
}

/** The state with some members changed; what is undefined is gone, so that states compare as they are linked. */
export function withChange(
  state: PathState,
  change: { readonly [Name in keyof PathState]?: PathState[Name] | undefined },
): PathState {
  const all = Object.entries({ ...state, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as PathState;
}

function roleOf(text: string): NonNullable<PathState['role']> {
  return LINK_ROLES.find((role) => role === text) as NonNullable<PathState['role']>;
}

function asnOf(text: string): number | undefined {
  const asn = Number(text.trim().replace(/^AS/i, ''));
  return text.trim() !== '' && Number.isInteger(asn) && asn >= 0 && asn <= 0xffff_ffff ? asn : undefined;
}

/** `/` goes to the path, unless somebody types into a field. */
function usePathKey() {
  const path = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey) return;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      event.preventDefault();
      path.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return path;
}
