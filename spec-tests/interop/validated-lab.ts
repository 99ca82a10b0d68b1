import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPayloadSet, type Payloads } from 'pathsec/payload';
import { writeRpkiClientJson } from 'pathsec/rpki';
import { expect } from 'vitest';
import { run } from '../cli/run.js';
import type { Place } from './place.js';

/** Has an rpki-client validate a repository of ours that signs the payloads. Returns the folder with all that it writes. */
export async function validatedLab(place: Place, payloads: Partial<Payloads>): Promise<string> {
  const own = mkdtempSync(join(tmpdir(), 'pathsec-lab-'));
  try {
    writeFileSync(join(own, 'payloads.json'), writeRpkiClientJson(createPayloadSet(payloads)));
    const made = await run([
      'rpki',
      'lab',
      join(own, 'repo'),
      '--rpki',
      join(own, 'payloads.json'),
      '--start',
      String(Math.floor(Date.now() / 1000) - 3_600),
    ]);
    expect(made.code).toBe(0);
    // Where the program looks for what rsync would have brought.
    cpSync(join(own, 'repo'), join(place.outside, 'rpki.example/repo'), { recursive: true });
    for (const folder of ['ta/ta', 'out']) mkdirSync(join(place.outside, folder), { recursive: true });
    cpSync(join(own, 'repo/ta.cer'), join(place.outside, 'ta/ta/ta.cer'));
    cpSync(join(own, 'repo/ta.tal'), join(place.outside, 'ta.tal'));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  chmodSync(place.outside, 0o755);
  await place.run('chmod', '-R', 'a+rwX', place.inside); // it drops its privileges
  const { inside } = place;
  await place.run('rpki-client', '-n', '-j', '-t', `${inside}/ta.tal`, '-d', inside, `${inside}/out`);
  return join(place.outside, 'out');
}
