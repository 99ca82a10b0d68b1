/** One process of a task: `node --expose-gc child.js TASK CONFIG PROCESS RESULT`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { StudyConfig } from './config.js';
import { drain } from './measure/counters.js';
import { tasks } from './tasks/index.js';
import { TASK_NAMES } from './tasks/names.js';

const [word, configFile = '', number = '', resultFile = ''] = process.argv.slice(2);
const name = TASK_NAMES.find((one) => one === word);
if (name === undefined) throw new Error(`no task ${word}`);
const config = JSON.parse(readFileSync(configFile, 'utf8')) as StudyConfig;
const run = await tasks[name]();
const part = await run(config, { process: Number(number) });
const { user, system } = process.cpuUsage();
writeFileSync(resultFile, JSON.stringify({ part, cpuSeconds: (user + system) / 1e6, check: drain() }));
