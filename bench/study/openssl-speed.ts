import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Milliseconds of CPU of one operation of `openssl speed`. */
export interface NativeTime {
  /** As `openssl speed` calls it; `ecdsap256` for ECDSA on P-256. */
  readonly algorithm: string;
  readonly operation: 'sign' | 'verify';
  readonly ms: number;
}

/** What `openssl speed` measured, or why it could not. */
export type NativeSpeed =
  | { readonly version: string; readonly times: readonly NativeTime[] }
  | { readonly absent: string };

/**
 * Runs `openssl speed` in the root of `scripts/peers.sh`, a second for each operation. The OpenSSL of this Node has none of
 * the new algorithms. All of them are in one call, so that ratios are of one minute.
 */
export async function opensslSpeed(algorithms: readonly string[]): Promise<NativeSpeed> {
  try {
    const version = (await inPeers('version')).split(' ').slice(0, 2).join(' ');
    return { version, times: parseSpeed(await inPeers('speed', '-mr', '-seconds', '1', ...algorithms)) };
  } catch (error) {
    const { stderr = '', message } = error as { readonly stderr?: string; readonly message: string };
    return { absent: (stderr.trim() || message).split('\n').at(-1) ?? '' };
  }
}

/** Above this file, which the tasks carry into a folder of their own. */
function peersScript(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const script = fileURLToPath(new URL('scripts/peers.sh', folder));
    if (existsSync(script) || folder.pathname === '/') return script;
  }
}

async function inPeers(...words: readonly string[]): Promise<string> {
  // Output goes to both streams.
  const { stdout, stderr } = await run(peersScript(), ['run', 'openssl', ...words]);
  return `${stdout}${stderr}`;
}

/** Reads the lines of `openssl speed -mr`: `+DTP:NAME:OPERATION:…` announces, `+R…:COUNT:NAME:SECONDS` counts. */
export function parseSpeed(text: string): NativeTime[] {
  const times: NativeTime[] = [];
  let announced: Pick<NativeTime, 'algorithm' | 'operation'> | undefined;
  for (const line of text.split('\n')) {
    const [kind = '', first = '', second = '', third = ''] = line.trim().split(':');
    if (kind === '+DTP') {
      const operation = second.startsWith('sign') ? 'sign' : second === 'verify' ? 'verify' : undefined;
      const algorithm = third === 'ecdsa' ? `ecdsap${first}` : first;
      announced = operation === undefined ? undefined : { algorithm, operation };
    } else if (/^\+R\d+$/.test(kind) && announced !== undefined) {
      const ms = (1000 * Number(third)) / Number(first);
      if (Number.isFinite(ms) && ms > 0) times.push({ ...announced, ms });
      announced = undefined;
    }
  }
  return times;
}
