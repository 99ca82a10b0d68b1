import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { draw } from './figures/draw.js';
import { figuresOf } from './figures/figures.js';
import { report } from './report/report.js';
import { resultsOf, rounded } from './run-folder.js';
import { ratiosCsv, samplesCsv } from './samples.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Writes results, samples, figures and page into the folder of a run; publishes them where that is asked. */
export async function finishRun(folder: string, publish: boolean): Promise<void> {
  const results = resultsOf(folder);
  const figures = figuresOf(results);
  mkdirSync(join(folder, 'study'), { recursive: true });
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(results, rounded)}\n`);
  writeFileSync(join(folder, 'samples.csv'), samplesCsv(results));
  writeFileSync(join(folder, 'ratios.csv'), ratiosCsv(results));
  for (const figure of figures)
    writeFileSync(join(folder, 'study', `${figure.file}.svg`), await draw(figure));
  const captions = new Map(figures.map(({ file, caption }) => [file, caption]));
  const page = report(results, (name) => {
    const caption = captions.get(name) ?? '';
    return `![${caption}](study/${name}.svg)\n\n*${caption}*`;
  });
  writeFileSync(join(folder, 'study.md'), page);
  process.stdout.write(
    `${folder}: results.json, samples.csv, ratios.csv, study.md, ${figures.length} figures\n`,
  );
  if (!publish) return;
  const { mode } = results.config;
  copyFileSync(join(folder, 'results.json'), join(root, `bench/results/study-${mode}.json`));
  copyFileSync(join(folder, 'samples.csv'), join(root, `bench/results/study-${mode}.csv`));
  copyFileSync(join(folder, 'study.md'), join(root, 'docs/study.md'));
  for (const { file } of figures) {
    copyFileSync(join(folder, 'study', `${file}.svg`), join(root, `docs/study/${file}.svg`));
  }
  process.stdout.write('published: docs/study.md, docs/study/, bench/results/\n');
}
