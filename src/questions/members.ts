/** What is asked: the verdict of a path (ASPA), of an origin (RFC 6811), of a signed UPDATE (RFC 8205). */
export type QuestionKind = 'aspa' | 'rov' | 'bgpsec';

/** A member of questions; docs/cli.md has the same table with what each means. */
export interface QuestionMember {
  readonly name: string;
  /** Other names for it. */
  readonly aliases?: readonly string[];
  /** The questions in which it may stand. */
  readonly kinds: readonly QuestionKind[];
}

const ALL = ['aspa', 'rov', 'bgpsec'] as const;
/** What describes a route is known to both questions about routes, so that one file of routes can be put to both. */
const ROUTE = ['aspa', 'rov'] as const;
const UPDATE = ['bgpsec'] as const;

/**
 * The members of a session that stand in a question itself, or together in its member `session`. That is the kit's form,
 * in which `kind` and a whole `confederation` are given; both forms are read alike (docs/decisions/bgpsec.md
 * D-batch-session).
 */
export const SESSION_MEMBERS = [
  'localAs',
  'peerAs',
  'ibgp',
  'kind',
  'confederation',
  'verifyMembers',
  'allowPcountZero',
  'ownAses',
  'negotiated',
  'safis',
  'addPath',
] as const;

const OTHER_MEMBERS = [
  { name: 'id', kinds: ALL },
  { name: 'suite', kinds: ALL },
  { name: 'op', kinds: ALL },
  { name: 'path', aliases: ['asPath'], kinds: ROUTE },
  { name: 'prefix', kinds: ROUTE },
  { name: 'origin', kinds: ROUTE },
  { name: 'ownAs', kinds: ROUTE },
  { name: 'neighborRole', kinds: ROUTE },
  { name: 'neighborAs', kinds: ROUTE },
  { name: 'direction', kinds: ROUTE },
  { name: 'family', kinds: ROUTE },
  { name: 'message', kinds: UPDATE },
  { name: 'attributeType', kinds: UPDATE },
  { name: 'extendedMessages', kinds: UPDATE },
  { name: 'session', kinds: UPDATE },
] as const satisfies readonly QuestionMember[];

/** The first name of a member. */
export type QuestionMemberName = (typeof OTHER_MEMBERS)[number]['name'] | (typeof SESSION_MEMBERS)[number];

/** Every member of every question, by its first name. NON-SPEC: the question contract. */
export const QUESTION_MEMBERS: readonly QuestionMember[] = [
  ...OTHER_MEMBERS,
  ...SESSION_MEMBERS.map((name) => ({ name, kinds: UPDATE })),
];
