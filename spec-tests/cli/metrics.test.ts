import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { risServer } from '../node/ris-server.js';
import { risUpdate, risWithdrawal } from '../routes/ris-lines.js';
import { END_OF_RIB } from '../speaker/peer.js';
import { CUSTOMER_ROUTE, listen, peer, rpki } from './bgp-peer.js';
import { run, temporaryFile } from './run.js';
import { start } from './running.js';

/** The lines of our metrics, without the times in them. */
async function scrape(port: number): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.headers.get('content-type')).toContain('version=0.0.4');
  const lines = (await answer.text()).split('\n').filter((line) => line.startsWith('pathsec_'));
  return lines.map((line) => line.replace(/(_seconds(?:\{.*\})?) [\d.e+-]+$/, '$1'));
}

const vrp = (asn: number) => JSON.stringify({ roas: [{ prefix: '198.51.100.0/24', maxLength: 24, asn }] });

describe('--metrics', () => {
  it('of live: routes by peer and verdict, changes, sessions, age of payloads, lag', async () => {
    const port = await freePort();
    const payloads = temporaryFile('rpki.json', vrp(64497));
    const ris = await risServer(({ send }) => {
      send(risUpdate('64496 64497', ['198.51.100.0/24', '203.0.113.0/24', '192.0.2.0/24']));
      send(risUpdate('64496 64499', ['203.0.113.0/24']), risWithdrawal(['192.0.2.0/24']));
    });
    const running = start(['live', '--ris', ris.url, '--rpki', payloads, '--metrics', String(port)]);
    await running.until({ type: 'withdraw' });
    writeFileSync(payloads, vrp(1));
    await running.until({ type: 'change' });
    const labels = 'peer="192.0.2.1",as="64496",source="rrc00.ripe.net"';
    // Of a metric with labels no order is promised.
    expect((await scrape(port)).sort()).toEqual(
      [
        'pathsec_sessions_total 2',
        'pathsec_routes_total 4',
        'pathsec_withdrawals_total 1',
        'pathsec_changes_total 1',
        'pathsec_faults_total 0',
        'pathsec_sessions_up 2',
        'pathsec_rejudging_seconds',
        `pathsec_held_routes{${labels}} 2`,
        `pathsec_lag_seconds{source="127.0.0.1:${ris.port}"}`,
        'pathsec_payload_age_seconds',
        'pathsec_payloads{kind="vrps"} 1',
        'pathsec_payloads{kind="aspas"} 0',
        'pathsec_payloads{kind="router-keys"} 0',
        `pathsec_verdicts{${labels},check="rov",verdict="not-found"} 1`,
        `pathsec_verdicts{${labels},check="aspa-upstream",verdict="unknown"} 2`,
        `pathsec_verdicts{${labels},check="aspa-downstream",verdict="valid"} 2`,
        `pathsec_verdicts{${labels},check="rov",verdict="invalid"} 1`,
      ].sort(),
    );
    const { stderr } = await running.stop();
    expect(stderr).toContain(`metrics on http://127.0.0.1:${port}/metrics\n`);
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });

  it('of bgp listen: a peer by its address and AS, and gone with it', async () => {
    const port = await freePort();
    const metrics = `127.0.0.1:${port}`;
    const command = await listen(
      '--local-as',
      '64500',
      '--role',
      'provider',
      '--rpki',
      rpki(),
      '--metrics',
      metrics,
    );
    const { stop } = await peer(command, [CUSTOMER_ROUTE, END_OF_RIB], { role: 'customer' });
    await command.until({ type: 'end', family: '1/1' });
    const labels = 'peer="127.0.0.1",as="64499",source=""';
    expect((await scrape(port)).filter((line) => line.includes(labels))).toEqual([
      `pathsec_held_routes{${labels}} 1`,
      `pathsec_verdicts{${labels},check="rov",verdict="valid"} 1`,
      `pathsec_verdicts{${labels},check="aspa",verdict="valid"} 1`,
    ]);
    await stop();
    await command.until({ type: 'session', state: 'down' });
    expect(await scrape(port)).toContain('pathsec_sessions_up 0');
    expect((await scrape(port)).filter((line) => line.includes(labels))).toEqual([]);
    await command.stop();
  });

  it('without payloads tell of routes alone', async () => {
    const port = await freePort();
    const running = start(['bmp', 'listen', '--port', '0', '--metrics', String(port)]);
    let lines: string[] = [];
    while (lines.length === 0) lines = await scrape(port).catch(() => []);
    expect(lines.filter((line) => /payload|verdicts/.test(line))).toEqual([]);
    await running.stop();
  });

  it('are refused where they cannot be served, before anything is begun', async () => {
    const ris = await risServer(() => {});
    for (const [address, message] of [
      [`127.0.0.1:${ris.port}`, 'EADDRINUSE'],
      ['here', '--metrics here is not HOST:PORT'],
      ['70000', 'is not HOST:PORT'],
    ] as const) {
      const { code, stdout, stderr } = await run(['live', '--ris', ris.url, '--metrics', address]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
    }
    expect(ris.connections).toEqual([]);
  });
});
