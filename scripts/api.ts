// Writes docs/api/: what each door of the package exports. `npm run api` builds first, because it reads dist/.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apiReports } from './api-report.js';

const folder = fileURLToPath(new URL('../docs/api/', import.meta.url));
mkdirSync(folder, { recursive: true });
const reports = apiReports();
for (const name of readdirSync(folder)) if (name !== 'README.md' && !reports.has(name)) rmSync(folder + name);
for (const [name, text] of reports) writeFileSync(folder + name, text);
