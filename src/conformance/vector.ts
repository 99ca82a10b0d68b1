/** The suites of cases: which answers a program under test is asked for. What each needs is a record over them. */
export const SUITES = ['aspa', 'rov', 'bgpsec', 'rtr', 'objects', 'drafts'] as const;

export type Suite = (typeof SUITES)[number];

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Named values of JSON: the question of a case, or an answer to it. */
export type Fields = { readonly [key: string]: Json };

/** A flag of a vector file: a known mistake, or a property of the cases that carry it. */
export interface VectorNote {
  /** `mistake`: an implementation that makes it gives the answers listed under it in the cases. */
  readonly kind: 'mistake' | 'property';
  /** For a mistake, completes "behaves like an implementation that ...". */
  readonly text: string;
  /** Who is known to have made the mistake; a project is named only where its own issue or commit says so, and its code was run. */
  readonly seenIn?: string;
}

/** One question with its right answer. */
export interface VectorCase {
  /** Unique in all files: the suite, a slash, and a name. */
  readonly id: string;
  readonly title: string;
  /** Sections that decide the case, as in `RFC 8205 §5.2 step 2`. */
  readonly sections: readonly string[];
  /** Rows of the requirement catalogue of which this case is a test. */
  readonly requirements?: readonly string[];
  /** Those of `requirements` that the input breaks on purpose: the answer shows that it is noticed. */
  readonly violated?: readonly string[];
  /** Keys of the file's notes. */
  readonly flags: readonly string[];
  /** What is asked; it always has `op`, the rest depends on it (docs/conformance-interface.md). */
  readonly input: Fields;
  /** Fields that every answer has to hold, with these values. */
  readonly expected: Fields;
  /** Other answers that are within the specification, and why. */
  readonly acceptable?: readonly { readonly expected: Fields; readonly why: string }[];
  /** Intermediate values: compared where an answer gives them, never asked for. */
  readonly detail?: Fields;
  /** By mistake: the `expected` fields as an implementation with this mistake answers them, where that is wrong. */
  readonly mistakes?: { readonly [mistake: string]: Fields };
}

/** Cases that belong together, and what their questions have in common. */
export interface VectorGroup {
  readonly title: string;
  /** Fields of `input` that all cases of the group share; a case's own field of the same name wins. */
  readonly shared?: Fields;
  readonly cases: readonly VectorCase[];
}

/** One vector file; `spec-tests/vectors/schema.json` is its JSON Schema. */
export interface VectorFile {
  readonly format: 'pathsec-vectors/1';
  /** Version of the whole set of files: the same in each. */
  readonly version: string;
  /** SPDX identifier of the licence. */
  readonly license: string;
  readonly suite: Suite;
  readonly title: string;
  /** The script that wrote the file. */
  readonly generator: string;
  /** Documents that decide the answers, with revision. */
  readonly source: readonly string[];
  /** Number of cases in the file. */
  readonly count: number;
  readonly notes: { readonly [flag: string]: VectorNote };
  /** The catalogue rows that the cases name. */
  readonly requirements?: {
    readonly [id: string]: {
      readonly section: string;
      readonly level: string;
      /** Whom the row binds: `router`, `relying-party`, … */
      readonly role: string;
      readonly text: string;
    };
  };
  readonly groups: readonly VectorGroup[];
}

/** The question as a program under test gets it, one JSON object on a line. */
export type Request = Fields & { readonly id: string; readonly suite: Suite; readonly op: string };
