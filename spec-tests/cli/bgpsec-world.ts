import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePkcs8 } from 'pathsec/bgpsec';
import { fromHex, toHex } from 'pathsec/bytes';
import { pemOf } from 'pathsec/rpki';
import { expect, onTestFinished } from 'vitest';
import { keyOf, messageOf, pathOf } from '../bgpsec/world.js';
import { temporaryFile } from './run.js';

/** The AS that verifies. */
export const LOCAL = 64500;
/** A signed path of two ASes. */
export const UPDATE = toHex(messageOf(pathOf([64496, 64499], LOCAL)));

export interface KeyLine {
  readonly asn: number;
  readonly ski: string;
  readonly spki: string;
}

/** Router keys in the spelling of rpki-client. */
export function keysFile(keys: readonly KeyLine[]): string {
  const list = keys.map(({ asn, ski, spki }) => ({
    asn,
    ski,
    pubkey: Buffer.from(fromHex(spki)).toString('base64'),
  }));
  return temporaryFile('keys.json', JSON.stringify({ metadata: {}, roas: [], bgpsec_keys: list }));
}

const lineOf = (asn: number): KeyLine => ({ asn, ski: toHex(keyOf(asn).ski), spki: toHex(keyOf(asn).spki) });
/** The keys of the test ASes in such a file. */
export const keys = (...asns: number[]) => keysFile(asns.map(lineOf));

/** A private key file of its owner alone. */
export function privateFile(asn: number, mode = 0o600): string {
  const path = temporaryFile('router.pem', pemOf('PRIVATE KEY', encodePkcs8(keyOf(asn))));
  chmodSync(path, mode);
  return path;
}

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pathsec-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** It is not the program's fault. */
export const withoutStack = (stderr: string) => {
  expect(stderr).toMatch(/^(?:pathsec|error): /m);
  expect(stderr).not.toMatch(/\bat .*\.[jt]s:\d+/);
};
