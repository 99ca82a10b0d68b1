import type { Command } from 'commander';
import { answerRequest, HELLO, type Request } from '../../conformance/index.js';
import type { Members } from '../../questions/index.js';
import { packageVersion } from '../package-version.js';
import type { Context } from '../shared/command.js';
import { answerJsonLines } from '../shared/json-lines.js';

/** `pathsec conformance answer`: pathsec as the program under test, the example of the interface. */
export function define(command: Command, { io, exit }: Context): void {
  command.option('-j, --json', 'JSON Lines, as they are anyway').action(async () => {
    exit(await answerJsonLines('-', answer, io));
  });
}

async function answer(members: Members): Promise<object> {
  const own = await answerRequest(members as Request);
  return members.op === HELLO.op ? { ...own, version: packageVersion() } : own;
}
