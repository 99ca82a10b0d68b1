import type { OctetsState } from '../../links/index.js';
import { START } from './start.js';

/** Something to look at. */
interface Example {
  readonly title: string;
  readonly state: OctetsState;
}

const octets = (text: string): string =>
  text.replaceAll(/(.{32})(?=.)/g, '$1\n').replaceAll(/(..)(?=[^\n])/g, '$1 ');

/** The example of RFC 8208 Appendix A with its keys, routes as every router sends them, and what is wrong. */
export const EXAMPLES: readonly Example[] = [
  { title: 'An UPDATE', state: START },
  {
    title: 'A signed UPDATE (RFC 8208, Appendix A)',
    state: {
      s: 'octets',
      text: octets(
        'ffffffffffffffffffffffffffffffff010302000000ec4001010280040400000000800e0d00010104c63364640018c00002902100cd000e01000001000001000000fbf000bf0147f23bf1ab2f8a9d26864ebbd8df2711c74406ec00483046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf371602210090f2c129abb2f39b6a07963bd555a87ab2b7333b7b91f1668fd8618c83fac3f1ab4d910f55cae71a215ef3cafe3acc45b5eec15400483046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf37160221008e21f60e44c6066c8b8a95a3c09d3ad4379585a2d728eead07a17ed7aa055eca',
      ),
      localAs: 65537,
      peerAs: 65536,
      keys: [
        'AS64496 3059301306072a8648ce3d020106082a8648ce3d030107034200047391babb92a0cb3be10e59b19ebffb214e04a91e0cba1b139a7d38d90f77e55aa05b8e695678e0fa16904b55d9d4f5c0dfc58895ee50bc4f75d205a25bd36ff5',
        'AS65536 3059301306072a8648ce3d020106082a8648ce3d0301070342000428fc5fe9afcf5f4cab3f5f85cb212fc1e9d0e0dbeaee425bd2f0d3175aa0e989ea9b603e38f35fb329df495641f2ba040f1c3ac6138307f257cba6b8b588f41f',
      ].join('\n'),
    },
  },
  {
    title: 'A fault (RFC 7606)',
    state: {
      s: 'octets',
      text: octets(
        'ffffffffffffffffffffffffffffffff0037020000001c4001010740020e02030000fbfe0000fbf90000fbf3400304c000020118c00002',
      ),
    },
  },
  {
    title: 'RTR: a VRP and an ASPA',
    state: {
      s: 'octets',
      text: octets('020400000000001401181900c00002000000fbf0020b0100000000140000fbf00000fbf10000fbf2'),
    },
  },
];
