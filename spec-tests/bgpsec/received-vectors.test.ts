import { BgpError } from 'pathsec/bgp';
import { verdictOfUpdate, verifyUpdate } from 'pathsec/bgpsec';
import { readVectorFiles } from 'pathsec/node';
import { readUpdateQuestion } from 'pathsec/questions';
import { describe, expect, it } from 'vitest';
import { readRouterKeys, readSuites } from '../../src/conformance/bgpsec-session.js';
import type { VectorCase, VectorGroup } from '../../src/conformance/vector.js';
import { native } from './world.js';

const groups = readVectorFiles(['bgpsec']).flatMap((file) =>
  file.groups.filter(({ shared }) => shared?.op === 'verify-update'),
);

/** Errors of BGPsec_PATH that are items of RFC 8205 §5.2 to the vectors, and rest on other documents here. */
const OTHER_SOURCE = ['suite-reserved', 'as-zero'];

function itemOf({ sections: [section = ''], detail }: VectorCase): number | undefined {
  const [, item] = /^RFC 8205 §5\.2\((\d)\)$/.exec(section) ?? [];
  return item === undefined || OTHER_SOURCE.includes(String(detail?.reason)) ? undefined : Number(item);
}

/** Verdict, reason and item of RFC 8205 §5.2; the fast reading, which knows no options of the decoder, must agree. */
function judged({ shared }: VectorGroup, { input }: VectorCase): readonly unknown[] {
  const { keys, suites, ...request } = { ...shared, ...input };
  const { message, session, ...options } = readUpdateQuestion(request);
  const verifier = {
    keys: readRouterKeys({ path: 'keys', value: keys }),
    suites: readSuites({ suites }, native),
  };
  try {
    const { verdict, reason, check } = verifyUpdate(message, session, verifier, options);
    if (options.attributeType === undefined)
      expect(verdictOfUpdate(message, session, verifier)).toBe(verdict);
    return [verdict, reason, check];
  } catch (error) {
    if (!(error instanceof BgpError)) throw error;
    return ['session-reset', error.code, undefined];
  }
}

describe('the published UPDATEs', () => {
  it.each(groups.map((group) => [group.title, group] as const))('%s', (_title, group) => {
    const expected = group.cases.map((one) => {
      const { verdict } = one.expected;
      return [one.id, verdict, one.detail?.reason, verdict === 'treat-as-withdraw' ? itemOf(one) : undefined];
    });
    expect(group.cases.map((one) => [one.id, ...judged(group, one)])).toEqual(expected);
  });
});
