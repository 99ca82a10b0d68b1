import { access, constants, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Asn } from '../../inet/index.js';
import { requireApart } from '../shared/apart.js';
import type { Context } from '../shared/command.js';
import { parseEndpoint } from '../shared/endpoint.js';
import { nameOf, systemErrorText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { peerOf, routerIdOf } from './config.js';
import { createInjectLog } from './inject-events.js';
import { paperTarget, writeMessages } from './inject-file.js';
import { type KeyRing, loadKeyRing } from './inject-keys.js';
import { madeRoutesFeed, signersOfMade } from './inject-made.js';
import { addInjectOptions, checkInjectOptions, type InjectOptions, signs } from './inject-options.js';
import { playFeed } from './inject-play.js';
import { routesFeed } from './inject-routes.js';
import { injectInto } from './inject-session.js';
import { signedRoutesFeed } from './inject-signed.js';
import { type Feed, readNextHops } from './inject-target.js';
import { peerWords } from './session-options.js';

/** `pathsec bgp inject`: announces routes to a peer and holds the session until it is told to stop, or writes them to a file. */
export function define(command: Command, { io, exit }: Context): void {
  addInjectOptions(command, io).action(async (peer: string | undefined, options: InjectOptions) => {
    const localAs = checkInjectOptions(peer, options);
    const { count, hops, jobs = 1, write, play } = options;
    await requireApart({ '--write': write, '--keys-out': options.keysOut }, [
      ...(options.routes ?? []),
      play,
    ]);
    // Before a session, which may never come up.
    if (play !== undefined && play !== '-') await isReadable(play);
    const output = options.keysOut === undefined ? undefined : await prepareOutput(options.keysOut);
    const keys = await keysOf(options, io);
    const made = count === undefined ? undefined : { count, hops: hops ?? 3, seed: io.seed };
    // The keys of made routes are known before: whoever verifies wants them first.
    if (made && output) for (const asn of signersOfMade(localAs, made, keys)) keys.keyOf(asn);
    if (made) await output?.write(keys.json());
    const feed = made ? madeRoutesFeed(made, keys, jobs) : feedOf(options, keys, io);
    exit(
      write === undefined
        ? await announce(peer ?? '', localAs, options, feed, io)
        : await writeAll(write, localAs, options, feed, io),
    );
    if (!made) await output?.write(keys.json());
  });
}

function keysOf({ sign, generateKeys, count }: InjectOptions, io: Io): Promise<KeyRing> {
  const made = generateKeys === true || count !== undefined;
  return loadKeyRing(sign, made ? io.seed : undefined, io);
}

function feedOf(options: InjectOptions, keys: KeyRing, io: Io): Feed {
  const { routes = [], asReceived = false, strict = false, jobs = 1, play } = options;
  if (play !== undefined) return playFeed(play, io);
  const reading = { files: routes, asReceived, strict };
  return signs(options) ? signedRoutesFeed(reading, keys, jobs, io) : routesFeed(reading, io);
}

async function announce(
  peer: string,
  localAs: Asn,
  options: InjectOptions,
  feed: Feed,
  io: Io,
): Promise<number> {
  const { rate, json, text, for: seconds, routes = [] } = options;
  const hops = readNextHops(options.nextHop);
  const to = peerFor(peer, localAs, options);
  // Signed routes are not made ahead of a session, which may never come up. Of several inputs one that is not there is told in its turn.
  const [only] = routes;
  if (only !== undefined && only !== '-' && routes.length === 1) await isReadable(only);
  // What is no file may have nothing to say for a while, for which no session would wait.
  const ahead = routes.length > 0 && !signs(options) && (await areFiles(routes));
  return injectInto({ peer: to, hops, rate, ahead, for: seconds, json, text }, feed, io);
}

/** @throws {CliError} that names the file, with the code that it has among others (`readRouteFiles`). */
async function isReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    const text = systemErrorText(error);
    throw text === undefined ? error : new CliError(`${nameOf(path)}: ${text} (input-unreadable)`);
  }
}

async function areFiles(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      path === '-'
        ? false
        : stat(path).then(
            (one) => one.isFile(),
            () => true, // it is told before there is a session
          ),
    ),
  );
  return found.every(Boolean);
}

/** The peer to connect to. It is offered no route refresh: what has gone out is not kept. */
function peerFor(text: string, localAs: Asn, options: InjectOptions) {
  const endpoint = parseEndpoint(text);
  if (!endpoint) throw new CliError(`${text} is not HOST:PORT`);
  const { localAddress, routerId } = options;
  const { host: address, port } = endpoint;
  const words = { ...peerWords(options), address, port, localAddress };
  const { session, ...where } = peerOf(localAs, routerIdOf(routerId, localAs), words);
  const bgpsec = (signs(options) || options.play !== undefined) && { bgpsec: ['send'] as const };
  return { ...where, session: { ...session, routeRefresh: false, ...bgpsec } };
}

async function writeAll(
  file: string,
  localAs: Asn,
  options: InjectOptions,
  feed: Feed,
  io: Io,
): Promise<number> {
  const { peerAs = 0, format = 'raw' } = options;
  // A signed message that a receiver without Extended Messages does not take is passed over when it is played.
  const target = paperTarget(localAs, peerAs, readNextHops(options.nextHop), signs(options));
  const { skipped, malformed = new Map(), code, ...counts } = await writeMessages(file, format, target, feed);
  const log = createInjectLog(options, io, () => {});
  const told = { ...counts, skipped: Object.fromEntries(skipped), malformed: Object.fromEntries(malformed) };
  log.tell({ type: 'written', peer: null, file, ...told });
  await log.close();
  return code;
}
