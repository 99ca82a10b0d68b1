import type { Fields, VectorCase } from '../../../../src/conformance/vector.js';
import type { Citation } from '../../citation.js';
import { aspaContent, CONTENT, CUSTOMER } from './builder.js';
import { BAD_CONTENTS, GOOD_CONTENTS, PROFILE } from './rows.js';

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
  const shown: Citation[] = ['aspa-profile:3:econtent'];
  if (customer > CUSTOMER) shown.push('aspa-profile:3.2:customer-positive');
  if (providers.length > 1) shown.push('aspa-profile:3.3:ascending');
  if (providers[0] === 0) shown.push('aspa-profile:3.3:as0-alone');
  return shown;
}

const appendix = '301da003020101020300fe633011020300fc00020301000f020500fa56ea00';

/** The contents alone. */
export const CONTENT_CASES: readonly VectorCase[] = [
  read(
    'appendix',
    'The example of the profile',
    [`${PROFILE} Appendix A`],
    ['aspa-profile:1:der', 'aspa-profile:3:econtent'],
    Buffer.from(appendix, 'hex'),
    { outcome: 'ok', customer: 65123, providers: [64512, 65551, 4200000000] },
  ),
  ...GOOD_CONTENTS.map(({ name, title, providers, customer = CUSTOMER }) =>
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
