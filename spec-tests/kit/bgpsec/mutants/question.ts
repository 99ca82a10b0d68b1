/** One question to a verifier, octets already read. */
export interface Question {
  readonly message: Buffer;
  readonly session: Session;
  readonly keys: readonly Key[];
  readonly suites: readonly number[];
  readonly attributeType: number;
  readonly extendedMessages: boolean;
}

export interface Session {
  readonly localAs: number;
  readonly peerAs: number;
  readonly kind: 'external' | 'confed-external' | 'internal';
  readonly confederation?: Confederation;
  readonly ownAses?: readonly number[];
  readonly allowPcountZero?: boolean;
  readonly negotiated?: readonly number[];
  readonly safis?: readonly number[];
}

export type Confederation = {
  readonly identifier: number;
  readonly memberAs: number;
  readonly verifyMembers?: boolean;
};

export interface Key {
  readonly asn: number;
  readonly ski: string;
  readonly spki: string;
}

export type Verdict = 'valid' | 'not-valid' | 'unsigned' | 'treat-as-withdraw' | 'session-reset';

export interface Segment {
  readonly pCount: number;
  readonly flags: number;
  readonly asn: number;
}

export interface Signature {
  readonly ski: Buffer;
  readonly signature: Buffer;
}

export interface Block {
  readonly suite: number;
  readonly signatures: readonly Signature[];
}

/** Wire order: newest first. */
export interface Path {
  readonly segments: readonly Segment[];
  readonly blocks: readonly Block[];
}

/** The one prefix as it was received, host bits and all. */
export interface Announced {
  readonly afi: number;
  readonly safi: number;
  readonly length: number;
  readonly octets: Buffer;
}

export interface Attribute {
  readonly flags: number;
  readonly code: number;
  readonly value: Buffer;
}

/** The reading of a whole message. */
export interface Reading {
  readonly attributes: readonly Attribute[];
  /** Octets at the end that are no attribute. */
  readonly cut: boolean;
  readonly nlri: readonly Announced[];
}

/** An error with the treatment of RFC 7606. */
export class Fault extends Error {
  readonly treatment: 'treat-as-withdraw' | 'session-reset';

  constructor(treatment: 'treat-as-withdraw' | 'session-reset') {
    super(treatment);
    this.treatment = treatment;
  }
}

export function withdraw(condition: boolean): void {
  if (condition) throw new Fault('treat-as-withdraw');
}

export function reset(condition: boolean): void {
  if (condition) throw new Fault('session-reset');
}

export const confed = ({ flags }: Segment): boolean => flags >= 0x80;
