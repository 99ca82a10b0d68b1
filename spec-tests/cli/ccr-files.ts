import { type CcrPlan, ccrFile, STATES, states } from '../rpki/ccr-builder.js';
import { temporaryFile } from './run.js';

export const DAMAGED = ccrFile({ states: states({ vrps: { ...STATES.vrps, hash: Buffer.alloc(32) } }) });

/** A file of what {@link ccrFile} makes. */
export const file = (plan: CcrPlan = {}, name = 'a.ccr') => temporaryFile(name, ccrFile(plan));

/** The payloads of {@link ccrFile} in JSON. */
export const same = () =>
  temporaryFile(
    'rpki.json',
    JSON.stringify({
      roas: [
        { prefix: '192.0.2.0/24', asn: 0 },
        { prefix: '10.0.0.0/8', maxLength: 24, asn: 64496 },
        { prefix: '198.51.100.0/24', maxLength: 28, asn: 64496 },
        { prefix: '2001:db8::/32', asn: 64496 },
        { prefix: '2001:db8:8000::/33', maxLength: 48, asn: 64496 },
      ].map((roa) => ({ maxLength: Number(roa.prefix.split('/')[1]), ...roa })),
      aspas: [
        { customer_asid: 64496, providers: [64497, 4_200_000_000] },
        { customer_asid: 64497, providers: [0] },
      ],
    }),
  );
