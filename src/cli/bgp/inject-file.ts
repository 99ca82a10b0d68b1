import { concatOctets, toHex } from '../../bytes/index.js';
import { AFI_IPV4, AFI_IPV6, type Asn, parseAddress } from '../../inet/index.js';
import { encodeBgp4mpMessage } from '../../routes/index.js';
import { prepareOutput } from '../shared/output-file.js';
import type { Fed, Feed, NextHops, Outlet, Target } from './inject-target.js';

/** How messages are written: one behind the other, as MRT records, or as questions of `bgpsec verify --batch`. */
export const FORMATS = ['raw', 'mrt', 'jsonl'] as const;
export type MessageFormat = (typeof FORMATS)[number];

/** Octets that wait to be written before whoever makes them is held. */
const PORTION = 1 << 20;
/** The addresses that stand in MRT records and as next hops where none is named (RFC 5737, RFC 3849). */
const OWN = parseAddress('192.0.2.1');
const OWN6 = parseAddress('2001:db8::1');
const COLLECTOR = parseAddress('192.0.2.2');

/** A peer that nobody has spoken with: of both families, with BGPsec, for a file. */
export function paperTarget(localAs: Asn, peerAs: Asn, hops: NextHops, extendedMessages: boolean): Target {
  return {
    localAs,
    peerAs,
    peerKind: localAs === peerAs ? 'internal' : 'external',
    neighborRole: undefined,
    families: [AFI_IPV4, AFI_IPV6],
    nextHop4: hops.nextHop4 ?? OWN,
    nextHop6: hops.nextHop6 ?? OWN6,
    asnSize: 4,
    unsigned: { [AFI_IPV4]: '', [AFI_IPV6]: '' },
    extendedMessages,
  };
}

/** What was written. */
export interface Written extends Fed {
  readonly routes: number;
  readonly updates: number;
  readonly octets: number;
}

/**
 * Writes what `feed` makes for `target` into a file, whole or not at all, and never holds more than a portion of it.
 *
 * @throws {CliError} that names the file, and what `feed` throws.
 */
export async function writeMessages(
  file: string,
  format: MessageFormat,
  target: Target,
  feed: Feed,
): Promise<Written> {
  const output = await prepareOutput(file);
  const encode = encoderOf(format, target);
  const counts = { routes: 0, updates: 0, octets: 0 };
  let waiting: Uint8Array[] = [];
  let size = 0;
  let ended: { readonly error?: unknown } | undefined;
  let wake = (): void => {};
  const change = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = concatOctets(waiting);
      waiting = [];
      size = 0;
      wake();
      if (piece.length > 0) yield piece;
      else if (ended && 'error' in ended) throw ended.error;
      else if (ended) return;
      else await change();
    }
  };
  let failure: { readonly error: unknown } | undefined;
  const writing = output.write(pieces()).catch((error: unknown) => {
    failure = { error };
    wake();
  });
  const outlet: Outlet = {
    put(message, routes) {
      counts.routes += routes;
      counts.updates++;
      counts.octets += message.length;
      const piece = encode(message, counts.updates);
      waiting.push(piece);
      size += piece.length;
    },
    async drain() {
      wake();
      while (size > PORTION && !failure) await change();
      if (failure) throw failure.error;
    },
  };
  let fed: Fed | undefined;
  try {
    fed = await feed(target, outlet);
    ended = {};
  } catch (error) {
    ended = { error };
  }
  wake();
  await writing;
  if (failure) throw failure.error;
  const { skipped = new Map(), malformed = new Map(), code = 0 } = fed ?? {};
  return { ...counts, skipped, malformed, code };
}

function encoderOf(
  format: MessageFormat,
  target: Target,
): (message: Uint8Array, number: number) => Uint8Array {
  const { localAs, peerAs } = target;
  switch (format) {
    case 'raw':
      return (message) => message;
    case 'mrt':
      // As the peer would record it; a time would make two runs differ (docs/decisions/speaker.md D-inject-made).
      return (message) =>
        encodeBgp4mpMessage({
          ...{ time: 0, peerAs: localAs, localAs: peerAs, peerAddress: OWN, localAddress: COLLECTOR },
          ...{ asnSize: 4, addPath: false, local: false, message },
        });
    case 'jsonl': {
      const text = new TextEncoder();
      return (message, id) =>
        text.encode(`${JSON.stringify({ id, message: toHex(message), localAs: peerAs, peerAs: localAs })}\n`);
    }
  }
}
