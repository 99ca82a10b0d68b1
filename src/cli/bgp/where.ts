import { type Command, InvalidArgumentError } from 'commander';
import { parseEndpoint } from '../shared/endpoint.js';
import { CliError } from '../shared/io.js';

/** The options that say where to listen. */
export type Where = { readonly [Name in 'listen' | 'address']?: string | undefined } & {
  readonly port?: number | undefined;
};

/** Where something listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Declares them. */
export function addWhereOptions(command: Command, { host, port }: ListenAddress): Command {
  return command
    .option(
      '--listen <address>',
      `HOST:PORT to listen on; port 0 takes a free one (default: ${host}:${port})`,
    )
    .option('--address <address>', 'the HOST of --listen alone')
    .option('--port <number>', 'the PORT of --listen alone', parsePort);
}

/**
 * Where the options say, with what `usual` says of what they leave out; undefined where they say nothing.
 *
 * @throws {CliError} for both ways of saying it at once, or what is no HOST:PORT.
 */
export function listenOf({ listen, address, port }: Where, usual: ListenAddress): ListenAddress | undefined {
  if (listen === undefined) {
    if (address === undefined && port === undefined) return undefined;
    return { host: address ?? usual.host, port: port ?? usual.port };
  }
  if (address !== undefined || port !== undefined)
    throw new CliError('--listen, or --address and --port, not both');
  const endpoint = parseEndpoint(listen);
  if (!endpoint) throw new CliError(`--listen ${listen} is not HOST:PORT`);
  return { host: endpoint.host, port: endpoint.port };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('A port: 0 to 65535.');
}
