import { InvalidArgumentError } from 'commander';
import { printable, proposal, quoted, requireKnownMembers, requireUniqueNames } from '../../bytes/index.js';
import { parseAddress, parsePrefix } from '../../inet/index.js';
import {
  followRisLive,
  type RisLiveEvent,
  type RisLiveFilter,
  type RisLiveGap,
} from '../../node/ris-live.js';
import type { EventRun, EventSource } from '../bgp/event-run.js';
import type { EventPeer } from '../bgp/events.js';
import { CliError, type Io } from '../shared/io.js';
import { checked } from '../shared/parse-options.js';
import { createElementPeers } from './element-peers.js';

/** Follows RIS Live at `url` and tells of the peers of its collectors. @throws {CliError} for what is no URL of WebSocket. */
export function beginRis(
  url: string,
  filters: readonly RisLiveFilter[],
  run: EventRun,
  io: Io,
): Pick<EventSource, 'stop'> {
  const service = serviceOf(url);
  const { tell } = run;
  const peers = createElementPeers(run);
  let up = false;
  const fault = (code: string, treatment: string, message: string, more = {}): void =>
    tell({ type: 'fault', peer: service, code, treatment, message, ...more });
  const tellGap = ({ from, to }: RisLiveGap): void =>
    fault('ris-gap', 'routes-dropped', `nothing is known from ${iso(from)} to ${iso(to)}`, { from, to });
  const take = (event: RisLiveEvent): void => {
    switch (event.kind) {
      case 'connected':
        up = true;
        tell({ type: 'session', peer: service, state: 'established' });
        if (event.gap) tellGap(event.gap);
        return;
      case 'interrupted':
        // docs/decisions/routes.md D-ris-gap: some of the routes may be gone by the time that the service is back.
        peers.drop('RIS Live was interrupted');
        tell({ type: 'session', peer: service, state: up ? 'down' : 'idle', reason: event.reason });
        up = false;
        return;
      case 'fault':
        fault(event.error.code, 'skipped', printable(event.error.message));
        return;
      case 'message': {
        const { message } = event;
        if (message.kind === 'error') fault('ris-error', 'refused', printable(message.message));
        if (message.kind !== 'peer') return;
        const [first] = message.elements;
        if (first) run.clocked(service.address, first.time + (first.microseconds ?? 0) / 1_000_000);
        for (const element of message.elements) peers.take(message.host || service.address, element);
        for (const { code, treatment = 'skipped', message: text } of message.problems)
          fault(code, treatment, text);
      }
    }
  };
  const live = followRisLive({
    url,
    filters,
    seed: io.seed,
    onEvent(event) {
      take(event);
      return run.full();
    },
  });
  return {
    async stop() {
      const gap = await live.close();
      if (gap) tellGap(gap);
    },
  };
}

const iso = (seconds: number): string => new Date(1000 * seconds).toISOString();

function serviceOf(url: string): EventPeer {
  if (!/^wss?:\/\//.test(url) || !URL.canParse(url))
    throw new CliError(`--ris ${url} is no ws:// or wss:// URL`);
  const { host } = new URL(url);
  return { address: host, as: null, id: null, source: host };
}

/** The messages that there are (https://ris-live.ripe.net/manual/). */
const TYPES = ['UPDATE', 'OPEN', 'NOTIFICATION', 'KEEPALIVE', 'RIS_PEER_STATE'] as const;
const TEXTS = ['host', 'type', 'require', 'peer', 'path'] as const;
const FLAGS = ['moreSpecific', 'lessSpecific'] as const;

/** The filter of `--ris-filter`. @throws {InvalidArgumentError} for what is none. */
export function parseRisFilter(
  text: string,
  before: readonly RisLiveFilter[] = [],
): readonly RisLiveFilter[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError('Not JSON; expected an object such as {"host": "rrc21"}.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError('A JSON object such as {"host": "rrc21"}.');
  }
  const filter = value as Readonly<Record<string, unknown>>;
  checked(() => {
    requireUniqueNames(text);
    requireKnownMembers(filter, [...TEXTS, 'prefix', ...FLAGS]);
  });
  const isText = (one: unknown): boolean => typeof one === 'string' && one !== '';
  const wrong =
    TEXTS.find((name) => name in filter && !isText(filter[name])) ??
    FLAGS.find((name) => name in filter && typeof filter[name] !== 'boolean') ??
    ('prefix' in filter && ![filter.prefix].flat().every(isText) ? 'prefix' : undefined);
  const type = filter.type;
  if (!wrong && isText(type) && !TYPES.some((one) => one === type))
    throw new InvalidArgumentError(`type: one of ${TYPES.join(', ')}${proposal(type, TYPES)}.`);
  if (!wrong && isText(filter.peer) && !isAddress(String(filter.peer)))
    throw new InvalidArgumentError('peer: must be an address.');
  for (const prefix of wrong === undefined && 'prefix' in filter ? [filter.prefix].flat() : []) {
    if (!isPrefix(String(prefix)))
      throw new InvalidArgumentError(`prefix: ${quoted(String(prefix))} is none.`);
  }
  if (wrong) {
    const wanted = FLAGS.some((name) => name === wrong) ? 'true or false' : 'a text';
    throw new InvalidArgumentError(`${wrong}: must be ${wanted}.`);
  }
  return [...before, filter];
}

const isAddress = (text: string): boolean => isRead(() => parseAddress(text));
const isPrefix = (text: string): boolean => isRead(() => parsePrefix(text));

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
