#!/usr/bin/env node
import { main } from './main.js';
import { processIo } from './process-io.js';

// The exit code is set rather than the process ended, so that what was written reaches a slow reader.
process.exitCode = await main(process.argv.slice(2), processIo());
