import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { draw } from './figures/draw.js';
import { figuresOf } from './figures/figures.js';
import { report } from './report/report.js';
import { checkRouterView } from './router-view/chosen.js';
import { costsText, studyCosts } from './router-view/costs.js';
import { routerViewCsv } from './router-view/csv.js';
import { routerViewOf } from './router-view/section.js';
import type { RouterViewSettings } from './router-view/settings.js';
import { resultsOf, rounded } from './run-folder.js';
import { ratiosCsv, samplesCsv } from './samples.js';
import { InputError } from './usage.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Writes results, samples, figures and page into the folder of a run; publishes them where that is asked.
 *
 * @param routerView instead of the assumptions that the run was begun with.
 */
export async function finishRun(
  folder: string,
  publish: boolean,
  routerView?: RouterViewSettings,
): Promise<void> {
  const measured = resultsOf(folder);
  if (publish && measured.config.mode === 'smoke') {
    throw new InputError(`${folder}: a smoke run measures nothing to publish`);
  }
  const results =
    routerView === undefined ? measured : { ...measured, config: { ...measured.config, routerView } };
  checkRouterView(results.config.routerView ?? {}, results.config.tables);
  const figures = figuresOf(results);
  mkdirSync(join(folder, 'study'), { recursive: true });
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, rounded)}\n`);
  writeFileSync(join(folder, 'samples.csv'), samplesCsv(results));
  writeFileSync(join(folder, 'ratios.csv'), ratiosCsv(results));
  writeFileSync(join(folder, 'router-view.csv'), routerViewCsv(routerViewOf(results).rows));
  for (const figure of figures)
    writeFileSync(join(folder, 'study', `${figure.file}.svg`), await draw(figure));
  const captions = new Map(figures.map(({ file, caption }) => [file, caption]));
  const page = report(results, (name) => {
    const caption = captions.get(name) ?? '';
    // The first sentence says what it is, to whom cannot see it.
    return `![${caption.split(/[.:] /)[0]}](study/${name}.svg)\n\n*${caption}*`;
  });
  writeFileSync(join(folder, 'study.md'), page);
  process.stdout.write(
    `${folder}: results.json, samples.csv, ratios.csv, router-view.csv, study.md, ${figures.length} figures\n`,
  );
  if (!publish) return;
  const { mode } = results.config;
  copyFileSync(join(folder, 'results.json'), join(root, `bench/results/study-${mode}.json`));
  copyFileSync(join(folder, 'samples.csv'), join(root, `bench/results/study-${mode}.csv`));
  copyFileSync(join(folder, 'router-view.csv'), join(root, `bench/results/study-${mode}-router-view.csv`));
  // What the playground knows of the study: with the default assumptions, which it changes itself.
  writeFileSync(join(root, `bench/results/study-${mode}-costs.json`), costsText(studyCosts(results)));
  copyFileSync(join(folder, 'study.md'), join(root, 'docs/study.md'));
  for (const { file } of figures) {
    copyFileSync(join(folder, 'study', `${file}.svg`), join(root, `docs/study/${file}.svg`));
  }
  process.stdout.write('published: docs/study.md, docs/study/, bench/results/\n');
}
