import { join } from 'node:path';
import { curveChart, curveSvg } from '../../draw/index.js';
import { makeFolder } from '../../node/make-folder.js';
import type { CurveRow } from '../../simulate/index.js';
import { inFile } from '../shared/input.js';
import { prepareOutput } from '../shared/output-file.js';

/** Makes the folder for pictures, so that one that cannot be made is told before the work. @throws {CliError} that names it. */
export function preparePictures(folder: string): void {
  inFile(folder, () => makeFolder(folder));
}

/** Writes a picture for each attack: what share of all ASes reaches the attacker, or is diverted, a curve a mechanism. */
export async function writePictures(folder: string, rows: readonly CurveRow[]): Promise<void> {
  for (const [attack, svg] of curvePictures(rows)) {
    await (await prepareOutput(join(folder, `${attack.replace(':', '-')}.svg`))).write(`${svg}\n`);
  }
}

function curvePictures(rows: readonly CurveRow[]): Map<string, string> {
  const diverting = new Set(rows.filter(({ outcome }) => outcome === 'diverted').map(({ attack }) => attack));
  const shown = rows.filter(
    ({ attack, group, outcome }) =>
      group === 'all' && outcome === (diverting.has(attack) ? 'diverted' : 'attacker'),
  );
  const attacks = [...new Set(shown.map(({ attack }) => attack))];
  return new Map(
    attacks.map((attack) => {
      const own = shown.filter((row) => row.attack === attack);
      const [first] = own;
      const curves = [...new Set(own.map(({ mechanism }) => mechanism))].map((name) => ({
        name,
        points: own
          .filter(({ mechanism }) => mechanism === name)
          .map(({ adopt, mean, low, high }) => ({
            x: adopt,
            y: mean,
            low: Math.max(0, low),
            high: Math.min(100, high),
          })),
      }));
      const wording = {
        title: `${attack}: what mechanisms leave of it, order ${first?.order}, ${first?.trials} trials`,
        x: 'ASes that adopt, %',
        y: diverting.has(attack) ? 'ASes diverted, %' : 'ASes that reach the attacker, %',
      };
      return [attack, curveSvg(curveChart(curves, wording))];
    }),
  );
}
