import { LineQueue } from './line-queue.js';
import { type ProcessGroup, startGroup } from './process-group.js';

/** Characters of stderr that are kept: the last ones. */
const MAX_STDERR = 2_000;

/** Exit codes of a POSIX shell for a command that is not there, or cannot be executed. */
const NOT_STARTED: ReadonlySet<number | null> = new Set([126, 127]);

/** A line, or why there is none: the end of the program, the end of the patience. */
export type NextLine = { readonly text: string } | 'end' | 'timeout';

/** A started program: lines in, lines out. */
export class LineProgram {
  /** Questions it has answered. */
  answers = 0;
  readonly #group: ProcessGroup;
  readonly #lines = new LineQueue();
  #stderr = '';
  #end: string | undefined;
  #failed = false;
  #unstartable = false;
  #spoke = false;
  #wake: (() => void) | undefined;

  constructor(command: string) {
    this.#group = startGroup(command);
    const { child } = this.#group;
    child.stdin?.on('error', () => {}); // it ended before it read everything
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#spoke = true;
      this.#lines.push(chunk);
      // Nobody has to remember what an endless talker says.
      if (this.#lines.isFull) child.stdout?.pause();
      if (!this.#lines.isEmpty) this.#wake?.();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      const tail = chunk.subarray(-4 * MAX_STDERR).toString('utf8');
      this.#stderr = (this.#stderr + tail).slice(-MAX_STDERR);
    });
    child.on('error', (error) => {
      this.#unstartable = true;
      this.#finish(`could not be started: ${error.message}`, true);
    });
    child.on('close', (code, signal) => {
      this.#lines.end();
      this.#unstartable ||= NOT_STARTED.has(code) && !this.#spoke;
      const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      this.#finish(how, code !== 0);
    });
  }

  get ended(): boolean {
    return this.#end !== undefined && this.#lines.isEmpty;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** The shell could not start it: no such command, or none that can be executed. */
  get unstartable(): boolean {
    return this.#unstartable;
  }

  get endNote(): string {
    return `the program ${this.#end ?? 'runs'}${this.stderrNote}`;
  }

  get stderrNote(): string {
    const last = this.#stderr.trim();
    return last === '' ? '' : `; stderr: ${last}`;
  }

  send(line: string): void {
    this.#group.child.stdin?.write(line);
  }

  /** Sends a line and waits until the program can take more, or has ended, or was killed. */
  async sendSlowly(line: string): Promise<void> {
    const { stdin } = this.#group.child;
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
    this.#group.child.stdin?.end();
  }

  /**
   * The next line that is not blank; `end` when there will be none. After `deadline` (milliseconds since 1970) the lines
   * that came in time are still given, but nothing more is read: a busy machine costs no program its answer, and an endless
   * talker gets to `timeout`.
   */
  async next(deadline: number): Promise<NextLine> {
    const patience = deadline - Date.now();
    const text = this.#lines.shift();
    const { stdout } = this.#group.child;
    if (patience > 0) {
      if (!this.#lines.isFull) stdout?.resume();
    } else stdout?.pause();
    if (text !== undefined) return { text };
    if (this.#end !== undefined) return 'end';
    if (patience <= 0) return 'timeout';
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
    return this.next(deadline);
  }

  /** Ends it with all it has started. What it said is forgotten. */
  kill(): void {
    const { child, kill } = this.#group;
    this.#finish('was killed', true);
    this.#lines.clear();
    child.stdin?.destroy();
    child.stdout?.destroy();
    child.stderr?.destroy();
    kill();
  }

  #finish(how: string, failed: boolean): void {
    this.#end ??= how;
    this.#failed ||= failed;
    this.#wake?.();
  }
}
