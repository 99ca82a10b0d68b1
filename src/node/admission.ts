/** How many connections a server holds, and from where. */
export interface AdmissionLimits {
  /** Connections at once, those whose handshake is under way among them. */
  readonly maxSessions: number;
  /** Connections at once from one address. */
  readonly maxSessionsPerAddress: number;
}

/** Counts connections from the first packet to the last, whatever becomes of them between. */
export interface Admission {
  /** Takes a connection in, or names the limit that forbids it. Each one taken in is released once. */
  admit(address: string): 'sessions' | 'sessions-per-address' | undefined;
  release(address: string): void;
}

/** A counter without connections. */
export function createAdmission({ maxSessions, maxSessionsPerAddress }: AdmissionLimits): Admission {
  const held = new Map<string, number>();
  let total = 0;
  return {
    admit(address) {
      const here = held.get(address) ?? 0;
      if (here >= maxSessionsPerAddress) return 'sessions-per-address';
      if (total >= maxSessions) return 'sessions';
      total++;
      held.set(address, here + 1);
      return undefined;
    },
    release(address) {
      total--;
      const here = (held.get(address) ?? 1) - 1;
      if (here > 0) held.set(address, here);
      else held.delete(address);
    },
  };
}
