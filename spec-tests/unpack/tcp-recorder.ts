import { formatAddress, parseAddress } from 'pathsec/inet';
import {
  createTcpStreams,
  type Endpoint,
  type PacketPlace,
  type TcpInterest,
  type TcpLimits,
  type TcpStreams,
} from 'pathsec/unpack';

export const ONE: Endpoint = { address: parseAddress('192.0.2.1'), port: 179 };
export const TWO: Endpoint = { address: parseAddress('192.0.2.2'), port: 40_000 };
const FIRST = 0xffff_fff8; // numbers wrap soon

/** Streams that write down what they give; `interestOf` says what a connection is after so many octets. */
export function recorded(
  limits: TcpLimits = {},
  interestOf: (octets: number) => TcpInterest = () => 'wanted',
) {
  const log: string[] = [];
  let number = 0;
  const streams: TcpStreams = createTcpStreams(({ ends, isKnown }) => {
    const [a, b] = ends.map(({ address, port }) => `${formatAddress(address)}:${port}`);
    let octets = 0;
    log.push(`open ${a} ${b}`);
    return {
      get interest() {
        return interestOf(octets);
      },
      data(side, payload, at, place) {
        octets += payload.length;
        log.push(
          `${side}${isKnown(side) ? '' : '?'} ${payload.join(' ')} #${place.number} @${at - place.offset}`,
        );
      },
      gap: (side, missing, cut) => log.push(`${side} ${cut ? 'cut' : 'gap'} ${missing}`),
      overlap: (side, place) => log.push(`${side} overlap #${place.number}`),
      end: (evicted) => log.push(evicted ? 'evicted' : 'end'),
    };
  }, limits);
  const take = (
    source: Endpoint,
    destination: Endpoint,
    sequence: number,
    payload: readonly number[] | Uint8Array,
    { syn = false, cut = 0 } = {},
  ): void => {
    const place: PacketPlace = { number: ++number, offset: 1000 * number, seconds: 0, microseconds: 0 };
    streams.take(
      {
        source,
        destination,
        sequence: sequence >>> 0,
        syn,
        payload: Uint8Array.from(payload),
        payloadAt: 54,
        cut,
      },
      place,
    );
  };
  return {
    log,
    streams,
    take,
    /** From the first end to the second, numbers counted from the first octet. */
    send: (at: number, payload: readonly number[] | Uint8Array, options = {}) =>
      take(ONE, TWO, FIRST + 1 + at, payload, options),
    begin: () => take(ONE, TWO, FIRST, [], { syn: true }),
  };
}

export const OPENED = 'open 192.0.2.1:179 192.0.2.2:40000';
