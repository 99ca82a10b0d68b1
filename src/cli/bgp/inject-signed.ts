import { AS_SEQUENCE, type AsPath } from '../../bgp/index.js';
import { type RouteOfHops, type SignatureEngine, unicast } from '../../bgpsec/index.js';
import { AFI_IPV4, type Asn, formatPrefix, type Prefix } from '../../inet/index.js';
import { createOpensslEngine } from '../../node/openssl-engine.js';
import { type RouteToSign, signRoutes } from '../../node/sign-routes.js';
import type { SignWork } from '../../node/sign-work.js';
import { createSigningCrew } from '../../node/signing-crew.js';
import { announcedAttributes } from '../../routes/index.js';
import { CliError, type Io } from '../shared/io.js';
import { readRouteFiles, tellInputs } from '../shared/route-files.js';
import type { KeyRing } from './inject-keys.js';
import { notAnnounced, type RoutesFeedOptions } from './inject-routes.js';
import { type Feed, type Outlet, requireSigned, type Target } from './inject-target.js';

/** Routes that are signed together: of made routes the order of signatures, and so their octets, hang on it. */
export const BATCH = 64;

/** A route without what the target says of it. */
export type PathToSign = Omit<RouteToSign, 'nextHop'>;

/** Who signs a batch of routes. */
export interface BatchSigner {
  /** Batches that may be under way at once. */
  readonly inFlight: number;
  sign(work: SignWork): MaybePromise<readonly (Uint8Array | undefined)[]>;
  close(): Promise<void>;
}

type MaybePromise<T> = T | Promise<T>;

/** This thread, by an engine. */
export function ownSigner(engine: SignatureEngine, keys: KeyRing): BatchSigner {
  return {
    inFlight: 1,
    sign: ({ routes, ...whom }) => signRoutes(routes, whom, engine, keys.keyOf),
    close: async () => {},
  };
}

/** As many threads, or this one; equal octets get equal signatures from all of them (docs/decisions/bgpsec.md D-bgpsec-derived-nonces). */
export function derivedSigner(keys: KeyRing, jobs: number): BatchSigner {
  return jobs > 1
    ? createSigningCrew(keys.setup(), jobs)
    : ownSigner(createOpensslEngine({ nonces: 'derived' }), keys);
}

/** Routes of files, signed by every AS on their way, one in each UPDATE (RFC 8205 §4.1). */
export function signedRoutesFeed(
  { files, asReceived, strict }: RoutesFeedOptions,
  keys: KeyRing,
  jobs: number,
  io: Io,
): Feed {
  return async (target, outlet) => {
    requireSigned(target);
    const skipped = new Map<string, number>();
    const malformed = new Map<string, number>();
    const skip = (why: string): void => void skipped.set(why, (skipped.get(why) ?? 0) + 1);
    const signer = derivedSigner(keys, jobs);
    const signing = createSigning(target, keys, signer, outlet, skip);
    let waiting: PathToSign[] = [];
    const read = async () => {
      const inputs = await readRouteFiles(
        files,
        io,
        (element, source) => {
          const why = notAnnounced(element, target);
          if (why !== undefined || element.kind !== 'route') {
            if (why !== undefined) skip(why);
            return;
          }
          const hops = hopsOf(
            element.asPath,
            asReceived || target.peerKind === 'internal' ? undefined : target.localAs,
          );
          if (typeof hops === 'string') {
            skip(hops);
            return;
          }
          const { afi, octets, length } = element.prefix;
          if (target.unsigned[afi] !== '') {
            skip('bgpsec-not-negotiated');
            return;
          }
          const announced = unicast({ afi, octets: octets.slice(), length });
          const faults = new Set<string>();
          const attributes = announcedAttributes(source, target.peerKind, (code) => void faults.add(code));
          for (const code of faults) malformed.set(code, (malformed.get(code) ?? 0) + 1);
          waiting.push({ announced, hops, attributes });
        },
        {
          between: async () => {
            const now = waiting;
            waiting = [];
            await signing(now);
          },
        },
      );
      await signing(waiting);
      return { skipped, malformed, code: await tellInputs(inputs, strict, io) };
    };
    return read().finally(() => signer.close());
  };
}

/** Signs routes batch by batch, and passes them on in their order, no faster than they are taken. */
export function createSigning(
  target: Target,
  keys: KeyRing,
  { inFlight, sign }: BatchSigner,
  outlet: Outlet,
  skip: (why: string) => void,
): (routes: readonly PathToSign[]) => Promise<void> {
  const { peerAs, extendedMessages } = target;
  const withNextHop = (one: PathToSign): RouteToSign[] => {
    const nextHop = one.announced.prefix.afi === AFI_IPV4 ? target.nextHop4 : target.nextHop6;
    if (nextHop) return [{ ...one, nextHop }];
    skip('next-hop');
    return [];
  };
  return async (routes) => {
    const under: MaybePromise<readonly (Uint8Array | undefined)[]>[] = [];
    const passOn = async (): Promise<void> => {
      for (const message of (await under.shift()) ?? []) {
        if (message) outlet.put(message, 1);
        else skip('message-too-long');
      }
      await outlet.drain();
    };
    for (let at = 0; at < routes.length; at += BATCH) {
      const batch = routes.slice(at, at + BATCH);
      for (const { hops, announced } of batch) requireKeys(hops, announced.prefix, keys);
      const signed = sign({ peerAs, extendedMessages, routes: batch.flatMap(withNextHop) });
      if (signed instanceof Promise) signed.catch(() => {}); // told where it is waited for
      under.push(signed);
      if (under.length >= inFlight) await passOn();
    }
    while (under.length > 0) await passOn();
    await outlet.drain();
  };
}

function requireKeys(hops: RouteOfHops['hops'], prefix: Prefix, keys: KeyRing): void {
  const missing = hops.find(({ asn }) => !keys.keyOf(asn));
  if (!missing) return;
  throw new CliError(
    `AS ${missing.asn} on the path of ${formatPrefix(prefix)} has no key: give it (--sign KEYS), or --generate-keys`,
  );
}

/**
 * Who signs: the ASes of the path, repetitions as pCount (RFC 8205 §3.1), with `own` in front where it is given. A reason where a
 * path cannot be signed (§4.1, §4.3).
 */
function hopsOf(
  path: AsPath,
  own: Asn | undefined,
): RouteOfHops['hops'] | 'as-set' | 'confederation' | 'no-path' {
  const asns: Asn[] = own === undefined ? [] : [own];
  for (const segment of path) {
    if (segment.type !== AS_SEQUENCE) return segment.type > AS_SEQUENCE ? 'confederation' : 'as-set';
    asns.push(...segment.asns);
  }
  const hops: { asn: Asn; pCount: number }[] = [];
  for (const asn of asns) {
    const last = hops.at(-1);
    if (last?.asn === asn && last.pCount < 255) last.pCount++;
    else hops.push({ asn, pCount: 1 });
  }
  return hops.length === 0 ? 'no-path' : hops;
}
