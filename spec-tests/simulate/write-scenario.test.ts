import fc from 'fast-check';
import { createAspaTable } from 'pathsec/aspa';
import {
  publishedAspas,
  readScenario,
  SCENARIO_POLICY_NAMES,
  simulate,
  writeScenario,
} from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { arbitraryScenario, BY_LENGTH } from './arbitrary-scenario.js';

describe('writeScenario', () => {
  it('writes what is read as the same scenario, as JSON', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: SCENARIO_POLICY_NAMES, circles: true }), (json) => {
        const scenario = readScenario(json);
        const written = writeScenario(scenario);
        expect(readScenario(JSON.parse(JSON.stringify(written)))).toEqual(scenario);
        expect(writeScenario(readScenario(written))).toEqual(written);
      }),
    );
  });

  it('leaves out what is so without being said', () => {
    const seeds = [{ asn: 1, prefix: '192.0.2.0/24', path: [1], prepend: 0 }];
    const json = { ases: [1], seeds, leaks: [], attackers: [], target: '192.0.2.0' };
    expect(writeScenario(readScenario(json))).toEqual({
      ases: [1],
      seeds: [{ asn: 1, prefix: '192.0.2.0/24' }],
    });
    expect(writeScenario(readScenario({ ...json, target: '192.0.2.1' })).target).toBe('192.0.2.1');
    expect(writeScenario(readScenario({}))).toEqual({});
  });

  it('refuses what no file can say', () => {
    const scenario = readScenario({ ases: [1] });
    expect(() => writeScenario({ ...scenario, views: [{ ases: [1], roas: [] }] })).toThrow(RangeError);
    const policies = [{ asn: 1, names: ['aspaEgress' as const] }];
    expect(() => writeScenario({ ...scenario, policies })).toThrow('no word for aspaEgress');
  });
});

describe('publishedAspas', () => {
  it('are the ASPAs by which paths are judged', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: BY_LENGTH, circles: true }), (json) => {
        const simulation = simulate(readScenario(json));
        const aspas = publishedAspas(simulation);
        const table = createAspaTable(aspas);
        const asns = [...simulation.topology.asns, 9];
        const words = ['no-attestation', 'provider+', 'not-provider+'];
        for (const customer of asns) {
          for (const provider of asns) {
            const judgedBy = simulation.world.objects.authorized(customer, provider);
            expect(table.authorized(customer, provider)).toBe(words[judgedBy]);
          }
        }
        expect(aspas.map(({ customer }) => customer)).toEqual(
          [...new Set(aspas.map(({ customer }) => customer))].sort((a, b) => a - b),
        );
      }),
    );
  });
});
