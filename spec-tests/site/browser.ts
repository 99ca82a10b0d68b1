import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
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
}

/**
 * A group of tests in Debian's Chromium over the built page: one browser for all of them. Where it is absent, one skipped test
 * says so.
 */
export function describeSite(name: string, body: (site: Site) => void): void {
  describeWithFile(name, CHROMIUM, () => {
    let browser: Browser;
    let server: Server;
    beforeAll(async () => {
      if (!existsSync(join(siteFolder, 'index.html'))) throw new Error('not built: npm run site');
      server = await serve(siteFolder);
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        // As root Chromium has no sandbox of its own; the page is ours.
        args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
      });
    });
    afterAll(async () => {
      await browser?.close();
      server?.close();
    });
    body({
      open: async (fragment = '', options = {}) => {
        const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
        onTestFinished(() => context.close());
        const page = await context.newPage();
        page.setDefaultTimeout(0); // the runner names a test that hangs; none fails because the machine is busy
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
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
      },
    });
  });
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
