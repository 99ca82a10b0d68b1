import { parentPort, workerData } from 'node:worker_threads';
import { createCurveStudy } from '../simulate/index.js';
import type { CurveFound, CurveWork } from './simulate-curves.js';

// The program of a thread of `runCurves`: numbers of trials in, their counts out.

const { topology, clique, settings }: CurveWork = workerData;
const study = createCurveStudy(topology, clique, settings);

parentPort?.on('message', (trials: readonly number[]) => {
  const found = trials.map((trial): CurveFound => {
    try {
      return study.run(trial);
    } catch (error) {
      if (error instanceof RangeError) return { misuse: error.message };
      throw error;
    }
  });
  parentPort?.postMessage(found);
});
