import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { OctetsFile } from './octets-file.js';
import { MAX_OCTETS } from './read-octets.js';

/** The messages of a file, of which one is shown. */
export function MessageList({
  file,
  onClose,
  onShow,
}: {
  readonly file: OctetsFile;
  readonly onShow: (file: OctetsFile, index: number) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const [chosen, setChosen] = useState<{
    readonly file: OctetsFile;
    readonly at: number;
    /** As it was typed, so that a field that is empty for a moment stays so. */
    readonly typed?: string;
  }>({ file, at: 0 });
  // Another file begins at its first message, in the same turn: an effect might come after what is typed next.
  const { at, typed } = chosen.file === file ? chosen : { at: 0 };
  const { cut, frames, name, note } = file;
  const frame = frames[at];
  const length = frame ? frame.end - frame.start : 0;
  const go = (next: number): void => {
    setChosen({ file, at: next });
    onShow(file, next);
  };
  const type = (text: string): void => {
    const next = Number(text) - 1;
    const isThere = Number.isInteger(next) && frames[next] !== undefined;
    setChosen({ file, at: isThere ? next : at, typed: text });
    if (isThere) onShow(file, next);
  };
  return (
    <section class="messages" aria-label="Messages of the file">
      <p>
        <strong>{name}</strong>: message {(at + 1).toLocaleString('en-US')} of{' '}
        {frames.length.toLocaleString('en-US')}
        {cut && ' at the beginning of the file'}
        {frame?.label !== undefined && ` (${frame.label})`}
        {length > MAX_OCTETS &&
          `; the first ${MAX_OCTETS.toLocaleString('en-US')} of its ${length.toLocaleString('en-US')} octets`}
      </p>
      {note !== undefined && <p class="quiet">{note}</p>}
      <div class="tabs">
        <button type="button" disabled={at === 0} onClick={() => go(at - 1)}>
          Before
        </button>
        <button type="button" disabled={at + 1 >= frames.length} onClick={() => go(at + 1)}>
          Next
        </button>
        <label for="message-number">Number</label>
        <input
          id="message-number"
          type="number"
          min={1}
          max={frames.length}
          value={typed ?? at + 1}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => setChosen({ file, at })}
        />
        <button type="button" onClick={onClose}>
          Close the file
        </button>
      </div>
    </section>
  );
}
