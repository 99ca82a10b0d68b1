/** One task of the study in a process of its own: `node --expose-gc --import tsx child.ts TASK CONFIG RESULT`. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { StudyConfig } from './config.js';
import { drain } from './counters.js';
import { tasks } from './tasks/index.js';

const [name = '', configFile = '', resultFile = ''] = process.argv.slice(2);
const { config, parameters } = JSON.parse(readFileSync(configFile, 'utf8')) as {
  config: StudyConfig;
  parameters: unknown;
};
const load = tasks[name as keyof typeof tasks];
if (load === undefined) throw new Error(`no task ${name}`);
const task = (await load()) as (config: StudyConfig, parameters: never) => unknown;
const result = await task(config, parameters as never);
writeFileSync(resultFile, JSON.stringify({ result, check: drain() }));
