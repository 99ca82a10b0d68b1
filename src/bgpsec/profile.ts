/** How one rule of a profile came out. `not-checkable`: needs the issuer, its CRL, or the time. */
export type ProfileState = 'pass' | 'fail' | 'warning' | 'not-checkable';

/** One subsection of a profile, applied. `warning`: a recommendation (SHOULD) that is not followed. */
export interface ProfileItem {
  /** The document and section, `RFC 6487 4.8.2`. */
  readonly section: string;
  readonly title: string;
  readonly state: ProfileState;
  /** What was found; what is missing for `not-checkable`. */
  readonly detail: string;
}

/** The outcome of a rule before it is given its place. */
export type Finding = readonly [state: ProfileState, detail: string];

/** A rule over what was decoded. */
export interface ProfileRule<T> {
  readonly section: string;
  readonly title: string;
  readonly check: (subject: T) => Finding;
}

export const pass = (detail: string): Finding => ['pass', detail];
export const fail = (detail: string): Finding => ['fail', detail];
export const warning = (detail: string): Finding => ['warning', detail];
export const notCheckable = (detail: string): Finding => ['not-checkable', detail];

/** Every rule applied, in order; none is left out because another failed. */
export function applyProfile<T>(rules: readonly ProfileRule<T>[], subject: T): readonly ProfileItem[] {
  return rules.map(({ section, title, check }) => {
    const [state, detail] = check(subject);
    return { section, title, state, detail };
  });
}

/** Whether no rule failed; warnings and what could not be checked do not count. */
export function conforms(items: readonly ProfileItem[]): boolean {
  return items.every(({ state }) => state !== 'fail');
}
