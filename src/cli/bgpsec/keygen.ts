import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { encodePkcs8, generateRouterKey } from '../../bgpsec/index.js';
import { toHex } from '../../bytes/index.js';
import { pemOf } from '../../rpki/index.js';
import type { Context } from '../shared/command.js';
import { writeNewFiles } from '../shared/new-files.js';

/** `pathsec bgpsec keygen`: a new router key; the private key goes into a file of its owner and nowhere else. */
export function define(command: Command, { io }: Context): void {
  command
    .requiredOption('--out <file>', 'where the private key goes (PKCS#8 PEM, mode 600); refused if it exists')
    .option('--public <file>', 'where the public key goes (SubjectPublicKeyInfo PEM); refused if it exists')
    .option('-j, --json', 'SKI and public key as JSON, in the spelling of rpki-client')
    .action(async (options: { out: string; public?: string; json?: boolean }) => {
      const { out, public: publicFile } = options;
      const key = generateRouterKey(randomBytes(48));
      await writeNewFiles([
        { file: out, content: pemOf('PRIVATE KEY', encodePkcs8(key)), mode: 0o600 },
        ...(publicFile === undefined ? [] : [{ file: publicFile, content: pemOf('PUBLIC KEY', key.spki) }]),
      ]);
      const ski = toHex(key.ski).toUpperCase();
      const pubkey = Buffer.from(key.spki).toString('base64');
      await io.stdout.write(
        options.json ? `${JSON.stringify({ ski, pubkey })}\n` : `SKI         ${ski}\npublic key  ${pubkey}\n`,
      );
    });
}
