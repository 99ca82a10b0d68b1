import { readFileSync } from 'node:fs';

/** The number in a file that a program is about to write. */
export async function processIdIn(file: string): Promise<number> {
  for (;;) {
    try {
      const id = Number(readFileSync(file, 'utf8'));
      if (id > 0) return id;
    } catch {
      // not yet
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves when there is no such process, a zombie counted as none. */
export async function expectEnded(id: number): Promise<void> {
  for (;;) {
    try {
      process.kill(id, 0);
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${id}/status`, 'utf8'))) return;
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
