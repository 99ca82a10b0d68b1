/** What the kit was run on, what it named there, and what has changed since (November 2026). */
interface Run {
  readonly code: string;
  /** What the first edition of the kit said, and whether that was so. */
  readonly outcome: string;
  /** What the present edition has for it. */
  readonly since: string;
}

export const RUNS: readonly Run[] = [
  {
    code: 'RTRlib, master ed3393b and the head of PR 320: ASPA',
    outcome:
      'aspa-P1 named on master, gone on the head of the PR; aspa-T12 named on master, 5 predictions of 5',
    since: 'both names stay; "before PR 320" did not hold',
  },
  {
    code: 'RTRlib c17fafc and ed3393b: ASPA downstream',
    outcome:
      'aspa-R12 not named, 3 of 195 predictions: the code errs downstream only, and only if its left wall is not the hop where its down-ramp stopped',
    since: 'aspa-R12 repaired, four more vectors of it',
  },
  {
    code: 'RTRlib, the commit before PR 322: ASPA',
    outcome: 'aspa-T10 not true, 0 of 23 predictions: providers were sorted, by a signed difference',
    since: 'aspa-T16, aspa-T17',
  },
  {
    code: 'RTRlib: ASPA on random paths',
    outcome: 'right in 200,000 but for two kinds of fault that were known',
    since: '-',
  },
  {
    code: 'RTRlib: BGPsec, ROV, RTR over TCP',
    outcome:
      'router keys looked up by SKI alone and NLRI host bits named; signature segments counted in 8 bits missed; ROV right in 94,916 random questions of 94,916; a router key PDU has 123 octets there, so that the key of 5 octets in 64 cases ended its session',
    since:
      'bgpsec-counts-8-bit, vectors of 255, 256, 257 and 300 hops; keys of RTR cases have 91 octets, but for one flagged case',
  },
  {
    code: 'BIRD, the commit before a36a485, as a daemon: ASPA',
    outcome:
      '109 failures, aspa-R6 in 42 of 210 predictions: three faults at once, and aspa-R6 changes upstream too',
    since: 'no project is named for aspa-R6',
  },
  {
    code: 'BIRD as a daemon: ASPA, ROV, RTR over TCP',
    outcome:
      'right in 120,000 random paths of 120,000 and in 40,000 of 40,000 origins; it has no limit of providers, which was called aspa-X5; it keeps no router keys, for which 17 RTR cases fail',
    since: 'aspa-X18',
  },
  {
    code: 'OpenBGPD, rde_aspa.c of August 2026',
    outcome:
      'right in 200,000 random paths but for 216 with an empty table, which is "not enabled" there and was called aspa-R15; the known fault of comparing tables passed every vector, because customers are kept in descending order',
    since: 'aspa-C3 is named; aspa-X1b, and the mirror of every vector of aspa-X1',
  },
  {
    code: 'NIST BGP-SRx: ASPA and BGPsec cryptography',
    outcome: 'the empty path, prepends and NLRI host bits named rightly',
    since: '-',
  },
  {
    code: 'bgpfix and bgpipe: ASPA, ROV',
    outcome:
      'missed: a path of one AS taken before the neighbour is compared, VRPs shorter than /8 and /12 dropped',
    since: 'aspa-C11, rov-short-dropped; questions about empty tables have a sibling with an ASPA',
  },
  {
    code: 'bgpy: ASPA',
    outcome: 'never answers unknown, which was called aspa-X5',
    since: 'aspa-R2 is named',
  },
  {
    code: 'A program with one answer to everything',
    outcome: 'called nine mistakes',
    since: 'aspa-A1 to aspa-A4, rov-always-valid and its like; a remark on it before any mistake is named',
  },
];
