import { DecodeError, requireKnownMembers } from '../../bytes/index.js';
import { type Capabilities, readHello } from '../hello.js';
import type { Fields, Json } from '../vector.js';
import type { RouterAbilities } from './abilities.js';

/**
 * What is said of a router, in the members of `hello` that are about routers, and two of their own
 * (docs/decisions/conformance.md D-router-generic). An absent member is as `--print-config` asks for.
 */
export type RouterHello = Pick<
  Capabilities,
  'version' | 'neighborCheck' | 'asSet' | 'maxProviders' | 'routerKeys'
> &
  Partial<Pick<RouterAbilities, 'firstAs' | 'ownAs' | 'families'>> & {
    readonly rtrVersions?: readonly (0 | 1 | 2)[];
  };

/** Members of routers alone, which a program that is asked questions has not. */
const OWN = ['firstAs', 'ownAs'] as const;
const MEMBERS = [
  ...OWN,
  ...['version', 'neighborCheck', 'asSet', 'maxProviders', 'rtrVersions', 'routerKeys', 'families'],
];
const FAMILIES = ['ipv4-unicast', 'ipv6-unicast'];
const VERSIONS = [0, 1, 2];

/**
 * Reads what is said of a router.
 *
 * @throws {DecodeError} `unknown-member`, and `hello-member` for one of another form.
 */
export function readRouterHello(value: Fields): RouterHello {
  requireKnownMembers(value, MEMBERS);
  for (const name of OWN)
    if (name in value && typeof value[name] !== 'boolean') throw bad(name, 'true or false');
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => !OWN.some((own) => own === name)));
  const { problems } = readHello({ kind: 'answer', fields: rest });
  const [problem] = problems;
  if (problem !== undefined) throw new DecodeError('hello-member', problem.replace(/^hello: /, ''));
  requireSome(value, 'families', FAMILIES);
  requireSome(value, 'rtrVersions', VERSIONS);
  if (Array.isArray(value.families) && !value.families.includes('ipv4-unicast'))
    throw bad('families', 'a list with ipv4-unicast: the probes are of it');
  return value as RouterHello;
}

function requireSome(value: Fields, name: string, known: readonly Json[]): void {
  const list = value[name];
  if (!Array.isArray(list) || (list.length > 0 && list.every((one) => known.includes(one)))) return;
  throw bad(name, `a list of ${known.join(', ')}, one at least`);
}

function bad(field: string, wanted: string): DecodeError {
  return new DecodeError('hello-member', `${field} must be ${wanted}`);
}
