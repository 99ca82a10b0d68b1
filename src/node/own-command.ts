import { fileURLToPath } from 'node:url';

/** The command of this package: the same file seen from src/node, dist/node and the bundled dist/cli. */
export const OWN_COMMAND = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
