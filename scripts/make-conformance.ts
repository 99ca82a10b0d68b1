// Writes docs/conformance.md. Deterministic: running it again changes nothing.
import { writeFileSync } from 'node:fs';
import { conformancePage } from './conformance-page.js';

writeFileSync(new URL('../docs/conformance.md', import.meta.url), conformancePage());
