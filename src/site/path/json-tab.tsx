import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { MAX_PAYLOAD_LINES } from '../../links/index.js';
import { readPayloads } from '../../rpki/payloads.js';
import { type Entries, tried } from './entries.js';
import { jsonOf } from './payload-json.js';

/** Characters of a text that is read in the page; a larger one is a file. */
const MAX_TEXT = 1 << 20;

/** The payloads as the JSON of rpki-client; any dialect that the command reads may be put in its place. */
export function JsonTab({
  entries,
  onEntries,
}: {
  readonly entries: Entries;
  readonly onEntries: (entries: Entries) => void;
}): JSX.Element {
  const [text, setText] = useState(() => jsonOf(entries));
  const [said, setSaid] = useState<readonly string[]>([]);
  const read = (typed: string): void => {
    setText(typed.slice(0, MAX_TEXT));
    if (typed.length > MAX_TEXT) {
      setSaid(['More than 1 Mi characters: open it as a file.']);
      return;
    }
    const outcome = tried(() => readPayloads(typed));
    if ('problem' in outcome) {
      setSaid([outcome.problem]);
      return;
    }
    const { aspas, problems, vrps } = outcome.value;
    const listed = problems.listed.slice(0, 10).map(({ index, list, message }) => {
      return index === undefined ? message : `${list} ${index}: ${message}`;
    });
    if (aspas.size + vrps.size > MAX_PAYLOAD_LINES) {
      setSaid([`More than ${MAX_PAYLOAD_LINES} payloads: open it as a file.`]);
      return;
    }
    setSaid(listed);
    onEntries({ aspas: [...aspas.sorted()], vrps: [...vrps.sorted()] });
  };
  return (
    <>
      <label class="unseen" for="json">
        Payloads as JSON
      </label>
      <textarea
        id="json"
        rows={18}
        maxLength={MAX_TEXT + 1}
        spellcheck={false}
        value={text}
        aria-invalid={said.length > 0}
        onInput={(event) => read(event.currentTarget.value)}
      />
      {said.length > 0 && (
        <ul class="problems" role="alert">
          {said.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </>
  );
}
