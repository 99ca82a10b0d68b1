import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { BgpsecResult } from '../../bgpsec/index.js';
import { toHex } from '../../bytes/index.js';
import type { OctetsState } from '../../links/index.js';
import { Pill } from '../shared/pill.js';
import { type HashedPart, readHashed } from './hashed.js';
import { HashedTable } from './hashed-table.js';
import { readKeys, verify } from './verify.js';

type Change = (change: Partial<Record<keyof OctetsState, string | number | undefined>>) => void;

/** What became of the signatures. */
type Outcome = { readonly result: BgpsecResult } | { readonly problem: string };

/** What is asked about the signatures. */
interface Asked {
  readonly octets: Uint8Array;
  readonly addPath: boolean;
  readonly keys: string;
  readonly localAs: number | undefined;
  readonly peerAs: number | undefined;
}

/** Undefined where nobody said between which ASes the message goes. */
function outcomeOf({ addPath, keys, localAs, octets, peerAs }: Asked): Outcome | undefined {
  if (localAs === undefined || peerAs === undefined) return undefined;
  const read = readKeys(keys);
  if (read.problem !== undefined) return { problem: `router keys: ${read.problem}` };
  try {
    return { result: verify(octets, { localAs, peerAs, addPath }, read.keys) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The signatures of an UPDATE with a BGPsec_PATH, verified apart from its parts: what is broken is shown all the same. */
export function BgpsecPanel({
  hashed,
  octets,
  onPart,
  set,
  state,
}: {
  readonly octets: Uint8Array;
  readonly state: OctetsState;
  readonly set: Change;
  /** What the signature that is chosen is over. */
  readonly hashed: readonly HashedPart[] | undefined;
  readonly onPart: (offset: number) => void;
}): JSX.Element {
  const { addPath, keys = '', localAs, peerAs } = state;
  const asked = useMemo(
    () => ({ octets, addPath: addPath === 'yes', keys, localAs, peerAs }),
    [octets, addPath, keys, localAs, peerAs],
  );
  const [answered, setAnswered] = useState<{
    readonly asked: Asked;
    readonly outcome: Outcome | undefined;
  }>();
  // After the octets are painted: a page of signatures takes longer than a key stroke should.
  useEffect(() => setAnswered({ asked, outcome: outcomeOf(asked) }), [asked]);
  const outcome = answered?.outcome;
  const number = (event: Event): number | undefined => {
    const text = (event.currentTarget as HTMLInputElement).value.trim().replace(/^AS/i, '');
    return /^[0-9]{1,10}$/.test(text) && Number(text) > 0 && Number(text) <= 0xffff_ffff
      ? Number(text)
      : undefined;
  };
  return (
    <section aria-labelledby="bgpsec">
      <h2 id="bgpsec">BGPsec</h2>
      <div class="inputs two">
        <div class="field">
          <label for="local-as">My AS</label>
          <input id="local-as" value={localAs ?? ''} onInput={(event) => set({ localAs: number(event) })} />
        </div>
        <div class="field">
          <label for="peer-as">Neighbour AS</label>
          <input id="peer-as" value={peerAs ?? ''} onInput={(event) => set({ peerAs: number(event) })} />
        </div>
      </div>
      <div class="field">
        <label for="keys">Router keys: payloads as JSON, or lines of an AS and its key in hexadecimal</label>
        <textarea
          id="keys"
          rows={3}
          spellcheck={false}
          value={keys}
          onInput={(event) => set({ keys: event.currentTarget.value || undefined })}
        />
      </div>
      <div aria-busy={answered?.asked !== asked}>
        {answered && outcome === undefined && (
          <p class="quiet">Signatures are for one AS, from one: name both to verify them.</p>
        )}
        {outcome && 'problem' in outcome && <p class="problem">{outcome.problem}</p>}
        {outcome && 'result' in outcome && (
          <Signatures
            result={outcome.result}
            chosen={state.hashed}
            onChoose={(name) => set({ hashed: name })}
          />
        )}
      </div>
      {hashed && localAs !== undefined && readHashed(state.hashed) && (
        <HashedTable {...{ localAs, octets, onPart }} parts={hashed} />
      )}
    </section>
  );
}

function Signatures({
  chosen,
  onChoose,
  result,
}: {
  readonly result: BgpsecResult;
  readonly chosen: string | undefined;
  readonly onChoose: (name: string | undefined) => void;
}): JSX.Element {
  const { blocks, detail, reason, source, verdict } = result;
  return (
    <>
      <p class="verdict">
        <Pill verdict={verdict === 'not-valid' ? 'invalid' : verdict} /> {verdictText(result)}
      </p>
      {verdict !== 'valid' && (
        <p class="quiet">
          {detail ?? reason} ({source})
        </p>
      )}
      {blocks.map(({ signatures, suite }, b) => (
        <table key={b} class="signatures">
          <caption>
            Signature_Block {b}, algorithm suite {suite}
          </caption>
          <thead>
            <tr>
              <th scope="col">from</th>
              <th scope="col">to</th>
              <th scope="col">key</th>
              <th scope="col">signature</th>
              <th scope="col">is over</th>
            </tr>
          </thead>
          <tbody>
            {signatures.map(({ hop, index, keys, reason: why, signerAs, ski, state, targetAs }) => (
              <tr key={index}>
                <td>AS{signerAs}</td>
                <td>AS{targetAs}</td>
                <td>
                  <code>{toHex(ski).slice(0, 8)}…</code>
                  {keys === 0 && ' no key: paste it above'}
                </td>
                <td>
                  {state === 'valid' ? '✓ valid' : state === 'not-valid' ? `✕ ${why ?? 'not valid'}` : state}
                </td>
                <td>
                  <button
                    type="button"
                    aria-pressed={chosen === `${b}.${hop}`}
                    aria-label={`Octets hashed from AS${signerAs} to AS${targetAs}`}
                    onClick={() => onChoose(chosen === `${b}.${hop}` ? undefined : `${b}.${hop}`)}
                  >
                    Octets hashed
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}

function verdictText({ blocks, verdict }: BgpsecResult): string {
  const all = blocks.flatMap(({ signatures }) => signatures);
  const good = all.filter(({ state }) => state === 'valid').length;
  const count = all.length === 0 ? '' : `${good} of ${all.length} signatures`;
  return verdict === 'unsigned' ? 'no signature that is known here' : count;
}
