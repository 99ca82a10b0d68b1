import { formatKeys, parseKeys } from 'pathsec/apvas';
import { describe, expect, it } from 'vitest';
import { signers } from './support.js';

describe('key files', () => {
  it('round-trip and never hold a secret', () => {
    const text = formatKeys(signers);
    expect(formatKeys(parseKeys(text))).toBe(text);
    expect(text).not.toContain('scalar');
    expect(parseKeys(text)[0]?.asn).toBe(64500);
  });

  it('are refused by code', () => {
    for (const [text, code] of [
      ['{', 'json-syntax'],
      ['[]', 'keys-shape'],
      ['{"format":"x"}', 'keys-format'],
      ['{"format":"pathsec/apvas-keys/1"}', 'keys-shape'],
      ['{"format":"pathsec/apvas-keys/1","keys":[{"as":-1,"ski":"","publicKey":"","pop":""}]}', 'keys-shape'],
      ['{"format":"pathsec/apvas-keys/1","keys":[{"as":1,"ski":"0","publicKey":"","pop":""}]}', 'hex-length'],
      ['{"format":"pathsec/apvas-keys/1","keys":[{"as":1,"ski":7,"publicKey":"","pop":""}]}', 'keys-shape'],
    ] as const) {
      expect(() => parseKeys(text), text).toThrow(expect.objectContaining({ code }));
    }
  });
});
