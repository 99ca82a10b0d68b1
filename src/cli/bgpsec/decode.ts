import type { Command } from 'commander';
import { BgpError, type DescribedOctets, describeMessage } from '../../bgp/index.js';
import { type DecodeError, fromHex, printable } from '../../bytes/index.js';
import type { Context } from '../shared/command.js';
import { EXIT } from '../shared/io.js';
import { type AddPathOptions, addAddPathOptions, addPathOf } from './add-path-option.js';
import { readMessageText } from './message-text.js';

/** `pathsec bgpsec decode`: any BGP message as an annotated tree; columns are offset, length, meaning. */
export function define(command: Command, { io, exit }: Context): void {
  addAddPathOptions(command)
    .argument('<message>', 'hexadecimal text, or a file of hexadecimal or binary octets; - is stdin')
    .option('--as2', 'the session has 2-octet AS numbers')
    .option('-j, --json', 'the tree and the errors as JSON')
    .action(async (argument: string, options: AddPathOptions & { json?: boolean; as2?: boolean }) => {
      const octets = fromHex(await readMessageText(argument, io), 'message');
      const { tree, errors } = describeMessage(octets, {
        ...(options.as2 && { asnSize: 2 }),
        ...addPathOf(options),
      });
      if (options.json) {
        await io.stdout.write(`${JSON.stringify({ tree, errors: errors.map(errorMembers) }, null, 2)}\n`);
      } else {
        await io.stdout.write(treeText(tree, 0));
        for (const error of errors) {
          const { code, treatment } = errorMembers(error);
          await io.stdout.write(
            `error  ${printable(error.message)} (${code}${treatment ? `, ${treatment}` : ''})\n`,
          );
        }
      }
      exit(errors.length > 0 ? EXIT.invalid : EXIT.done);
    });
}

function errorMembers(error: DecodeError): {
  code: string;
  field: string;
  offset?: number;
  message: string;
  treatment?: string;
} {
  const { code, field, offset, message } = error;
  return {
    code,
    field,
    ...(offset === undefined ? {} : { offset }),
    message,
    ...(error instanceof BgpError ? { treatment: error.treatment } : {}),
  };
}

function treeText({ name, offset, length, value, children }: DescribedOctets, depth: number): string {
  const place = `${String(offset).padStart(5)} ${String(length).padStart(5)}  `;
  const text = value === undefined ? '' : `: ${printable(value)}`;
  const own = `${place}${'  '.repeat(depth)}${name}${text}\n`;
  return own + children.map((child) => treeText(child, depth + 1)).join('');
}
