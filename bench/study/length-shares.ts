/** Shape of a full feed in 2010: share of path lengths 1..10 in per cent. */
export const LENGTH_SHARES = [0.02, 3.81, 27.47, 42.13, 21.2, 4.53, 0.7, 0.12, 0.01, 0.01] as const;
