import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { graphDot, graphSvg, layeredGraph } from '../../draw/index.js';
import type { Asn } from '../../inet/index.js';
import { indexOfAs, trafficGraph } from '../../simulate/index.js';
import { saveFile } from '../shared/save-file.js';
import { answerJson } from './answer-json.js';
import { OutcomeTable } from './outcome-table.js';
import type { Incident } from './read-incident.js';
import { TopologyView } from './topology-view.js';
import { countsOf, endsText, idleLeaks, sentenceOf } from './what-if.js';

/** The answer: a sentence, the picture, the same as a table, and files of it. */
export function AnswerPanel({
  before,
  chosen,
  incident,
  onChoose,
}: {
  readonly incident: Incident;
  readonly before: Incident | undefined;
  readonly chosen: Asn | undefined;
  readonly onChoose: (asn: Asn) => void;
}): JSX.Element {
  const { outcomes, simulation } = incident;
  const { asns } = simulation.topology;
  const graph = useMemo(() => trafficGraph(simulation, outcomes), [simulation, outcomes]);
  const drawing = useMemo(() => layeredGraph(graph), [graph]);
  const files = [
    ['SVG', 'incident.svg', 'image/svg+xml', () => `${graphSvg(drawing)}\n`],
    ['JSON', 'incident.json', 'application/json', () => answerJson(incident)],
    ['DOT', 'incident.dot', 'text/vnd.graphviz', () => graphDot(graph)],
  ] as const;
  return (
    <section aria-labelledby="answer">
      <h2 id="answer" tabIndex={-1}>
        {graph.title}
      </h2>
      <p class="verdict">
        <strong>{sentenceOf(countsOf(incident))}</strong>
        {before && ` Without the attack ${endsText(countsOf(before))}.`}
      </p>
      {idleLeaks(incident, before).map((text) => (
        <p key={text} class="problem">
          {text}
        </p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <figure class="scroll" tabIndex={0} aria-label="Picture of the topology">
        <TopologyView
          drawing={drawing}
          chosen={chosen === undefined ? -1 : indexOfAs(simulation.topology, chosen)}
          onChoose={(node) => onChoose(asns[node] as Asn)}
        />
      </figure>
      <p class="help">
        Providers stand above their customers, broken lines join peers, arrows show where traffic goes. Choose
        an AS to see why.
      </p>
      <div class="tabs">
        <span class="quiet">Save as</span>
        {files.map(([title, name, type, text]) => (
          <button key={title} type="button" onClick={() => saveFile(name, text(), type)}>
            {title}
          </button>
        ))}
      </div>
      <OutcomeTable {...{ before, chosen, incident, onChoose }} />
    </section>
  );
}
