import type { LinkState } from '../../links/index.js';

/** What every screen is given. */
export interface ScreenProps<State extends LinkState> {
  readonly state: State;
  /** Shows another state; of a screen of another name that screen. */
  readonly onState: (state: LinkState) => void;
  /** Says a sentence to a screen reader, some time after the last one. */
  readonly onSay: (sentence: string) => void;
}
