import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeShared, shared } from '../support.js';
import { read } from './feed-texts.js';

describeShared('handed samples', () => {
  it.each([
    ['bgpipe.json', 1],
    ['bgpkit-elem.json', 1],
    ['bgpkit-elem.txt', 2],
    ['bgpreader.txt', 3],
    ['exabgp.json', 1],
    ['gobgp-rib.json', 1],
    ['sh-ip-bgp.txt', 1],
  ])('%s', (name, count) => {
    const { elements, problems } = read(readFileSync(shared(`cases/2026-11/formats/${name}`), 'utf8'));
    expect(problems).toEqual([]);
    expect(elements).toHaveLength(count);
    expect(elements[0]).toContain('192.0.2.0/24 64499 64498 64496');
  });

  it('what ExaBGP 4.2.21 and GoBGP 3.10 printed', () => {
    const exabgp = read(readFileSync(shared('data/captures/exabgp-4.2.21-api.jsonl'), 'utf8'));
    expect([exabgp.elements.length, exabgp.problems]).toEqual([4, []]);
    expect(exabgp.elements[1]).toContain('203.0.113.0/24 64498 64510 {64511,64512}');
    const gobgp = read(readFileSync(shared('data/captures/gobgp-3.10-monitor.json'), 'utf8'));
    expect([gobgp.elements.length, gobgp.problems]).toEqual([4, []]);
  });
});
