import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run, temporaryFile } from './run.js';
import { start, until } from './running.js';

const made = (): Promise<string> =>
  run(['simulate', 'topology', '--ases', '60', '--links', '150', '--seed', '5']).then(({ stdout }) =>
    temporaryFile('as-rel.txt', stdout),
  );
const curves = async (...options: string[]) => run(['simulate', 'curves', await made(), ...options]);
const FEW = ['--attack', 'exact,leak1', '--mechanism', 'none,rov+aspa', '--adopt', '0,50', '--trials', '10'];

describe('pathsec simulate curves', () => {
  it('prints CSV with the columns of the contract', async () => {
    const { code, stdout } = await curves(...FEW, '--csv');
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect([code, head]).toEqual([
      0,
      'attack,mechanism,order,adopt,group,outcome,trials,mean,low,high,q05,q25,q50,q75,q95',
    ]);
    const values = lines.map((line) => line.split(','));
    expect(new Set(values.map((row) => row.length))).toEqual(new Set([15]));
    expect(new Set(values.map(([attack]) => attack))).toEqual(new Set(['exact', 'leak1']));
    expect(new Set(values.map(([, mechanism]) => mechanism))).toEqual(new Set(['none', 'rov+aspa']));
    expect(new Set(values.map((row) => row[4]))).toEqual(
      new Set(['all', 'adopting', 'others', 'tier1', 'transit', 'multihomed', 'stub']),
    );
    expect(new Set(values.map((row) => row[5]))).toEqual(
      new Set(['attacker', 'victim', 'disconnected', 'diverted']),
    );
  });

  it('prints the same octets with any number of threads', async () => {
    const one = await curves(...FEW, '--csv', '--jobs', '1');
    for (const jobs of ['2', '3'])
      expect((await curves(...FEW, '--csv', '--jobs', jobs)).stdout).toBe(one.stdout);
  });

  it('prints the rows of the CSV and what they are of as JSON', async () => {
    const { code, stdout } = await curves(
      ...FEW,
      '--json',
      '--seed',
      '7',
      '--order',
      'cone',
      '--stale',
      '10',
    );
    const { rows, ...about } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(about).toEqual({
      topology: { ases: 60, links: 150, clique: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      settings: {
        attacks: ['exact', 'leak1'],
        mechanisms: ['none', 'rov+aspa'],
        adopt: [0, 50],
        order: 'cone',
        seed: 7,
        stale: 10,
        trials: 10,
      },
      trials: 10,
    });
    expect(rows[0]).toMatchObject({
      attack: 'exact',
      mechanism: 'none',
      order: 'cone',
      adopt: 0,
      group: 'all',
    });
    expect(Object.keys(rows[0]).length).toBe(15);
  });

  it('prints a table, and takes options that are repeated', async () => {
    const { code, stdout } = await curves(
      '--attack',
      'exact',
      '--attack',
      'path:2',
      '--mechanism',
      'rov',
      '--trials',
      '5',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^60 ASes, 150 links, SHA-256 [0-9a-f]{16}…\n5 trials, seed 1, order uniform; per cent/,
    );
    expect(stdout).toMatch(/\nattack +mechanism +adopt +attacker +victim +disconnected\n/);
    expect(stdout).toMatch(/\npath:2 +rov +100 % +\d/);
  });

  it('tells who publishes from who verifies', async () => {
    const some = ['--attack', 'forged', '--mechanism', 'aspa', '--adopt', '0,100', '--trials', '6'];
    const verified = await curves(...some, '--verify', '0', '--json');
    const { rows, settings } = JSON.parse(verified.stdout);
    const means = rows.flatMap((row: { group: string; outcome: string; mean: number }) =>
      row.group === 'all' && row.outcome === 'attacker' ? [row.mean] : [],
    );
    expect([settings.verify, settings.publish, means[0]]).toEqual([0, undefined, means[1]]);
    expect((await curves(...some, '--publish', '30')).stdout).toContain(
      'order uniform, 30 % publish and adopters verify; per cent',
    );
    const both = await curves(...some, '--publish', '30', '--verify', '30');
    expect(both).toMatchObject({ code: 2, stdout: '' });
    expect(both.stderr).toContain('--publish or --verify, not both');
  });

  it.each([
    ['rov+rov', 'rov is named twice'],
    ['rov,rov', 'rov is there twice'],
  ])('refuses --mechanism %s', async (mechanism, message) => {
    const { code, stderr, stdout } = await curves('--attack', 'exact', '--mechanism', mechanism);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('draws a picture of each attack', async () => {
    const folder = `${temporaryFile('x', '')}-pictures/new`;
    onTestFinished(() => rmSync(`${folder}/..`, { recursive: true, force: true }));
    const { code } = await curves('--attack', 'exact,leak1,path:2', ...FEW.slice(2), '--svg', folder);
    expect([code, readdirSync(folder).sort()]).toEqual([0, ['exact.svg', 'leak1.svg', 'path-2.svg']]);
    const [exact, leak] = ['exact', 'leak1'].map((name) => readFileSync(`${folder}/${name}.svg`, 'utf8'));
    expect(XMLValidator.validate(exact ?? '')).toBe(true);
    expect(exact).toContain('ASes that reach the attacker, %');
    expect(exact).toMatch(/<title>rov\+aspa at 50: [0-9.]+ \(/);
    expect(leak).toContain('ASes diverted, %');
    const refused = await curves('--attack', 'exact', ...FEW.slice(2), '--svg', '/dev/null/x');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
  });

  it('keeps what is done when it is interrupted, and says how much', async () => {
    const file = await made();
    const listening = process.listenerCount('SIGINT');
    const running = start([
      'simulate',
      'curves',
      file,
      ...FEW.slice(0, 6),
      '--trials',
      '1000000',
      '--jobs',
      '1',
      '--csv',
    ]);
    await until(() => process.listenerCount('SIGINT') > listening);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { code, stdout, stderr } = await running.stop();
    expect(code).toBe(3);
    expect(stderr).toMatch(/interrupted: \d+ of 1000000 trials are done and counted/);
    const done = Number(/interrupted: (\d+)/.exec(stderr)?.[1]);
    const rows = stdout.trimEnd().split('\n').slice(1);
    if (done === 0) expect(rows).toEqual([]);
    else {
      expect(rows[0]?.split(',')[6]).toBe(String(done));
      const whole = await run([
        'simulate',
        'curves',
        file,
        ...FEW.slice(0, 6),
        '--trials',
        String(done),
        '--csv',
        '--jobs',
        '1',
      ]);
      expect(whole.stdout).toBe(stdout);
    }
  });

  it.each<[string[], string]>([
    [['--attack', 'exakt', '--mechanism', 'rov'], 'did you mean exact? (attack-unknown)'],
    [['--attack', 'exact', '--mechanism', 'rov+asap'], 'did you mean aspa? (mechanism-unknown)'],
    [['--attack', 'exact'], '--mechanism'],
    [['--attack', 'exact', '--mechanism', 'rov', '--adopt', '50,10'], 'ascending order'],
    [['--attack', 'exact', '--mechanism', 'rov', '--adopt', '101'], 'Per cent, 0 to 100'],
    [['--attack', 'exact', '--mechanism', 'rov', '--trials', '0'], '1 to 1000000'],
    [['--attack', 'exact', '--mechanism', 'rov', '--order', 'cones'], 'did you mean cone?'],
    [['--attack', 'exact', '--mechanism', 'rov', '--json', '--csv'], 'not both'],
  ])('refuses %j', async (options, message) => {
    const { code, stdout, stderr } = await curves(...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('says what nobody can do, in a thread too', async () => {
    const file = temporaryFile('as-rel.txt', '1|2|-1\n1|3|-1\n1|4|-1\n');
    for (const jobs of ['1', '2']) {
      const { code, stderr } = await run([
        'simulate',
        'curves',
        file,
        '--attack',
        'leak2',
        '--mechanism',
        'none',
        '--jobs',
        jobs,
      ]);
      expect([code, stderr.includes('leak2: nobody has a route from a peer')]).toEqual([2, true]);
    }
  });
});
