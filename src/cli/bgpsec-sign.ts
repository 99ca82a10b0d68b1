import type { Command } from 'commander';
import { encodeOrigin, pathAttribute } from '../bgp/index.js';
import { encodeSignedUpdate, propagate, unicast } from '../bgpsec/index.js';
import type { Prefix } from '../inet/index.js';
import {
  addSendingOptions,
  nextHopOf,
  type SendingOptions,
  speakerAndPeer,
  writeUpdate,
} from './bgpsec-sending.js';
import type { Context } from './command.js';
import { CliError } from './io.js';
import { parsePrefixOption } from './parse-options.js';

/** `pathsec bgpsec sign`: the UPDATE that originates a prefix to one neighbour (RFC 8205 §4.2). */
export function define(command: Command, { io }: Context): void {
  addSendingOptions(command)
    .requiredOption('--prefix <prefix>', 'the route that begins here', parsePrefixOption)
    .action(async (options: SendingOptions & { prefix: Prefix }) => {
      const { speaker, peer } = await speakerAndPeer(options, io);
      const announced = unicast(options.prefix);
      const sending = propagate({ announced }, speaker, peer);
      if (sending.form !== 'signed')
        throw new CliError(`not signed: ${'why' in sending ? sending.why : sending.form}`);
      const update = encodeSignedUpdate(
        {
          announced,
          bgpsecPath: sending.bgpsecPath,
          nextHop: nextHopOf(options, options.prefix),
          attributes: [pathAttribute(1, encodeOrigin('igp'))],
        },
        options.extendedMessages,
      );
      await writeUpdate(update, io);
    });
}
