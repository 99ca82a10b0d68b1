import type { JSX } from 'preact';
import type { BrowserCosts } from './measure-messages.js';
import type { MeasureHandle } from './use-measure.js';
import { digits, timesText } from './words.js';

/** Measuring in this browser: asked for, ended, and what came out. */
export function MeasurePanel({
  measure,
  pathLengths,
}: {
  readonly measure: MeasureHandle;
  readonly pathLengths: readonly number[];
}): JSX.Element {
  const { begin, status, stop } = measure;
  return (
    <section aria-labelledby="measure">
      <h2 id="measure">Measure in this browser</h2>
      <p class="quiet">
        Some four seconds of one core, in a thread of its own: one P-256 signature verified by the browser's
        WebCrypto and by the portable code of this package, and verdicts of origin validation (100,000 VRPs)
        and ASPA (20,000 ASPAs, the path lengths above). The times are this browser's on this machine, not the
        study's; they join the table above as rows of their own.
      </p>
      <p class="buttons">
        <button type="button" disabled={status.kind === 'running'} onClick={() => begin(pathLengths)}>
          {status.kind === 'done' ? 'Measure again' : 'Measure'}
        </button>
        {status.kind === 'running' && (
          <button type="button" onClick={stop}>
            Stop
          </button>
        )}
      </p>
      {status.kind === 'running' && (
        <p>{status.of === undefined ? 'Preparing…' : `Round ${status.done} of ${status.of}`}</p>
      )}
      <div role="status">
        {status.kind === 'failed' && <p class="problem">It could not be measured: {status.message}</p>}
        {status.kind === 'done' && (
          <p>Measured in {digits(status.costs.seconds)} s. The table above has its rows.</p>
        )}
      </div>
      {status.kind === 'done' && <Outcome costs={status.costs} />}
    </section>
  );
}

function Outcome({ costs: { measured } }: { readonly costs: BrowserCosts }): JSX.Element {
  return (
    <>
      <table>
        <caption class="unseen">What this browser takes</caption>
        <thead>
          <tr>
            <th scope="col">this browser</th>
            <th scope="col">each (quartiles)</th>
            <th scope="col">a second</th>
            <th scope="col">rounds</th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ median, name, q1, q3, rounds }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{timesText({ median: median / 1000, q1: q1 / 1000, q3: q3 / 1000 })}</td>
              <td>{digits(1000 / median)}</td>
              <td>{rounds}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!measured.some(({ name }) => name === 'P-256, WebCrypto') && (
        <p class="quiet">WebCrypto is absent: a browser has it over https and on the machine itself alone.</p>
      )}
    </>
  );
}
