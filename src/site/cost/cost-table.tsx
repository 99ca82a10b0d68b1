import type { JSX } from 'preact';
import type { CostRow } from './view.js';
import { coresText, countText, octetsText, timesText, timeText } from './words.js';

const ABSENT = 'not measured';

/** All that the model says of each protection; on a narrow screen a protection is a block of lines. */
export function CostTable({
  cores,
  rows,
}: {
  readonly rows: readonly CostRow[];
  readonly cores: number;
}): JSX.Element {
  const onCores = cores === 1 ? 'on one core' : `on ${cores} cores`;
  const heads = [
    'engine',
    'signatures at start-up',
    'octets at start-up',
    'memory',
    'CPU at start-up',
    `start-up ${onCores}`,
    'churn keeps busy',
  ];
  const unfilled = new Set(
    rows.flatMap(({ memory, name, protection }) =>
      memory === undefined && !protection.engine.startsWith('this browser') ? [name] : [],
    ),
  );
  return (
    <>
      <table class="costs">
        <caption class="unseen">What each protection costs this router</caption>
        <thead>
          <tr>
            <th scope="col">protection</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ churnCores, memory, name, onCores: [first], protection, routeSeconds, startUp }) => {
            const { coreSeconds, octets, routes, signatures } = startUp;
            const cells = [
              protection.engine,
              signatures === 0 ? 'none' : countText(signatures),
              `${octetsText(octets)}, ${octetsText(octets / routes)} a route`,
              memory === undefined ? ABSENT : octetsText(memory),
              coreSeconds === undefined || routeSeconds === undefined
                ? ABSENT
                : `${timesText(coreSeconds)}, ${timeText(routeSeconds)} a route`,
              first?.startUpMinutes === undefined ? ABSENT : timeText(60 * first.startUpMinutes.median),
              churnCores === undefined ? ABSENT : coresText(churnCores),
            ];
            const falls = churnCores !== undefined && churnCores > cores;
            return (
              <tr key={`${name} ${protection.engine}`}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <td key={heads[i]} data-head={heads[i]} class={falls && i === 6 ? 'problem' : undefined}>
                    {cell}
                    {falls && i === 6 && ': they fall behind'}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {unfilled.size > 0 && (
        <p class="quiet">
          Memory is that of tables of routes that the study filled. It filled none with{' '}
          {[...unfilled].join(', ')}.
        </p>
      )}
    </>
  );
}
