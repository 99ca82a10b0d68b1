import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { questionsOf, type VectorFile } from '../../src/conformance/index.js';
import { run, temporaryFile } from '../cli/run.js';
import {
  answerOf,
  describeSite,
  follow,
  type InPage,
  until,
  violationsOf,
  widerThanPhone,
  wordsOf,
} from './browser.js';

/** States of the page that look different: an example by its title. */
const STATES = ['A valid path', 'A route leak', 'A forged provider', 'An AS_SET', 'AS0 ASPA'];

interface Vector {
  readonly id: string;
  readonly input: {
    readonly aspas?: readonly { readonly customer: number; readonly providers: readonly number[] }[];
    readonly asPath: readonly { readonly type: string; readonly asns: readonly number[] }[];
    readonly neighborAs?: number;
    readonly neighborRole?: string;
    readonly direction?: string;
  };
}

describeSite('the whole page', ({ open }) => {
  it('has no violation that axe finds, in light and dark', async () => {
    const { page } = await open('', { bypassCSP: true });
    for (const title of STATES) {
      await page.getByLabel('Examples').selectOption(title);
      await page.locator('.steps summary').click();
      expect(await violationsOf(page), title).toEqual([]);
    }
  });

  it('does not scroll sideways at 360 pixels, and turns the picture', async () => {
    const { page } = await open('', { viewport: { width: 360, height: 740 } });
    for (const title of STATES) {
      await page.getByLabel('Examples').selectOption(title);
      expect(await widerThanPhone(page), title).toBeLessThanOrEqual(0);
    }
    await page.getByLabel('Examples').selectOption('A route leak');
    const size = await page.locator('svg.picture').boundingBox();
    expect(size?.height).toBeGreaterThan(size?.width ?? 0);
    expect(size?.width).toBeLessThanOrEqual(344);
  });

  it('asks for its own files alone and for none because of what is entered, and keeps nothing', async () => {
    const { errors, page, requests } = await open();
    await page.waitForLoadState('networkidle');
    const before = requests.length;
    for (const title of STATES) await page.getByLabel('Examples').selectOption(title);
    await page.getByRole('button', { name: 'As JSON' }).click();
    await page.getByLabel('AS path, neighbour first').fill('1 2 3');
    await until(() => page.url().includes('1+2+3'));
    expect(requests.slice(before)).toEqual([]);
    expect(requests.filter((path) => !/^\/(?:assets\/[\w.-]+)?$/.test(path))).toEqual([]);
    expect(errors).toEqual([]);
    expect(
      await page.evaluate(() => {
        const { document, localStorage, sessionStorage } = globalThis as unknown as InPage;
        return [document.cookie, localStorage.length, sessionStorage.length];
      }),
    ).toEqual(['', 0, 0]);
  });

  it('is used by keyboard alone', async () => {
    const { page } = await open();
    await page.keyboard.press('/');
    const focused = (): Promise<string> =>
      page.evaluate(() => (globalThis as unknown as InPage).document.activeElement.id);
    expect(await focused()).toBe('path');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('64505 64499');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('role');
    await page.keyboard.type('customer');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('prefix');
    await page.keyboard.type('x');
    expect(await page.locator('#prefix-help').innerText()).not.toBe('');
    await page
      .getByRole('button', { name: /^Try it/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    expect(await answerOf(page)).toMatch(/^✓ valid/);
    await page.getByText('To the answer').focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('answer');
    // The sentence is said after a pause.
    await page.locator('.unseen[role=status]').filter({ hasText: 'valid: ' }).waitFor();
  });

  it('gives the verdicts of 200 vectors as the command that it shows does', async () => {
    const file = JSON.parse(
      readFileSync(new URL('../vectors/aspa-paths.json', import.meta.url), 'utf8'),
    ) as VectorFile;
    const vectors = questionsOf([file])
      .map(({ request }) => ({ id: request.id, input: request }) as unknown as Vector)
      .filter(isExpressible);
    const step = Math.floor(vectors.length / 200);
    const chosen = vectors.filter((_, i) => i % step === 0).slice(0, 200);
    expect(chosen).toHaveLength(200);
    const { page } = await open();
    const seen = new Set<string>();
    for (const { id, input } of chosen) {
      await follow(page, linkOf(input));
      const typed = await page.getByLabel('AS path, neighbour first').inputValue();
      expect([id, typed]).toEqual([id, pathText(input.asPath)]);
      const shown = /invalid|valid|unknown/.exec(await answerOf(page))?.[0];
      const line = (await page.locator('pre code').innerText()).trim();
      const payloads = temporaryFile(
        'payloads.json',
        JSON.stringify({ aspas: input.aspas?.map(recordOf), roas: [] }),
      );
      const [program, ...words] = wordsOf(line).map((word) => (word === 'payloads.json' ? payloads : word));
      const { stdout } = await run([...words, '--json']);
      expect([program, id, shown]).toEqual([
        'pathsec',
        id,
        (JSON.parse(stdout) as { outcome: string }).outcome,
      ]);
      seen.add(shown ?? '');
    }
    expect([...seen].sort()).toEqual(['invalid', 'unknown', 'valid']);
  });
});

/** Whether a link can put the question: a path, ASPAs of a customer each once and as the notation has them. */
function isExpressible({ input }: Vector): boolean {
  const { asPath, aspas } = input;
  if (aspas === undefined || asPath === undefined) return false;
  const customers = aspas.map(({ customer }) => customer);
  return (
    aspas.length > 0 &&
    asPath.some(({ asns }) => asns.length > 0) &&
    asPath.every(({ asns, type }) => asns.length > 0 && type !== 'AS_CONFED_SEQUENCE') &&
    new Set(customers).size === customers.length &&
    aspas.every(
      ({ customer, providers }) =>
        customer > 0 &&
        providers.length > 0 &&
        providers.length < 200 &&
        !providers.includes(customer) &&
        new Set(providers).size === providers.length,
    )
  );
}

function pathText(asPath: Vector['input']['asPath']): string {
  return asPath
    .map(({ asns, type }) => {
      if (type === 'AS_SET') return `{${asns.join(',')}}`;
      return type === 'AS_CONFED_SET' ? `[${asns.join(',')}]` : asns.join(' ');
    })
    .join(' ');
}

function linkOf({ asPath, aspas = [], direction, neighborAs, neighborRole }: Vector['input']): string {
  // A question without a role names the procedure.
  const role = neighborRole ?? (direction === 'upstream' ? 'customer' : 'provider');
  const neighbor = neighborAs === undefined ? '' : `&neighbor=${neighborAs}`;
  const list = aspas.map(({ customer, providers }) => `${customer}:${providers.join(',')}`).join(';');
  return `path?v=1&p=${encodeURIComponent(pathText(asPath))}&role=${role}${neighbor}&aspa=${list}`;
}

function recordOf({ customer, providers }: NonNullable<Vector['input']['aspas']>[number]) {
  return { customer_asid: customer, providers };
}
