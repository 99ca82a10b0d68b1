import { createAspaTable } from 'pathsec/aspa';
import { createProviderSurvey, type ProviderReport, type Relation } from 'pathsec/audit';
import { parseAsPath } from 'pathsec/bgp';
import { describe, expect, it } from 'vitest';
import { type Aspas, route } from './build.js';

const P = '192.0.2.0/24';

/** The report of paths, each from the peer that leads it. */
function surveyOf(
  asn: number,
  paths: readonly string[],
  aspas: Aspas = {},
  relations: readonly string[] = [],
): ProviderReport {
  const aspa = createAspaTable(
    Object.entries(aspas).map(([customer, providers]) => ({ customer: Number(customer), providers })),
  );
  /** `1<2`: AS2 is a provider of AS1; `1=2`: they are peers. */
  const relationOf = (a: number, b: number): Relation | undefined => {
    if (relations.includes(`${a}<${b}`)) return 'provider';
    if (relations.includes(`${b}<${a}`)) return 'customer';
    return relations.includes(`${a}=${b}`) || relations.includes(`${b}=${a}`) ? 'peer' : undefined;
  };
  const survey = createProviderSurvey({ asn, aspa, relationOf });
  for (const path of paths) survey.add(route(P, path, Number(path.split(' ')[0])));
  return survey.report();
}

const neighborOf = (report: ProviderReport, asn: number) => report.neighbors.find((one) => one.asn === asn);

describe('providers that routes show (docs/decisions/audit.md D-suggest-evidence)', () => {
  it('who gave routes of the AS to its own provider is one', () => {
    const report = surveyOf(1, ['3 2 1', '3 2 1 9', '4 1'], { 2: [3] });
    expect(report).toMatchObject({
      routes: 3,
      paths: 3,
      seenBy: [3, 4],
      aspa: null,
      missing: [2],
      unseen: [],
    });
    expect(neighborOf(report, 2)).toEqual({
      asn: 2,
      shownBy: 'passes-up',
      toward: { paths: 2, routes: 2 },
      asOrigin: 1,
      asTransit: 1,
      passedOn: 2,
      passedDown: 0,
      passedUp: [{ asn: 3, relation: 'provider', by: 'aspa', paths: 2 }],
      behind: { paths: 0, routes: 0 },
      seenBy: [3],
      relation: null,
      listed: null,
      provider: true,
      beyond: null,
    });
    expect(neighborOf(report, 4)).toMatchObject({ shownBy: 'last', provider: false });
    expect(neighborOf(report, 9)).toMatchObject({ shownBy: 'behind', behind: { paths: 1, routes: 1 } });
  });

  it('who passes routes only to its customers, or nobody knows to whom, is none for that', () => {
    const down = surveyOf(1, ['3 2 1'], { 3: [2] });
    expect(neighborOf(down, 2)).toMatchObject({ shownBy: 'passes-on', passedDown: 1, provider: false });
    expect(neighborOf(surveyOf(1, ['3 2 1']), 2)).toMatchObject({
      shownBy: 'passes-on',
      passedOn: 1,
      passedDown: 0,
    });
    // Where each calls the other a provider it is not known what they are.
    expect(neighborOf(surveyOf(1, ['3 2 1'], { 2: [3], 3: [2] }), 2)?.shownBy).toBe('passes-on');
  });

  it('AS relationships are evidence, and decide over what is seen', () => {
    expect(neighborOf(surveyOf(1, ['3 2 1'], {}, ['2=3']), 2)).toMatchObject({
      passedUp: [{ asn: 3, relation: 'peer', by: 'as-rel', paths: 1 }],
      provider: true,
    });
    expect(neighborOf(surveyOf(1, ['2 1'], {}, ['1<2']), 2)).toMatchObject({
      relation: 'provider',
      provider: true,
    });
    // A leak: the customer 2 passes routes of 1 to its other provider 3.
    const leak = surveyOf(1, ['3 2 1'], { 2: [3] }, ['2<1']);
    expect(neighborOf(leak, 2)).toMatchObject({
      shownBy: 'passes-up',
      relation: 'customer',
      provider: false,
    });
    expect(leak.missing).toEqual([]);
  });

  it('an ASPA lacks, and lists what is not seen', () => {
    const report = surveyOf(1, ['3 2 1', '3 4 1'], { 1: [4, 5], 2: [3] });
    expect(report).toMatchObject({ aspa: [4, 5], missing: [2], unseen: [5] });
    // draft-zhang-sidrops-aspa-egress, missing provider: invalid for the providers and peers of AS 2.
    expect(neighborOf(report, 2)?.beyond).toEqual({ valid: 0, invalid: 1, unknown: 0 });
    expect(neighborOf(report, 4)).toMatchObject({ listed: true, beyond: null });
  });

  it('counts a path once, its routes all, and prepends as one', () => {
    const report = surveyOf(1, ['3 2 2 1 1', '3 2 2 1 1', '3 2 1'], { 2: [3] });
    expect(neighborOf(report, 2)).toMatchObject({
      toward: { paths: 2, routes: 3 },
      asOrigin: 2,
      provider: true,
    });
  });

  it('a looped path counts for each neighbour once', () => {
    const report = surveyOf(1, ['3 2 1 2 1']);
    expect(neighborOf(report, 2)).toMatchObject({ toward: { paths: 1 }, behind: { paths: 1 } });
  });

  it('a path with an AS_SET shows no neighbours', () => {
    expect(surveyOf(1, ['3 2 1 {7,8}'])).toMatchObject({ paths: 1, withSets: 1, neighbors: [], seenBy: [3] });
  });

  it('takes plain paths, whose first AS is the peer, and passes over what nobody sent', () => {
    const survey = createProviderSurvey({ asn: 1 });
    survey.add({ kind: 'path', asPath: parseAsPath('3 2 1'), role: undefined });
    survey.add({ ...route(P, '4 1', 4), local: true });
    survey.add({ ...route(P, '', 4), hasAsPath: false });
    expect(survey.report()).toMatchObject({ routes: 1, paths: 1, seenBy: [3] });
  });

  it('refuses AS 0 and what is no AS', () => {
    expect(() => createProviderSurvey({ asn: 0 })).toThrow('AS 0 has no providers');
    expect(() => createProviderSurvey({ asn: -1 })).toThrow(RangeError);
  });
});
