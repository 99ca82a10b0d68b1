import type { Reply } from './judge.js';
import type { Fields, Json } from './vector.js';
import { SUITES } from './vector.js';

/** What a program is told first: that cases of the second edition of the kit follow (docs/conformance-interface.md). */
export const HELLO = { id: 'hello', op: 'hello', kit: '2' } as const;

/** What a program says of itself. An absent member says nothing: the cases are asked as of a program that does not know `hello`. */
export interface Capabilities {
  readonly name?: string;
  readonly version?: string;
  /** The suites whose cases it is to be asked. */
  readonly suites?: readonly string[];
  /** The operations that it has, of whatever suite. */
  readonly operations?: readonly string[];
  /** Whether it compares the most recently added AS of a path with the neighbour (draft-28 §6.2 step 2). */
  readonly neighborCheck?: boolean;
  /** Whether it can be given a path with an AS_SET. */
  readonly asSet?: boolean;
  /** Whether it can be given a path without AS. */
  readonly emptyPath?: boolean;
  /** Whether it has the outcome `unknown`. */
  readonly unknown?: boolean;
  /** The largest provider limit (aspa-profile §5.5) that a request can set; null where the program has no limit. */
  readonly maxProviders?: number | null;
  /** Versions of RTR. */
  readonly rtrVersions?: readonly number[];
  /** Whether it keeps router keys of RTR. */
  readonly routerKeys?: boolean;
  /** Address families, as requests name them: `ipv4-unicast`. */
  readonly families?: readonly string[];
}

type Check = readonly [form: string, isSo: (value: Json) => boolean];

const isText = (value: Json): boolean => typeof value === 'string';
const isCount = (value: Json): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const TEXT: Check = ['a text', isText];
const FLAG: Check = ['true or false', (value) => typeof value === 'boolean'];
const TEXTS: Check = ['a list of texts', (value) => Array.isArray(value) && value.every(isText)];

const MEMBERS: Readonly<Record<keyof Capabilities, Check>> = {
  name: TEXT,
  version: TEXT,
  suites: TEXTS,
  operations: TEXTS,
  neighborCheck: FLAG,
  asSet: FLAG,
  emptyPath: FLAG,
  unknown: FLAG,
  maxProviders: ['a whole number or null', (value) => value === null || isCount(value)],
  rtrVersions: ['a list of numbers', (value) => Array.isArray(value) && value.every(isCount)],
  routerKeys: FLAG,
  families: TEXTS,
};

/** Problems of a hello that are told one by one. */
const MAX_PROBLEMS = 20;

/**
 * Reads the reply to {@link HELLO}. No answer, an error, `unsupported`, and an answer without any member that the kit knows say
 * nothing. A member of the wrong form is as if absent, and is among the problems, as is one that the kit does not know.
 */
export function readHello(reply: Reply): {
  readonly capabilities: Capabilities;
  readonly problems: readonly string[];
} {
  const answer = reply.kind === 'answer' ? reply.fields : {};
  const problems: string[] = [];
  const isSilent = answer.error !== undefined || answer.unsupported === true;
  if (isSilent || !Object.keys(answer).some((name) => Object.hasOwn(MEMBERS, name))) {
    return { capabilities: {}, problems };
  }
  let wrong = 0;
  const right = Object.entries(answer).filter(([name, value]) => {
    const check = Object.hasOwn(MEMBERS, name) ? MEMBERS[name as keyof Capabilities] : undefined;
    if (check?.[1](value)) return true;
    if (++wrong <= MAX_PROBLEMS)
      problems.push(
        check === undefined
          ? `hello: no member ${JSON.stringify(name.slice(0, 60))} is known`
          : `hello: ${name} must be ${check[0]}`,
      );
    return false;
  });
  if (wrong > MAX_PROBLEMS) problems.push(`hello: ${wrong - MAX_PROBLEMS} more members like these`);
  return { capabilities: Object.fromEntries(right), problems };
}

/**
 * What pathsec says of itself. `operations` and `families` are left out: it has every operation, and an answer about routes of
 * every family.
 */
export function answerHello(): Capabilities & Fields {
  return {
    name: 'pathsec',
    suites: SUITES,
    neighborCheck: true,
    asSet: true,
    emptyPath: true,
    unknown: true,
    maxProviders: 0xffff_ffff,
    rtrVersions: [0, 1, 2],
    routerKeys: true,
  };
}
