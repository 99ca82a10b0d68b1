import { describe, expect, it } from 'vitest';
import { tlsCause } from '../../src/node/tls-cause.js';
import { run, temporaryFile } from '../cli/run.js';

describe('options of rtr serve', () => {
  it('refuse what is no limit', async () => {
    const payloads = temporaryFile('payloads.json', '{"roas": []}');
    const script = temporaryFile('script.json', '{"steps": []}');
    for (const args of [
      ['--max-sessions', '0'],
      ['--max-sessions-per-address', '1.5'],
      ['--idle', '0'],
      ['--idle', 'ever'],
      ['--max-drop', '101'],
      ['--script', script, '--max-drop', '50'],
    ]) {
      expect([args, (await run(['rtr', 'serve', payloads, ...args, '--for', '0'])).code]).toEqual([args, 2]);
    }
    expect((await run(['rtr', 'serve', payloads, '--listen', '127.0.0.1:0', '--for', '0'])).code).toBe(0);
  });

  it('have the defaults that the manual names', async () => {
    const { stdout } = await run(['rtr', 'serve', '--help']);
    const help = stdout.replace(/\s+/g, ' ');
    for (const text of [
      'connections at once (default: 4096)',
      'time for a connection to send its first query (default: 60)',
      'not with --script (default: 50)',
      '--max-sessions-per-address <number> connections at once from one address',
      '--strict',
    ]) {
      expect(help).toContain(text);
    }
  });
});

describe('the cause of a failed TLS connection', () => {
  it('is in the words of the library, with its code once', () => {
    const expired = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
    expect(tlsCause(expired)).toBe('certificate has expired (CERT_HAS_EXPIRED)');
    const alert = Object.assign(new Error('80:error:0A:SSL routines::tlsv1 alert unknown ca:../deps'), {
      code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
      reason: 'tlsv1 alert unknown ca',
    });
    expect(tlsCause(alert)).toBe('tlsv1 alert unknown ca (ERR_SSL_TLSV1_ALERT_UNKNOWN_CA)');
    expect(tlsCause(new Error('EPIPE'))).toBe('EPIPE');
  });
});
