import { createCrew } from './crew.js';
import {
  type PackedMessages,
  plainWork,
  type SignSetup,
  type SignWork,
  unpackMessages,
} from './sign-work.js';

/** Threads that sign with nonces that are derived, so that it makes no difference which of them does. */
export interface SigningCrew {
  /** How many portions keep all threads busy when they are under way at once. */
  readonly inFlight: number;
  /** The UPDATEs of routes, as `signRoutes` gives them. */
  sign(work: SignWork): Promise<readonly (Uint8Array | undefined)[]>;
  /** Ends the threads; what is under way is rejected. */
  close(): Promise<void>;
}

/** Starts `size` threads, which have these keys. */
export function createSigningCrew(setup: SignSetup, size: number): SigningCrew {
  const crew = createCrew<SignWork, readonly SignWork[], PackedMessages>({
    ...{ module: 'sign-worker', size, data: setup, chunk: 1 },
    pack: (works) => ({ chunk: works.map(plainWork), transfer: [] }),
  });
  return {
    inFlight: crew.inFlight,
    sign: async (work) => unpackMessages(await crew.ask(work)),
    close: crew.close,
  };
}
