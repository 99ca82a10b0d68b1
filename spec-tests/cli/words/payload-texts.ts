import { HOSTILE, hostileFile, withHostile } from './hostile.js';

const KEY =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhv5HEBGixUjKJTlenvcD1Axyi07rFdVY1KhN4vMPYy5y0Mx6zfaiEqJN27jK/l61xC36Vsaezd7eXAsZ1AEEsQ==';

/** Payloads in the spelling of rpki-client, with a trust anchor of the given name, and a record that is none. */
export function rpkiClient(ta: string): string {
  return JSON.stringify({
    metadata: { buildmachine: ta },
    roas: [
      { asn: 1, prefix: '192.0.2.0/24', maxLength: 24, ta },
      { asn: ta, prefix: ta, maxLength: ta, ta },
    ],
    aspas: [{ customer_asid: 1, providers: [2, ta] }],
    [ta]: ta,
  });
}

const DIALECTS: readonly object[] = [
  {
    metadata: { buildtime: '2026-01-01T00:00:00Z' },
    roas: [{ asn: 1, prefix: '192.0.2.0/24', maxLength: 24, ta: 'ripe', expires: 1 }],
    bgpsec_keys: [{ asn: 1, ski: '510f485d29a29db7b515f9c478f8ed3cb7aa7d23', pubkey: KEY, ta: 'ripe' }],
    aspas: [{ customer_asid: 1, providers: [2], expires: 1 }],
  },
  {
    metadata: { generated: 1, generatedTime: '2026-01-01T00:00:00Z' },
    roas: [
      { asn: 'AS1', prefix: '192.0.2.0/24', maxLength: 24, ta: 'ripe', source: [{ type: 'roa', uri: 'x' }] },
    ],
    routerKeys: [{ asn: 'AS1', SKI: '510F485D29A29DB7B515F9C478F8ED3CB7AA7D23', routerPublicKey: KEY }],
    aspas: [{ customer: 'AS1', providers: ['AS2'] }],
  },
];
const SLURM = {
  slurmVersion: 1,
  validationOutputFilters: {
    prefixFilters: [{ prefix: '192.0.2.0/24', asn: 1, comment: 'x' }],
    bgpsecFilters: [{ asn: 1, comment: 'x' }],
  },
  locallyAddedAssertions: {
    prefixAssertions: [{ asn: 1, prefix: '192.0.2.0/24', maxPrefixLength: 24, comment: 'x' }],
    bgpsecAssertions: [],
  },
};
const TEXTS = [
  'ASN,IP Prefix,Max Length,Trust Anchor,Expires\nAS1,192.0.2.0/24,24,ripe,1\n',
  'roa-set {\n\t192.0.2.0/24 maxlen 24 source-as 1\n}\n',
  'route 192.0.2.0/24 max 24 as 1;\n',
  '1|2|-1|bgp\n',
];

/** Payload and SLURM files of hostile names in every dialect, each of their places hostile in turn. */
export function payloadFiles(): string[] {
  const json = [...DIALECTS, SLURM].flatMap((dialect) =>
    [...withHostile(dialect)].map((one) => JSON.stringify(one)),
  );
  const words = TEXTS.flatMap((text) =>
    [...text.matchAll(/[^\s,|;]+/g)].map(
      ({ index, 0: word }) => text.slice(0, index) + HOSTILE + text.slice(index + word.length),
    ),
  );
  return [...json, ...words].map((text) => hostileFile(text));
}

/** SLURM files likewise. */
export function slurmFiles(): string[] {
  return [...withHostile(SLURM)].map((one) => hostileFile(JSON.stringify(one)));
}
