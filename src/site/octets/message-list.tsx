import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
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
  const [at, setAt] = useState(0);
  useEffect(() => setAt(0), [file]);
  const { cut, frames, name, note } = file;
  const frame = frames[at];
  const length = frame ? frame.end - frame.start : 0;
  const go = (index: number): void => {
    const next = Math.max(0, Math.min(frames.length - 1, Math.trunc(index) || 0));
    setAt(next);
    onShow(file, next);
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
          value={at + 1}
          onChange={(event) => go(Number(event.currentTarget.value) - 1)}
        />
        <button type="button" onClick={onClose}>
          Close the file
        </button>
      </div>
    </section>
  );
}
