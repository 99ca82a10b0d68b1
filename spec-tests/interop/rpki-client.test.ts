import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPayloadSet } from 'pathsec/payload';
import { readPayloads } from 'pathsec/rpki';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { contentOf } from '../rpki/content.js';
import { runUntilStopped } from '../rtr/run-until-stopped.js';
import { freePort, settle } from './daemon.js';
import { writeSection } from './matrix.js';
import { amongPeers, lackingFor, type Peer, versionOf } from './place.js';
import { bird3 } from './rtr-bird.js';
import { FIRST } from './rtr-data.js';
import { openbgpd8 } from './rtr-openbgpd.js';
import { validatedLab } from './validated-lab.js';

const rpkiClient: Peer = { program: 'rpki-client', package: 'rpki-client', needs: 'peers' };
const ROUTERS = [bird3, openbgpd8];
const MADE = { ...FIRST, routerKeys: [] };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const rows: string[] = [];

/** Has the current rpki-client validate a repository of ours; what it writes as JSON. */
async function validated(): Promise<string> {
  const place = amongPeers();
  closers.push(() => place.leave());
  return readFileSync(join(await validatedLab(place, MADE), 'json'), 'utf8');
}

describe('rpki-client validates our objects, and its JSON feeds routers', () => {
  for (const router of ROUTERS) {
    const lacking = lackingFor(rpkiClient) ?? lackingFor(router);
    if (lacking) {
      it.skip(`${router.name}: ${lacking}`, () => {});
      continue;
    }
    it(router.name, async () => {
      const json = await validated();
      const payloads = readPayloads(json);
      const dated = JSON.stringify(contentOf(payloads)).replaceAll(/ <\d+,(?:ta)?>/g, '');
      expect(JSON.parse(dated)).toEqual(contentOf(createPayloadSet(MADE)));
      const folder = mkdtempSync(join(tmpdir(), 'pathsec-interop-'));
      closers.push(() => rmSync(folder, { recursive: true, force: true }));
      writeFileSync(join(folder, 'json'), json);
      const port = await freePort();
      const stop = runUntilStopped(['rtr', 'serve', join(folder, 'json'), '--listen', `127.0.0.1:${port}`]);
      closers.push(stop);
      const running = await router.start(port, folder, 2);
      closers.push(() => running.stop());
      expect(await settle(() => running.differs(MADE))).toBeUndefined();
      const versions = [await versionOf(rpkiClient), `${router.package} ${await versionOf(router)}`];
      rows.push(`| rpki-client ${versions.join(' | ')} | equal |`);
    });
  }
});

afterAll(() => {
  if (rows.length < ROUTERS.length) return;
  writeSection(
    'Payloads made by rpki-client',
    `Written by \`spec-tests/interop/rpki-client.test.ts\`. \`pathsec rpki lab\` signs ROAs and ASPAs, rpki-client validates them and writes
its JSON, \`pathsec rtr serve\` serves that in version 2, and the router must hold exactly the VRPs and ASPAs that were signed.

| made by | router | result |
|---|---|---|
${rows.join('\n')}
`,
  );
});
