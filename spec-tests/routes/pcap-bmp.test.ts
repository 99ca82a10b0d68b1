import fc from 'fast-check';
import { encodeBmp } from 'pathsec/bmp';
import { concatOctets } from 'pathsec/bytes';
import { describe, expect, it } from 'vitest';
import { announce, INITIATION, monitor, PEER, peerUp, stream, TWO_PEERS, withdraw } from '../bmp/samples.js';
import { run, temporaryFile } from '../cli/run.js';
import { Connection, pcap } from '../unpack/capture-files.js';
import { read, session } from './captured.js';

/** The octets in packets that end at these places. */
function inPackets(octets: Uint8Array, cuts: readonly number[], connection = new Connection()): Connection {
  const places = [...new Set([0, ...cuts.map((cut) => cut % octets.length), octets.length])].sort(
    (a, b) => a - b,
  );
  for (const [i, place] of places.slice(1).entries()) connection.send('a', octets.subarray(places[i], place));
  return connection;
}

describe('a connection of BMP in a capture', () => {
  it('is read as the stream of its octets, however they stand in packets, on any port', () => {
    const messages = fc.array(fc.constantFrom(...TWO_PEERS), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        messages,
        fc.array(fc.nat(5_000), { maxLength: 20 }),
        fc.nat(65_535),
        (list, cuts, port) => {
          const octets = stream(INITIATION, peerUp(), ...list);
          const connection = new Connection({ b: `192.0.2.2:${port}` });
          const captured = read(pcap(inPackets(octets, cuts, connection).packets));
          const whole = read(octets);
          expect(captured.elements).toEqual(whole.elements);
          expect(captured.problems.map((one) => one.split(' ')[0])).toEqual(
            whole.problems.map((one) => one.split(' ')[0]),
          );
          expect(captured.summary.skippedRecords).toBe(whole.summary.skippedRecords);
          expect(captured.summary.usable).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('stands beside sessions of BGP', () => {
    const bgp = session().send('a', announce('64496 64497'));
    const bmp = new Connection({ a: '192.0.2.9:40000', b: '192.0.2.2:11019' });
    const { elements, problems } = read(
      pcap([...bgp.packets, ...inPackets(stream(...TWO_PEERS), [], bmp).packets]),
    );
    expect(elements).toEqual([expect.stringContaining('route'), ...read(stream(...TWO_PEERS)).elements]);
    expect(problems).toEqual([]);
  });

  it('names the packet and the octet of a fault in a message', () => {
    const damaged = encodeBmp(monitor(announce('64496 64497')));
    damaged[damaged.length - 4] = 33; // the length of a prefix
    const { packets } = new Connection().send('a', stream(INITIATION, peerUp())).send('a', damaged);
    const { problems, summary } = read(pcap(packets));
    const [fault] = summary.problems.first;
    expect(problems).toEqual([expect.stringMatching(/ #4$/)]);
    expect(pcap(packets)[fault?.offset ?? 0]).toBe(33);
  });

  it('is read up to octets that are missing, and that is told', () => {
    const connection = new Connection().send('a', stream(INITIATION, peerUp()));
    connection.next('a', stream(monitor(announce('64496 64497')))); // lost
    connection.send('a', stream(monitor(withdraw)));
    const { elements, problems } = read(pcap(connection.packets));
    expect(elements).toHaveLength(1);
    expect(problems).toEqual(['tcp-gap #4', 'bmp-lost #4']);
  });

  it('is read up to a header that cannot be right', () => {
    const octets = concatOctets([stream(INITIATION, peerUp()), new Uint8Array(80)]);
    const { elements, problems } = read(pcap(inPackets(octets, []).packets));
    expect(elements).toHaveLength(1);
    expect(problems).toEqual(['bmp-version #3']);
  });

  it('of which the beginning is missing, or which is of other RIBs alone, gives nothing', () => {
    const late = inPackets(stream(...TWO_PEERS), [], new Connection({ syn: false }));
    expect(read(pcap(late.packets)).elements).toEqual([]);
    const post = monitor(announce('64496 64497'), { ...PEER, rib: 'adj-rib-in-post' });
    expect(read(pcap(inPackets(stream(INITIATION, post), []).packets)).problems).toEqual([
      expect.stringMatching(/^bmp-no-pre-policy/),
    ]);
  });

  it('is audited by the command', async () => {
    const file = temporaryFile('x.pcap', pcap(inPackets(stream(...TWO_PEERS), []).packets));
    const rpki = temporaryFile('rpki.json', '{"roas":[]}');
    const { code, stdout } = await run(['audit', '--rpki', rpki, '--json', file]);
    expect([code, (JSON.parse(stdout) as { routes: number }).routes]).toEqual([0, 2]);
  });
});
