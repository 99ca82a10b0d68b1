import type { JSX } from 'preact';
import type { DescribedOctets } from '../../bytes/index.js';
import type { Selection } from './hex-view.js';
import type { OctetsFault } from './kinds.js';
import { factsOf } from './tree-rows.js';

/** What is said of the part that is chosen, and of what is wrong with the whole. */
export function FactsPanel({
  faults,
  onFault,
  onFlip,
  onJudge,
  selected,
  selection,
}: {
  readonly faults: readonly OctetsFault[];
  readonly selected: DescribedOctets;
  readonly selection: Selection;
  readonly onFault: (offset: number) => void;
  readonly onFlip: (() => void) | undefined;
  readonly onJudge: (() => void) | undefined;
}): JSX.Element {
  const count = Math.abs(selection.to - selection.from) + 1;
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">What is chosen</h2>
      <p class="facts">{factsOf(selected)}</p>
      <p class="quiet">
        <code>{selected.path}</code>
        {count > 1 &&
          ` · ${count} octets are selected, from offset ${Math.min(selection.from, selection.to)}`}
      </p>
      {faults.map(({ offset, text, treatment }) => (
        <p key={`${offset} ${text}`} class="problem">
          {treatment && `RFC 7606: ${treatment.replaceAll('-', ' ')} — `}
          {text}{' '}
          {offset !== undefined && (
            <button type="button" onClick={() => onFault(offset)}>
              at octet {offset}
            </button>
          )}
        </p>
      ))}
      <p class="buttons">
        {onJudge && (
          <button type="button" onClick={onJudge}>
            Judge this route
          </button>
        )}
        {onFlip && (
          <button type="button" onClick={onFlip}>
            Flip a bit
          </button>
        )}
      </p>
    </section>
  );
}
