import type { Mutant } from '../../mutant.js';
import { checkAspaRight, type Parts, RIGHT } from './parts.js';
import { type Aspa, Fault } from './pdu.js';

/** As {@link checkAspaRight}, but for what `allowed` lets pass. */
const lenient =
  (allowed: (announce: boolean, aspa: Aspa) => boolean): Parts['checkAspa'] =>
  (announce, aspa) => {
    if (!allowed(announce, aspa)) checkAspaRight(announce, aspa);
  };

const mixed: Parts['checkAspa'] = (announce, { customer, providers }) => {
  const others = providers.length > 1 ? providers.filter((asn) => asn !== 0) : providers;
  checkAspaRight(announce, { customer, providers: others });
};

/** Flags 0 or 1, family 0 or 1, and a count that fills the PDU: the layout of 8210bis-10. */
const looksOld = (octets: Uint8Array): boolean => {
  if (octets.length < 16 || ((octets[2] as number) & 1) === 1) return false;
  const count = ((octets[10] as number) << 8) | (octets[11] as number);
  return (octets[8] as number) <= 1 && (octets[9] as number) <= 1 && 16 + 4 * count === octets.length;
};

/** Mistakes of routers. */
export const routerMutants: readonly Mutant<Parts>[] = [
  {
    id: 'rtr-applies-before-end-of-data',
    text: 'uses payload PDUs as they come, and keeps them when the response breaks off',
    parts: { applies: 'at-once' },
  },
  {
    id: 'rtr-aspa-merges-announcements',
    text: 'adds the providers of a later ASPA announcement to those held, instead of replacing them',
    parts: { replaceAspa: (held = [], announced) => [...new Set([...held, ...announced])] },
  },
  {
    id: 'rtr-aspa-withdrawal-announces',
    text: 'applies an ASPA withdrawal that lists providers as an announcement',
    seenIn: 'a public implementation of a cache sent such PDUs',
    parts: {
      checkAspa: lenient((announce, { providers }) => !announce && providers.length > 0),
      aspaAdds: (announce, { providers }) => announce || providers.length > 0,
    },
  },
  {
    id: 'rtr-aspa-old-layout',
    text: 'reads ASPA PDUs in the layout of 8210bis-10 to -13',
    seenIn: 'a public implementation',
    parts: { aspaLayout: () => '8210bis-10' },
  },
  {
    id: 'rtr-aspa-guesses-layout',
    text: 'guesses the layout of an ASPA PDU from its octets',
    parts: { aspaLayout: (octets, agreed) => (looksOld(octets) ? '8210bis-10' : agreed) },
  },
  {
    id: 'rtr-aspa-as0-among-others',
    text: 'accepts AS 0 among other providers of an ASPA',
    seenIn: 'a public implementation of a cache sent such PDUs',
    parts: { checkAspa: mixed },
  },
  {
    id: 'rtr-aspa-empty-announcement',
    text: 'accepts an ASPA announcement without providers, as a customer without any',
    parts: { checkAspa: lenient((announce, { providers }) => announce && providers.length === 0) },
  },
  {
    id: 'rtr-aspa-as0-alone-refused',
    text: 'refuses AS 0 as the only provider of an ASPA',
    parts: {
      checkAspa: (announce, aspa) => {
        if (aspa.providers.includes(0)) throw new Fault(9);
        checkAspaRight(announce, aspa);
      },
    },
  },
  {
    id: 'rtr-serial-compared-as-number',
    text: 'drops an answer whose serial is numerically below the one held, so that a wrap of serials ends the updates',
    parts: { serialFollows: (held, named) => named >= held },
  },
  {
    id: 'rtr-router-key-without-key',
    text: 'identifies router keys by SKI and AS alone',
    parts: { keyId: ({ ski, asn }) => `${ski} ${asn}` },
  },
  {
    id: 'rtr-session-id-unchecked',
    text: 'does not compare session IDs',
    parts: { sessionFits: () => true },
  },
  {
    id: 'rtr-duplicates-counted',
    text: 'counts repeated announcements, so that one withdrawal leaves the record in use',
    parts: { duplicates: 'count' },
  },
  {
    id: 'rtr-unknown-withdrawal-ignored',
    text: 'passes over the withdrawal of a record that it does not hold',
    parts: { unknownWithdrawals: 'ignore' },
  },
  {
    id: 'rtr-host-bits-kept',
    text: 'keeps the bits of a prefix behind its length',
    parts: { address: (octets) => octets, passesHostBits: () => true },
  },
  {
    id: 'rtr-host-bits-passed-over',
    text: 'clears the bits of a prefix behind its length in version 2 instead of refusing the PDU',
    parts: { passesHostBits: () => true },
  },
  {
    id: 'rtr-host-bits-refused-in-all-versions',
    text: 'refuses bits behind the prefix length also in versions 0 and 1',
    parts: { passesHostBits: () => false },
  },
  {
    id: 'rtr-max-length-below-length',
    text: 'accepts a max length below the prefix length',
    parts: { lengthsFit: (length, maxLength, bits) => length <= bits && maxLength <= bits },
  },
  {
    id: 'rtr-lengths-beyond-family',
    text: 'accepts prefix and max lengths beyond the address',
    parts: { lengthsFit: (length, maxLength) => length <= maxLength },
  },
  {
    id: 'rtr-vrp-without-max-length',
    text: 'identifies VRPs without their max length',
    parts: { vrpId: ({ prefix, asn }) => `${prefix} ${asn}` },
  },
  {
    id: 'rtr-flags-as-whole-octet',
    text: 'takes only a flags octet of 1 for an announcement instead of looking at its lowest bit',
    parts: { announces: (flags) => flags === 1 },
  },
  {
    id: 'rtr-flags-in-low-octet',
    text: 'has the flags of Router Key and ASPA PDUs in the octet behind the one where they belong',
    parts: { flagsOf: (x) => x & 0xff },
  },
  {
    id: 'rtr-reset-answer-added',
    text: 'adds the answer to a Reset Query to the data held instead of replacing them',
    parts: { resetAnswer: 'adds', duplicates: 'count' },
  },
  {
    id: 'rtr-version-unchecked',
    text: 'does not compare the version of a PDU with that of the session',
    parts: { versionFits: () => true },
  },
  {
    id: 'rtr-no-data-is-fatal',
    text: 'treats the error No Data Available as fatal and drops its data',
    parts: { noData: 'ends' },
  },
  {
    id: 'rtr-error-report-answered',
    text: 'answers an Error Report with an Error Report',
    parts: { answersErrorReports: true },
  },
  {
    id: 'rtr-chunk-taken-for-pdus',
    text: 'expects every read from the transport to end at the end of a PDU',
    parts: { framing: 'chunk' },
  },
  {
    id: 'rtr-end-of-data-of-one-length',
    text: 'expects the intervals in an End of Data of version 0',
    parts: {
      pduLengthFits: (type, length, version) =>
        type === 7 ? length === 24 : RIGHT.pduLengthFits(type, length, version),
    },
  },
  {
    id: 'rtr-length-unchecked',
    text: 'takes the length field of a PDU as it comes, without comparing it with the type',
    parts: { pduLengthFits: (type, length) => length >= (type === 11 ? 12 : 8) && length <= 65_535 },
  },
  {
    id: 'rtr-reserved-fields-checked',
    text: 'refuses PDUs whose reserved fields are not zero',
    parts: {
      checkZero: (value) => {
        if (value !== 0) throw new Fault(0);
      },
    },
  },
  {
    id: 'rtr-data-kept-after-fatal-error',
    text: 'keeps the data of a cache after a fatal error in version 2',
    parts: { fatal: 'keeps' },
  },
  {
    id: 'rtr-notify-settles-version',
    text: 'takes the version of a Serial Notify that comes before the answer for the agreed one',
    parts: { notifyWhileNegotiating: 'settles' },
  },
  {
    id: 'rtr-asn-signed',
    text: 'reads AS numbers as signed numbers',
    parts: { asn: (view, at) => view.getInt32(at) },
  },
  {
    id: 'rtr-vrp-as0-dropped',
    text: 'drops VRPs of AS 0',
    parts: { usesVrp: ({ asn }) => asn !== 0 },
  },
  {
    id: 'rtr-data-never-expire',
    text: 'keeps the data of a cache beyond the Expire Interval',
    parts: { expires: false },
  },
  {
    id: 'rtr-no-downgrade',
    text: 'gives up when the cache names a lower version',
    parts: { downgrades: false },
  },
  {
    id: 'rtr-session-of-other-version-resumed',
    text: 'resumes a session with the session ID and serial of another version',
    parts: { resumes: () => true },
  },
];
