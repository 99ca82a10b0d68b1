import { concatOctets } from '../../bytes/index.js';
import { encodePdu, type Pdu } from '../pdu/pdu.js';
import { rawPdu } from './raw-octets.js';

/** AS 64511 as customer, which no real payload has. */
const CUSTOMER = 64511;

type AspaMisbehaviour = readonly [name: string, what: string, octets: () => Uint8Array];

const aspa = (announce: boolean, providers: readonly number[], customer = CUSTOMER): Uint8Array => {
  const pdu: Pdu = { type: 'aspa', announce, customer, providers };
  return encodePdu(pdu, 2);
};

/** Misbehaviours with ASPA PDUs (8210bis §5.12): name, what is wrong, and the PDU. */
export const ASPA_MISBEHAVIOURS: readonly AspaMisbehaviour[] = [
  ['aspa-empty', 'announces an ASPA without providers', () => aspa(true, [])],
  ['aspa-zero-among-others', 'announces AS 0 beside another provider', () => aspa(true, [0, 64496])],
  ['aspa-descending', 'announces providers in descending order', () => aspa(true, [64497, 64496])],
  ['aspa-provider-twice', 'announces a provider twice', () => aspa(true, [64496, 64496])],
  ['aspa-withdrawal-with-providers', 'withdraws an ASPA and lists providers', () => aspa(false, [64496])],
  ['aspa-unknown-withdrawal', 'withdraws an ASPA that was never announced', () => aspa(false, [])],
  ['aspa-customer-zero', 'announces AS 0 as customer', () => aspa(true, [64496], 0)],
  [
    'aspa-customer-twice',
    'announces a customer twice in one response',
    () => concatOctets([aspa(true, [64496]), aspa(true, [64497])]),
  ],
  ['aspa-odd-length', 'an ASPA PDU of 18 octets', () => rawPdu(2, 11, 0x0100, new Uint8Array(10))],
  [
    'aspa-old-layout',
    'an ASPA PDU in the layout of 8210bis-10',
    () =>
      encodePdu(
        { type: 'aspa-8210bis-10', announce: true, afi: 1, customer: CUSTOMER, providers: [64496] },
        2,
      ),
  ],
];
