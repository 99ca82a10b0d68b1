/** What the model of a router leaves out, a sentence or some each: nobody should read its numbers without them. */
export const MODEL_LEAVES_OUT: readonly string[] = [
  'Receiving, parsing, best-path selection and sending; signing for neighbours, which a router that passes routes on does for each of them; looking things up in caches, and the limits of their size; withdrawals, TCP and IP; prefixes other than an IPv4 /24. Messages are taken to be as long as they have to be.',
  'Cores are taken to share the work without loss, which they do not.',
  'All peers send a full feed with the same lengths. Best paths are shorter than others (3.9 hops against 5.0 in prefixes that 11 peers announced in 2007), and paths in churn longer (4.6). Sharing beyond those 11 peers is extrapolated.',
  "Best paths are verified once, when all feeds have come. Published beside it: V. Sriram and D. Montgomery (2017, abstract) found them 330 % to 628 % faster than all routes after a reset of a provider's edge router.",
  'A cache of segments finds only signatures that are the same octets: a signer that signs a statement again for the same neighbour makes others, unless it signs deterministically.',
  "CPU a route is of one that is verified whole. Batches, blst and native code were measured at four hops and are taken in proportion to the hops; native post-quantum costs are verifications alone, without the hashing of the octets. ECDSA by OpenSSL is from octets to verdict: ML-DSA-44 can stand below it here, which its signatures do not (the study's table of native speeds).",
  'Churn is a mean: the busiest minutes have many times as much, and a session that comes back costs one feed again.',
];
