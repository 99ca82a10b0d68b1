import { DecodeError } from '../../bytes/index.js';
import { formatAddress } from '../../inet/index.js';
import { type CapturedMessage, createCaptureMessages } from '../../routes/index.js';
import { type Gathered, joined, pause } from './gathered.js';

/** Octets of a capture that are read at once, so that reading ends soon where there are enough messages. */
const PIECE = 1 << 18;

/**
 * The messages of BGP and BMP in a capture of packets, with packet and ends; at most so many.
 *
 * @throws {DecodeError} for damage before the first message; {@link Error} where there is no message.
 */
export async function messagesOfCapture(octets: Uint8Array, most: number): Promise<Gathered> {
  const messages: CapturedMessage[] = [];
  const capture = createCaptureMessages((message) => {
    if (messages.length <= most) messages.push(message);
  });
  let damage: DecodeError | undefined;
  try {
    for (let at = 0; at < octets.length && messages.length <= most; at += PIECE) {
      capture.push(octets.subarray(at, at + PIECE));
      await pause();
    }
    capture.end();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    damage = error;
  }
  const { gaps, packets } = capture;
  const [first] = messages;
  if (first === undefined) {
    throw damage ?? new Error(`a capture without a message of BGP or BMP in its ${packets} packets`);
  }
  const notes = [
    `out of ${packets.toLocaleString('en-US')} packets`,
    ...(gaps > 0 ? [`octets are missing in ${gaps} places`] : []),
    ...(damage ? [`nothing is read behind damage: ${damage.message}`] : []),
  ];
  const shown = messages.slice(0, most);
  return {
    ...joined(shown.map((one) => ({ octets: one.octets, kind: one.protocol, label: labelOf(one) }))),
    kind: first.protocol,
    cut: messages.length > most,
    note: notes.join('; '),
  };
}

function labelOf({ from, place, to }: CapturedMessage): string {
  return `packet ${place.number}, ${endText(from)} to ${endText(to)}`;
}

function endText({ address, port }: CapturedMessage['from']): string {
  const text = formatAddress(address);
  return address.length === 16 ? `[${text}]:${port}` : `${text}:${port}`;
}
