import type { Fields, Json } from '../../../../src/conformance/vector.js';
import { alternative, olderNumber, type RtrCase, type RtrGroup } from './cases.js';
import { payloads } from './notation.js';
import type { Row } from './row.js';

/** Sections of RFC 6810 for those of 8210bis that are elsewhere there; null for what it does not have. */
const OLD_SECTIONS: Readonly<Record<string, string | null>> = {
  '6': null,
  '7': null,
  '8.1': '6.1',
  '8.2': '6.2',
  '8.3': '6.3',
  '8.4': '6.4',
  '12': '10',
};

/** RFC 8210 has the sections of 8210bis up to §8.4 and §12 under the same numbers, but for those of PDUs. */
function sectionsIn(version: 0 | 1, sections: readonly string[]): string[] {
  return sections.flatMap((one) => {
    const [, number] = /^8210bis §(.*)$/.exec(one) ?? [];
    if (number === undefined) return one.startsWith('RFC') ? [one] : [];
    if (number.startsWith('11')) return [];
    if (version === 1) return [`RFC 8210 §${olderNumber(version, number)}`];
    const old = OLD_SECTIONS[number];
    return old === null ? [] : [`RFC 6810 §${old ?? olderNumber(version, number)}`];
  });
}

/** PDUs of version 2, one after the other, in an older version: without the types that it has not. */
function pdusIn(version: number, stream: string): string {
  let out = '';
  for (let at = 0; at < stream.length; ) {
    const length = 2 * Number.parseInt(stream.slice(at + 8, at + 16), 16);
    const type = Number.parseInt(stream.slice(at + 2, at + 4), 16);
    const one = stream.slice(at + 2, at + length);
    at += length;
    if (type === 11 || (type === 9 && version === 0)) continue;
    // RFC 6810 §5.8: End of Data has no intervals.
    const old = type === 7 && version === 0 ? `${one.slice(0, 6)}0000000c${one.slice(14, 22)}` : one;
    out += `0${version}${old}`;
  }
  return out;
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** What a router or a cache is expected to show, in an older version. */
function shownIn(version: number, fields: Fields): Fields {
  const { sent, pdus, aspas, routerKeys, errorVersion, ...rest } = fields;
  return {
    ...rest,
    ...(aspas !== undefined && { aspas: [] }),
    ...(routerKeys !== undefined && { routerKeys: version === 0 ? [] : routerKeys }),
    ...(sent !== undefined && { sent: list(sent).map((one) => ({ ...(one as Fields), version })) }),
    ...(pdus !== undefined && {
      pdus: list(pdus).flatMap((one) => pdusIn(version, String(one)).match(/.+/) ?? []),
    }),
    ...(errorVersion !== undefined && { errorVersion: errorVersion === null ? null : version }),
  };
}

/** docs/decisions/conformance.md D-vectors-rtr-fatal-old-versions: the data of the first answer stay, or go. */
function kept(version: number): Fields {
  const { vrps = [], routerKeys = [] } = payloads('HELD');
  return { vrps, routerKeys: version === 0 ? [] : routerKeys };
}

function caseIn(version: 0 | 1, one: RtrCase): RtrCase {
  const { steps, queries, ...input } = one.input;
  const expected = shownIn(version, one.expected);
  const others = (one.acceptable ?? []).map((other) => ({
    ...other,
    expected: shownIn(version, other.expected),
  }));
  const fatal = steps !== undefined && expected.state === 'closed' && expected.errorCode !== null;
  const flushed = alternative(expected, 'the text has the session dropped and says nothing of the data');
  const acceptable = fatal ? [flushed, ...others] : others;
  return {
    ...one,
    id: `${one.id}-v${version}`,
    title: `${one.title}: version ${version}`,
    sections: sectionsIn(version, one.sections),
    flags: fatal && one.flags.length === 0 ? ['project-choice'] : one.flags,
    input: {
      ...input,
      ...(steps !== undefined && {
        steps: list(steps).map((step) => {
          const { octets, ...event } = step as Fields;
          return octets === undefined ? event : { octets: pdusIn(version, String(octets)) };
        }),
      }),
      ...(queries !== undefined && { queries: list(queries).map((q) => pdusIn(version, String(q))) }),
    },
    expected: fatal ? { ...expected, ...kept(version) } : expected,
    ...(acceptable.length > 0 && { acceptable }),
  };
}

/**
 * The cases of the rows that say so once more, in the older versions: only those in which RFC 6810 and RFC 8210 demand the same.
 * None has several payload PDUs in an answer: their order is of version 2 alone (8210bis §11.2).
 */
export function inOlderVersions(
  groups: readonly RtrGroup[],
  rows: readonly { readonly cases: readonly Row[] }[],
  member: 'version' | 'highestVersion',
): RtrGroup[] {
  const cases = groups.flatMap((group) => group.cases);
  const older = rows.flatMap((group) => group.cases.map((row) => row.older ?? []));
  return ([0, 1] as const).map((version) => ({
    title: `The same in version ${version}`,
    shared: { [member]: version },
    cases: cases.filter((_, i) => older[i]?.includes(version)).map((one) => caseIn(version, one)),
  }));
}
