import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatAsPath } from '../../bgp/index.js';
import { toHex } from '../../bytes/index.js';
import { type Asn, formatPrefix } from '../../inet/index.js';
import type { PlainEngine } from '../../node/apvas-engines.js';
import { loadLaboratory } from '../../node/load-laboratory.js';
import type { Context } from '../shared/command.js';
import { checkStdin } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { checkNewFile, writeNewFiles } from '../shared/new-files.js';
import { parseAsnOption } from '../shared/parse-options.js';
import { addEngineOption, EXPERIMENTS, type Experiment, noteNonStandard } from './options.js';
import { type RouteToSign, routesToSign } from './routes-to-sign.js';
import { loadSecrets, newSecrets } from './secrets.js';
import { aggregateSigner, type RouteSigner } from './sign-aggregate.js';
import { fcSigner } from './sign-fcbgp.js';

interface SignOptions {
  readonly scheme: Experiment;
  readonly engine: PlainEngine;
  readonly targetAs: Asn;
  readonly public: string;
  readonly secrets?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `pathsec apvas sign`: real routes as if every AS of their paths signed. NON-STANDARD. */
export function define(command: Command, { io }: Context): void {
  addEngineOption(command)
    .argument(
      '<routes...>',
      'files of routes in any form, - for stdin, or a route itself, as PREFIX|PATH|PEER',
    )
    .addOption(
      new Option('--scheme <name>', 'plain or chain: one signature a path; fcbgp: one a hop')
        .choices(EXPERIMENTS)
        .default('plain' satisfies Experiment),
    )
    .requiredOption('--target-as <asn>', 'the AS that receives the routes', parseAsnOption)
    .requiredOption('--public <file>', 'where the public keys of all ASes go; refused if it exists')
    .option(
      '--secrets <file>',
      'the secrets of the ASes; each gets a new one without it, forgotten at the end',
    )
    .option('--limit <n>', 'routes that are signed at most', parseLimit, 1000)
    .option('-j, --json', 'JSON Lines, as apvas verify reads them')
    .action(async (inputs: string[], options: SignOptions) => {
      checkStdin(...inputs, options.secrets);
      const { targetAs, json } = options;
      if (targetAs === 0) throw new CliError('--target-as is no AS of a speaker');
      await checkNewFile(options.public);
      await noteNonStandard(io);
      const routes = await routesToSign(inputs, options.limit, io);
      const signer = await signerOf(new Set(routes.flatMap(({ asns }) => asns)), options);
      // All are signed before anything is written: keys without their routes, or the other way round, are of no use.
      const signed = routes.map((route) => {
        const id = `${formatPrefix(route.prefix)} ${formatAsPath(route.asPath)}`;
        return { id, route, octets: updateOf(signer, route, targetAs, id) };
      });
      await writeNewFiles([{ file: options.public, content: signer.publicKeys }]);
      const { scheme } = options;
      for (const { id, route, octets } of signed) {
        const message = toHex(octets);
        const line = { id, standard: false, scheme, message, localAs: targetAs, peerAs: route.asns[0] };
        await io.stdout.write(`${json ? JSON.stringify(line) : message}\n`);
      }
    });

  async function signerOf(ases: ReadonlySet<Asn>, options: SignOptions): Promise<RouteSigner> {
    const { scheme, engine } = options;
    const secrets = options.secrets === undefined ? newSecrets() : await loadSecrets(options.secrets, io);
    if (scheme === 'fcbgp') return fcSigner(ases, secrets, io.seed);
    const laboratory = await loadLaboratory(engine);
    if (!laboratory.schemes.includes(scheme)) throw new CliError(`--engine ${engine} has no ${scheme}`);
    return aggregateSigner(laboratory, scheme, ases, secrets);
  }
}

function updateOf(signer: RouteSigner, route: RouteToSign, targetAs: Asn, id: string): Uint8Array {
  try {
    return signer.sign(route, targetAs);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`${id}: ${error.message}`);
    throw error;
  }
}

function parseLimit(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidArgumentError('1..9999999.');
  return Number(text);
}
