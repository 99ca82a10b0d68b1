import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventParser } from '../../src/live-page/event-parser.js';

/** The text of messages as a server writes them. */
const written = (messages: readonly { id?: string; event: string; data: string }[]): string =>
  messages
    .map(({ id, event, data }) => {
      const lines = data.split('\n').map((line) => `data: ${line}\n`);
      return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\n${lines.join('')}\n`;
    })
    .join('');

describe('the parser of server-sent events', () => {
  it('reads what was written, however it is cut', () => {
    const word = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const message = fc.record(
      { id: word, event: word, data: fc.string().map((text) => text.replaceAll('\r', '')) },
      { requiredKeys: ['event', 'data'] },
    );
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat(40)), (messages, cuts) => {
        const text = written(messages);
        const parse = createEventParser();
        const read = [];
        let at = 0;
        for (const length of cuts) {
          read.push(...parse(text.slice(at, at + length)));
          at += length;
        }
        read.push(...parse(text.slice(at)));
        let id: string | undefined;
        expect(read).toEqual(
          messages.map(({ id: own, event, data }) => {
            id = own ?? id;
            return { event, data, id };
          }),
        );
      }),
    );
  });

  it('passes over comments and what is no field', () => {
    const parse = createEventParser();
    expect(parse(':\n\n: alive\n\nretry: 5\nnonsense\ndata:x\ndata\n\n')).toEqual([
      { event: 'message', data: 'x\n', id: undefined },
    ]);
  });

  it('takes no message without end', () => {
    const parse = createEventParser();
    const piece = `data: ${'x'.repeat(1 << 20)}`;
    expect(() => {
      for (let i = 0; i < 5; i++) parse(piece);
    }).toThrow(RangeError);
  });
});
