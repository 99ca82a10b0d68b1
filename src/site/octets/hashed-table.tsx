import type { JSX } from 'preact';
import { type HashedPart, octetsOfPart } from './hashed.js';

/** What a signature is over, part by part in the order in which it is hashed. */
export function HashedTable({
  localAs,
  octets,
  onPart,
  parts,
}: {
  readonly parts: readonly HashedPart[];
  readonly octets: Uint8Array;
  readonly localAs: number;
  readonly onPart: (offset: number) => void;
}): JSX.Element {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  return (
    <table class="hashed-parts">
      <caption>
        Octets hashed, {count} in this order (RFC 8205 §5.2, Figure 9); in the message they are underlined
      </caption>
      <thead>
        <tr>
          <th scope="col">part</th>
          <th scope="col">octets</th>
          <th scope="col">in the message</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => {
          const { length, name, offset } = part;
          return (
            <tr key={`${name} ${offset}`}>
              <td>{name}</td>
              <td>
                <code>{octetsOfPart(part, octets, localAs)}</code>
                {length > 12 && ` ${length} octets`}
              </td>
              <td>
                {offset === undefined ? (
                  'not there'
                ) : (
                  <button type="button" onClick={() => onPart(offset)}>
                    at octet {offset}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
