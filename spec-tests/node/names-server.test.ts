import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, namesServer } from '../../src/node/names-server.js';

const at = (address: string | undefined, host = address ?? '') => ({ address, host });

describe('whether Host names this server', () => {
  it.each([
    ['127.0.0.1:8080', at('127.0.0.1')],
    ['127.0.0.1', at('127.0.0.1')],
    ['127.0.0.1:9000', at('127.0.0.1')], // through a tunnel
    ['localhost:8080', at('127.0.0.1')],
    ['LOCALHOST', at('127.0.0.9')],
    ['localhost:1', at('::1')],
    ['[::1]:8080', at('::1')],
    ['[0:0:0:0:0:0:0:1]', at('::1')],
    ['127.0.0.1:8080', at('::ffff:127.0.0.1', '::')],
    ['[::ffff:127.0.0.1]:80', at('127.0.0.1', '0.0.0.0')],
    ['192.0.2.1:80', at('192.0.2.1', '0.0.0.0')],
    ['Router.example:80', at('192.0.2.1', 'router.example')],
  ])('%s on %j', (header, end) => {
    expect(namesServer(header, end)).toBe(true);
  });

  it.each([
    [undefined, at('127.0.0.1')],
    ['', at('127.0.0.1')],
    ['evil.example', at('127.0.0.1')],
    ['127.0.0.1.evil.example:8080', at('127.0.0.1')],
    ['evil.example:127.0.0.1', at('127.0.0.1')],
    ['127.0.0.2:8080', at('127.0.0.1')],
    ['127.0.0.1@evil.example', at('127.0.0.1')],
    ['localhost', at('192.0.2.1')],
    ['localhost', at('2001:db8::1')],
    ['localhost.', at('127.0.0.1')],
    ['[::1', at('::1')],
    ['::1', at('::1')],
    ['127.0.0.1:', at('127.0.0.1')],
    ['127.1', at('127.0.0.1')],
    ['0177.0.0.1', at('127.0.0.1')],
    ['127.0.0.1', at(undefined, 'router.example')],
  ])('not %s on %j', (header, end) => {
    expect(namesServer(header, end)).toBe(false);
  });

  it('is no name of anybody else', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 2, maxLength: 4 }), fc.nat(65_535), (labels, port) => {
        expect(namesServer(`${labels.join('.')}:${port}`, at('127.0.0.1'))).toBe(false);
      }),
    );
  });
});

describe('whether an address is loopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.255.0.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.0.2.1', false],
    ['router.example', false],
  ])('%s: %s', (host, is) => {
    expect(isLoopbackHost(host)).toBe(is);
  });
});
