import { InvalidArgumentError } from 'commander';
import { SUITES, type Suite } from '../../conformance/index.js';

/** The suite of a text, for commander. */
export function parseSuiteOption(text: string): Suite {
  const suite = SUITES.find((name) => name === text);
  if (suite === undefined) throw new InvalidArgumentError(`One of ${SUITES.join(', ')}.`);
  return suite;
}
