import type { Command } from 'commander';

/**
 * Declares that an option whose value may be absent takes one only as `--name=value`: written alone it is `--name=bare`, and
 * what follows is an argument, where commander would take it for the value.
 */
export function takeBare(command: Command, option: `--${string}`, bare: string): Command {
  const parse = command.parseOptions.bind(command);
  command.parseOptions = (argv) => {
    const end = argv.indexOf('--');
    return parse(
      argv.map((word, i) => (word === option && (end < 0 || i < end) ? `${option}=${bare}` : word)),
    );
  };
  return command;
}
