import type { JSX } from 'preact';
import { type Evidence, layoutRamps } from '../../aspa/index.js';
import { pictureSvg, RAMP_STYLE, rampPicture } from '../../draw/index.js';
import type { PathState } from '../../links/index.js';
import { saveFile } from '../shared/save-file.js';
import { commandOf } from './command.js';

/** The call of the command that says the same, and the picture as a file. */
export function CommandPanel({
  evidence,
  neighborAs,
  path,
  state,
}: {
  readonly evidence: Evidence | undefined;
  readonly neighborAs: number | undefined;
  readonly path: string;
  readonly state: PathState;
}): JSX.Element {
  const layout = evidence && layoutRamps(evidence);
  return (
    <section aria-labelledby="command">
      <h2 id="command">As command</h2>
      <pre>
        <code>{commandOf(state, path, neighborAs)}</code>
      </pre>
      {layout && (
        <p>
          <button
            type="button"
            onClick={() =>
              saveFile('path.svg', withColours(pictureSvg(rampPicture(layout))), 'image/svg+xml')
            }
          >
            Save the picture as SVG
          </button>
        </p>
      )}
    </section>
  );
}

/** A picture that stands alone has no style sheet but its own. */
const withColours = (svg: string): string => svg.replace('>', () => `><style>${RAMP_STYLE}</style>`);
