import { stat } from 'node:fs/promises';

/** Why a file is read: for the first time, because it differs, or because a person asked for it (SIGHUP). */
export type Occasion = 'start' | 'change' | 'told';

/** A file that is looked at again and again. */
export interface WatchedFile {
  readonly file: string;
  /**
   * Reads the file, and gives what takes its content over: that is called only if the file did not change meanwhile, and
   * returns whether anything changed by it. Undefined when there is nothing to take over; what is wrong with the file
   * is told by then. May throw on `start` alone.
   */
  load(occasion: Occasion): Promise<(() => boolean) | undefined>;
  /** Whether the file is to be read again although nothing has happened to it. */
  due?(): boolean;
  /** What takes over that time has passed, of a file that cannot be read twice; undefined when nothing comes of it. */
  expire?(): (() => boolean) | undefined;
}

/** Files that are being looked at. */
export interface FileWatch {
  /** Reads all files again, after what is being read now. */
  readAll(): void;
  close(): void;
}

/** What a look at a file tells. */
export interface FileStamp {
  /** Equal texts mean an untouched file. */
  readonly text: string;
  /** When the file was last changed, in milliseconds since 1970. */
  readonly time: number;
  /** The file cannot be read twice: stdin, a pipe. */
  readonly once: boolean;
}

/** Milliseconds within which a second change can leave the times of a file as they are. */
const SAME_TICK = 100;

/** A file with what was last seen of it. */
interface Look {
  readonly one: WatchedFile;
  /** The stamp of the last look. */
  seen: string | undefined;
  /** The stamp of what was last read. */
  read: string | undefined;
  /** A person asked for it, and it has not rested since. */
  told: boolean;
  /** It cannot be read twice. */
  readonly once: boolean;
}

/**
 * Reads `files` and then looks at them every `interval` milliseconds: one that differs from what was last read is read
 * again once it has rested for a look, since a file that is still being written changes between two looks. Stamps are
 * taken before a file is read, so a change while it or another one is read is seen later and never lost. `changed`
 * follows the first reading and every round that changed anything.
 *
 * @throws what the files throw on their first reading.
 */
export async function followFiles(
  files: readonly WatchedFile[],
  interval: number,
  changed: () => void,
  stampOf: (file: string) => Promise<FileStamp> = stampOfFile,
): Promise<FileWatch> {
  const looks: Look[] = [];
  for (const one of files) {
    const stamp = await stampOf(one.file);
    (await one.load('start'))?.();
    if (stamp.once && one.expire === undefined) continue;
    const settled = Date.now() - stamp.time > SAME_TICK;
    looks.push({
      one,
      seen: undefined,
      read: settled ? stamp.text : undefined,
      told: false,
      once: stamp.once,
    });
  }
  changed();
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  let told = false;
  let closed = false;
  const lookAt = async (look: Look): Promise<boolean> => {
    if (look.once) return look.one.due?.() === true && (look.one.expire?.()?.() ?? false);
    const { text } = await stampOf(look.one.file);
    const rested = text === look.seen;
    look.seen = text;
    if (!look.told && !(rested && (text !== look.read || look.one.due?.()))) return false;
    const accept = await look.one.load(look.told ? 'told' : 'change');
    if ((await stampOf(look.one.file)).text !== text) return false;
    look.read = text;
    look.told = false;
    return accept?.() ?? false;
  };
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    busy = true;
    do {
      if (told) for (const look of looks) look.told = true;
      told = false;
      let any = false;
      for (const look of looks) if (!closed && (await lookAt(look))) any = true;
      if (any && !closed) changed();
    } while (told && !closed);
    busy = false;
    if (!closed) timer = setTimeout(run, interval).unref();
  };
  timer = setTimeout(run, interval).unref();
  return {
    readAll() {
      told = true;
      if (!busy && !closed) void run();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function stampOfFile(file: string): Promise<FileStamp> {
  if (file === '-') return { text: '', time: 0, once: true };
  try {
    const found = await stat(file, { bigint: true });
    const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = found;
    const text = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
    return { text, time: Number(ctimeMs), once: !found.isFile() };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), time: 0, once: false };
  }
}
