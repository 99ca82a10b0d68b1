import { frameMessage, MSG_OPEN } from 'pathsec/bgp';
import { fromHex, toHex } from 'pathsec/bytes';
import type { Fields, VectorGroup } from '../../../../src/conformance/vector.js';
import table from '../facts/open.json' with { type: 'json' };

const NAMES = new Map(Object.entries(table.capabilities));

/** What two OPENs negotiate (RFC 8205 §2): the rows of `../facts/open.json`. */
export function openGroups(): VectorGroup[] {
  const cases = table.cases.map(({ name, own, peer, negotiated, sections, ...row }) => ({
    id: `bgpsec/open-${name}`,
    ...row,
    sections: sections ?? ['RFC 8205 §2.2'],
    flags: [],
    input: { own: open(own), peer: open(peer) },
    expected: familiesOf(negotiated),
  }));
  return [{ title: 'What two OPENs negotiate', shared: { op: 'negotiate' }, cases }];
}

function familiesOf(negotiated: string): Fields {
  const words = negotiated.split(' ');
  const family = (n: 4 | 6): Fields => ({
    send: words.includes(`send${n}`),
    receive: words.includes(`receive${n}`),
  });
  return { ipv4: family(4), ipv6: family(6) };
}

/** The OPEN of AS 64500 whose parameters a row writes down. */
function open(text: string): string {
  const extended = text.startsWith('extended: ');
  const parameters = text === '-' ? [] : text.replace('extended: ', '').split(' / ');
  const size = extended ? 2 : 1; // of a length (RFC 9072 §2)
  const list = parameters.map((words) => {
    const value = words.split(' ').map((word) => NAMES.get(word) ?? word);
    return `02${withLength(value.join(''), size)}`;
  });
  const body = `04fbf4005ac0000201${extended ? 'ffff' : ''}${withLength(list.join(''), size)}`;
  return toHex(frameMessage(MSG_OPEN, fromHex(body), false));
}

function withLength(value: string, size: number): string {
  return `${(value.length / 2).toString(16).padStart(2 * size, '0')}${value}`;
}
