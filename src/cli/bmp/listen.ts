import type { Command } from 'commander';
import { printEvents } from '../bgp/event-run.js';
import { addEventOptions, type EventWords } from '../bgp/session-options.js';
import { addWhereOptions, listenOf, type Where } from '../bgp/where.js';
import type { Context } from '../shared/command.js';
import { addRouterLimits, BMP_LISTEN, beginStation, type RouterLimits } from './station.js';

interface StationOptions extends EventWords, Where, RouterLimits {}

/** `pathsec bmp listen`: a station that prints what routers tell of their peers, with verdicts. */
export function define(command: Command, { io }: Context): void {
  addRouterLimits(addEventOptions(addWhereOptions(command, BMP_LISTEN))).action((options: StationOptions) => {
    const where = listenOf(options, BMP_LISTEN) ?? BMP_LISTEN;
    return printEvents(options, io, (run) => beginStation(where, options, run, io));
  });
}
