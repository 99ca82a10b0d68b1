import type { Fields, VectorCase } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import { aspaContent, CONTENT, CUSTOMER } from './builder.js';
import { BAD_CONTENTS, PROFILE } from './rows.js';

/** Contents that the profile allows: name, title, providers, customer. */
export const GOOD_CONTENTS: readonly (readonly [string, string, readonly number[], number?])[] = [
  ['one-provider', 'one provider', [64497]],
  ['two-providers', 'two providers', [64497, 64498]],
  ['as0', 'AS 0 alone: no provider at all', [0]],
  [
    'four-octet-numbers',
    'AS numbers of four octets',
    [64512, 65551, 2147483647, 2147483648, 4200000000, 4294967295],
  ],
  [
    'small-numbers',
    'providers around the sizes of INTEGERs',
    [1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 8388607, 8388608, 16777216],
  ],
  ['as-trans', 'AS 23456 and reserved numbers as providers', [23456, 64496 + 15, 65535]],
  ['large-customer', 'customer 4294967295', [64497, 64498], 4294967295],
  ['large-customer-2', 'customer 4200000000 with AS 0', [0], 4200000000],
  ['many-providers', 'two hundred providers', Array.from({ length: 200 }, (_, i) => 65552 + 3 * i)],
];

const read = (
  name: string,
  title: string,
  sections: readonly string[],
  requirements: readonly string[],
  content: Buffer,
  expected: Fields,
): VectorCase => ({
  id: `objects/content-${name}`,
  title,
  sections,
  requirements,
  flags: [],
  input: { op: 'decode-aspa-content', content: content.toString('hex') },
  expected,
});

/** What a content shows that the profile allows. */
function shownBy(providers: readonly number[], customer: number): Citation[] {
  return [
    'aspa-profile-29:3:econtent',
    ...(customer > CUSTOMER ? (['aspa-profile-29:3.2:customer-positive'] as const) : []),
    ...(providers.length > 1 ? (['aspa-profile-29:3.3:ascending'] as const) : []),
    ...(providers[0] === 0 ? (['aspa-profile-29:3.3:as0-alone'] as const) : []),
  ];
}

const appendix = '301da003020101020300fe633011020300fc00020301000f020500fa56ea00';

/** The contents alone. */
export const CONTENT_CASES: readonly VectorCase[] = [
  read(
    'appendix',
    'The example of the profile',
    [`${PROFILE} Appendix A`],
    ['aspa-profile-29:1:der', 'aspa-profile-29:3:econtent'],
    Buffer.from(appendix, 'hex'),
    { outcome: 'ok', customer: 65123, providers: [64512, 65551, 4200000000] },
  ),
  ...GOOD_CONTENTS.map(([name, title, providers, customer = CUSTOMER]) =>
    read(
      name,
      `Accepted: ${title}`,
      [`${PROFILE} §3`],
      shownBy(providers, customer),
      aspaContent(customer, providers),
      { outcome: 'ok', customer, providers: [...providers] },
    ),
  ),
  ...BAD_CONTENTS.map(({ name, title, sections, requirements = [], plan: { content = CONTENT } }) =>
    read(name, `Refused: ${title}`, sections, requirements, content, { outcome: 'error' }),
  ),
];
