import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createAspaTable } from 'pathsec/aspa';
import { createAudit } from 'pathsec/audit';
import { copyElement, createRouteReader } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { readPayloads } from 'pathsec/rpki';
import { expect, it } from 'vitest';

const sampleFile = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`../../src/sample/${name}`, import.meta.url)));

it('an audit of octets and one of decoded paths are the same, AS_SETs included', () => {
  const payloads = readPayloads(sampleFile('rpki.json').toString());
  const options = { aspa: createAspaTable(payloads.aspas), rov: createRovTable(payloads.vrps) };
  const byOctets = createAudit(options);
  const byPaths = createAudit(options);
  const mixed = createAudit(options);
  let routes = 0;
  const reader = createRouteReader((element, source) => {
    routes++;
    expect(source.path).toBeDefined();
    byOctets.add(element, source);
    byPaths.add(copyElement(element));
    if (routes % 2 === 0) mixed.add(element, source);
    else mixed.add(element);
  });
  reader.push(gunzipSync(sampleFile('rib.mrt.gz')));
  reader.end();
  const report = byOctets.report();
  expect(report.routes).toBe(routes);
  expect(report.asSets.routes).toBeGreaterThan(0);
  expect(byPaths.report()).toEqual(report);
  expect(mixed.report()).toEqual(report);
});
