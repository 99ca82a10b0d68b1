import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { COST_LIMITS, type CostNumber } from '../../links/index.js';
import { readNumber } from './view.js';

/** An assumption as it is asked for. */
export interface AskedNumber {
  readonly name: CostNumber;
  readonly label: string;
  /** The slider goes as far as this where one asks; the field takes more. */
  readonly slider?: readonly [least: number, most: number, step: number];
  /** What the field says is this many times the number: 100 for per cent. */
  readonly scale?: number;
}

/** A number as a field, and as a slider where it has an order of its own. What the field says wrong is told below it. */
export function NumberField({
  asked: { label, name, scale = 1, slider },
  help,
  onChange,
  value,
}: {
  readonly asked: AskedNumber;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly help: string;
}): JSX.Element {
  const shown = String(Number((value * scale).toPrecision(9)));
  /** What was typed last, and for which value: another value from elsewhere takes its place. */
  const [typed, setTyped] = useState({ text: shown, value });
  const text = typed.value === value ? typed.text : shown;
  const isWrong = readNumber(text, name, scale) === undefined;
  const [least, most] = COST_LIMITS[name];
  const take = (next: string): void => {
    const read = readNumber(next, name, scale);
    setTyped({ text: next, value: read ?? value });
    if (read !== undefined && read !== value) onChange(read);
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        inputMode="decimal"
        autocomplete="off"
        value={text}
        aria-describedby={`${name}-help`}
        aria-invalid={isWrong}
        onInput={(event) => take(event.currentTarget.value)}
      />
      {slider && (
        <input
          type="range"
          aria-label={`${label}, as a slider`}
          min={slider[0]}
          max={slider[1]}
          step={slider[2]}
          value={value * scale}
          onInput={(event) => take(event.currentTarget.value)}
        />
      )}
      <p id={`${name}-help`} class={isWrong ? 'help problem' : 'help'}>
        {isWrong
          ? `a number from ${(least * scale).toLocaleString('en-US')} to ${(most * scale).toLocaleString('en-US')}`
          : help}
      </p>
    </div>
  );
}
