import type { Command } from 'commander';
import { DecodeError, toHex } from '../../bytes/index.js';
import {
  type CertifiedRouterKey,
  certifiedRouterKeys,
  checkCertificate,
  decodeCertificate,
  derOfFile,
  formatName,
  type ResourceCertificate,
} from '../../rpki/index.js';
import type { Context } from '../shared/command.js';
import { EXIT } from '../shared/io.js';
import { readKeyFile } from '../shared/key-file.js';
import { createInputProblems } from '../shared/problem-log.js';
import { formatTime, parseTime } from '../shared/time-option.js';
import { conforms, fieldsText, profileText } from './profile-text.js';

interface CertOptions {
  readonly time?: number;
  readonly json?: boolean;
}

/** `pathsec bgpsec cert`: the router certificate profile (RFC 8209 over RFC 6487) item by item, and the keys it yields. */
export function define(command: Command, { io, exit }: Context): void {
  command
    .argument('<file...>', 'router certificates, DER or PEM')
    .option(
      '--time <time>',
      'the time of evaluation: seconds, or 2019-06-18T04:00:00Z; default is now',
      parseTime,
    )
    .option('-j, --json', 'one JSON object per file, one per line')
    .action(async (files: string[], { time = io.now(), json }: CertOptions) => {
      let code: number = EXIT.done;
      const faults = createInputProblems(io);
      for (const [i, file] of files.entries()) {
        const octets = await faults.attempt(file, () => readKeyFile(file, io));
        if (octets === undefined) continue;
        try {
          const certificate = decodeCertificate(derOfFile(octets));
          const checks = checkCertificate(certificate, time, 'router');
          const keys = keysOf(certificate);
          if (!conforms(checks)) code = EXIT.invalid;
          if (json) {
            const result = { file, ...membersOf(certificate), keys: keys.map(keyMembers), checks };
            await io.stdout.write(`${JSON.stringify({ ...result, conforms: conforms(checks) })}\n`);
          } else {
            await io.stdout.write(
              `${i > 0 ? '\n' : ''}${header(file, certificate, keys)}${profileText(checks)}`,
            );
          }
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          const { code: fault, message } = error;
          if (json) {
            await io.stdout.write(`${JSON.stringify({ file, error: { code: fault, message } })}\n`);
            faults.count(file, 'refused');
          } else await faults.tell(file, { code: fault, message }, 'refused');
        }
      }
      exit((await faults.end()) || code);
    });
}

/** None where the certificate names no key; the profile says why. */
function keysOf(certificate: ResourceCertificate): readonly CertifiedRouterKey[] {
  try {
    return certifiedRouterKeys(certificate);
  } catch (error) {
    if (error instanceof DecodeError) return [];
    throw error;
  }
}

/** The member names follow `rpki show --json`. */
function membersOf({ subject, issuer, serial, notBefore, notAfter, ski }: ResourceCertificate) {
  return {
    cert_subject: formatName(subject),
    cert_issuer: formatName(issuer),
    cert_serial: serial.toString(16).toUpperCase(),
    valid_since: formatTime(notBefore),
    valid_until: formatTime(notAfter),
    ski: ski && toHex(ski).toUpperCase(),
  };
}

function keyMembers({ min, max, ski, spki }: CertifiedRouterKey) {
  return { min, max, ski: toHex(ski).toUpperCase(), pubkey: Buffer.from(spki).toString('base64') };
}

function header(file: string, certificate: ResourceCertificate, keys: readonly CertifiedRouterKey[]): string {
  const members = membersOf(certificate);
  const asns = keys.map(({ min, max }) => (min === max ? `AS${min}` : `AS${min}-AS${max}`));
  return fieldsText([
    ['file', file],
    ['subject', members.cert_subject],
    ['issuer', members.cert_issuer],
    ['serial', members.cert_serial],
    ['valid', `${members.valid_since} to ${members.valid_until}`],
    ['SKI', members.ski ?? '-'],
    ['key for', asns.join(', ') || '-'],
  ]);
}
