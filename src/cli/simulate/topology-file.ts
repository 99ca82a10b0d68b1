import { createHash } from 'node:crypto';
import { type NamedTopology, providerCircles, readTopology } from '../../simulate/index.js';
import { inFile, nameOf, readText } from '../shared/input.js';
import type { Io } from '../shared/io.js';

/** Octets of a file of AS relationships, unpacked. */
const MAX_TOPOLOGY = 1 << 28;

/** A topology, and how its file is told from another one. */
export interface TopologyFile extends NamedTopology {
  /** SHA-256 of the text, unpacked, as hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The topology of a file, or of stdin for `-`: AS relationships of CAIDA or JSON, packed or not. Providers in circles are
 * told on stderr, and taken as they are (docs/decisions/simulate.md D-simulate-provider-circles).
 *
 * @throws {CliError} that names the file and the line.
 */
export async function loadTopology(file: string, io: Io): Promise<TopologyFile> {
  const text = await readText(file, io, MAX_TOPOLOGY);
  const read = inFile(file, () => readTopology(text));
  for (const circle of providerCircles(read.topology)) {
    const some = circle.slice(0, 10).map((asn) => `AS${asn}`);
    const rest = circle.length > some.length ? ', …' : '';
    await io.stderr.write(
      `${nameOf(file)}: ${circle.length} ASes are providers of each other in a circle: ${some.join(', ')}${rest}\n`,
    );
  }
  return { ...read, sha256: createHash('sha256').update(text).digest('hex') };
}
