import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PageExplanation } from '../../src/live-page/messages.js';
import { risServer } from '../node/ris-server.js';
import { risUpdate, risWithdrawal } from '../routes/ris-lines.js';
import { livePage } from './live-page.js';
import { run, temporaryFile } from './run.js';
import { until } from './running.js';

const vrp = (asn: number) =>
  JSON.stringify({
    roas: [{ prefix: '198.51.100.0/24', maxLength: 24, asn }],
    aspas: [{ customer_asid: 64497, providers: [64499] }],
  });
const both = (upstream: string, downstream: string) => ({ aspa: null, aspaBoth: { upstream, downstream } });
/** Routes of a file: so many, of two peers. */
const manyRoutes = (count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const peer = i % 2 === 0 ? 64501 : 64502;
    return `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32|${peer} 64499|${peer}\n`;
  }).join('');

describe('pathsec live --http', () => {
  it('tells of counts by peer and verdict, of events as they come, and of the end', async () => {
    const rpki = temporaryFile('rpki.json', vrp(64497));
    const ris = await risServer(({ send }) => {
      send(risUpdate('64496 64497', ['198.51.100.0/24', '203.0.113.0/24']));
      send(risWithdrawal(['203.0.113.0/24']));
    });
    const page = await livePage(['--ris', ris.url, '--rpki', rpki]);
    const reader = await page.follow();
    await reader.until(() => reader.seen().rows.some(({ type }) => type === 'withdraw'));
    const peer = { address: '192.0.2.1', as: 64496, id: null, source: 'rrc00.ripe.net' };
    const route = { type: 'route', peer, path: '64496 64497', localRole: null, neighborRole: null };
    expect(reader.seen().rows.filter((row) => row.peer !== null && row.type !== 'session')).toMatchObject([
      { ...route, prefix: '198.51.100.0/24', rov: 'valid', ...both('invalid', 'valid') },
      { ...route, prefix: '203.0.113.0/24', rov: 'not-found', ...both('invalid', 'valid') },
      { type: 'withdraw', peer, prefix: '203.0.113.0/24' },
    ]);
    writeFileSync(rpki, vrp(64499));
    await reader.until(() => reader.seen().rows.some(({ type }) => type === 'change'));
    expect(reader.seen().rows.at(-1)).toMatchObject({
      rov: 'invalid',
      was: { rov: 'valid' },
      cause: 'payload',
    });
    const verdicts = {
      rov: { invalid: 1 },
      'aspa-upstream': { invalid: 1 },
      'aspa-downstream': { valid: 1 },
    };
    const last = () => reader.messages.findLast(({ batch }) => batch.counts)?.batch.counts;
    await reader.until(() => last()?.verdicts.rov?.invalid === 1);
    const counts = {
      ...{ sessions: 2, up: 2, routes: 2, withdrawals: 1, changes: 1, faults: 0, held: 1, verdicts },
      ...{ peers: [{ peer, held: 1, verdicts }], otherPeers: 0 },
      payloads: { vrps: 1, aspas: 1, routerKeys: 0 },
    };
    expect(last()).toEqual(counts);
    const { code, stderr } = await page.running.stop();
    await reader.until((messages) => messages.at(-1)?.event === 'end');
    expect([code, stderr]).toEqual([0, expect.stringContaining(`page on ${page.url}/#${page.token}\n`)]);
    const numbers = reader.seen().rows.map(({ n }) => n);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    await expect(page.ask('/')).rejects.toThrow();
  });

  it('serves its page, and explains a route by the payloads of the moment', async () => {
    const rpki = temporaryFile('rpki.json', vrp(64497));
    const ris = await risServer(() => {});
    const page = await livePage(['--ris', ris.url, '--rpki', rpki]);
    const html = await (await fetch(`${page.url}/`)).text();
    const linked = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path = '']) => path);
    expect(linked).toEqual(['page.css', 'picture.css', 'page.js']);
    expect(html).not.toMatch(/<style|style=|\son[a-z]+=|<script(?! type="module" src="page\.js"><\/script>)/);
    for (const path of linked) expect((await fetch(`${page.url}/${path}`)).status).toBe(200);
    const ask = async (question: Record<string, string>) => {
      const answer = await page.ask(`/explain?${new URLSearchParams(question)}`);
      return { status: answer.status, said: (await answer.json()) as PageExplanation };
    };
    const route = { prefix: '198.51.100.0/25', path: '64496 64497', neighborAs: '64496' };
    const { said } = await ask(route);
    expect(said.origin).toEqual({
      ...{ validity: 'invalid', reason: 'length', otherVrps: 0 },
      vrps: [{ vrp: 'AS64497: 198.51.100.0/24 up to /24', fares: 'length' }],
    });
    expect(said.paths).toMatchObject([
      {
        ...{ procedure: 'upstream', outcome: 'invalid' },
        ...{ picture: expect.stringMatching(/^<svg .*64497 → 64496/), sentences: expect.any(Array) },
        text: expect.stringContaining('64497 -> 64496  not-provider+'),
      },
      { procedure: 'downstream', outcome: 'valid' },
    ]);
    expect((await ask({ ...route, neighborRole: 'customer' })).said.paths).toMatchObject([
      { procedure: 'upstream', outcome: 'invalid' },
    ]);
    // As it is judged: docs/decisions/audit.md D-audit-unknown-peer.
    expect((await ask({ ...route, neighborAs: '23456' })).said.paths[0]?.text).toContain('AS not known');
    expect(await ask({ ...route, neighborAs: '64497' })).toMatchObject({
      status: 200,
      said: { paths: [{ outcome: 'invalid', text: expect.stringContaining('is not the neighbour AS') }, {}] },
    });
    expect(await ask({ prefix: '198.51.100.0/24', path: '' })).toMatchObject({ status: 400 });
    expect(await ask({ ...route, pth: '1' })).toMatchObject({
      status: 400,
      said: { code: 'unknown-member' },
    });
    expect(await ask({ ...route, path: '64496 x' })).toMatchObject({
      status: 400,
      said: { code: 'asn-syntax' },
    });
    await page.running.stop();
  });

  it('filters before it sends, and refuses a filter that asks for nothing that there is', async () => {
    const ris = await risServer(({ send }) => {
      send(risUpdate('64496 64497', ['198.51.100.0/24']), risUpdate('64496 64499', ['203.0.113.0/24']));
    });
    const page = await livePage(['--ris', ris.url, '--rpki', temporaryFile('rpki.json', vrp(1))]);
    await page.running.until({ type: 'route' }, 2);
    const reader = await page.follow('rov=invalid');
    await reader.until((messages) => messages.length > 0);
    expect(reader.seen()).toMatchObject({ left: 0, rows: [{ prefix: '198.51.100.0/24' }] });
    const wrong = await page.ask('/events?rovv=invalid');
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { code: 'unknown-member', field: 'rovv', message: 'rovv: unknown member; did you mean rov?' },
    ]);
    expect((await fetch(`${page.url}/events`)).status).toBe(401);
    await page.running.stop();
  });

  it('tells a page that comes again how much it missed, and goes on there', async () => {
    const ris = await risServer(() => {});
    const page = await livePage(['--ris', ris.url]);
    const [connection] = ris.connections;
    await until(() => ris.connections.length === 1);
    const first = await page.follow();
    await first.until(() => first.seen().rows.length === 1); // the service
    await first.close();
    const prefixes = Array.from({ length: 300 }, (_, i) => `10.0.${i >> 8}.${i & 255}/32`);
    (connection ?? ris.connections[0])?.send(risUpdate('64496', prefixes));
    await page.running.until({ type: 'route' }, 300);
    const again = await page.follow('', first.id());
    await again.until((messages) => messages.length > 0);
    // 300 routes and the session of their peer, of which 200 events are kept.
    expect(again.messages[0]?.batch).toMatchObject({ missed: 101, left: 0, rows: { length: 200 } });
    expect(again.seen().rows.at(-1)).toMatchObject({ prefix: '10.0.1.43/32' });
    const another = await page.follow('', 'another-1');
    await another.until((messages) => messages.length > 0);
    expect(another.messages[0]?.batch.missed).toBe(null);
    await page.running.stop();
  });

  it('counts exactly what is left out, also for a page that sleeps', async () => {
    const count = 20_000;
    let begin = (): void => {};
    const watched = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const stdin = (async function* () {
      await watched;
      yield new TextEncoder().encode(manyRoutes(count));
    })();
    const page = await livePage(['-', '--rpki', temporaryFile('rpki.json', vrp(1))], stdin);
    const asleep = connect(Number(new URL(page.url).port), '127.0.0.1');
    onTestFinished(() => void asleep.destroy());
    asleep.write(
      `GET /events?type=route HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${page.token}\r\n\r\n`,
    );
    let slept = String((await once(asleep, 'data'))[0]);
    asleep.pause();
    const awake = await page.follow('type=route');
    begin();
    await awake.until(() => awake.seen().rows.length + awake.seen().left === count);
    const last = () => awake.messages.findLast(({ batch }) => batch.counts)?.batch.counts;
    await awake.until(() => last()?.held === count);
    expect(last()?.verdicts.rov).toEqual({ 'not-found': count });
    expect(last()?.peers.map(({ held }) => held)).toEqual([count / 2, count / 2]);
    for (const { batch } of awake.messages) expect(batch.rows?.length ?? 0).toBeLessThanOrEqual(200);
    asleep.on('data', (octets: Buffer) => (slept += octets.toString()));
    asleep.resume();
    await page.running.stop();
    await until(() => asleep.closed);
    const numbers = [...slept.matchAll(/"n":([0-9]+)/g)];
    const left = [...slept.matchAll(/"left":([0-9]+)/g)].map(([, n]) => Number(n));
    expect(numbers.length + left.reduce((a, b) => a + b, 0)).toBe(count);
    expect(slept).toContain('event: end\n');
  });

  it.each([
    ['is not HOST:PORT', 'here'],
    ['is not HOST:PORT', '70000'],
    ['is not HOST:PORT', ''],
  ])('%s: %j', async (message, address) => {
    const { code, stdout, stderr } = await run(['live', '--ris', 'ws://127.0.0.1:9/', '--http', address]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('is refused an address that is taken, before anything is begun; what cannot begin closes it', async () => {
    const ris = await risServer(() => {});
    const taken = await run(['live', '--ris', ris.url, '--http', `127.0.0.1:${ris.port}`]);
    expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining('EADDRINUSE')]);
    expect(ris.connections).toEqual([]);
    const { code, stderr } = await run(['live', 'no-such-file', '--http', '0']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no-such-file')]);
    const [, url = ''] = /(http:\/\/[0-9.:]+)/.exec(stderr) ?? [];
    await expect(fetch(url)).rejects.toThrow();
  });
});
