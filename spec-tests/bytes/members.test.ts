import fc from 'fast-check';
import { DecodeError, nearestName, requireKnownMembers } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { oneEdit } from '../questions/edits.js';

const KNOWN = ['path', 'neighborAs', 'neighborRole', 'direction', 'prefix', 'origin', 'localAs', 'peerAs'];

const faultOf = (value: object, path?: string): DecodeError => {
  try {
    requireKnownMembers(value, KNOWN, path);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error('no fault');
};

describe('unknown members', () => {
  it.each([
    ['neighborAS', 'neighborAs'],
    ['neighbourAs', 'neighborAs'],
    ['neighbor_as', 'neighborAs'],
    ['neigbhorAs', 'neighborAs'],
    ['Path', 'path'],
    ['pat', 'path'],
    ['drection', 'direction'],
    ['perAs', 'peerAs'],
  ])('%s: did you mean %s?', (name, meant) => {
    const { code, field, message } = faultOf({ path: '1', [name]: 2 });
    expect([code, field]).toEqual(['unknown-member', name]);
    expect(message).toBe(`${name}: unknown member; did you mean ${meant}?`);
  });

  it('that are like none are shown the list', () => {
    expect(faultOf({ colour: 1 }).message).toBe(`colour: unknown member; known are ${KNOWN.join(', ')}`);
  });

  it('are named with the place of their object, and no longer than is of use', () => {
    expect(faultOf({ pth: 1 }, 'steps[2].verify').field).toBe('steps[2].verify.pth');
    const { field, message } = faultOf({ ['x'.repeat(1 << 20)]: 1 });
    expect([field.length, message.length < 300]).toEqual([65, true]);
  });

  it('of an object without any, or with known ones only, are none', () => {
    expect(() => requireKnownMembers({}, KNOWN)).not.toThrow();
    expect(() => requireKnownMembers({ path: 1, origin: 2 }, KNOWN)).not.toThrow();
  });

  it('names of the prototype are unknown', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(faultOf(JSON.parse(`{"${name}": 1}`) as object).field).toBe(name);
    }
  });

  it('any misspelling by one edit is refused, and something is proposed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN).chain(oneEdit), (name) => {
        if (KNOWN.includes(name)) return;
        const { code, message } = faultOf({ [name]: 1 });
        expect(code).toBe('unknown-member');
        expect(message).toMatch(/did you mean [a-zA-Z]+\?$/);
      }),
      { numRuns: 500 },
    );
  });

  it('of two names that are as near, the first is proposed', () => {
    expect(nearestName('ac', ['ab', 'ad'])).toBe('ab');
    expect(nearestName('', ['ab'])).toBe(undefined);
  });
});
