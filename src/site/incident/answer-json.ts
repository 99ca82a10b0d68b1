import { scenarioAnswer } from '../../simulate/index.js';
import type { Incident } from './read-incident.js';

/** What `pathsec simulate scenario --json` prints of the incident. */
export function answerJson({ outcomes, simulation }: Incident): string {
  return `${JSON.stringify(scenarioAnswer(simulation, outcomes))}\n`;
}
