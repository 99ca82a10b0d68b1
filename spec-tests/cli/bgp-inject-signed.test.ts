import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMessageSplitter, decodeUpdate } from 'pathsec/bgp';
import { encodePkcs8 } from 'pathsec/bgpsec';
import { fromHex } from 'pathsec/bytes';
import { createRouteReader } from 'pathsec/routes';
import { pemOf } from 'pathsec/rpki';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../bgpsec/world.js';
import { inject, receiver } from './bgp-inject-peer.js';
import { listen } from './bgp-peer.js';
import { folder, keys, privateFile } from './bgpsec-world.js';
import { jsonLines, run, temporaryFile } from './run.js';
import { until } from './running.js';

const SESSION = ['--local-as', '64499', '--peer-as', '64500'];
const ROUTES = [
  '192.0.2.0/24|64498 64498 64496|64498',
  '2001:db8::/32|64497|64497',
  '198.51.100.0/24|64498 {64496,64497}|64498',
];
const routes = (lines = ROUTES): string => temporaryFile('routes', `${lines.join('\n')}\n`);

/** Writes messages by these arguments; the file, and what was printed. */
async function written(...argv: readonly string[]) {
  const file = join(folder(), 'out');
  const ended = await run(['bgp', 'inject', ...SESSION, '--write', file, ...argv]);
  return { ...ended, file, octets: () => readFileSync(file) };
}

function messagesOf(octets: Uint8Array): Uint8Array[] {
  const splitter = createMessageSplitter(true);
  splitter.push(octets);
  const messages: Uint8Array[] = [];
  for (let one = splitter.next(); one; one = splitter.next()) messages.push(one);
  expect(splitter.pending).toBe(0);
  return messages;
}

const outcomes = async (jsonl: string, keyFile: string): Promise<unknown[]> => {
  const { stdout } = await run(['bgpsec', 'verify', '--batch', jsonl, '--keys', keyFile]);
  return jsonLines(stdout).map(({ outcome }) => outcome);
};

describe('pathsec bgp inject --count', () => {
  it('makes the same signed routes from the same seed, in every format', async () => {
    const keysOut = join(folder(), 'keys.json');
    const made = ['--count', '70', '--hops', '3', '--seed', '5'];
    const raw = await written(...made, '--keys-out', keysOut);
    expect(raw.code).toBe(0);
    expect(jsonLines(raw.stdout)).toMatchObject([{ type: 'written', routes: 70, updates: 70, skipped: {} }]);
    const again = await written(...made);
    expect(again.octets()).toEqual(raw.octets());
    expect((await written(...made.slice(0, -1), '6')).octets()).not.toEqual(raw.octets());

    const messages = messagesOf(raw.octets());
    expect(messages).toHaveLength(70);
    for (const octets of messages) {
      const { values, faults } = decodeUpdate(octets, { peer: 'external', bgpsecReceived: true });
      expect(faults).toEqual([]);
      expect(values.bgpsecPath?.segments).toHaveLength(3);
      expect(values.bgpsecPath?.segments[0]?.asn).toBe(64499);
    }
    const jsonl = await written(...made, '--format', 'jsonl');
    const questions = jsonLines(jsonl.octets().toString());
    expect(questions.map(({ message }) => fromHex(String(message)))).toEqual(
      messages.map((one) => new Uint8Array(one)),
    );
    expect(await outcomes(jsonl.file, keysOut)).toEqual(new Array(70).fill('valid'));

    let signed = 0;
    const mrt = await written(...made, '--format', 'mrt');
    const reader = createRouteReader((element) => {
      if (element.kind === 'route' && element.signed && element.peerAs === 64499) signed++;
    });
    reader.push(mrt.octets());
    reader.end();
    expect(signed).toBe(70);
    expect(reader.summary.problems.count).toBe(0);
  });

  it('takes the hops from the keys that are given', async () => {
    const source = temporaryFile(
      'keys.json',
      JSON.stringify({ 64496: privateFile(64496), 64499: privateFile(64499) }),
    );
    const jsonl = await written('--count', '2', '--hops', '2', '--sign', source, '--format', 'jsonl');
    expect(await outcomes(jsonl.file, keys(64496, 64499))).toEqual(['valid', 'valid']);
    const { code, stderr } = await written('--count', '2', '--hops', '3', '--sign', source);
    expect(stderr).toMatch(/--hops 3 needs keys of 2 other ASes, there are 1/);
    expect(code).toBe(2);
  });

  it('never takes the nonces of made keys for a key of a file, made keys beside it or not', async () => {
    const source = temporaryFile('keys.json', JSON.stringify({ 64496: privateFile(64496) }));
    const signature = async (seed: string): Promise<Uint8Array | undefined> => {
      const made = await written('--count', '1', '--hops', '2', '--sign', source, '--seed', seed);
      const [octets = new Uint8Array()] = messagesOf(made.octets());
      const { values } = decodeUpdate(octets, { peer: 'external', bgpsecReceived: true });
      return values.bgpsecPath?.blocks[0]?.signatures.at(-1)?.signature;
    };
    // By AS 64496 over the same octets: derived nonces know no seed (D-bgpsec-counted-nonces).
    expect(await signature('1')).toEqual(await signature('2'));
    expect(await signature('1')).toBeInstanceOf(Uint8Array);
  });
});

