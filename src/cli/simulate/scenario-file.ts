import { readScenario, type Scenario } from '../../simulate/index.js';
import { inFile, MAX_HAND_WRITTEN, readText } from '../shared/input.js';
import type { Io } from '../shared/io.js';
import { readJsonText } from '../shared/json-text.js';

/**
 * The scenario of a file, or of stdin for `-`.
 *
 * @throws {CliError} that names the file and the member.
 */
export async function loadScenario(file: string, io: Io): Promise<Scenario> {
  const text = await readText(file, io, MAX_HAND_WRITTEN);
  const value = readJsonText(file, text, '{"links": [[64496, 64497, -1]], "seeds": […]}');
  return inFile(file, () => readScenario(value));
}
