// Writes bench/results/study-quick-costs.json, by which the playground knows the study, from the published results. A run that is
// published writes it itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StudyResults } from '../bench/study/results.js';
import { costsText, studyCosts } from '../bench/study/router-view/costs.js';

const file = (name: string): string => fileURLToPath(new URL(`../bench/results/${name}`, import.meta.url));
const results = JSON.parse(readFileSync(file('study-quick.json'), 'utf8')) as StudyResults;
writeFileSync(file('study-quick-costs.json'), costsText(studyCosts(results)));
