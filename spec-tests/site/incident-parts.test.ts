import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { layeredGraph } from 'pathsec/draw';
import { formatPrefix, parsePrefix } from 'pathsec/inet';
import { readLink, writeLink } from 'pathsec/links';
import { explainRoute, readScenario, trafficGraph } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';
import { answerJson } from '../../src/site/incident/answer-json.js';
import { ATTACKS, attackOf, sidesOf, withAttack, withSide } from '../../src/site/incident/attack.js';
import { deployAt, deployAtAll, deployedAt, MECHANISMS } from '../../src/site/incident/deploy.js';
import { openText } from '../../src/site/incident/open-text.js';
import { pathStateOf } from '../../src/site/incident/path-state.js';
import { type Incident, readIncident, settled, textOf } from '../../src/site/incident/read-incident.js';
import { scenarioText, stateOf } from '../../src/site/incident/scenario-text.js';
import { casesOf, caseTitle, INCIDENTS, SHIPPED } from '../../src/site/incident/shipped.js';
import { START } from '../../src/site/incident/start.js';
import {
  beforeAttack,
  countsOf,
  endsText,
  idleLeaks,
  sentenceOf,
  whatIfs,
} from '../../src/site/incident/what-if.js';
import { readEntries } from '../../src/site/path/entries.js';
import { judge } from '../../src/site/path/judge.js';
import { readPath } from '../../src/site/path/read-path.js';
import { run } from '../cli/run.js';
import { arbitraryScenario, BY_LENGTH } from '../simulate/arbitrary-scenario.js';

const FOLDER = new URL('../../docs/incidents/', import.meta.url);
const names = [...SHIPPED.keys()];

