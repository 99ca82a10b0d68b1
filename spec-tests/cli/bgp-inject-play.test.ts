import { describe, expect, it } from 'vitest';
import { KEEPALIVE, update4 } from '../speaker/peer.js';
import { inject, receiver } from './bgp-inject-peer.js';
import { run, temporaryFile } from './run.js';
import { until } from './running.js';

// That signed messages which were written are played is in bgp-inject-signed.test.ts.

describe('pathsec bgp inject --play', () => {
  it('a file of any messages is played as far as they are routes', async () => {
    const peer = await receiver({ families: [{ afi: 1, safi: 1 }] });
    const octets = Buffer.concat([
      KEEPALIVE,
      update4(['192.0.2.0/24'], [], [], [64499]),
      update4([], ['192.0.2.0/24']),
    ]);
    const command = inject(peer, '--play', temporaryFile('messages', octets));
    await command.until({ type: 'announced', routes: 1, skipped: { 'no-update': 1, 'no-route': 1 } });
    expect((await command.stop()).code).toBe(0);
  });

  it.each([
    ['garbage', new Uint8Array(40), /message at offset 0: .*\(marker\)/],
    [
      'a message that ends early',
      update4(['192.0.2.0/24']).subarray(0, 40),
      /ends inside the message at offset 0/,
    ],
    ['a bad prefix', Buffer.concat([KEEPALIVE, badPrefix()]), /message at offset 19: .*\(nlri-/],
  ])('%s ends it with exit code 2', async (_, octets, wanted) => {
    const peer = await receiver();
    const argv = [`127.0.0.1:${peer.port}`, '--local-as', '64499', '--play', temporaryFile('m', octets)];
    const { code, stderr } = await run(['bgp', 'inject', ...argv]);
    expect(stderr).toMatch(wanted);
    expect(code).toBe(2);
    await until(() => peer.heard.includes('6/2'));
  });
});

function badPrefix(): Uint8Array {
  const octets = update4(['192.0.2.0/24']).slice();
  octets[octets.length - 4] = 33;
  return octets;
}
