import type { Lab } from './lab.js';
import type { RouterProgram } from './place.js';

/** The program of a router under test, which is started again where it ended by itself. */
export interface ProgramKeeper {
  /** Whether it has ended. */
  readonly ended: boolean;
  /** The last that it wrote. */
  readonly output: string;
  /** What a reader should know: that it ended by itself, how often, and its last words then. */
  readonly notes: readonly string[];
  /** Starts it again, and waits until all sessions are up; false where it has ended too often, or they do not come up. */
  restart(): Promise<boolean>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Times that a program is started again: one that ends under many a table would take the run with it otherwise. */
const MOST_RESTARTS = 20;

/** Starts the program of a router; the waits of the laboratory end with it. */
export async function keepProgram(lab: Lab, start: () => Promise<RouterProgram>): Promise<ProgramKeeper> {
  const { patience, sessions } = lab;
  const starting = async (): Promise<RouterProgram> => {
    patience.setGone(false);
    const started = await start();
    void started.gone.then(() => patience.setGone(true));
    return started;
  };
  let program = await starting();
  let restarts = 0;
  let lastWords: string | undefined;
  return {
    get ended() {
      return program.ended;
    },
    get output() {
      return program.output;
    },
    get notes() {
      const words = program.ended ? program.output : lastWords;
      if (words === undefined) return [];
      const times = restarts + (program.ended ? 1 : 0);
      const again =
        restarts === 0 ? '' : `, and was started again ${restarts === 1 ? 'once' : `${restarts} times`}`;
      return [`the router ended by itself${times === 1 ? '' : ` ${times} times`}${again}: ${words}`];
    },
    async restart() {
      if (!program.ended || restarts >= MOST_RESTARTS) return false;
      lastWords = program.output;
      restarts++;
      // Sockets may tell of the end later than the program does, and a neighbour keeps its connection for all its sessions.
      const old = sessions.map(({ ups }) => ups);
      program = await starting();
      return patience.until(() =>
        sessions.every(({ connection, ups }, i) => connection !== undefined && ups !== old[i]),
      );
    },
    stop: () => program.stop(),
  };
}
