import { inFile, MAX_HAND_WRITTEN, nameOf, readText } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { readJsonText } from '../shared/json-text.js';
import { type BgpConfig, readConfig } from './config.js';
import type { ListenAddress } from './where.js';

/** Where BGP peers are waited for, where nothing else is said. */
export const BGP_LISTEN: ListenAddress = { host: '127.0.0.1', port: 1790 };

/**
 * What the file of `--config` says; a `where` counts in place of its own.
 *
 * @throws {CliError} that names the file.
 */
export async function readConfigFile(file: string, io: Io, where?: ListenAddress): Promise<BgpConfig> {
  const text = await readText(file, io, MAX_HAND_WRITTEN);
  const value = readJsonText(file, text, '{"localAs": …, "peers": […]}');
  const found = inFile(file, () => readConfig(value));
  const listen = where ?? found.listen;
  const waits = found.peers.some((peer) => peer.port === undefined);
  return {
    file: nameOf(file),
    peers: found.peers,
    ...((listen || waits) && { listen: listen ?? BGP_LISTEN }),
  };
}