describe('pathsec bgp inject --sign', () => {
  it('signs the routes of files at every hop; what cannot be signed is passed over', async () => {
    const place = folder();
    for (const asn of [64496, 64497, 64498, 64499]) {
      const name = asn === 64496 ? `AS${asn}.pem` : `${asn}.key`;
      writeFileSync(join(place, name), pemOf('PRIVATE KEY', encodePkcs8(keyOf(asn))), { mode: 0o600 });
    }
    writeFileSync(join(place, 'README'), 'no key');
    const jsonl = await written('--sign', place, '--routes', routes(), '--format', 'jsonl');
    expect(jsonLines(jsonl.stdout)[0]).toMatchObject({ routes: 2, skipped: { 'as-set': 1 } });
    expect(await outcomes(jsonl.file, keys(64496, 64497, 64498, 64499))).toEqual(['valid', 'valid']);
    const [first] = jsonLines(jsonl.octets().toString());
    const { values } = decodeUpdate(fromHex(String(first?.message)), {
      peer: 'external',
      bgpsecReceived: true,
    });
    expect(values.bgpsecPath?.segments.map(({ asn, pCount }) => [asn, pCount])).toEqual([
      [64499, 1],
      [64498, 2],
      [64496, 1],
    ]);
  });

  it('with --as-received begins with the first AS of the path; --generate-keys makes what keys there are not', async () => {
    const keysOut = join(folder(), 'keys.json');
    const file = await written(
      ...['--generate-keys', '--seed', '3', '--as-received', '--keys-out', keysOut],
      ...['--routes', routes(ROUTES.slice(0, 1)), '--format', 'jsonl'],
    );
    expect(file.code).toBe(0);
    const { bgpsec_keys: made } = JSON.parse(readFileSync(keysOut, 'utf8'));
    expect(made.map(({ asn }: { asn: number }) => asn)).toEqual([64496, 64498]);
    const asked = temporaryFile(
      'q.jsonl',
      file.octets().toString().replace('"peerAs":64499', '"peerAs":64498'),
    );
    expect(await outcomes(asked, keysOut)).toEqual(['valid']);
  });

  it('names the AS that has no key', async () => {
    const source = temporaryFile('keys.json', JSON.stringify({ 64499: privateFile(64499) }));
    const { code, stderr } = await written('--sign', source, '--routes', routes());
    expect(stderr).toMatch(/AS 64498 on the path of 192\.0\.2\.0\/24 has no key/);
    expect(code).toBe(2);
  });

  it.each([
    ['{"64496": 1}', /the key of 64496 is no name of a file/],
    ['{"AS64496": "x"}', /there is no AS AS64496/],
    ['[]', /not an object/],
    ['nonsense', /not JSON; expected .*, or a folder/],
    ['{"64496": "/nowhere"}', /\/nowhere: no such file/],
  ])('refuses keys that are none: %s', async (content, wanted) => {
    const { code, stderr } = await written('--sign', temporaryFile('k', content), '--routes', routes());
    expect(stderr).toMatch(wanted);
    expect(code).toBe(2);
  });

  it('refuses an empty folder, two keys of one AS, and a file that is no key', async () => {
    const place = folder();
    const sign = async () => (await written('--sign', place, '--routes', routes())).stderr;
    expect(await sign()).toMatch(/no file named by an AS/);
    writeFileSync(join(place, '64496.pem'), 'x', { mode: 0o600 });
    expect(await sign()).toMatch(/64496\.pem: /);
    for (const name of ['64496.pem', 'AS64496.pem']) {
      writeFileSync(join(place, name), pemOf('PRIVATE KEY', encodePkcs8(keyOf(64496))), { mode: 0o600 });
    }
    expect(await sign()).toMatch(/two keys of AS 64496/);
  });
});

