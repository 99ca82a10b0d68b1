import type { JSX } from 'preact';
import type { OctetsState } from '../../links/index.js';
import { EXAMPLES } from './examples.js';
import { KIND_NAMES, type OctetsKind } from './kinds.js';

/** Where octets are put in, and how they are to be read. */
export function OctetsInput({
  found,
  helper,
  onFile,
  onState,
  problem,
  set,
  state,
}: {
  readonly state: OctetsState;
  readonly onState: (state: OctetsState) => void;
  readonly set: (change: Partial<Record<keyof OctetsState, string | number | undefined>>) => void;
  readonly onFile: (file: File) => void;
  /** What the octets are read as where nothing is chosen. */
  readonly found: OctetsKind;
  readonly helper: string;
  readonly problem: string | undefined;
}): JSX.Element {
  const value = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
  return (
    <section class="octets-input" aria-label="The octets">
      <div class="field">
        <label for="hex">
          Hexadecimal (xxd, Wireshark, plain), or drop a file, packed or not: pcap, BMP, MRT, RTR, JSON of
          routes, .asa, .roa, .cer, .crl, .mft
        </label>
        <textarea
          id="hex"
          rows={4}
          spellcheck={false}
          autocomplete="off"
          value={state.text}
          aria-describedby="hex-help"
          aria-invalid={problem !== undefined}
          onInput={(event) => set({ text: value(event), part: undefined })}
        />
        <p id="hex-help" class={problem === undefined ? 'help' : 'help problem'}>
          {problem ?? helper}
        </p>
      </div>
      <div class="inputs octets">
        <div class="field">
          <label for="kind">Read as</label>
          <select
            id="kind"
            value={state.kind ?? ''}
            onChange={(event) => set({ kind: value(event) || undefined, part: undefined })}
          >
            <option value="">{`as it begins: ${KIND_NAMES[found]}`}</option>
            {Object.entries(KIND_NAMES).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="as-size">AS numbers</label>
          <select
            id="as-size"
            value={state.as2 ?? ''}
            onChange={(event) => set({ as2: value(event) || undefined })}
          >
            <option value="">4 octets</option>
            <option value="yes">2 octets</option>
          </select>
        </div>
        <div class="field">
          <label for="add-path">ADD-PATH</label>
          <select
            id="add-path"
            value={state.addPath ?? ''}
            onChange={(event) => set({ addPath: value(event) || undefined })}
          >
            <option value="">no</option>
            <option value="yes">yes: Path Identifiers</option>
          </select>
        </div>
        <div class="field">
          <label for="octets-example">Examples</label>
          <select
            id="octets-example"
            value={EXAMPLES.find(({ state: one }) => one.text === state.text)?.title ?? ''}
            onChange={(event) => {
              const chosen = EXAMPLES.find(({ title }) => title === value(event));
              if (chosen) onState(chosen.state);
            }}
          >
            <option value="">Choose…</option>
            {EXAMPLES.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="octets-file">File</label>
          <input
            id="octets-file"
            type="file"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) onFile(file);
            }}
          />
        </div>
      </div>
    </section>
  );
}
