import { readFileSync, writeFileSync } from 'node:fs';
import { fromHex } from 'pathsec/bytes';
import { parsePrefix } from 'pathsec/inet';
import { listenRtr } from 'pathsec/node';
import { createRtrCache } from 'pathsec/rtr';
import type { SpeakerOptions } from 'pathsec/speaker';
import { describe, expect, it, onTestFinished } from 'vitest';
import { messageOf, pathOf } from '../bgpsec/world.js';
import { END_OF_RIB, update4 } from '../speaker/peer.js';
import { CUSTOMER_ROUTE, listen, PEER, peer, ROLES, shape } from './bgp-peer.js';
import { keys, UPDATE } from './bgpsec-world.js';
import { temporaryFile } from './run.js';
import { until } from './running.js';

describe('changes of payloads', () => {
  const routes = [
    CUSTOMER_ROUTE,
    update4(['198.51.100.0/24'], [], [], [64499, 64497]),
    update4(['203.0.113.0/24'], [], [], [64499]),
    END_OF_RIB,
  ];
  const vrp = (prefix: string, asn: number) => {
    const parsed = parsePrefix(prefix);
    return { prefix: parsed, maxLength: parsed.length, asn };
  };

  it('tell of each route whose verdict is another one, and of no other', async () => {
    const cache = createRtrCache({ sessionId: 1 });
    const aspas = [{ customer: 64497, providers: [64499] }];
    cache.replace({ vrps: [vrp('192.0.2.0/24', 64496)], aspas, routerKeys: [] });
    const server = await listenRtr(cache, { host: '127.0.0.1', port: 0, notifySeconds: 0 });
    onTestFinished(() => server.close());
    const source = `127.0.0.1:${server.port}`;
    const command = await listen('--local-as', '64500', '--role', 'provider', '--rpki', source);
    await peer(command, routes, { role: 'customer' });
    // The cache may be asked before or after the routes have come.
    await command.until({ type: 'end', family: '1/1' });
    await until(() =>
      ['route', 'change'].some((type) =>
        command.lines().some((line) => line.type === type && line.rov === 'valid'),
      ),
    );
    const before = command.lines().length;
    cache.change({ vrps: [vrp('203.0.112.0/23', 64499)], aspas: [{ customer: 64496, providers: [1] }] }, {});
    server.notify();
    await command.until({ type: 'change', prefix: '203.0.113.0/24' });
    const { lines } = await command.stop();
    expect(
      lines
        .slice(before)
        .filter(({ type }) => type === 'change')
        .map(shape),
    ).toEqual([
      {
        ...{ type: 'change', peer: PEER, prefix: '192.0.2.0/24', path: '64499 64496', ...ROLES },
        ...{ rov: 'valid', aspa: 'invalid', was: { rov: 'valid', aspa: 'unknown' }, cause: 'payload' },
      },
      {
        ...{ type: 'change', peer: PEER, prefix: '203.0.113.0/24', path: '64499', ...ROLES },
        ...{ rov: 'invalid', aspa: 'valid', was: { rov: 'not-found', aspa: 'valid' }, cause: 'payload' },
      },
    ]);
  });

  it('a file that changes is read again; a bad one is a fault and changes nothing', async () => {
    const text = (asn: number): string =>
      JSON.stringify({ roas: [{ asn, prefix: '192.0.2.0/24', maxLength: 24 }] });
    const file = temporaryFile('rpki.json', text(64496));
    const command = await listen('--local-as', '64500', '--rpki', file);
    await peer(command, routes);
    await command.until({ type: 'end', family: '1/1' });
    writeFileSync(file, 'neither JSON nor anything else\n');
    await command.until({ type: 'fault', peer: null, code: 'payloads', treatment: 'kept' });
    writeFileSync(file, text(1));
    await command.until({ type: 'change' });
    const { lines, stderr } = await command.stop();
    expect(lines.filter(({ type }) => type === 'change')).toMatchObject([
      { prefix: '192.0.2.0/24', rov: 'invalid', was: { rov: 'valid' }, cause: 'payload' },
    ]);
    expect(stderr).toContain('kept the old data');
  });
});

describe('payloads of files that have expired', () => {
  const file = () => {
    const roa = (asn: number, prefix: string, expires?: number) => ({ asn, prefix, maxLength: 24, expires });
    const roas = [roa(64496, '192.0.2.0/24', 1_700_000_000), roa(64497, '198.51.100.0/24', 1_900_000_000)];
    return temporaryFile('rpki.json', JSON.stringify({ roas }));
  };
  const routes = [CUSTOMER_ROUTE, update4(['198.51.100.0/24'], [], [], [64499, 64497]), END_OF_RIB];
  const verdicts = async (...argv: string[]) => {
    const command = await listen('--local-as', '64500', '--rpki', file(), ...argv);
    await peer(command, routes);
    await command.until({ type: 'end', family: '1/1' });
    const { lines } = await command.stop();
    return lines.filter(({ type }) => type === 'route').map(({ prefix, rov }) => [prefix, rov]);
  };

  it('do not count, by the clock', async () => {
    expect(await verdicts()).toEqual([
      ['192.0.2.0/24', 'not-found'],
      ['198.51.100.0/24', 'valid'],
    ]);
  });

  it('count or not at the time of --now', async () => {
    expect(await verdicts('--now', '1700000000')).toEqual([
      ['192.0.2.0/24', 'valid'],
      ['198.51.100.0/24', 'valid'],
    ]);
    expect(await verdicts('--now', '1900000001')).toEqual([
      ['192.0.2.0/24', 'not-found'],
      ['198.51.100.0/24', 'not-found'],
    ]);
  });
});

describe('signed routes (--bgpsec)', () => {
  const signer: Partial<SpeakerOptions> = { bgpsec: ['send'] };

  it('are verified, and again when keys change; the cause is the key', async () => {
    const file = keys(64496, 64499);
    const command = await listen('--local-as', '64500', '--bgpsec', '--rpki', file);
    await peer(command, [fromHex(UPDATE)], signer);
    await command.until({ type: 'route', path: '64499 64496', rov: 'not-found', bgpsec: 'valid' });
    writeFileSync(file, readFileSync(keys(64499)));
    await command.until({ type: 'change', bgpsec: 'not-valid', cause: 'key' });
    const { lines } = await command.stop();
    expect(lines.filter(({ type }) => type === 'change')).toMatchObject([{ was: { bgpsec: 'valid' } }]);
  });

  it('that break RFC 8205 §5.2 are withdrawn, with a fault', async () => {
    const command = await listen('--local-as', '64500', '--bgpsec', '--rpki', keys(64496, 64499));
    await peer(command, [fromHex(UPDATE), messageOf(pathOf([64496, 64498], 64500))], signer);
    await command.until({ type: 'fault', code: 'bgpsec-path', treatment: 'treat-as-withdraw' });
    await command.until({ type: 'withdraw' });
    await command.stop();
  });

  it('are withdrawn where they were not negotiated', async () => {
    const command = await listen('--local-as', '64500');
    await peer(command, [fromHex(UPDATE)], signer);
    await command.until({ type: 'fault', code: 'bgpsec-not-negotiated', treatment: 'treat-as-withdraw' });
    expect((await command.stop()).lines.filter(({ type }) => type === 'route')).toEqual([]);
  });
});
