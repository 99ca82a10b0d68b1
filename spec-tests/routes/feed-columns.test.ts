import { describe, expect, it } from 'vitest';
import { elementsOf, problemsOf } from './feed-texts.js';

describe('bgpreader', () => {
  const route =
    'R|R|1756828800.000000|ris|rrc00|||64499|192.0.2.9|192.0.2.0/24|192.0.2.9|64499 {64498,64497}|64496|64499:100||';

  it('RIB entries, announcements, withdrawals, changes of state', () => {
    expect(
      elementsOf(
        route,
        'U|A|1756828801.25|routeviews|route-views2|r1|192.0.2.1|64499|2001:db8::9|2001:db8::/32|2001:db8::9|64499 (1,2) 3|3|||',
        'U|W|1756828802|ris|rrc00|||64499|192.0.2.9|198.51.100.0/24||||||',
        'U|S|1756828803|ris|rrc00|||64499|192.0.2.9||||||ESTABLISHED|IDLE',
      ),
    ).toEqual([
      'rib 1756828800 192.0.2.9/64499 192.0.2.0/24 64499 {64498,64497}',
      'route 1756828801.25 2001:db8::9/64499 2001:db8::/32 64499 (1 2) 3',
      'withdrawal 1756828802 192.0.2.9/64499 198.51.100.0/24',
      'state 1756828803 192.0.2.9/64499 6 1',
    ]);
  });

  it('faults have a code and a line', () => {
    expect(
      problemsOf(
        route,
        route.replace(/\|\|$/, '').replace('64499:100', ''),
        route.replace('192.0.2.0/24', '192.0.2.0'),
        route.replace('64499 {', '6449x {'),
        'U|S|1756828803|ris|rrc00|||64499|192.0.2.9||||||UP|IDLE',
      ),
    ).toEqual(['line-columns@2', 'prefix-syntax@3', 'asn-syntax@4', 'session-state@5']);
  });
});

describe('bgpkit', () => {
  it('lines with bars', () => {
    expect(
      elementsOf(
        'A|1636245154.8|192.0.2.9|64499|192.0.2.0/24|64499 {1,2} 64496|64496|IGP|192.0.2.9|0|0||false|||',
        'W|1636245155|192.0.2.9|64499|192.0.2.0/24|||||||||||',
      ),
    ).toEqual([
      'route 1636245154.8 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 64496',
      'withdrawal 1636245155 192.0.2.9/64499 192.0.2.0/24',
    ]);
    expect(problemsOf('A|1636245154.8|192.0.2.9|64499|192.0.2.0/24')).toEqual(['line-columns@1']);
    expect(problemsOf('A|1636245154.8|192.0.2.9|64499|192.0.2.0/24|64499 644')).toEqual(['line-columns@1']);
  });

  const element = (members: object): string =>
    JSON.stringify({
      timestamp: 1.5,
      type: 'ANNOUNCE',
      peer_ip: '192.0.2.9',
      peer_asn: 64499,
      prefix: '192.0.2.0/24',
      ...members,
    });

  it('JSON: paths as nested arrays, segments or text, Path Identifiers', () => {
    const ty = (name: string, ...values: number[]) => ({ ty: name, values });
    expect(
      elementsOf(
        element({ as_path: [64499, [1, 2], 3] }),
        element({ as_path: '64499 {1,2} 3' }),
        element({
          as_path: [
            ty('AS_CONFED_SEQUENCE', 1),
            ty('AS_CONFED_SET', 2),
            ty('AS_SEQUENCE', 3),
            ty('AS_SET', 4),
          ],
        }),
        element({ as_path: [1], prefix: { prefix: '192.0.2.0/24', path_id: 7 } }),
        element({ type: 'WITHDRAW', as_path: null }),
      ),
    ).toEqual([
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 3',
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 64499 {1,2} 3',
      'route 1.5 192.0.2.9/64499 192.0.2.0/24 (1) [2] 3 {4}',
      'route 1.5 192.0.2.9/64499 192.0.2.0/24#7 1',
      'withdrawal 1.5 192.0.2.9/64499 192.0.2.0/24',
    ]);
  });

  it('JSON: faults', () => {
    expect(
      problemsOf(
        element({ as_path: null }),
        element({ as_path: [1], type: 'UPDATE' }),
        element({ as_path: [{ ty: 'AS_OTHER', values: [1] }] }),
        element({ as_path: [1], timestamp: null }),
        element({ as_path: [1] }).slice(0, -1),
      ),
    ).toEqual(['as-path-missing@1', 'json-shape@2', 'json-shape@3', 'json-shape@4', 'json-syntax@5']);
  });
});