function incidentOf(text: string): Incident {
  const read = readIncident(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.incident;
}
const shipped = (name: string): Incident => incidentOf(SHIPPED.get(name) ?? '');

describe('the shipped incidents', () => {
  it('are the files of docs/incidents, told as there', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .map((file) => file.replace('.json', ''));
    expect([...names].sort()).toEqual(files.sort());
    const page = readFileSync(new URL('README.md', FOLDER), 'utf8');
    const told = [...page.matchAll(/^## (\S+)\n\n(.+)\n/gm)].map(([, folder, about]) => [folder, about]);
    expect(INCIDENTS.map(({ about, folder }) => [folder, about])).toEqual(told);
    expect(INCIDENTS.flatMap(({ folder }) => casesOf(folder)).sort()).toEqual(files.sort());
    expect(casesOf('2-telekom-malaysia').slice(0, 2).map(caseTitle)).toEqual(['before', 'nothing deployed']);
    expect(caseTitle('1-myetherwallet/rovpp1-at-the-resolver')).toBe('ROV++ v1 at the resolver');
    expect(SHIPPED.has(START.name ?? '')).toBe(true);
  });

  it.each(names)('%s: the page says what the command says', async (name) => {
    const incident = shipped(name);
    const { code, stdout } = await run(['simulate', 'scenario', `docs/incidents/${name}.json`, '--json']);
    expect([code, answerJson(incident)]).toEqual([0, stdout]);
  });

  it.each(names)('%s: what is written of it is read as the same, and known as shipped', (name) => {
    const incident = shipped(name);
    const { scenario } = incident;
    expect(readScenario(JSON.parse(scenarioText(scenario)))).toEqual(scenario);
    const state = stateOf(scenario, 64501);
    expect(incidentOf(textOf(state) ?? '').outcomes).toEqual(incident.outcomes);
    expect([state.text, state.as]).toEqual([undefined, 64501]);
  });

  it('are linked to by their names', async () => {
    for (const name of names) {
      const state = { s: 'incident', name, as: 64496 } as const;
      expect(await readLink(writeLink(state))).toEqual(state);
    }
    expect(textOf({ s: 'incident' })).toBe(textOf(START));
    expect(textOf({ s: 'incident', name: '../x' })).toBeUndefined();
  });

  it('are judged on the screen Path as they were: what was dropped by origin or path is invalid there', () => {
    const seen = new Map<string, number>();
    for (const name of names) {
      const { simulation } = shipped(name);
      for (const routes of simulation.prefixes) {
        for (const asn of simulation.topology.asns) {
          for (const offer of explainRoute(simulation, routes, asn).offers) {
            const { aspas, neighborAs, path, prefix, role, vrps } = pathStateOf(
              simulation,
              routes.prefix,
              offer,
            );
            const reading = readPath(path);
            if ('problem' in reading || prefix === undefined) throw new Error(`${name}: ${path}`);
            const entries = readEntries(aspas ?? [], vrps ?? []);
            expect(entries.problems).toEqual([]);
            const asked = { asPath: reading.asPath, role, neighborAs, prefix: parsePrefix(prefix) };
            const { origin, verdicts } = judge(asked, entries);
            const verdict = [origin?.evidence.validity, verdicts[0]?.evidence.outcome];
            const does = deployedAt(simulation.scenario, asn);
            const { fate } = offer;
            seen.set(fate, (seen.get(fate) ?? 0) + 1);
            if (fate === 'rov-invalid') expect(verdict[0]).toBe('invalid');
            else if (fate === 'aspa-invalid')
              expect(verdict).toEqual([expect.not.stringMatching('^invalid'), 'invalid']);
            else if (fate === 'chosen' && does.includes('aspa')) expect(verdict).not.toContain('invalid');
            else if (fate === 'chosen' && does.includes('rov')) expect(verdict[0]).not.toBe('invalid');
          }
        }
      }
    }
    for (const fate of ['rov-invalid', 'aspa-invalid', 'chosen', 'passed-over', 'loop', 'otc-ingress']) {
      expect(seen.get(fate), fate).toBeGreaterThan(0);
    }
  });
});

describe('what if', () => {
  it('counts as docs/incidents does', () => {
    const incident = shipped('1-myetherwallet/rovpp1-at-the-resolver');
    expect(countsOf(incident)).toEqual({ attacker: 6, victim: 0, disconnected: 1, loop: 0 });
    expect(sentenceOf(countsOf(incident))).toBe('Of 7 other ASes 6 reach the attacker, 1 reaches nobody.');
    const before = beforeAttack(incident);
    expect(before && endsText(countsOf(before))).toBe('7 reach the victim');
    expect(beforeAttack(shipped('9-roa-takedown/present'))).toBeUndefined();
    expect(sentenceOf({ attacker: 0, victim: 0, disconnected: 0, loop: 0 })).toBe('There is no other AS.');
  });

  it('deploys a mechanism at all, and gives the counts that come of it', () => {
    const incident = shipped('1-myetherwallet/nothing');
    const rows = whatIfs(incident);
    expect(rows).toHaveLength(1 + MECHANISMS.length);
    expect(rows.filter(({ current }) => current).map(({ title }) => title)).toEqual(['Nothing']);
    for (const { counts, scenario, title } of rows) {
      const then = incidentOf(scenarioText(scenario));
      expect(countsOf(then), title).toEqual(counts);
      expect(whatIfs(then).find((row) => row.title === title)?.current).toBe(true);
    }
    const rov = rows.find(({ title }) => title === 'ROV');
    expect(rov?.counts).toEqual({ attacker: 0, victim: 7, disconnected: 0, loop: 0 });
    expect(deployedAt(rov?.scenario ?? incident.scenario, 64499)).toEqual([]);
  });

  it('is told by what is wrong with a scenario that has no answer', () => {
    const text = JSON.stringify({ ases: [1], seeds: [{ asn: 2, prefix: '192.0.2.0/24' }] });
    expect(readIncident(text)).toEqual({ problem: expect.stringContaining('seeds[0].asn') });
    expect(settled(() => readScenario({ links: [[1, 1, 0]] }))).toEqual({
      problem: 'links[0]: AS1 is linked to itself',
    });
  });

  it('says of a leak without anything to leak that there is none', () => {
    const leak = shipped('2-telekom-malaysia/nothing');
    expect(idleLeaks(leak, beforeAttack(leak))).toEqual([]);
    const { topology } = leak.simulation;
    const other = withAttack(leak.scenario, topology, 'leak2', { attacker: 64505, victim: 64500 });
    const idle = incidentOf(scenarioText(other));
    expect(idleLeaks(idle, beforeAttack(idle))).toEqual([
      'AS64505 leaks nothing: it has no route from a peer.',
    ]);
  });
});

describe('changes by controls', () => {
  it('an attack is written so that it is recognised, whoever attacks whom', () => {
    const { scenario, simulation } = shipped('1-myetherwallet/nothing');
    const { topology } = simulation;
    const asns = [...topology.asns];
    for (const [name] of ATTACKS) {
      for (const attacker of asns) {
        for (const victim of asns.filter((asn) => asn !== attacker)) {
          const changed = withAttack(scenario, topology, name, { attacker, victim });
          expect(readScenario(JSON.parse(scenarioText(changed))).victims).toEqual([victim]);
          expect(changed.roas.every(({ asn }) => asn === victim)).toBe(true);
          const read = incidentOf(scenarioText(changed));
          const known = attackOf(read.scenario, topology);
          // Of a neighbour alone a forged path is a forged origin; without providers nothing escapes to them.
          if (name !== 'path' && name !== 'leak6') expect(known).toBe(name);
          else expect(known).toBeDefined();
        }
      }
    }
  });

  it('the attacks of shipped incidents are recognised', () => {
    const of = (name: string) => attackOf(shipped(name).scenario, shipped(name).simulation.topology);
    expect(of('1-myetherwallet/rov-at-the-resolver')).toBe('subprefix');
    expect(of('2-telekom-malaysia/nothing')).toBe('leak4');
    expect(of('3b-hairpin/nothing')).toBe('leak1');
    expect(of('6-prepended/plain-type-0')).toBe('origin');
    expect(of('6-prepended/prepended-forged')).toBe('forged');
    expect(of('2b-internal-prefix/nothing')).toBe('leak6');
    expect(of('1b-forged-origin/bgpsec')).toBe('forgedSub');
    expect(of('9-roa-takedown/present')).toBeUndefined();
  });

  it('an AS deploys what it is told and nobody else', () => {
    const { scenario } = shipped('1-myetherwallet/nothing');
    const changed = deployAt(deployAt(scenario, 64501, ['rov']), 64496, ['aspa', 'otc']);
    expect(changed.policies.map(({ asn }) => asn)).toEqual([64496, 64501]);
    expect(stateOf(deployAt(changed, 64496, []), undefined)).toEqual({
      s: 'incident',
      name: '1-myetherwallet/rov-at-the-resolver',
    });
    expect(deployAtAll(scenario, [64496, 64499, 64500], 'rov').policies.map(({ asn }) => asn)).toEqual([
      64496, 64500,
    ]);
  });

  it('sides change places where one becomes the other', () => {
    expect(withSide({ attacker: 1, victim: 2 }, 'attacker', 2)).toEqual({ attacker: 2, victim: 1 });
    expect(withSide({ attacker: 1, victim: 2 }, 'victim', 3)).toEqual({ attacker: 1, victim: 3 });
  });

  it('AS relationships become the topology, and the attack stays', () => {
    const last = shipped('1-myetherwallet/rov-at-the-resolver');
    const opened = openText('# input clique: 64496 64510\n64496|64510|0\n64496|64501|-1\n64510|7|-1\n', last);
    if (!('state' in opened)) throw new Error(opened.problem);
    const { scenario, simulation } = incidentOf(textOf(opened.state) ?? '');
    expect([...simulation.topology.asns]).toEqual([7, 64496, 64501, 64510]);
    expect(scenario.clique).toEqual([64496, 64510]);
    expect(scenario.policies).toEqual([{ asn: 64501, names: ['rov'] }]);
    expect(sidesOf(scenario, simulation.topology)).toEqual({ attacker: 64501, victim: 7 });
    expect(attackOf(scenario, simulation.topology)).toBe('subprefix');
    expect(scenario.seeds.map(({ prefix }) => formatPrefix(prefix))).toEqual([
      '198.51.100.0/24',
      '198.51.100.0/25',
    ]);
  });
});

describe('texts that are no scenario', () => {
  const last = shipped('4-youtube/nothing');

  it.each([
    ['{"links": [[1, 2', 'not JSON: '],
    ['[]', 'must be an object'],
    ['{"link": []}', 'link: unknown member; did you mean links?'],
    ['{"links": [[1, 2, 5]]}', 'links[0][2]: '],
    [`{"ases": [${Array.from({ length: 61 }, (_, i) => i + 1)}]}`, '61 ASes: this page draws up to 60'],
    [' '.repeat(65_537), 'more than 65,536 characters'],
    [
      JSON.stringify({
        ases: [1],
        seeds: Array.from({ length: 41 }, (_, i) => ({ asn: 1, prefix: `10.${i}.0.0/16` })),
      }),
      '41 prefixes: up to 40',
    ],
  ])('%s', (text, said) => {
    expect(readIncident(text)).toEqual({ problem: expect.stringContaining(said) });
  });

  it.each([
    ['1|2|-1\n1|2|x\n', 'line 2: '],
    ['# nothing\n', 'no link'],
    [Array.from({ length: 70 }, (_, i) => `1|${i + 2}|-1\n`).join(''), '71 ASes: this page draws up to 60'],
  ])('%s', (text, said) => {
    expect(openText(text, last)).toEqual({ problem: expect.stringContaining(said) });
  });

  it('throw nothing, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const opened = openText(text, last);
        if ('state' in opened) readIncident(textOf(opened.state) ?? '');
      }),
    );
  });

  it('and scenarios of all kinds are answered, drawn, and changed by every control', () => {
    fc.assert(
      fc.property(arbitraryScenario({ policies: BY_LENGTH, circles: true }), (json) => {
        const incident = incidentOf(JSON.stringify(json));
        const { outcomes, scenario, simulation } = incident;
        const { topology } = simulation;
        expect(layeredGraph(trafficGraph(simulation, outcomes)).boxes).toHaveLength(topology.asns.length);
        expect(Object.keys(JSON.parse(answerJson(incident)).outcome)).toHaveLength(topology.asns.length);
        const all = Object.values(countsOf(incident)).reduce((sum, count) => sum + count, 0);
        const ends = new Set([...scenario.attackers, ...scenario.victims]);
        expect(all).toBe(topology.asns.length - ends.size);
        whatIfs(incident);
        idleLeaks(incident, beforeAttack(incident));
        const sides = sidesOf(scenario, topology);
        for (const [name] of ATTACKS) {
          expect(readIncident(scenarioText(withAttack(scenario, topology, name, sides)))).toHaveProperty(
            'incident',
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});
