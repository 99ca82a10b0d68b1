import fc from 'fast-check';
import { createAspaTable, EGRESS_DRAFT, type NeighborRole, verifyEgress } from 'pathsec/aspa';
import { createRouteJudge } from 'pathsec/audit';
import type { RouteElement } from 'pathsec/routes';
import { createRovTable } from 'pathsec/rov';
import { describe, expect, it } from 'vitest';
import { run, temporaryFile } from '../cli/run.js';
import { auditOf, route } from './build.js';

const P = '192.0.2.0/24';

describe('an audit of routes as they are sent (D-audit-egress)', () => {
  const elements = [route(P, '2 1', 2), route(P, '3 1', 3), route(P, '1', 4)];
  const aspas = { 1: [9] };

  it('takes the roles for those of the receivers', () => {
    const roles = new Map<number, NeighborRole>([
      [2, 'provider'],
      [3, 'customer'],
      [4, 'rs'],
    ]);
    const report = auditOf(elements, aspas, { roles, egress: true, neighborCheck: 'on' });
    expect(report.egress).toBe(EGRESS_DRAFT);
    expect(report.peers.map(({ role, neighborCheck, aspa }) => [role, neighborCheck, aspa])).toEqual([
      ['provider', 'on', { valid: 0, invalid: 1, unknown: 0 }],
      ['customer', 'on', { valid: 1, invalid: 0, unknown: 0 }],
      // Whoever receives as a route server is no reason not to look who sends.
      ['rs', 'on', { valid: 0, invalid: 1, unknown: 0 }],
    ]);
    expect(
      report.invalidPaths.map(({ path, role, procedure, step }) => [path, role, procedure, step]),
    ).toEqual([
      ['1', 'rs', 'upstream', 2],
      ['2 1', 'provider', 'upstream', 4],
    ]);
    const received = auditOf(elements, aspas, { roles, neighborCheck: 'on' });
    expect(received).not.toHaveProperty('egress');
    expect(received.peers.map(({ aspa }) => aspa.invalid)).toEqual([0, 1, 0]);
  });

  it('is verifyEgress with the peer as the own AS, whatever routes and roles', () => {
    const asn = fc.constantFrom(1, 2, 3, 4);
    const routes = fc.array(fc.tuple(fc.array(asn, { minLength: 1, maxLength: 5 }), asn), { maxLength: 8 });
    const role = fc.constantFrom('provider', 'customer', 'peer', 'rs', 'rs-client', 'complex');
    const records = fc.dictionary(
      fc.constantFrom('1', '2', '3', '4'),
      fc.array(fc.constantFrom(0, 1, 2, 3, 4), { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(routes, role, records, (list, neighborRole, attested) => {
        const sent = list.map(([path, peer]) => route(P, path.join(' '), peer)) as RouteElement[];
        const options = { role: neighborRole, egress: true, neighborCheck: 'on' } as const;
        const report = auditOf(sent, attested, options);
        const table = createAspaTable(
          Object.entries(attested).map(([customer, providers]) => ({
            customer: Number(customer),
            providers,
          })),
        );
        const counts = { valid: 0, invalid: 0, unknown: 0 };
        const judge = createRouteJudge(
          {
            aspa: table,
            rov: createRovTable(),
            defaultRole: neighborRole,
            egress: true,
            neighborCheck: 'on',
          },
          report.peers,
        );
        for (const element of sent) {
          const { asPath, peerAs } = element;
          const { outcome } = verifyEgress(table, { asPath, neighborRole, localAs: peerAs });
          counts[outcome]++;
          expect(judge(element)?.aspa).toBe(outcome);
        }
        expect(report.aspa).toEqual(counts);
      }),
      { numRuns: 300 },
    );
  });
});

describe('audit --egress', () => {
  const routes = () => temporaryFile('routes', `${P}|2 1|2\n`);
  const rpki = () => temporaryFile('rpki.json', '{"aspas":[{"customer_asid":1,"providers":[9]}]}');
  const audit = (...more: readonly string[]) => run(['audit', routes(), '--rpki', rpki(), ...more]);

  it('says that it judges what is sent, in text and in JSON', async () => {
    const text = await audit('--egress', '--neighbor-role', 'customer');
    expect(text.stdout).toContain('pathsec audit: ASPA at egress per draft-');
    expect(text.stdout).toMatch(/Routes are judged as they are sent \(draft-zhang-sidrops-aspa-egress/);
    const { aspa, egress } = JSON.parse(
      (await audit('--egress', '--neighbor-role', 'provider', '--json')).stdout,
    ) as {
      aspa: object;
      egress: string;
    };
    expect([aspa, egress]).toEqual([{ valid: 0, invalid: 1, unknown: 0 }, EGRESS_DRAFT]);
    expect((await audit('--neighbor-role', 'customer')).stdout).not.toContain('egress');
  });

  it('is refused with --partial', async () => {
    const { code, stderr } = await audit('--egress', '--partial', 'x.part');
    expect([code, stderr]).toEqual([
      2,
      'pathsec: --partial takes no --egress: partial reports are of received routes\n',
    ]);
  });
});
