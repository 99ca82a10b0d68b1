import {
  answerUpdate,
  createRouterKeys,
  createSegmentCache,
  type ReceivedMessage,
  type RouterKeys,
  verdictsOfUpdates,
} from 'pathsec/bgpsec';
import { DecodeError } from 'pathsec/bytes';
import { type BgpsecPool, createBgpsecPool, type OctetsItem, verifyBatch } from 'pathsec/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { damaged, good, LOCAL, ORIGIN_AS, PEER, session } from '../bgpsec/receive-world.js';
import { EXPERIMENTAL, external, keyOf, messageOf, pathOf, verifierOf } from '../bgpsec/world.js';

const verifier = verifierOf([ORIGIN_AS, PEER]);
const message = messageOf(good);

/** Every outcome, and each octet of a good message once with a bit turned over. */
const items: readonly OctetsItem[] = [
  { message, session },
  { message: message.subarray(0, 20), session },
  { message, session: external(64502, PEER) },
  { message, session: external(LOCAL, PEER + 1) },
  { message: messageOf(pathOf([ORIGIN_AS, PEER], LOCAL, [EXPERIMENTAL])), session },
  { message: damaged(0, 0, 13), session },
  { message: new Uint8Array(0), session },
  ...Array.from(message, (octet, at) => ({ message: message.with(at, octet ^ (1 << (at & 7))), session })),
];

/** What a question gives: an answer, or the error that it throws. */
async function outcome(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof DecodeError)) return String(error);
    const { code, message: text, field, offset } = error;
    return { code, text, field, offset };
  }
}

