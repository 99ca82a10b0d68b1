import { createTopology, indexOfAs, type Link, type Neighbors } from 'pathsec/simulate';
import { describe, expect, it } from 'vitest';

const listOf = ({ offsets, targets }: Neighbors, at: number): number[] =>
  Array.from(targets.subarray(offsets[at], offsets[at + 1]));

describe('createTopology', () => {
  it('knows ASes by their place in ascending order, and packs their neighbours by kind', () => {
    const topology = createTopology(
      [
        [4294967295, 7, -1],
        [7, 3, 0],
        [7, 5, -1],
        [3, 7, 0],
        [7, 5, -1],
      ],
      [9, 3],
    );
    expect([...topology.asns]).toEqual([3, 5, 7, 9, 4294967295]);
    expect([indexOfAs(topology, 4294967295), indexOfAs(topology, 4)]).toEqual([4, -1]);
    expect(listOf(topology.customers, 2)).toEqual([1]);
    expect(listOf(topology.providers, 2)).toEqual([4]);
    expect(listOf(topology.peers, 2)).toEqual([0]);
    expect(listOf(topology.peers, 0)).toEqual([2]);
    expect(listOf(topology.peers, 3)).toEqual([]);
  });

  it.each<[Link[], string]>([
    [[[1, 1, -1]], 'link-self'],
    [
      [
        [1, 2, -1],
        [2, 1, -1],
      ],
      'link-contradiction',
    ],
    [
      [
        [1, 2, 0],
        [1, 2, -1],
      ],
      'link-contradiction',
    ],
  ])('refuses %j', (links, code) => {
    expect(() => createTopology(links)).toThrow(expect.objectContaining({ code }));
  });
});
