import { readFileSync } from 'node:fs';
import { readLink } from 'pathsec/links';
import { describe, expect, it } from 'vitest';
import { aspaFile, run, temporaryFile } from './run.js';

const ASPAS = { 64496: [64497], 64497: [64500], 64505: [64501], 64510: [64505], 1: [2], 2: [0] };
const ROUTES = [
  '192.0.2.0/24|64510 64505 64777 64501 64497 64496|64510',
  '198.51.100.0/24|64510 64505 64777 64501 64497 64496|64510',
  '203.0.113.0/24|9 8 1|9',
  '203.0.113.0/24|5 {1}|5',
  '10.0.0.0/8|7 1|6', // step 2
].join('\n');

/** The page of an audit, its part about paths, and the links in that. */
async function page(routes: string, ...argv: readonly string[]) {
  const html = temporaryFile('report.html', '');
  const file = temporaryFile('routes', routes);
  const done = await run(['audit', file, '--rpki', aspaFile(ASPAS), '--html', html, ...argv]);
  const text = readFileSync(html, 'utf8');
  const [, drawn = ''] = /<h2>Why: those with the most routes<\/h2>([\s\S]*?)<\/section>/.exec(text) ?? [];
  const links = [...drawn.matchAll(/<a href="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
  );
  return { ...done, text, drawn, links, details: drawn.split('<details').slice(1) };
}

describe('the invalid paths in the page of audit --html', () => {
  it('each with its picture, what is said of it, and no way out', async () => {
    const { code, details, links, text } = await page(ROUTES, '--neighbor-check', 'on');
    expect([code, links, details.length]).toEqual([0, [], 3]);
    const of = (path: string) => details.find((one) => one.includes(`<code>${path}</code>`)) ?? '';
    const first = details[0] ?? '';
    expect(first).toContain('2 routes from AS64510, downstream');
    expect(first).toContain('<svg ');
    expect(first).toContain('64505 → 64777');
    expect(first).toContain('the two ramps do not meet');
    expect(of('5 {1}')).toContain('the AS_PATH has an AS_SET');
    expect(of('7 1')).toContain('not the neighbour AS');
    for (const halted of ['5 {1}', '7 1']) expect(of(halted)).not.toContain('<svg ');
    expect(text).not.toMatch(/<script|<link|@import|url\(|javascript:/);
  });

  it('says of each path the verdict that the command explains', async () => {
    const { details } = await page(ROUTES, '--neighbor-role', 'customer');
    const rpki = aspaFile(ASPAS);
    const path = '9 8 1';
    const { stdout } = await run([
      'aspa',
      'explain',
      path,
      '--neighbor-role',
      'customer',
      '--neighbor-as',
      '9',
      '--rpki',
      rpki,
    ]);
    const [, compared = ''] = /step 4: (.*)\n/.exec(stdout) ?? [];
    expect(compared).not.toBe('');
    const one = details.find((text) => text.includes(`<code>${path}</code>`)) ?? '';
    expect(one.replaceAll('&lt;', '<')).toContain(`<li>${compared}`);
  });

  it('links to a playground where it is told one, by what stands in the page', async () => {
    const url = 'https://play.example/site/?a=b&c=d';
    const { links, stdout } = await page(ROUTES, '--playground', url, '--neighbor-role', 'customer');
    expect(stdout).not.toBe('');
    expect(links.length).toBe(4);
    for (const link of links) expect(link.startsWith(`${url}#path?v=1&p=`)).toBe(true);
    const states = await Promise.all(links.map((link) => readLink(link.slice(link.indexOf('#') + 1))));
    expect(states[0]).toEqual({
      s: 'path',
      path: '64510 64505 64777 64501 64497 64496',
      role: 'customer',
      aspas: ['AS64510 => AS64505', 'AS64505 => AS64501', 'AS64497 => AS64500', 'AS64496 => AS64497'],
    });
    expect(states.find((state) => state?.s === 'path' && state.path === '7 1')).toMatchObject({
      aspas: ['AS1 => AS2'],
    });
  });

  it('names the neighbour in a link where the path does not begin with it', async () => {
    const { links } = await page('10.0.0.0/8|7 1|6\n', '--playground', 'p', '--neighbor-check', 'on');
    expect(links).toEqual(['p#path?v=1&p=7+1&neighbor=6&aspa=1:2']);
  });

  it('draws the twenty with the most routes', async () => {
    const many = Array.from({ length: 25 }, (_, i) => `10.0.${i}.0/24|${100 + i} 8 1|${100 + i}`);
    const { details, text } = await page(
      [...many, '10.1.0.0/24|120 8 1|120'].join('\n'),
      '--neighbor-role',
      'customer',
    );
    expect(details.length).toBe(20);
    expect(details[0]).toContain('<code>120 8 1</code>');
    expect(text).toContain('Paths that ASPA finds invalid (25)');
  });

  it('bears a path of thousands of ASes', async () => {
    const { code, drawn, links } = await page(
      `192.0.2.0/24|3 ${'2 8 '.repeat(3_000)}1|3\n`,
      '--playground',
      'p',
    );
    expect([code, links]).toEqual([0, []]);
    expect(drawn).toContain('Too long for a link.');
    expect(drawn.length).toBeLessThan(100_000);
  });

  it('escapes the address of the playground', async () => {
    const { drawn, links } = await page(
      ROUTES,
      '--playground',
      'p"><script>alert(1)</script>',
      '--neighbor-role',
      'customer',
    );
    expect(drawn).not.toContain('<script');
    expect(links.length).toBe(4);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'https://play.example/#x', '', 'https://'])(
    'leads to no %j',
    async (url) => {
      const { code, stderr } = await run([
        'audit',
        '--sample',
        '--html',
        temporaryFile('x.html', ''),
        '--playground',
        url,
      ]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('--playground')]);
    },
  );

  it('has nothing to link in without --html', async () => {
    const { code, stderr } = await run(['audit', '--sample', '--playground', 'p']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--playground needs --html')]);
  });

  it('says that there are none', async () => {
    const { drawn } = await page('10.0.0.0/8|3 2|3\n');
    expect(drawn).toBe('<p>None.</p>');
  });
});
