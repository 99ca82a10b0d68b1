import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const THREAD = /new Worker\(new URL\('([^']+)', import\.meta\.url\), \{ type: 'module' \}\)/g;

/** Threads become parts of the file that starts them: a file that stands alone has none beside it. */
export function inlineThreads(): Plugin {
  return {
    name: 'inline-threads',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/site\/[^?]+$/.test(id) || !code.includes('new Worker(')) return undefined;
      const imports: string[] = [];
      const inlined = code.replaceAll(THREAD, (_, path) => {
        imports.push(`import Thread${imports.length} from '${path}?worker&inline';`);
        return `new Thread${imports.length - 1}()`;
      });
      if (inlined.includes('new Worker(')) throw new Error(`${id}: a thread that is not told by its file`);
      return `${imports.join('\n')}\n${inlined}`;
    },
  };
}

/**
 * Puts scripts and styles into the page, which allows itself these and no others (Content Security Policy Level 3 §8.4: their
 * hashes), and leaves one file of that name.
 */
export function singleFile(name: string): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const outputs = Object.values(bundle);
        const page = outputs.find(({ fileName }) => fileName.endsWith('.html'));
        const scripts = outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : []));
        const styles = outputs.flatMap((one) =>
          one.fileName.endsWith('.css') && one.type === 'asset' ? [String(one.source)] : [],
        );
        const [script, ...others] = scripts;
        if (page?.type !== 'asset' || script === undefined || others.length > 0 || styles.length !== 1)
          throw new Error(`one page, one script and one style are wanted: ${Object.keys(bundle).join(', ')}`);
        for (const { fileName } of outputs) delete bundle[fileName];
        const source = pageWith(String(page.source), guarded(script.trim()), styles.join('').trim());
        this.emitFile({ type: 'asset', fileName: name, source });
      },
    },
  };
}

/** A script ends at its end tag, also in a text of it; `<!--` would keep it open (HTML, restrictions for contents of script elements). */
const guarded = (script: string): string => script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3C');

function pageWith(page: string, script: string, style: string): string {
  const sha = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // Threads live under the policy of the file that they are parts of: they start others, and run the WebAssembly that unpacks
  // zstd, which its package takes from a data: address (docs/decisions/playground.md D-playground-single-file).
  const policy = [
    "default-src 'none'",
    `script-src ${sha(script)} 'wasm-unsafe-eval'`,
    `style-src ${sha(style)}`,
    'worker-src blob:',
    'connect-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page
    .replace(/(http-equiv="Content-Security-Policy"\s+content=")[^"]+/, (_, before) => before + policy)
    .replaceAll(/\s*<(?:script|link)\b[^>]*(?:src|href)="\.\/[^>]*>(?:<\/script>)?/g, '')
    .replace('</head>', () => `<style>${style}</style>\n  </head>`)
    .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`);
}
