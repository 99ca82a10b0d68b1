import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DecodeError } from '../../bytes/index.js';
import type { LinkState } from '../../links/index.js';
import { linkTo } from './use-link.js';

/** Copies a link to what is shown; where the browser does not let it, shows the link. */
export function CopyLink({ state }: { readonly state: LinkState }): JSX.Element {
  const [said, setSaid] = useState<{ readonly text: string; readonly link?: string }>();
  useEffect(() => setSaid(undefined), [state]);
  const copy = async (): Promise<void> => {
    let link: string;
    try {
      link = `${location.href.split('#')[0]}#${await linkTo(state)}`;
    } catch (error) {
      const { code, message } = error as DecodeError;
      setSaid({
        text: `${code === 'link-too-long' ? 'Too long for a link (chat programs cut it)' : `No link: ${message}`}. Save as a file instead.`,
      });
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      setSaid({ text: 'Copied' });
    } catch {
      setSaid({ text: 'The link:', link });
    }
  };
  return (
    <div class="copy">
      <button type="button" onClick={copy}>
        Copy link
      </button>
      <span role="status" class="quiet">
        {said?.text}
      </span>
      {said?.link !== undefined && <input aria-label="Link" readOnly value={said.link} onFocus={select} />}
    </div>
  );
}

function select(event: Event): void {
  (event.currentTarget as HTMLInputElement).select();
}
