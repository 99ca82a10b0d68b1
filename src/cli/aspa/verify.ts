import type { Command } from 'commander';
import { ASPA_REVISIONS, type AspaRevision, CURRENT_REVISION, formatExplanation } from '../../aspa/index.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { answerJsonLines } from '../shared/json-lines.js';
import { parseRevisionOption } from '../shared/parse-options.js';
import { addPayloadOptions, payloadInputs } from '../shared/payload-files.js';
import { aspaAnswerer } from './batch.js';
import { createMalformedCounter, notePath, warningsMember } from './path-warnings.js';
import { addSingleOptions, exitCodeOf, loadJudge, readSingle, type SingleOptions } from './single.js';

interface VerifyOptions extends SingleOptions {
  readonly batch?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly revision: AspaRevision;
}

/** `pathsec aspa verify`: one path of the command line, or a stream of questions in JSON Lines. */
export function define(command: Command, { io, exit }: Context): void {
  addPayloadOptions(addSingleOptions(command))
    .argument('[path]', 'the AS_PATH in wire order, neighbour first: "64499 64498 64496"')
    .option('--batch <file>', 'read questions in JSON Lines, answer in JSON Lines; - is stdin')
    .option('--explain', `give the evidence as well (revision ${CURRENT_REVISION})`)
    .option(
      '--revision <number>',
      `draft revision: ${ASPA_REVISIONS.toReversed().join(', ')}`,
      parseRevisionOption,
      CURRENT_REVISION,
    )
    .option('-j, --json', 'one JSON object')
    .action(async (path: string | undefined, options: VerifyOptions) => {
      if ((path === undefined) === (options.batch === undefined)) {
        throw new CliError('give either a path or --batch FILE');
      }
      if (options.explain && options.revision !== CURRENT_REVISION) {
        throw new CliError(
          `--explain shows the ramps of revision ${CURRENT_REVISION}; the other revisions have none`,
        );
      }
      if (options.batch !== undefined && options.ownAs !== undefined) {
        throw new CliError('--own-as is of a single path; questions of a batch have ownAs');
      }
      checkStdin(options.batch, ...payloadInputs(options));
      const { read } = await loadJudge(options, options.revision, io);
      if (options.batch !== undefined) {
        const { explain = false, revision } = options;
        const malformed = createMalformedCounter();
        const answer = aspaAnswerer(read, { explain, revision, onPath: malformed.add });
        exit(await answerJsonLines(options.batch, answer, io));
        await malformed.note(io);
        return;
      }
      const { revision } = options;
      const asked = readSingle(path ?? '', options, read);
      const outcome = asked.outcome();
      if (!options.explain) await notePath(asked.asPath, io);
      if (options.explain) {
        const evidence = asked.evidence();
        await io.stdout.write(options.json ? `${JSON.stringify(evidence)}\n` : formatExplanation(evidence));
      } else {
        const { egress, asra } = options;
        const by = { ...(egress && { egress }), ...(asra && { asra }) };
        await io.stdout.write(
          options.json
            ? `${JSON.stringify({ outcome, revision, ...by, ...warningsMember(asked.asPath) })}\n`
            : `${outcome}\n`,
        );
      }
      exit(exitCodeOf(outcome));
    });
}
