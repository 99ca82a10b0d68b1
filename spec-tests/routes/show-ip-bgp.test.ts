import { describe, expect, it } from 'vitest';
import { elementsOf, read } from './feed-texts.js';

describe('show ip bgp', () => {
  const header = '   Network          Next Hop            Metric LocPrf Weight Path';

  it('columns by the header, more paths to a network, lines that are broken, classes', () => {
    expect(
      elementsOf(
        'BGP table version is 1, local router ID is 192.0.2.1',
        'Status codes: s suppressed, d damped, h history, * valid, > best, i - internal',
        '',
        header,
        '*> 192.0.2.0/24     192.0.2.9                0             0 64499 64498 {1,2} i',
        '*                   192.0.2.10                    100      0 64500 64498 ?',
        '*>i10.0.0.0         192.0.2.9                          32768 i',
        '*  203.0.113.0      192.0.2.9       4294967295    100      0 64499 e',
        '*> 198.51.100.128/25',
        '                    192.0.2.9                              0 64499 i',
        '*> 2001:db8:1234::/48',
        '                    2001:db8:1234:5678::9',
        '                                             0             0 64499 64497 i',
        ' h 198.51.100.0/24  192.0.2.9                0             0 64499 i',
        '',
        'Displayed  8 routes and 9 total paths',
      ),
    ).toEqual([
      'rib 0 ?/64499 192.0.2.0/24 64499 64498 {1,2}',
      'rib 0 ?/64500 192.0.2.0/24 64500 64498',
      'rib 0 ?/0 10.0.0.0/8 ',
      'rib 0 ?/64499 203.0.113.0/24 64499',
      'rib 0 ?/64499 198.51.100.128/25 64499',
      'rib 0 ?/64499 2001:db8:1234::/48 64499 64497',
    ]);
  });

  it('columns that FRR 10 moved for verdicts of origin validation', () => {
    expect(
      elementsOf(
        '     Network          Next Hop            Metric LocPrf Weight Path',
        ' V*> 192.0.2.0/24     192.0.2.9                0             0 64499 i',
        ' N*                   192.0.2.10               0             0 64500 i',
      ),
    ).toEqual(['rib 0 ?/64499 192.0.2.0/24 64499', 'rib 0 ?/64500 192.0.2.0/24 64500']);
  });

  it('faults have a line, and the next line is read', () => {
    const { elements, problems, cutOff } = read(
      [
        header,
        '*> 192.0.2.0/33     192.0.2.9                0             0 64499 i',
        '*                   192.0.2.10               0             0 64500 i',
        '*> 192.0.2.0/24     192.0.2.9                0             0 64499 x',
        '*> 192.0.2.0/24     192.0.2.9                0             0 64499 i',
        '*> 192.0.2.128/25   192.0.2.9',
      ].join('\n'),
    );
    expect(elements).toEqual(['rib 0 ?/64499 192.0.2.0/24 64499']);
    expect(problems).toEqual(['prefix-length@2', 'line-columns@3', 'line-columns@4', 'line-truncated@6']);
    expect(cutOff).toBe('line-truncated');
  });
});
