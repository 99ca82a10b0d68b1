import type { Command } from 'commander';
import {
  ATTR_LOCAL_PREF,
  ATTR_ORIGIN,
  encodeLocalPref,
  encodeOrigin,
  type PathAttribute,
  type PeerKind,
  pathAttribute,
} from '../../bgp/index.js';
import { encodeSignedUpdate, propagate, unicast } from '../../bgpsec/index.js';
import type { Prefix } from '../../inet/index.js';
import type { Context } from '../shared/command.js';
import { CliError } from '../shared/io.js';
import { parsePrefixOption } from '../shared/parse-options.js';
import { addSendingOptions, nextHopOf, type SendingOptions, speakerAndPeer, writeUpdate } from './sending.js';

/**
 * `pathsec bgpsec sign`: the UPDATE that originates a prefix to one neighbour (RFC 8205 §4.2); to an internal one it
 * has neither path attribute (§4.1).
 */
export function define(command: Command, { io }: Context): void {
  addSendingOptions(command)
    .requiredOption('--prefix <prefix>', 'the route that begins here', parsePrefixOption)
    .action(async (options: SendingOptions & { prefix: Prefix }) => {
      const { speaker, peer } = await speakerAndPeer(options, io);
      const announced = unicast(options.prefix);
      const sending = propagate({ announced }, speaker, peer);
      if (sending.form === 'unsigned') throw new CliError(`not signed: ${sending.why}`);
      const { pathId } = options;
      const update = encodeSignedUpdate(
        {
          announced,
          ...(sending.form === 'signed' && { bgpsecPath: sending.bgpsecPath }),
          nextHop: nextHopOf(options, options.prefix),
          attributes: ownAttributes(peer.kind),
          ...(pathId !== undefined && { pathId }),
        },
        options.extendedMessages,
      );
      await writeUpdate(update, options, io);
    });
}

/** ORIGIN, and LOCAL_PREF for internal neighbours (RFC 4271 §5.1.5; docs/decisions/bgpsec.md D-local-pref-100). */
function ownAttributes(kind: PeerKind): PathAttribute[] {
  const origin = pathAttribute(ATTR_ORIGIN, encodeOrigin('igp'));
  return kind === 'internal' ? [origin, pathAttribute(ATTR_LOCAL_PREF, encodeLocalPref(100))] : [origin];
}
