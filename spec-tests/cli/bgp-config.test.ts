import { describe, expect, it } from 'vitest';
import { freePort } from '../interop/daemon.js';
import { peer } from './bgp-peer.js';
import { run, temporaryFile } from './run.js';
import { start } from './running.js';

describe('--config', () => {
  const config = (value: unknown): string => temporaryFile('peers.json', JSON.stringify(value));

  it('has several peers, one of whom is connected to', async () => {
    const port = await freePort();
    const listenPort = await freePort();
    const file = config({
      localAs: 64500,
      routerId: '192.0.2.9',
      listen: `127.0.0.1:${listenPort}`,
      peers: [
        { as: 64499, address: '127.0.0.1', port, localRole: 'customer', hold: 9 },
        { as: 64498, localRole: 'peer', strictRole: true, families: ['1/1'], addPath: true, bgpsec: true },
      ],
    });
    const command = start(['bgp', 'listen', '--config', file]);
    await peer({ listen: port }, [], { role: 'provider' });
    await command.until({
      state: 'established',
      holdTime: 9,
      localRole: 'customer',
      neighborRole: 'provider',
    });
    await command.stop();
  });

  it.each<[unknown, RegExp]>([
    [
      { localAs: 1, peers: [{ asn: 2 }] },
      /peers\[0\]\.asn.*did you mean as\?.*\(unknown-member\)|unknown member.*did you mean as\?/,
    ],
    [{ localAs: 1, peer: [] }, /unknown member; did you mean peers\?/],
    [{ localAs: 1, peers: [] }, /must be a list of peers \(config-syntax\)/],
    [{ localAs: 'x', peers: [{}] }, /\(asn-syntax\)/],
    [{ localAs: 1, routerId: 0, peers: [{}] }, /BGP Identifier/],
    [{ localAs: 1, listen: 'here', peers: [{}] }, /must be HOST:PORT/],
    [{ localAs: 1, peers: [{ localRole: 'customers' }] }, /did you mean customer\?/],
    [{ localAs: 1, peers: [{ families: ['1/2'] }] }, /unicast of IPv4 and IPv6/],
    [{ localAs: 1, peers: [{ hold: 70000 }] }, /whole number up to 65535/],
    [{ localAs: 1, peers: [{ strictRole: 'yes' }] }, /true or false/],
    [{ localAs: 1, peers: [{ address: '' }] }, /must be a text/],
    [{ localAs: 1, peers: [3] }, /must be an object/],
    [{ localAs: 1, peers: [{ hold: 2 }] }, /peers\[0\]\.hold: must be 0, or/],
    [{ localAs: 0, peers: [{}] }, /localAs: must be an AS of a speaker/],
    [{ localAs: 1, peers: [{ as: 0 }] }, /peers\[0\]\.as: must be an AS of a speaker/],
    [{ localAs: 1, peers: [{ families: [] }] }, /peers\[0\]\.families: must be "1\/1" and "2\/1"/],
    [{ localAs: 1, peers: [{ port: 0, address: '192.0.2.1' }] }, /peers\[0\]\.port: must be 1 or more/],
    [{ localAs: 1, peers: [{ port: 179 }] }, /peers\[0\]\.address: must be there beside a port/],
    [{ localAs: 1, peers: [{ address: 'router.example' }] }, /must be an IP address, unless there is a port/],
    [{ localAs: 1, peers: [{ localAddress: '192.0.2.1' }] }, /localAddress: must be beside a port/],
    [{ localAs: 1, peers: [{ strictRole: true }] }, /strictRole: must be beside a localRole/],
    [
      { localAs: 1, peers: [{ address: '192.0.2.1' }, { address: '::ffff:192.0.2.1' }] },
      /two peers with the address 192\.0\.2\.1/,
    ],
    [{ localAs: 1, peers: [{}, {}] }, /two peers without an address/],
  ])('%j is refused', async (value, message) => {
    const { code, stderr } = await run(['bgp', 'listen', '--for', '0', '--config', config(value)]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(stderr).toMatch(/^pathsec: .*peers\.json: .*\n$/); // one line, with the file
  });

  it('is refused where it is no JSON, or beside an option that it says itself', async () => {
    const bad = await run(['bgp', 'listen', '--config', temporaryFile('x', '{')]);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('not JSON')]);
    const file = config({ localAs: 1, peers: [{}] });
    const both = await run(['bgp', 'listen', '--config', file, '--peer-as', '2']);
    expect([both.code, both.stderr]).toEqual([
      2,
      expect.stringContaining('--peer-as does not go with --config'),
    ]);
  });
});

describe('wrong use ends with 2', () => {
  it.each<[readonly string[], string]>([
    [['listen'], 'give --local-as'],
    [['connect', 'nowhere', '--local-as', '1'], 'nowhere is not HOST:PORT'],
    [['connect', '127.0.0.1:1'], 'give --local-as'],
    [['listen', '--local-as', '0'], 'No speaker has AS 0 (RFC 7607 §2).'],
    [['connect', '127.0.0.1:1', '--local-as', '1', '--peer-as', '0'], 'No speaker has AS 0'],
    [['inject', '127.0.0.1:1', '--count', '1', '--local-as', '0'], 'No speaker has AS 0'],
    [['listen', '--local-as', '1', '--strict-role'], '--strict-role needs --role'],
    [
      ['inject', '127.0.0.1:1', '--count', '1', '--local-as', '1', '--strict-role'],
      '--strict-role needs --role',
    ],
    [['listen', '--local-as', '1', '--slurm', 'exceptions.json', '--for', '0'], '--slurm needs --rpki'],
    [['inject', '127.0.0.1:1', '--local-as', '1', '--play', '/nowhere/x', '--for', '0'], 'no such file'],
    [['listen', '--local-as', '1', '--role', 'boss'], 'One of provider'],
    [['listen', '--local-as', '1', '--hold', '2'], '0, or whole seconds'],
    [['listen', '--local-as', '1', '--port', '70000'], 'A port'],
    [['listen', '--local-as', '1', '--families', '1/128'], 'unicast'],
    [['listen', '--local-as', '1', '--router-id', '0.0.0.0'], 'BGP Identifier'],
    [['listen', '--local-as', '1', '--max-routes', '0'], 'A whole number'],
    [['listen', '--local-as', '1', '--listen', 'x'], 'is not HOST:PORT'],
    [['listen', '--local-as', '1', '--listen', '127.0.0.1:0', '--port', '1'], 'not both'],
    [['listen', '--local-as', '1', '--rpki', '/nowhere', '--port', '0'], 'ENOENT'],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await run(['bgp', ...argv, '--for', '0']);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });
});
