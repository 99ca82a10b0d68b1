import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { printable } from '../../bytes/index.js';
import { makeFolder } from '../../node/make-folder.js';
import { generateRsaSigner } from '../../node/rsa-signer.js';
import { makeLab } from '../../rpki/index.js';
import type { Context } from '../shared/command.js';
import { inFile } from '../shared/input.js';
import { CliError } from '../shared/io.js';
import { prepareOutput } from '../shared/output-file.js';
import { parseSecondsOption } from '../shared/parse-options.js';
import { addPayloadOptions, loadPayloads, type PayloadOptions } from '../shared/payload-files.js';
import { ASRA_OID_OPTION } from './asra-oid.js';

interface LabOptions extends PayloadOptions {
  readonly days: number;
  readonly start?: number;
  readonly base: string;
  readonly asraOid?: string;
  readonly json?: boolean;
}

/** Each object costs an RSA key; a lab is no mirror of the Internet. */
const MAX_OBJECTS = 5_000;

/** 9999-12-31T23:59:59Z, the last time that X.509 can say (RFC 5280 §4.1.2.5). */
const LAST_TIME = 253_402_300_799;

/** `pathsec rpki lab`: a complete test hierarchy of signed objects for given payloads. */
export function define(command: Command, { io }: Context): void {
  addPayloadOptions(command)
    .argument('<dir>', 'where to write the repository; made if absent')
    .option('--days <days>', 'how long everything is valid', parseSecondsOption, 365)
    .option('--start <seconds>', 'when validity begins; default is an hour ago', parseSecondsOption)
    .option('--base <uri>', 'where the repository would be published', 'rsync://rpki.example/repo')
    .option(...ASRA_OID_OPTION)
    .option('-j, --json', 'what was written as one JSON object')
    .action(async (dir: string, options: LabOptions) => {
      if (!/^rsync:\/\/[^/]/.test(options.base)) throw new CliError('--base is an rsync URI (RFC 6487 §4.8)');
      const payloads = await loadPayloads(options, io);
      const notBefore = options.start ?? io.now() - 3600;
      const plan = {
        notBefore,
        notAfter: notBefore + options.days * 86_400,
        aspas: [...payloads.aspas],
        asras: [...payloads.asras],
        asraType: options.asraOid,
        vrps: [...payloads.vrps],
        routerKeys: [...payloads.routerKeys],
        prefixLists: [...payloads.prefixLists],
        base: options.base.replace(/\/$/, ''),
      };
      if (plan.notAfter > LAST_TIME) throw new CliError('a certificate cannot be valid after the year 9999');
      if (plan.asras.length > 0 && plan.asraType === undefined) {
        throw new CliError('the payloads have ASRAs: --asra-oid says of which content type they are to be');
      }
      const count = plan.aspas.length + plan.asras.length + plan.vrps.length + plan.prefixLists.length;
      if (count > MAX_OBJECTS) throw new CliError(`${count} objects; a lab makes at most ${MAX_OBJECTS}`);
      inFile(dir, () => makeFolder(dir));
      await prepareOutput(join(dir, 'ta.tal'));
      const [ta, ca] = await Promise.all([generateRsaSigner(), generateRsaSigner()]);
      const files = await makeLab(plan, { ta, ca, newSigner: generateRsaSigner });
      for (const { name, octets } of files) {
        const path = join(dir, name);
        makeFolder(dirname(path));
        await writeFile(path, octets);
      }
      const tal = join(dir, 'ta.tal');
      await io.stdout.write(
        options.json
          ? `${JSON.stringify({ dir, tal, files: files.map(({ name }) => name) })}\n`
          : `${files.length} files under ${printable(dir)}; trust anchor locator ${printable(tal)}\n`,
      );
    });
}
