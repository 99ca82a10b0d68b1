import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { CURRENT_REVISION } from '../../aspa/index.js';
import { Pill } from '../shared/pill.js';
import type { AskedOlder } from './judge.js';
import { olderOutcome } from './older.js';

/** The verdict by an older revision of the draft, beside that by the current one. */
export function OlderVerdict({ asked }: { readonly asked: AskedOlder }): JSX.Element {
  const outcome = useMemo(() => olderOutcome(asked), [asked]);
  return (
    <p class="verdict">
      By draft-{asked.revision}: <Pill verdict={outcome} />{' '}
      <span class="quiet">Picture and steps are those of draft-{CURRENT_REVISION}.</span>
    </p>
  );
}
