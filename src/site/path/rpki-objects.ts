import type { DescribedOctets } from '../../bytes/index.js';
import { MAX_PAYLOAD_LINES, type PathState } from '../../links/index.js';
import { decodeAspaContent, decodeRoaContent, describeDer, isCcr, OID } from '../../rpki/index.js';
import { formatAspaNotation, formatVrpNotation } from '../../rpki/payloads.js';

/** Octets of an object: the largest ones of the RPKI are manifests, of some hundred KiB. */
const MAX_OBJECT = 1 << 20;
/** Files that are read at once. */
const MOST_FILES = 100;

/** What came of files that were dropped. */
export interface OpenedFiles {
  /** The state with the payloads of ROAs and ASPA objects; undefined where there was none. */
  readonly change: Pick<PathState, 'aspas' | 'vrps' | 'changes'> | undefined;
  /** What is said of each object, and of each file that was left out. */
  readonly said: readonly string[];
  /** The file that is to be read as one of payloads, where there was no object with payloads. */
  readonly other: File | undefined;
}

/**
 * Reads the RPKI objects among files (RFC 6488); their signatures are not verified. Never rejected for what they hold.
 *
 * @param stateOf the state to which payloads are added, once they were read.
 */
export async function openFiles(files: readonly File[], stateOf: () => PathState): Promise<OpenedFiles> {
  const aspas: string[] = [];
  const vrps: string[] = [];
  const said: string[] = [];
  const others: File[] = [];
  for (const file of files.slice(0, MOST_FILES)) {
    const octets = new Uint8Array(await file.slice(0, MAX_OBJECT + 1).arrayBuffer());
    if (!isObject(octets)) {
      others.push(file);
      continue;
    }
    try {
      if (octets.length > MAX_OBJECT) throw new Error('more than 1 MiB');
      const found = readObject(octets);
      aspas.push(...found.aspas);
      vrps.push(...found.vrps);
      said.push(`${file.name}: ${shortened([...found.aspas, ...found.vrps])}`);
    } catch (error) {
      said.push(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (files.length > MOST_FILES) said.push(`of ${files.length} files the first ${MOST_FILES} are read`);
  if (aspas.length + vrps.length === 0) {
    const [other, ...more] = others;
    said.push(...more.map(({ name }) => `${name}: not opened: one file of payloads is read at a time`));
    return { change: undefined, said, other };
  }
  said.push(
    ...others.map(({ name }) => `${name}: not opened: payloads of objects were added; open it by itself`),
  );
  const { change, left } = addedTo(stateOf(), aspas, vrps);
  if (left > 0) {
    const payloads = left === 1 ? '1 payload is' : `${left} payloads are`;
    const where = 'the page takes 2,000 in all: put them into a file of payloads, and open that';
    said.push(`${payloads} left out: ${where}`);
  }
  return { change, said, other: undefined };
}

/** Lines added to the lists, or to the changes of the file, and how many there was no room for. */
function addedTo(
  state: PathState,
  aspas: readonly string[],
  vrps: readonly string[],
): { readonly change: NonNullable<OpenedFiles['change']>; readonly left: number } {
  const lists = [state.aspas, state.vrps, state.changes];
  let room = MAX_PAYLOAD_LINES - lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  let left = 0;
  const added = (before: readonly string[] = [], lines: readonly string[]): string[] => {
    const known = new Set(before);
    const fresh = [...new Set(lines)].filter((line) => !known.has(line));
    const taken = fresh.slice(0, Math.max(0, room));
    room -= taken.length;
    left += fresh.length - taken.length;
    return [...before, ...taken];
  };
  const change =
    state.file === undefined
      ? { aspas: added(state.aspas, aspas), vrps: added(state.vrps, vrps) }
      : { changes: added(state.changes, [...aspas, ...vrps]) };
  return { change, left };
}

const shortened = (lines: readonly string[]): string =>
  [...lines.slice(0, 3), ...(lines.length > 3 ? [`${lines.length - 3} more`] : [])].join('; ');

/** A SEQUENCE of DER that is no Canonical Cache Representation. */
function isObject(octets: Uint8Array): boolean {
  return octets[0] === 0x30 && (octets[1] ?? 0) > 0x20 && !isCcr(octets);
}

/**
 * The payloads that a ROA (RFC 9582) or an ASPA object would give if it were valid.
 *
 * @throws {Error} for what is neither; {@link DecodeError} as their decoders.
 */
export function readObject(octets: Uint8Array): {
  readonly aspas: readonly string[];
  readonly vrps: readonly string[];
} {
  const { content, type } = contentOf(octets);
  if (type === OID.aspa) {
    return { aspas: [formatAspaNotation(decodeAspaContent(content))], vrps: [] };
  }
  if (type === OID.roa) {
    const { asn, families } = decodeRoaContent(content);
    const vrps = families.flatMap(({ prefixes }) =>
      prefixes.map(({ maxLength, prefix }) => ({ prefix, maxLength: maxLength ?? prefix.length, asn })),
    );
    return { aspas: [], vrps: vrps.map(formatVrpNotation) };
  }
  throw noPayloads();
}

/**
 * Type and octets of the content of a signed object: `SignedData.encapContentInfo` (RFC 5652 §3, §5.1, §5.2). `decodeSignedObject` reads
 * the whole envelope, by a package that is larger than what the page may still take (spec-tests/site/budgets.test.ts).
 */
function contentOf(octets: Uint8Array): { readonly type: string; readonly content: Uint8Array } {
  const [contentInfo] = parts(describeDer(octets));
  const said = contentInfo?.children.find(({ name }) => name === 'Length')?.value;
  if (contentInfo === undefined || headOf(contentInfo) + Number(said) !== octets.length) {
    throw new Error('no whole value of DER');
  }
  const [contentType, explicit] = parts(contentInfo);
  if (oidOf(contentType) !== OID.signedData) throw noPayloads();
  const [signedData] = parts(explicit);
  const [, , encapsulated] = parts(signedData);
  const [type, explicitContent] = parts(encapsulated);
  const [content] = parts(explicitContent);
  if (content?.name !== 'OCTET STRING' || content.offset + content.length > octets.length) throw noPayloads();
  return {
    type: oidOf(type),
    content: octets.subarray(content.offset + headOf(content), content.offset + content.length),
  };
}

const isHead = ({ name }: DescribedOctets): boolean => name === 'Identifier' || name === 'Length';

/** Octets of the identifier and the length of a value. */
const headOf = (value: DescribedOctets): number =>
  value.children.filter(isHead).reduce((sum, { length }) => sum + length, 0);

/** The values in a value. */
const parts = (value: DescribedOctets | undefined): readonly DescribedOctets[] =>
  value?.children.filter((part) => !isHead(part)) ?? [];

/** An OBJECT IDENTIFIER in digits, without its name. */
const oidOf = (value: DescribedOctets | undefined): string => value?.value?.split(' ')[0] ?? '';

function noPayloads(): Error {
  return new Error('no ROA and no ASPA object: the screen Octets shows its parts');
}
