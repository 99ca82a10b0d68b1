import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { describeWithFile } from '../support.js';

/** Where `npm run site` builds the page. */
export const siteFolder = fileURLToPath(new URL('../../dist/site', import.meta.url));

const CHROMIUM = '/usr/bin/chromium';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Serves the files of a folder on this machine, as any web server does, with no header of its own. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://site').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** A page of the playground in a browser, with all that it asked for and all that went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Addresses that were asked for, without the origin. */
  readonly requests: string[];
  /** Errors and refusals that the browser reports. */
  readonly errors: string[];
  /** The address of the page, without a fragment. */
  readonly address: string;
}

/** What a group of browser tests is given. */
export interface Site {
  /** Opens the page with the part after `#`; it is closed when the test has ended. */
  readonly open: (fragment?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
  /** The same with the page in one file, from the disk. */
  readonly openSingle: (fragment?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
}

let launched: Promise<Browser> | undefined;

/** Debian's Chromium: one for all files of tests of a worker, which ends with the worker. */
function theBrowser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: CHROMIUM,
    // As root Chromium has no sandbox of its own; the page is ours.
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    // A command that a test interrupts in this process is not to end the browser, and the tests.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  return launched;
}

/** A page of its own in the browser, closed when the test has ended; no test of it fails because the machine is busy. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await theBrowser()).newContext({
    viewport: { width: 1200, height: 900 },
    ...options,
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(0); // the runner names a test that hangs
  return page;
}

/** A group of tests in Debian's Chromium. Where it is absent, one skipped test says so. */
export function describeInBrowser(name: string, body: () => void): void {
  describeWithFile(name, CHROMIUM, body);
}

/** A group of tests over the built page. */
export function describeSite(name: string, body: (site: Site) => void): void {
  describeInBrowser(name, () => {
    let server: Server;
    beforeAll(async () => {
      if (!existsSync(join(siteFolder, 'single.html'))) throw new Error('not built: npm run site');
      server = await serve(siteFolder);
    });
    afterAll(() => {
      server?.close();
    });
    body({
      open: (fragment, options) =>
        openPage(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, fragment, options),
      openSingle: (fragment, options) =>
        openPage(String(pathToFileURL(join(siteFolder, 'single.html'))), fragment, options),
    });
  });
}

async function openPage(address: string, fragment = '', options?: BrowserContextOptions): Promise<OpenPage> {
  const page = await newPage(options);
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    // A file that is saved, and a thread, have addresses of the page itself.
    if (!/^(?:blob|data):/.test(url)) requests.push(url.replace(address, '/'));
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('dialog', (dialog) => {
    errors.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(fragment === '' ? address : `${address}#${fragment}`);
  await page.locator('#answer').waitFor();
  await settled(page);
  return { page, requests, errors, address };
}

/**
 * Waits until no answer is outstanding. The page says so in the same turn in which a field changes, so that nothing can be read
 * between a change and its answer.
 */
export async function settled(page: Page): Promise<void> {
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** The sentence of the answer: `✕ invalid the two ramps …`. */
export async function answerOf(page: Page): Promise<string> {
  await settled(page);
  const text = await page.locator('.aspa .verdict').first().innerText();
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** A shell's words of the command that the page shows: blanks part them, single quotes keep them together. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

/** Follows a link from the page that is open, until what it says is shown. */
export async function follow(page: Page, fragment: string): Promise<void> {
  await page.evaluate(
    (hash) =>
      new Promise<void>((done) => {
        const { addEventListener, location } = globalThis as unknown as InPage;
        const before = location.href;
        // The page listens longer than this does, and is told before it.
        addEventListener('hashchange', () => done(), { once: true });
        location.hash = hash;
        if (location.href === before) done();
      }),
    fragment,
  );
  await settled(page);
}

/** Waits until something has come about in the page. */
export async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await check())) await new Promise((done) => setTimeout(done, 20));
}

/** An element of the page. */
interface InPageElement {
  value: string;
  readonly textContent: string;
  readonly dispatchEvent: (event: object) => void;
  readonly getAttribute: (name: string) => string | null;
  readonly querySelector: (selector: string) => InPageElement;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * What is wrong with a page for those who cannot see it, or not well: violations that axe finds, by the page's light colours and by
 * its dark ones, of which colours alone are looked at.
 */
export async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axe);
  for (const [colorScheme, run] of [
    ['light', 'axe.run()'],
    ['dark', 'axe.run({ runOnly: ["color-contrast"] })'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate<{ violations: readonly AxeViolation[] }>(run);
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}, ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }
  return found;
}

/** Pixels by which the page is wider than a phone. */
export async function widerThanPhone(page: Page): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const wider = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = (globalThis as unknown as InPage).document.documentElement;
    return scrollWidth - clientWidth;
  });
  if (before) await page.setViewportSize(before);
  return wider;
}

/** What functions that run in the page find there; the tests know no types of browsers otherwise. */
export interface InPage {
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
    readonly activeElement: { readonly id: string };
    readonly cookie: string;
    readonly querySelector: (selector: string) => InPageElement;
  };
  readonly location: { readonly href: string; hash: string };
  readonly Event: new (type: string, options: { readonly bubbles: boolean }) => object;
  readonly addEventListener: (type: string, listener: () => void, options: { readonly once: true }) => void;
  readonly localStorage: { readonly length: number };
  readonly sessionStorage: { readonly length: number };
}
