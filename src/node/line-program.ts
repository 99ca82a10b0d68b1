import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';

/** Characters of a line, and lines that wait to be read. */
const MAX_LINE = 16 * 1024 * 1024;
const MAX_WAITING = 10_000;

/** A started program: lines in, lines out. */
export class LineProgram {
  /** Questions it has answered. */
  answers = 0;
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #decoder = new StringDecoder('utf8');
  #partial: string[] = [];
  #partialLength = 0;
  #stderr = '';
  #end: string | undefined;
  #failed = false;
  #wake: (() => void) | undefined;

  constructor(command: string) {
    // A process group of its own, so that what the shell started is killed with it.
    this.#child = spawn(command, { shell: true, detached: process.platform !== 'win32', stdio: 'pipe' });
    this.#child.stdin?.on('error', () => {}); // it ended before it read everything
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#take(this.#decoder.write(chunk)));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-2000);
    });
    this.#child.on('error', (error) => this.#finish(`could not be started: ${error.message}`, true));
    this.#child.on('close', (code, signal) => {
      this.#take(this.#decoder.end());
      this.#endLine();
      const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      this.#finish(how, code !== 0);
    });
  }

  get ended(): boolean {
    return this.#end !== undefined && this.#lines.length === 0;
  }

  get failed(): boolean {
    return this.#failed;
  }

  get endNote(): string {
    return `the program ${this.#end ?? 'runs'}${this.stderrNote}`;
  }

  get stderrNote(): string {
    const last = this.#stderr.trim();
    return last === '' ? '' : `; stderr: ${last}`;
  }

  send(line: string): void {
    this.#child.stdin?.write(line);
  }

  /** Sends a line and waits until the program can take more, or has ended. */
  async sendSlowly(line: string): Promise<void> {
    const { stdin } = this.#child;
    if (!stdin || stdin.destroyed || stdin.write(line)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stdin.off('drain', done).off('close', done).off('error', done);
        resolve();
      };
      stdin.on('drain', done).on('close', done).on('error', done);
    });
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  /** The next line that is not blank; `end` when there will be none, `timeout` when it does not come in time. */
  async next(timeout: number): Promise<{ readonly text: string } | 'end' | 'timeout'> {
    const text = this.#lines.shift();
    if (this.#lines.length < MAX_WAITING) this.#child.stdout?.resume();
    if (text !== undefined) return { text };
    if (this.#end !== undefined) return 'end';
    const woken = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), Math.max(0, timeout));
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
    this.#wake = undefined;
    return woken ? this.next(timeout) : 'timeout';
  }

  /** Closes the input and waits for the end; kills the program when it does not come. @returns whether it came. */
  async close(timeout: number): Promise<boolean> {
    this.endInput();
    const deadline = Date.now() + timeout;
    while (Date.now() < deadline) {
      if ((await this.next(deadline - Date.now())) === 'end') return true;
    }
    this.kill();
    return false;
  }

  kill(): void {
    const { pid } = this.#child;
    this.#finish('was killed', true);
    this.#lines.length = 0;
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
    try {
      if (pid !== undefined && process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }

  #take(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#keep(text.slice(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#keep(text.slice(start));
    // Nobody has to remember what an endless talker says.
    if (this.#lines.length > MAX_WAITING) this.#child.stdout?.pause();
    if (this.#lines.length > 0) this.#wake?.();
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#partial.push(piece);
    this.#partialLength += piece.length;
    if (this.#partialLength > MAX_LINE) this.#endLine();
  }

  #endLine(): void {
    const line = this.#partial.join('');
    this.#partial = [];
    this.#partialLength = 0;
    if (line.trim() !== '') this.#lines.push(line);
  }

  #finish(how: string, failed: boolean): void {
    this.#end ??= how;
    this.#failed ||= failed;
    this.#wake?.();
  }
}
