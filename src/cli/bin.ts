#!/usr/bin/env node
import nodeModule from 'node:module';

// docs/decisions/cli.md D-compile-cache: before anything of ours is loaded, so that all of it is compiled once for many calls.
const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();

const [{ main }, { processIo }] = await Promise.all([import('./main.js'), import('./process-io.js')]);
// The exit code is set rather than the process ended, so that what was written reaches a slow reader.
process.exitCode = await main(process.argv.slice(2), processIo());
