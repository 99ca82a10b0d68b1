import type { AspaPayload, RouterKey, Vrp } from '../../payload/index.js';
import type { Finding } from '../finding.js';

// Canonical Cache Representation, draft-ietf-sidrops-rpki-ccr.

/** One current manifest of a cache (ccr §3.4.1.1). */
export interface CcrManifest {
  /** SHA-256 of the manifest, 32 octets. */
  readonly hash: Uint8Array;
  /** Octets of the manifest, from 1000 on. */
  readonly size: number;
  /** Key identifier of the issuer, 20 octets. */
  readonly aki: Uint8Array;
  /** Of at most 20 octets (RFC 9286 §4.2.1). */
  readonly manifestNumber: bigint;
  /** Seconds since 1970 UTC. */
  readonly thisUpdate: number;
  /** The Subject Information Access of the EE certificate: access method (dotted) and URI; at least one. */
  readonly locations: readonly CcrLocation[];
  /** Key identifiers, 20 octets each, of the CAs below; absent where there are none. */
  readonly subordinates?: readonly Uint8Array[];
}

/** AccessDescription with a URI (RFC 5280 §4.2.2.2). */
export interface CcrLocation {
  readonly method: string;
  readonly uri: string;
}

/** What the states of a CCR hold, by name, in the order of the file. */
export interface CcrEntries {
  readonly manifests: CcrManifest;
  readonly vrps: Vrp;
  readonly aspas: AspaPayload;
  /** Subject Key Identifiers of the trust anchors, 20 octets each. */
  readonly trustAnchors: Uint8Array;
  readonly routerKeys: RouterKey;
}

/** `manifests`, `vrps`, `aspas`, `trustAnchors` or `routerKeys`. */
export type CcrStateName = keyof CcrEntries;

/**
 * A state aspect (ccr §3.4). Iteration gives its entries, decoded as they are read; none where the hash is wrong, for
 * what is damaged is not looked into (§5.1).
 */
export interface CcrState<T> extends Iterable<T> {
  /** The SHA-256 that the file states, 32 octets. */
  readonly hash: Uint8Array;
  /** The SHA-256 that the entries have. */
  readonly digest: Uint8Array;
  /** Whether both are the same. */
  readonly intact: boolean;
  /** How many entries there are; undefined where the hash is wrong. */
  readonly count: number | undefined;
  /** Of `manifests`: the latest `thisUpdate` as the file states it, in seconds since 1970 UTC. */
  readonly mostRecentUpdate?: number;
}

/** The states that a file has. */
export type CcrStates = { readonly [K in CcrStateName]?: CcrState<CcrEntries[K]> };

/**
 * The form of a file: `current` as in ccr; `until-2025-12-05` with the content in an OCTET STRING and the hash algorithm as a bare
 * identifier; `until-2025-12-02` the same with a content type of a private arc (docs/decisions/rpki-files.md D-ccr-older-forms).
 */
export type CcrForm = 'current' | 'until-2025-12-05' | 'until-2025-12-02';

/** A file in Canonical Cache Representation, decoded (ccr §3). */
export interface Ccr {
  readonly form: CcrForm;
  readonly version: 0;
  /** When the file was finished: seconds since 1970 UTC. */
  readonly producedAt: number;
  readonly states: CcrStates;
  /** What is wrong with it though it can be read: hashes, order, unknown states. */
  readonly findings: readonly Finding[];
}

/** The names of the states in the draft, as findings and people call them. */
export const STATE_TYPES: { readonly [K in CcrStateName]: string } = {
  manifests: 'ManifestState',
  vrps: 'ROAPayloadState',
  aspas: 'ASPAPayloadState',
  trustAnchors: 'TrustAnchorState',
  routerKeys: 'RouterKeyState',
};