describe('a pool of threads', () => {
  let pool: BgpsecPool;
  beforeAll(() => {
    pool = createBgpsecPool(verifier.keys, { workers: 2, seed: 7 });
  });
  afterAll(() => pool.close());

  it('gives the verdicts of the one thread, in order', async () => {
    const expected = await verdictsOfUpdates(items, verifier);
    expect(new Set(expected)).toEqual(
      new Set(['valid', 'not-valid', 'unsigned', 'treat-as-withdraw', 'session-reset']),
    );
    expect(await pool.verdicts(items)).toEqual(expected);
    expect(await pool.verdicts([])).toEqual([]);
    // Several batches at once, whatever other optimisations the one thread has.
    const cached = await verdictsOfUpdates(items, verifier, { cache: createSegmentCache(100) });
    const both = await Promise.all([pool.verdicts(items), pool.verdicts([...items].reverse())]);
    expect(both).toEqual([cached, [...cached].reverse()]);
  });

  it('gives the answers of the one thread, evidence and faults with them', async () => {
    const questions: ReceivedMessage[] = [
      ...items,
      { message, session: external(0, PEER) },
      { message, session, attributeType: 30 },
      { message, session, extendedMessages: false },
      { message: Uint8Array.from(message).fill(9, 18, 19), session },
    ];
    for (const explain of [false, true]) {
      const expected = await Promise.all(
        questions.map((one) => outcome(() => answerUpdate(one, verifier, explain))),
      );
      const found = await Promise.all(questions.map((one) => outcome(() => pool.answer(one, explain))));
      expect(found).toEqual(expected);
    }
  });

  it('rejects with the misuse that an item is, and goes on', async () => {
    const asked = (wrong: unknown, by: (batch: OctetsItem[]) => Promise<unknown>) =>
      by([wrong] as OctetsItem[]).catch(String);
    for (const wrong of [
      null,
      { message },
      { message, session: external(0, PEER) },
      { message, session: { ...session, kind: 'neighbour' } },
      { message, session: { ...session, ownAses: [1, 2 ** 32] } },
    ]) {
      const expected = await asked(wrong, (batch) => verdictsOfUpdates(batch, verifier));
      expect(expected).toMatch(/^(Type|Range)Error: /);
      expect(await asked(wrong, pool.verdicts)).toBe(expected);
    }
    expect(await asked({ message: 'octets', session }, pool.verdicts)).toMatch(/^TypeError: the message/);
    expect(await pool.verdicts('items' as unknown as OctetsItem[]).catch(String)).toMatch(
      /^TypeError: items/,
    );
    // What cannot be handed to a thread harms nothing beside it.
    const unsendable = { message, session: { ...session, ownAses: [() => 1] } } as unknown as OctetsItem;
    const beside = await Promise.allSettled([
      pool.verdicts([unsendable]),
      pool.verdicts([{ message, session }]),
    ]);
    expect(beside.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    // Members that are none of a session stay where they are.
    const odd = { message, session: { ...session, log: () => undefined } };
    expect(await pool.verdicts([odd])).toEqual(['valid']);
  });
});

describe('verifyBatch', () => {
  it.each([1, 3])('with %i threads and the portable engine', async (workers) => {
    const found = await verifyBatch(items.slice(0, 40), verifier.keys, { workers, engine: 'noble' });
    expect(found).toEqual(await verdictsOfUpdates(items.slice(0, 40), verifier));
  });

  it('has ranges, several keys of one SKI, and their limit', async () => {
    const { ski, spki } = keyOf(PEER);
    const keys = createRouterKeys([
      { min: ORIGIN_AS, max: ORIGIN_AS + 9, ski: keyOf(ORIGIN_AS).ski, spki: keyOf(ORIGIN_AS).spki },
      ...['a', 'b', 'c'].map((variant) => ({ asn: PEER, ski, spki: keyOf(PEER, variant).spki })),
      { asn: PEER, ski, spki },
    ]);
    for (const maxKeys of [1, 4, Number.POSITIVE_INFINITY]) {
      const expected = await verdictsOfUpdates([{ message, session }], { ...verifier, keys, maxKeys });
      expect(await verifyBatch([{ message, session }], keys, { workers: 1, maxKeys })).toEqual(expected);
    }
  });

  it('refuses what it cannot work with', async () => {
    const refusal = (options: object, keys: RouterKeys = verifier.keys) =>
      verifyBatch([], keys, { workers: 1, ...options }).catch(String);
    for (const workers of [0, -1, 1.5, 257, '2']) {
      expect(await refusal({ workers })).toMatch(/RangeError: workers.*1\.\.256/);
    }
    expect(await refusal({ engine: 'rsa' })).toMatch(/RangeError: engine.*native, noble/);
    expect(await refusal({ maxKeys: 0 })).toMatch(/RangeError: maxKeys/);
    expect(await refusal({ maxkeys: 2 })).toBe('TypeError: unknown option "maxkeys"; did you mean maxKeys?');
    expect(await refusal({ timeout: 2 })).toMatch(/TypeError: .*"timeout"; known are workers, engine/);
    expect(await refusal({}, {} as RouterKeys)).toMatch(/TypeError: the keys/);
    expect(await verifyBatch([], verifier.keys, null as never).catch(String)).toMatch(
      /TypeError: the options/,
    );
  });
});

describe('the end of a pool', () => {
  it('rejects what is under way and what is asked later', async () => {
    const pool = createBgpsecPool(verifier.keys, { workers: 1 });
    const open = pool.verdicts(items).catch(String);
    const closed = pool.close();
    expect(await open).toBe('Error: the threads were closed');
    await closed;
    expect(await pool.verdicts(items).catch(String)).toBe('Error: the threads were closed');
    await pool.close();
  });

  it('a thread that cannot start is an error of the batch', async () => {
    // Keys that no table takes: the thread finds out.
    const keys = { entries: () => [{ min: 9, max: 1, ski: new Uint8Array(20), spki: new Uint8Array(1) }] };
    const batch = verifyBatch(items, keys as unknown as RouterKeys, { workers: 2 });
    expect(await batch.catch(String)).toMatch(/^RangeError: router key of AS/);
  });
});
