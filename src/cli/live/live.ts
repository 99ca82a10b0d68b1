import type { Command } from 'commander';
import type { RisLiveFilter } from '../../node/ris-live.js';
import { readConfigFile } from '../bgp/config-file.js';
import { type EventPage, type EventRun, type EventSource, printEvents } from '../bgp/event-run.js';
import type { Measured } from '../bgp/metrics.js';
import { addEventOptions, type EventWords } from '../bgp/session-options.js';
import { beginSpeaking } from '../bgp/speak.js';
import type { ListenAddress } from '../bgp/where.js';
import { addRouterLimits, beginStation, type RouterLimits } from '../bmp/station.js';
import type { Context } from '../shared/command.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { checkStdin } from '../shared/input.js';
import { CliError, EXIT } from '../shared/io.js';
import { collect } from '../shared/parse-options.js';
import { beginFiles } from './files.js';
import { beginRis, parseRisFilter } from './ris.js';

interface LiveOptions extends EventWords, RouterLimits {
  readonly bgp?: string;
  readonly bmp?: string;
  readonly ris?: readonly string[];
  readonly risFilter?: readonly RisLiveFilter[];
  readonly http?: string;
}

/** `pathsec live`: routes of all sources together, with verdicts that follow the payloads. */
export function define(command: Command, { io, exit }: Context): void {
  addRouterLimits(addEventOptions(command))
    .argument('[files...]', 'routes, in any form that audit reads; - is stdin')
    .option('--bgp <file>', 'BGP sessions: the JSON of bgp listen --config')
    .option('--bmp <address>', 'HOST:PORT on which routers that send BMP are waited for')
    .option('--ris <url>', 'RIS Live: a ws:// or wss:// URL; may be repeated', collect)
    .option(
      '--ris-filter <json>',
      'what of RIS Live is wanted, such as {"host": "rrc21"}; may be repeated',
      parseRisFilter,
    )
    .option(
      '--http <address>',
      'HOST:PORT to serve a page with all of it on, to whoever has the printed address; a PORT alone is one of 127.0.0.1',
    )
    .action(async (files: string[], options: LiveOptions) => {
      const { bgp, bmp, http, ris = [], risFilter = [{}] } = options;
      if (bgp === undefined && bmp === undefined && ris.length === 0 && files.length === 0)
        throw new CliError('nothing to follow: give --bgp, --bmp, --ris or a file of routes');
      if (options.risFilter && ris.length === 0) throw new CliError('--ris-filter needs --ris');
      const limits = ['maxSessions', 'maxSessionsPerAddress'] as const;
      const limit = limits.find((name) => command.getOptionValueSource(name) === 'cli');
      if (limit !== undefined && bmp === undefined) {
        const option = limit === 'maxSessions' ? '--max-sessions' : '--max-sessions-per-address';
        throw new CliError(`${option} needs --bmp`);
      }
      checkStdin(...files, bgp, ...(options.rpki ?? []), ...(options.aspa ?? []), ...(options.slurm ?? []));
      const config = bgp === undefined ? undefined : await readConfigFile(bgp, io);
      const station = bmp === undefined ? undefined : endpointOf(bmp);
      const begin = async (run: EventRun, begun: (source: Pick<EventSource, 'stop'>) => void) => {
        const listening: EventSource['listening'][number][] = [];
        const listens = (what: string, source: EventSource): void => {
          begun(source);
          listening.push(...source.listening.map((where) => ({ what, ...where })));
        };
        if (config) listens('bgp', await beginSpeaking(config, run));
        if (station) listens('bmp', await beginStation(station, options, run, io));
        for (const url of ris) begun(beginRis(url, risFilter, run, io));
        if (files.length > 0) begun(await beginFiles(files, run, io, () => exit(EXIT.usage)));
        return listening;
      };
      const openPage = async (measured: Measured): Promise<EventPage> => {
        const { startPage } = await import('./page.js'); // not loaded where nobody looks
        return startPage(http ?? '', measured, io);
      };
      const beginAll = (run: EventRun) => together((begun) => begin(run, begun));
      await printEvents(options, io, beginAll, http === undefined ? undefined : openPage);
    });
}

/** Several sources as one: all are stopped, also when one of them cannot begin. */
async function together(
  begin: (begun: (source: Pick<EventSource, 'stop'>) => void) => Promise<EventSource['listening']>,
): Promise<EventSource> {
  const sources: Pick<EventSource, 'stop'>[] = [];
  const stop = async (): Promise<void> => {
    const stopped = await Promise.allSettled(sources.map((source) => source.stop()));
    for (const one of stopped) if (one.status === 'rejected') throw one.reason;
  };
  try {
    return { listening: await begin((source) => sources.push(source)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function endpointOf(text: string): ListenAddress {
  const endpoint = parseEndpoint(text);
  if (!endpoint) throw new CliError(`--bmp ${text} is not HOST:PORT`);
  return { host: endpoint.host, port: endpoint.port };
}
