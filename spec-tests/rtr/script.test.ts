import { makePrefix } from 'pathsec/inet';
import type { Payloads } from 'pathsec/payload';
import { createRtrCache, createScriptPlayer, parseScript } from 'pathsec/rtr';
import { describe, expect, it } from 'vitest';
import { only } from '../payload/arbitrary-payloads.js';

const START: Payloads = only({
  vrps: [1, 2, 3].map((octet) => ({
    prefix: makePrefix(1, Uint8Array.of(10, octet, 0, 0), 24),
    maxLength: 24,
    asn: 64496,
  })),
  aspas: [{ customer: 64500, providers: [64501, 64502] }],
  routerKeys: [{ asn: 64496, ski: new Uint8Array(20).fill(1), spki: new Uint8Array(91).fill(2) }],
});

describe('RTR scripts', () => {
  it('play timed steps: changes, replacements, lost history and data, new sessions, faults', () => {
    const script = {
      steps: [
        { at: 9, fault: 'garbage', comment: 'ends the session' },
        { at: 1, announce: { vrps: START.vrps }, withdraw: {} },
        { at: 2, replace: START },
        { at: 3, do: 'forget-history' },
        { at: 4, do: 'new-session' },
        { at: 5, do: 'lose-data' },
        { at: 6, do: 'notify' },
      ],
    };
    const cache = createRtrCache({ sessionId: 3 });
    const player = createScriptPlayer(
      parseScript(script, (value) => value as Partial<Payloads>),
      cache,
    );
    expect(player.nextWake()).toBe(1);
    expect(player.tick(0)).toEqual([]);
    expect(player.tick(2).map(({ step, notify }) => [step.action, notify])).toEqual([
      ['change', true],
      ['replace', true],
    ]);
    expect(cache.serial).toBe(1);
    expect(cache.since(2, 0)).toBeDefined();
    player.tick(3);
    expect(cache.since(2, 0)).toBeUndefined();
    player.tick(4);
    expect(cache.sessionId(0)).toBe(6);
    player.tick(5);
    expect(cache.hasData).toBe(false);
    expect(player.tick(10).map(({ fault, notify }) => [fault?.name, notify])).toEqual([
      [undefined, true],
      ['garbage', false],
    ]);
    expect(player.nextWake()).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [null],
    [{}],
    [{ steps: [null] }],
    [{ steps: [{ at: -1, do: 'notify' }] }],
    [{ steps: [{ at: 1 }] }],
    [{ steps: [{ at: 1, do: 'nothing' }] }],
    [{ steps: [{ at: 1, fault: 'none' }] }],
    [{ steps: [{ at: 1, do: 'notify', fault: 'garbage' }] }],
  ])('refuse %j', (value) => {
    expect(() => parseScript(value, () => ({}))).toThrowError(
      expect.objectContaining({ code: 'script-syntax' }),
    );
  });

  it.each([
    ['step', { step: [] }, 'steps'],
    ['steps[0].anounce', { steps: [{ at: 1, anounce: {} }] }, 'announce'],
    [
      'steps[1].DO',
      {
        steps: [
          { at: 1, do: 'notify' },
          { at: 1, DO: 'notify' },
        ],
      },
      'do',
    ],
  ])('refuse the member %s and propose the one that was meant', (field, value, meant) => {
    const message = `${field}: unknown member; did you mean ${meant}?`;
    expect(() => parseScript(value, () => ({}))).toThrowError(
      expect.objectContaining({ code: 'unknown-member', field, message }),
    );
  });

  it('propose the word that was meant', () => {
    const refuse = (step: object, said: RegExp) =>
      expect(() => parseScript({ steps: [{ at: 1, ...step }] }, () => ({}))).toThrowError(said);
    refuse({ do: 'notfy' }, /did you mean notify\?$/);
    refuse({ fault: 'garbge' }, /did you mean garbage\?$/);
  });

  it('have a comment, as their steps have', () => {
    expect(parseScript({ comment: 'a day', steps: [] }, () => ({}))).toEqual([]);
  });
});
