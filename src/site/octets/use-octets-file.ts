import { useEffect, useRef, useState } from 'preact/hooks';
import { afterFirstView } from '../shared/loaded.js';
import { unpackFile } from '../shared/unpack-file.js';
import type { OctetsFile } from './octets-file.js';

/** Octets of a file, unpacked, that are looked at; the first of a longer one. */
const MAX_FILE = 64 << 20;

/** The readers of files are as large as the rest of the screen, which does not wait for them. */
const reader = afterFirstView().then(() => import('./read-file.js'));
reader.catch(() => undefined); // told where a file is opened

/** A file that is open, or is being read, and why the last one could not be. */
export interface OctetsFileHook {
  readonly file: OctetsFile | undefined;
  readonly problem: string | undefined;
  /** The name of the file that is being read. */
  readonly reading: string | undefined;
  readonly open: (file: File, opened: (file: OctetsFile) => void) => void;
  /** Closes the file, and ends the reading of one. */
  readonly close: () => void;
}

/** Opens files of octets, packed or not; what was begun is dropped when another file is opened. */
export function useOctetsFile(): OctetsFileHook {
  const stop = useRef<() => void>(undefined);
  const [file, setFile] = useState<OctetsFile>();
  const [problem, setProblem] = useState<string>();
  const [reading, setReading] = useState<string>();
  useEffect(() => () => stop.current?.(), []);
  const open = (from: File, opened: (file: OctetsFile) => void): void => {
    stop.current?.();
    const unpacking = unpackFile(from, MAX_FILE);
    let isOver = false;
    stop.current = () => {
      isOver = true;
      unpacking.stop();
    };
    setReading(from.name);
    const read = async (): Promise<OctetsFile> => {
      const { cut, unpacked } = await unpacking.done;
      const { readOctetsFile } = await reader;
      const gathered = await readOctetsFile(new Uint8Array(await unpacked.arrayBuffer()));
      return { ...gathered, cut: cut || gathered.cut, name: from.name };
    };
    read().then(
      (taken) => {
        if (isOver) return;
        setReading(undefined);
        setFile(taken);
        setProblem(undefined);
        opened(taken);
      },
      (error: unknown) => {
        if (isOver) return;
        setReading(undefined);
        setProblem(`${from.name}: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
  };
  const close = (): void => {
    stop.current?.();
    setReading(undefined);
    setFile(undefined);
  };
  return { file, problem, reading, open, close };
}
