import type { createRtrClient, Pdu, RtrVersion } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { type Citation, requirement } from '../kit/citation.js';
import { lines, note } from './harness.js';
import { end, OTHER, play, prefix, report, response, VRP } from './play.js';

describe('RTR client: what an error does to the data (8210bis §12)', () => {
  const outcomeOf = (
    version: RtrVersion,
    options: Parameters<typeof createRtrClient>[0],
    ...pdus: Pdu[]
  ): { held: number; phase: string; sent: Pdu | undefined; session: unknown } => {
    const { client, seen, open, give } = play({ ...options, highestVersion: version });
    open(0);
    give(0, version, response(), prefix(VRP), end(1), ...pdus);
    return {
      held: lines(client.payloads()).length,
      phase: client.status.phase,
      sent: seen.sent.at(-1),
      session: client.status.session,
    };
  };

  it.each<readonly [number, string, number, readonly Citation[]]>([
    [
      0,
      'idle',
      0,
      requirement(
        '8210bis:5.8:no-answer-router',
        '8210bis:12:fatal-drops',
        '8210bis:12:fatal-flush',
        '8210bis:12:error-0-corrupt-data',
      ),
    ],
    [1, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-1-internal-error')],
    [
      3,
      'idle',
      0,
      requirement('8210bis:12:fatal-drops', '8210bis:12:fatal-flush', '8210bis:12:error-3-invalid-request'),
    ],
    [4, 'idle', 1, requirement('!8210bis:12:fatal-flush', '8210bis:12:error-4-version')],
    [5, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-5-type')],
    [6, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-6-unknown-record')],
    [7, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-7-duplicate')],
    [8, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-8-unexpected-version')],
    [9, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-9-providers')],
    [10, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-10-transport')],
    [11, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-11-order')],
    [12, 'idle', 1, requirement('!8210bis:12:fatal-flush', '8210bis:12:error-12-restart')],
    [13, 'idle', 0, requirement('8210bis:12:fatal-flush', '8210bis:12:error-13-shutdown')],
    [
      200,
      'idle',
      0,
      requirement('8210bis:5.8:broken-flush', '8210bis:12:fatal-flush', '8210bis:12:invalid-code'),
    ],
    [
      2,
      'established',
      1,
      requirement(
        '!8210bis:8.4:no-data',
        '!8210bis:12:fatal-drops',
        '!8210bis:12:fatal-flush',
        '8210bis:12:error-2-no-data',
      ),
    ],
  ])('an Error Report with code %i leaves version 2 %s with %i record', (code, phase, held) => {
    const result = outcomeOf(2, {}, report(code));
    expect(result).toMatchObject({ phase, held, sent: { type: 'reset-query' } });
  });

  it('drops the session but keeps the data in versions 0 and 1, whose texts do not ask for more', () => {
    for (const version of [0, 1] as const) {
      expect(outcomeOf(version, {}, report(0))).toMatchObject({ held: 1, session: undefined });
      expect(outcomeOf(version, {}, prefix(OTHER))).toMatchObject({ held: 1, session: undefined });
    }
  });

  it('flushes in every version when the session ID is foreign (§5.1)', () => {
    requirement('8210bis:5.1:session-mismatch-flush');
    for (const version of [0, 1, 2] as const) {
      const result = outcomeOf(version, {}, { type: 'serial-notify', sessionId: 8, serial: 2 });
      expect(result).toMatchObject({ held: 0, sent: { type: 'error-report', errorCode: 0 } });
    }
  });

  it('keeps the last complete transaction everywhere when told to', () => {
    requirement('8210bis:12:keep-option');
    for (const pdu of [
      report(0),
      prefix(OTHER),
      { type: 'serial-notify', sessionId: 8, serial: 2 } as const,
    ]) {
      expect(outcomeOf(2, { afterFatal: 'keep' }, pdu)).toMatchObject({
        held: 1,
        phase: 'idle',
        session: undefined,
      });
    }
  });

  it('never answers an Error Report with one, even a broken one (§5.8)', () => {
    requirement(
      '8210bis:5.8:no-answer-router',
      '!8210bis:5.8:no-answer-router',
      '8210bis:5.8:broken-dropped',
      '8210bis:5.8:broken-flush',
      '!8210bis:12:fatal-drops',
      '!8210bis:12:invalid-code',
    );
    const { client, seen, open, give } = play();
    open(0);
    give(0, 2, response(), prefix(VRP), end(1));
    note(seen, client.received(Uint8Array.of(2, 10, 0, 0, 0, 0, 0, 16, 0, 0, 0, 99, 0, 0, 0, 0), 1));
    expect(seen.sent).toEqual([{ type: 'reset-query' }]);
    expect(client.status.phase).toBe('idle');
    expect(lines(client.payloads())).toEqual([]);
  });
});
