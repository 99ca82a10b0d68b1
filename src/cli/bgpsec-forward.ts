import type { Command } from 'commander';
import { ATTR_BGPSEC_PATH, ATTR_MP_REACH_NLRI, decodeUpdate } from '../bgp/index.js';
import { encodeSignedUpdate, propagate } from '../bgpsec/index.js';
import { fromHex } from '../bytes/index.js';
import type { Asn } from '../inet/index.js';
import { addAttributeTypeOption } from './attribute-type.js';
import {
  addSendingOptions,
  nextHopOf,
  type SendingOptions,
  speakerAndPeer,
  writeUpdate,
} from './bgpsec-sending.js';
import type { Context } from './command.js';
import { CliError } from './io.js';
import { readMessageText } from './message-text.js';
import { parseAsnOption } from './parse-options.js';

/** Attributes that do not cross an AS border or are made anew: MULTI_EXIT_DISC, LOCAL_PREF, and the two path-bearing ones. */
const LEFT_BEHIND: ReadonlySet<number> = new Set([4, 5, ATTR_MP_REACH_NLRI, ATTR_BGPSEC_PATH]);

/** `pathsec bgpsec forward`: what a received signed route looks like for one neighbour (RFC 8205 §4.2 to §4.4, RFC 8206). */
export function define(command: Command, { io }: Context): void {
  addAttributeTypeOption(addSendingOptions(command))
    .argument('<message>', 'the received UPDATE: hexadecimal text or a file')
    .option(
      '--arrived-as <asn>',
      'the AS this side sent to the neighbour it came from (AS migration)',
      parseAsnOption,
    )
    .action(
      async (argument: string, options: SendingOptions & { arrivedAs?: Asn; attributeType: 33 | 30 }) => {
        const message = fromHex(await readMessageText(argument, io), 'message');
        const update = decodeUpdate(message, {
          bgpsecReceived: true,
          printedBgpsecType: options.attributeType === 30,
        });
        const { bgpsecPath, mpReach } = update.values;
        const [fault] = update.faults;
        if (fault)
          throw new CliError(`the message is faulty: ${fault.message} (${fault.code}, ${fault.treatment})`);
        const route = mpReach?.nlri?.[0];
        if (!bgpsecPath || !mpReach || !route)
          throw new CliError('the message carries no BGPsec_PATH with one prefix');
        const { speaker, peer } = await speakerAndPeer(options, io);
        const announced = { prefix: route.prefix, safi: mpReach.safi };
        const { arrivedAs } = options;
        const sending = propagate(
          { announced, bgpsecPath, ...(arrivedAs === undefined ? {} : { arrivedAs }) },
          speaker,
          peer,
        );
        if (sending.form !== 'signed')
          throw new CliError(`not signed: ${'why' in sending ? sending.why : sending.form}`);
        const attributes = update.message.attributes.filter(
          ({ code }) => !LEFT_BEHIND.has(code) && code !== 30,
        );
        const nextHop = options.nextHop ? nextHopOf(options, route.prefix) : mpReach.nextHop;
        const signed = { announced, bgpsecPath: sending.bgpsecPath, nextHop, attributes };
        await writeUpdate(encodeSignedUpdate(signed, options.extendedMessages), io);
      },
    );
}
