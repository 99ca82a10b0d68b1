import { readScenario, type Scenario } from '../../simulate/index.js';
import { inFile, MAX_HAND_WRITTEN, nameOf, readText } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';

/**
 * The scenario of a file, or of stdin for `-`.
 *
 * @throws {CliError} that names the file and the member.
 */
export async function loadScenario(file: string, io: Io): Promise<Scenario> {
  const text = await readText(file, io, MAX_HAND_WRITTEN);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CliError(`${nameOf(file)}: not JSON; expected {"links": [[64496, 64497, -1]], "seeds": […]}`);
  }
  return inFile(file, () => readScenario(value));
}
