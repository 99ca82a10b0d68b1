import type { JSX } from 'preact';

/** A line to be added: fields and a button; Enter adds too. */
export function AddLine({
  disabled,
  fields,
  label,
  onAdd,
}: {
  readonly fields: readonly string[];
  readonly label: string;
  readonly disabled: boolean;
  readonly onAdd: (values: readonly string[]) => void;
}): JSX.Element {
  return (
    <form
      class="add"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const values = Array.from(form.querySelectorAll('input'), ({ value }) => value);
        if (values.some((value) => value.trim() === '')) return;
        onAdd(values);
        form.reset();
        form.querySelector('input')?.focus();
      }}
    >
      {fields.map((field) => (
        <input
          key={field}
          aria-label={`${label}: ${field}`}
          placeholder={field}
          spellcheck={false}
          autocomplete="off"
        />
      ))}
      <button type="submit" disabled={disabled}>
        {label}
      </button>
    </form>
  );
}
