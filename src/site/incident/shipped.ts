/// <reference types="vite/client" />

/** The scenario files of `docs/incidents`, by folder and name without the ending: `1-myetherwallet/nothing`. */
export const SHIPPED: ReadonlyMap<string, string> = new Map(
  Object.entries(
    import.meta.glob<string>('../../../docs/incidents/*/*.json', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).map(([path, text]) => [path.split('/').slice(-2).join('/').replace('.json', ''), text]),
);

/** An incident: its folder, its title, and what happens in it, as in `docs/incidents/README.md`. */
interface Incident {
  readonly folder: string;
  readonly title: string;
  readonly about: string;
}

export const INCIDENTS: readonly Incident[] = [
  {
    folder: '1-myetherwallet',
    title: '1 A more-specific hijack (MyEtherWallet)',
    about: 'A more-specific prefix is hijacked (MyEtherWallet 2018).',
  },
  {
    folder: '1b-forged-origin',
    title: '1b The same, origin forged',
    about: 'The same with the origin forged.',
  },
  {
    folder: '2-telekom-malaysia',
    title: '2 A leak from peer to provider (Telekom Malaysia)',
    about: 'A route from a peer is leaked to a provider (Telekom Malaysia 2015; RFC 7908 type 4).',
  },
  {
    folder: '2b-internal-prefix',
    title: '2b An internal prefix escapes',
    about:
      'An internal more-specific escapes to a provider; the provider counts as the attacker (RFC 7908 type 6).',
  },
  {
    folder: '3-aws',
    title: '3 A leak from peer to provider (AWS)',
    about: 'A route from a peer is leaked to a provider (AS33083 and AWS 2015; RFC 7908 type 4).',
  },
  {
    folder: '3b-hairpin',
    title: '3b A leak between two providers',
    about: 'The same leaker between two providers (RFC 7908 type 1).',
  },
  {
    folder: '4-youtube',
    title: '4 A more-specific hijack (YouTube)',
    about: 'A more-specific prefix is hijacked and dropped (YouTube 2008).',
  },
  {
    folder: '5-reoriginated',
    title: '5 A route is re-originated',
    about: 'A route is re-originated while data still reaches its origin (RFC 7908 type 5).',
  },
  {
    folder: '6-prepended',
    title: '6 A prepended prefix is hijacked',
    about: 'A prefix with its origin prepended to all is hijacked.',
  },
  {
    folder: '7-loose-max-length',
    title: '7 A loose maxLength',
    about: 'A loose maxLength lets a forged more-specific through.',
  },
  {
    folder: '8-moas',
    title: '8 Two origins of one prefix',
    about: 'Two origins of one prefix, wanted or not.',
  },
  {
    folder: '9-roa-takedown',
    title: '9 A ROA is taken away',
    about: 'A ROA is taken away or replaced.',
  },
  {
    folder: '9b-aspa-takedown',
    title: '9b An ASPA is taken away',
    about: 'An ASPA is taken away or replaced.',
  },
];

/** The cases of an incident by their names, that without any mechanism first where there is one. */
export function casesOf(folder: string): readonly string[] {
  const names = [...SHIPPED.keys()].filter((name) => name.startsWith(`${folder}/`));
  return names.sort((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = (name: string): number => {
  const at = ['before', 'nothing'].indexOf(name.split('/')[1] ?? '');
  return at < 0 ? 2 : at;
};

const ACRONYMS: Readonly<Record<string, string>> = {
  as0: 'AS0',
  aspa: 'ASPA',
  bgpsec: 'BGPsec',
  bgpsec2: 'BGPsec before length',
  moas: 'MOAS',
  otc: 'OTC',
  roa: 'ROA',
  roas: 'ROAs',
  rov: 'ROV',
  rovpp1: 'ROV++ v1',
};

/** The name of a case in words: `rov-at-the-resolver` is `ROV at the resolver`. */
export function caseTitle(name: string): string {
  const words = (name.split('/')[1] ?? name).split('-').map((word) => ACRONYMS[word] ?? word);
  const text = words.join(' ');
  return text === 'nothing' ? 'nothing deployed' : text;
}
