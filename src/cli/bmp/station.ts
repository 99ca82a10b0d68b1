import type { Command } from 'commander';
import {
  type BmpInitiation,
  INFORMATION_SYS_DESCR,
  INFORMATION_SYS_NAME,
  tlvTexts,
} from '../../bmp/index.js';
import { quoted } from '../../bytes/index.js';
import { listenBmp } from '../../node/bmp-station.js';
import { formatEndpoint } from '../../node/rtr-connect.js';
import type { EventRun, EventSource } from '../bgp/event-run.js';
import { parseCount } from '../bgp/session-options.js';
import { turnedAway } from '../bgp/speak.js';
import type { ListenAddress } from '../bgp/where.js';
import { naming } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { createRouterEvents, type RouterEvents } from './router-events.js';

/** Where a station listens, where nothing else is said. */
export const BMP_LISTEN: ListenAddress = { host: '127.0.0.1', port: 1790 };

/** How many routers are taken. */
export interface RouterLimits {
  readonly maxSessions: number;
  readonly maxSessionsPerAddress?: number;
}

/** Declares the options of these. */
export function addRouterLimits(command: Command): Command {
  return command
    .option('--max-sessions <number>', 'routers at once; more are turned away', parseCount, 1_024)
    .option('--max-sessions-per-address <number>', 'routers at once from one address', parseCount);
}

/** Begins to listen for routers that send BMP. */
export async function beginStation(
  where: ListenAddress,
  { maxSessions, maxSessionsPerAddress }: RouterLimits,
  run: EventRun,
  io: Io,
): Promise<EventSource> {
  const routers = new Map<number, RouterEvents>();
  const say = (text: string): void => {
    io.stderr.write(`pathsec: ${text}\n`).catch(() => {});
  };
  const starting = listenBmp({
    ...where,
    maxSessions,
    ...(maxSessionsPerAddress !== undefined && { maxSessionsPerAddress }),
    onEvent(router, event) {
      const { number, address } = router;
      const events = routers.get(number) ?? createRouterEvents(router, run);
      switch (event.kind) {
        case 'connected':
          routers.set(number, events);
          break;
        case 'refused':
          run.tell(turnedAway(address, event.reason));
          break;
        case 'fault':
          events.fault(event.error);
          break;
        case 'closed':
          say(`router ${address}: ${event.reason}`);
          events.closed(event.reason);
          routers.delete(number);
          break;
        case 'message':
          if (event.message.kind === 'initiation') say(`router ${address}: ${introduction(event.message)}`);
          events.take(event.message);
      }
      return run.full();
    },
  });
  const station = await naming(`listen ${formatEndpoint(where)}`, () => starting);
  return {
    listening: [{ host: where.host, port: station.port }],
    stop: () => station.close(),
  };
}

/** How a router presents itself. */
function introduction({ information }: BmpInitiation): string {
  const names = [INFORMATION_SYS_NAME, INFORMATION_SYS_DESCR].flatMap((type) => tlvTexts(information, type));
  return `it is ${names.map(quoted).join(', ') || 'without a name'}`;
}
