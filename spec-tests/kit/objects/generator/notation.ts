import { aspaContent, attribute, CONTENT, CUSTOMER, ID } from './builder.js';
import {
  asIdentifiers,
  asIds,
  extension,
  ipBlocks,
  KEYS,
  keyUsage,
  name,
  policies,
  RPKI_POLICY,
  SIGNED_OBJECT,
  sia,
} from './certificate.js';
import { entry } from './crl.js';
import * as der from './der.js';

// The notation of `../facts/cases.json`: calls, names, numbers, OBJECT IDENTIFIERS and quoted texts.

export type Value = Buffer | number | bigint | string | boolean | readonly Value[];

/** Octets: one after the other, where a name stands for several. */
export function octetsOf(value: Value | undefined): Buffer[] {
  if (Buffer.isBuffer(value)) return [value];
  if (Array.isArray(value)) return value.flatMap((one: Value) => octetsOf(one));
  throw new TypeError(`no octets: ${String(value)}`);
}

const all = (values: readonly Value[]): Buffer[] => octetsOf(values);
const one = (value: Value | undefined): Buffer => Buffer.concat(octetsOf(value));
const number = (value: Value | undefined): number => Number(value);
const text = (value: Value | undefined): string => String(value);
const numbers = (values: readonly Value[]): number[] => values.flat().map(number);

const CPS = '1.3.6.1.5.5.7.2.1';
const PROVIDERS = [64497, 64498];
const LIST = der.seq(...PROVIDERS.map(der.int));
const { NULL, TRUE, FALSE } = der;

const NAMES: Readonly<Record<string, Value>> = {
  ...ID,
  true: true,
  false: false,
  NULL,
  TRUE,
  FALSE,
  CUSTOMER,
  PROVIDERS,
  CONTENT,
  LIST,
  /** The version of a content, and what follows it. */
  ONE: der.context(0, der.int(1)),
  REST: [der.int(CUSTOMER), LIST],
  SHA256: der.seq(der.oid(ID.sha256)),
  SHA512: der.seq(der.oid(ID.sha512)),
  ipBlocks,
  RPKI_POLICY,
  SIGNED_OBJECT,
  USER_NOTICE: '1.3.6.1.5.5.7.2.2',
  CPS,
  CPS_POINTER: der.seq(der.oid(CPS), der.ia5('https://x.example/cps')),
};

const FUNCTIONS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  seq: (args) => der.seq(...all(args)),
  set: (args) => der.setOf(...all(args)),
  octets: (args) => der.octetString(one(args)),
  bits: ([value, unused = 0]) => der.bitString(one(value), number(unused)),
  int: ([value]) => der.int(typeof value === 'bigint' ? value : number(value)),
  oid: ([id]) => der.oid(text(id)),
  context: ([tag, ...rest]) => der.context(number(tag), ...all(rest)),
  implicit: ([tag, value]) => der.implicit(number(tag), one(value)),
  tlv: ([tag, ...rest]) => der.tlv(number(tag), ...all(rest)),
  indefinite: ([tag, ...rest]) => der.indefinite(number(tag), ...all(rest)),
  longLength: ([tag, value]) => der.longLength(number(tag), one(value)),
  utc: ([time]) => der.utcTime(text(time)),
  general: ([time]) => der.generalizedTime(text(time)),
  utf8: ([value]) => der.utf8(text(value)),
  ia5: ([value]) => der.ia5(text(value)),
  uri: ([value]) => der.uri(text(value)),
  text: ([value]) => Buffer.from(text(value)),
  bytes: (args) => Buffer.from(numbers(args)),
  fill: ([size, octet = 0]) => Buffer.alloc(number(size), number(octet)),
  join: one,
  slice: ([value, ...range]) => one(value).subarray(...numbers(range)),
  flipped: ([value]) =>
    Buffer.from(one(value).map((octet, i, { length }) => (i === length - 1 ? octet ^ 1 : octet))),
  reversed: ([value]) => octetsOf(value).reverse(),
  aspa: ([customer, ...providers]) => aspaContent(number(customer), numbers(providers)),
  attribute: ([id, ...values]) => attribute(text(id), ...all(values)),
  name: ([value]) => name(text(value)),
  id: ([key]) => keyNamed(text(key)).identifier,
  algorithm: ([id]) => der.seq(der.oid(text(id)), NULL),
  extension: ([id, value, critical]) => extension(text(id), one(value), critical === true),
  asIds: (args) =>
    asIds(
      ...args.map((each) =>
        Array.isArray(each) ? ([number(each[0]), number(each[1])] as const) : number(each),
      ),
    ),
  range: (args) => args,
  asIdentifiers: (args) => asIdentifiers(...all(args)),
  sia: ([method, location]) => sia(text(method), location === undefined ? undefined : text(location)),
  policies: ([critical, ...ids]) => policies(critical === true, ...ids.map(text)),
  qualified: (args) =>
    extension('2.5.29.32', der.seq(der.seq(der.oid(RPKI_POLICY), der.seq(...all(args)))), true),
  keyUsage: ([octet, unused, critical]) => keyUsage(number(octet), number(unused), critical !== false),
  entry: ([serial, date, ...more]) => entry(number(serial), one(date), ...all(more)),
};

export function keyNamed(given: string): (typeof KEYS)[keyof typeof KEYS] {
  const [, key] = Object.entries(KEYS).find(([each]) => each === given) ?? [];
  if (key === undefined) throw new RangeError(`no key ${given}`);
  return key;
}

/** The value of an expression; `names` are those that it has beside the usual ones. */
export function evaluate(expression: string, names: Readonly<Record<string, Value>> = {}): Value {
  const tokens = expression.match(/'[^']*'|[A-Za-z]\w*|-?\d[\w.^]*|[(),]/g) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const value = (): Value => {
    const token = next();
    if (token.startsWith("'")) return token.slice(1, -1);
    if (/^-?\d/.test(token)) return literal(token);
    if (tokens[at] !== '(') {
      const found = names[token] ?? NAMES[token];
      if (found === undefined) throw new RangeError(`no name ${token}: ${expression}`);
      return found;
    }
    const make = FUNCTIONS[token];
    if (make === undefined) throw new RangeError(`no function ${token}: ${expression}`);
    at += 1;
    const args: Value[] = [];
    while (tokens[at] !== ')' && at < tokens.length) {
      args.push(value());
      if (tokens[at] === ',') at += 1;
    }
    at += 1;
    return make(args);
  };
  const result = value();
  if (at !== tokens.length) throw new RangeError(`not read to its end: ${expression}`);
  return result;
}

/** `64496`, `0x30`, `2^165`, or an OBJECT IDENTIFIER. */
function literal(token: string): Value {
  const [base, power] = token.split('^');
  if (power !== undefined) return BigInt(base ?? 0) ** BigInt(power);
  return token.includes('.') ? token : Number(token);
}
