/** A message of a stream of server-sent events. */
export interface StreamMessage {
  readonly event: string;
  readonly data: string;
  /** The id of this message or the last one before it that had one. */
  readonly id: string | undefined;
}

/** Characters of a message that is not complete; a longer one is no message of ours. */
const LONGEST = 1 << 22;

/**
 * Reads a stream of server-sent events (HTML §9.2.6) in pieces as they come: the messages that each piece completes. Lines end in
 * LF, which is how our server writes them.
 *
 * @throws {RangeError} for a message without end.
 */
export function createEventParser(): (piece: string) => StreamMessage[] {
  let rest = '';
  let id: string | undefined;
  return (piece) => {
    const blocks = `${rest}${piece}`.split('\n\n');
    rest = blocks.pop() ?? '';
    if (rest.length > LONGEST) throw new RangeError('a message without end');
    const messages: StreamMessage[] = [];
    for (const block of blocks) {
      let event = 'message';
      const data: string[] = [];
      for (const line of block.split('\n')) {
        const [, field, value = ''] = /^([a-z]+)(?:: ?(.*))?$/s.exec(line) ?? [];
        if (field === 'event') event = value;
        else if (field === 'data') data.push(value);
        else if (field === 'id') id = value;
      }
      if (data.length > 0) messages.push({ event, data: data.join('\n'), id });
    }
    return messages;
  };
}
