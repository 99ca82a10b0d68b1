import type { Command } from 'commander';
import { type BgpsecDirection, decodeMessage, negotiateBgpsec, type OpenMessage } from '../../bgp/index.js';
import { fromHex } from '../../bytes/index.js';
import type { Context } from '../shared/command.js';
import { checkStdin, inFile, nameOf } from '../shared/input.js';
import { CliError, EXIT, type Io } from '../shared/io.js';
import { shorten } from '../shared/text-table.js';
import { readMessageText } from './message-text.js';

/** `pathsec bgpsec negotiate`: what two OPENs agree on (RFC 8205 §2.2), with the reasons where they do not. */
export function define(command: Command, { io, exit }: Context): void {
  command
    .argument('<own>', 'the OPEN of this side: hexadecimal text or a file')
    .argument('<peer>', 'the OPEN of the neighbour')
    .option('-j, --json', 'the result as JSON')
    .action(async (own: string, peer: string, options: { json?: boolean }) => {
      checkStdin(own, peer);
      const result = negotiateBgpsec(await readOpen(own, io), await readOpen(peer, io));
      const { ipv4, ipv6, notes } = result;
      if (options.json) await io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else {
        const rows = [
          direction('IPv4 send', ipv4.send),
          direction('IPv4 receive', ipv4.receive),
          direction('IPv6 send', ipv6.send),
          direction('IPv6 receive', ipv6.receive),
          ...notes.map(
            ({ side, code, afi }) =>
              `note          ${side}: ${code}${afi === undefined ? '' : ` (AFI ${afi})`}\n`,
          ),
        ];
        await io.stdout.write(rows.join(''));
      }
      const some = [ipv4.send, ipv4.receive, ipv6.send, ipv6.receive].some(({ negotiated }) => negotiated);
      exit(some ? EXIT.done : EXIT.invalid);
    });
}

function direction(name: string, { negotiated, unmet }: BgpsecDirection): string {
  const why = unmet.map(({ side, missing }) => `${side} lacks ${missing}`).join(', ');
  return `${name.padEnd(12)}  ${negotiated ? 'BGPsec' : `no BGPsec: ${why}`}\n`;
}

async function readOpen(argument: string, io: Io): Promise<OpenMessage> {
  const name = shorten(argument, 60);
  const octets = await readMessageText(argument, io);
  const message = inFile(name, () => decodeMessage(fromHex(octets, 'open')));
  if (message.kind !== 'open') {
    throw new CliError(`${nameOf(name)}: a message of kind ${message.kind} is no OPEN`);
  }
  return message;
}
