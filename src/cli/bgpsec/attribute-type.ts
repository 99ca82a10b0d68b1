import { type Command, InvalidArgumentError } from 'commander';

/** Declares `--attribute-type`: 33, or 30 by request for messages as RFC 8608 prints them. */
export function addAttributeTypeOption(command: Command): Command {
  return command.option(
    '--attribute-type <type>',
    'of BGPsec_PATH: 33, or 30 as the examples of RFC 8608 print it',
    parseAttributeType,
    33,
  );
}

function parseAttributeType(text: string): 33 | 30 {
  if (text === '33' || text === '30') return Number(text) as 33 | 30;
  throw new InvalidArgumentError('33 or 30.');
}