describe('over a session', () => {
  it('what was written is played, and valid where it arrives', async () => {
    const keysOut = join(folder(), 'keys.json');
    const { file } = await written('--count', '40', '--seed', '9', '--keys-out', keysOut);
    const station = await listen('--local-as', '64500', '--bgpsec', '--rpki', keysOut);
    const command = inject(station, '--play', file);
    await command.until({ type: 'announced', routes: 40, prefixes: 40 });
    await station.until({ type: 'end', family: '2/1' });
    await Promise.all([command.stop(), station.stop()]); // one interrupt of the process is heard by both
    const lines = station.lines();
    expect(lines.filter(({ type }) => type === 'route').map(({ bgpsec }) => bgpsec)).toEqual(
      new Array(40).fill('valid'),
    );
  });

  it('made and signed while it runs, both families', async () => {
    const keysOut = join(folder(), 'keys.json');
    const peer = await receiver({ bgpsec: ['receive'] });
    const command = inject(
      peer,
      '--generate-keys',
      '--seed',
      '1',
      '--keys-out',
      keysOut,
      '--routes',
      routes(),
    );
    await until(() => peer.held.size === 2);
    expect(peer.updates.map(({ values }) => values.bgpsecPath?.segments.length)).toEqual([3, 2]);
    await command.stop();
    expect(peer.heard.filter((one) => one.startsWith('fault'))).toEqual([]);
  });

  it('a peer that takes none is told of, with what it lacks; exit code 1', async () => {
    const { file } = await written('--count', '1');
    for (const argv of [
      ['--count', '1'],
      ['--play', file],
      ['--generate-keys', '--routes', routes()],
    ]) {
      const peer = await receiver();
      const { code, stderr } = await run([
        'bgp',
        'inject',
        `127.0.0.1:${peer.port}`,
        '--local-as',
        '64499',
        ...argv,
      ]);
      expect(stderr).toMatch(
        /signed routes cannot be sent \(RFC 8205 §2\.2\): IPv4: the peer lacks bgpsec-receive/,
      );
      expect(code).toBe(1);
      expect(peer.held.size).toBe(0);
    }
  });
});

describe('options', () => {
  it.each([
    [['--write', 'x', '--count', '1', '--local-as', '1'], /whom are they signed to\?/],
    [['h:1', '--write', 'x', '--routes', 'r', '--local-as', '1'], /whereto\?/],
    [['--routes', 'r', '--local-as', '1'], /whereto\?/],
    [['h:1', '--routes', 'r', '--count', '1', '--local-as', '1'], /which routes\?/],
    [['h:1', '--play', 'r', '--sign', 'k', '--local-as', '1'], /--sign is for --routes or --count/],
    [['h:1', '--routes', 'r', '--hops', '3', '--local-as', '1'], /--hops is for --count/],
    [['h:1', '--routes', 'r', '--keys-out', 'k', '--local-as', '1'], /--keys-out is for --sign/],
    [['h:1', '--count', '1', '--as-received', '--local-as', '1'], /--as-received is for --routes/],
    [['h:1', '--routes', 'r', '--format', 'mrt', '--local-as', '1'], /--format is for --write/],
    [['--write', 'x', '--routes', 'r', '--rate', '3', '--local-as', '1'], /--rate is for a session/],
    [['h:1', '--count', '9000000', '--local-as', '1'], /At most 8257536/],
    [['h:1', '--count', '1', '--hops', '501', '--local-as', '1'], /At most 500/],
    [['h:1', '--count', '1', '--seed', 'x', '--local-as', '1'], /A whole number of at most 15 digits/],
    [['h:1', '--routes', '-', '--sign', '-', '--local-as', '1'], /stdin can be read only once/],
  ])('%j is refused', async (argv, wanted) => {
    const { code, stderr } = await run(['bgp', 'inject', ...argv]);
    expect(stderr).toMatch(wanted);
    expect(code).toBe(2);
  });

  it('leave no file behind where something is wrong', async () => {
    const source = temporaryFile('keys.json', JSON.stringify({ 64499: privateFile(64499) }));
    const { file } = await written('--sign', source, '--routes', routes());
    expect(() => readFileSync(file)).toThrow(/ENOENT/);
  });
});
