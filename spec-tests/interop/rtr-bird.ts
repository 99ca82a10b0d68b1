import { writeFileSync } from 'node:fs';
import { compare, lineOf, scan } from './lines.js';
import { amongPeers, here } from './place.js';
import type { Router } from './rtr-router.js';

const about: Pick<Router, 'name' | 'program' | 'start'> = {
  name: 'BIRD',
  program: 'bird',
  async start(port, folder, version) {
    const place = version === 2 ? amongPeers() : here(folder);
    const aspaTable = version === 2 ? 'aspa table at;' : '';
    const aspaChannel = version === 2 ? 'aspa { table at; };\n  max version 2;' : '';
    writeFileSync(
      `${place.outside}/bird.conf`,
      `router id 127.0.0.9;
roa4 table r4;
roa6 table r6;
${aspaTable}
protocol device {}
protocol rpki cache {
  roa4 { table r4; };
  roa6 { table r6; };
  ${aspaChannel}
  remote 127.0.0.1 port ${port};
  retry keep 1;
}
`,
    );
    const socket = `${place.inside}/bird.ctl`;
    const daemon = place.start('bird', '-f', '-c', `${place.inside}/bird.conf`, '-s', socket);
    const show = (...what: string[]): Promise<string> =>
      place.run('birdc', '-s', socket, 'show', 'route', 'table', ...what);
    return {
      async stop() {
        await daemon.stop();
        place.leave();
      },
      async differs({ aspas, vrps }) {
        const held = scan(
          `${await show('r4')}${await show('r6')}`,
          /^([0-9a-f.:]+)\/([0-9]+)-([0-9]+) AS([0-9]+) /gm,
        );
        if (version !== 2) return compare(held, vrps.map(lineOf));
        const pattern = /^([0-9]+) +\[cache [^\n]*\n(?:\t[^\n]*\n)*?\taspa_providers: ([0-9 ]+)$/gm;
        const attested = [...(await show('at', 'all')).matchAll(pattern)].map(
          ([, customer, providers]) => `${customer}: ${providers}`,
        );
        return compare(
          [...held, ...attested],
          [
            ...vrps.map(lineOf),
            ...aspas.map(({ customer, providers }) => `${customer}: ${providers.join(' ')}`),
          ],
        );
      },
    };
  },
};

export const bird: Router = {
  ...about,
  package: 'bird2',
  needs: 'program',
  versions: [1, 0],
  compared: '`show route table` of both ROA tables',
};

/** BIRD 3 has a table of ASPAs and speaks version 2. */
export const bird3: Router = {
  ...about,
  package: 'bird3',
  needs: 'peers',
  versions: [2],
  compared: '`show route table` of both ROA tables and of the ASPA table',
};
