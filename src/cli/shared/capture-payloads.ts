import { type CapturedRtr, payloadsOfSessions, readRtrCapture } from '../../node/rtr-capture.js';
import type { PayloadSet } from '../../payload/index.js';
import type { AspaLayout } from '../../rtr/index.js';
import { nameOf, naming } from './input.js';
import { CliError, type Io } from './io.js';
import { createInputProblems, type InputProblem } from './problem-log.js';

/** How a capture is read as a source of payloads. */
export interface CaptureOptions {
  /** A fault in a session is fatal. */
  readonly strict?: boolean;
  readonly aspaLayout?: AspaLayout;
}

/** NON-SPEC: faults of one capture that are kept to be told. */
const KEPT = 100;

/**
 * The payloads of the RTR sessions in a capture, united. What was wrong with a session is noted on stderr: its payloads are those
 * of its last complete response (docs/decisions/rtr.md D-rtr-transcript).
 *
 * @throws {CliError} that names the file: for a capture without a session that shows a whole database; in strict mode for any
 * fault; as the reader of captures.
 */
export async function payloadsOfCapture(
  file: string,
  octets: AsyncIterable<Uint8Array>,
  { strict = false, aspaLayout = 'current' }: CaptureOptions,
  io: Io,
): Promise<PayloadSet> {
  const kept: InputProblem[] = [];
  let count = 0;
  const { seed } = io;
  const sessions = await naming(file, () =>
    readRtrCapture(octets, {
      seed,
      aspaLayout,
      onEvent(session, event) {
        if (event.kind !== 'fault') return;
        const { code, message, number } = event;
        count++;
        if (kept.length < KEPT) kept.push({ code, message, place: `${wordsOf(session)}, packet ${number}` });
      },
    }),
  );
  const faults = createInputProblems(io);
  for (const problem of kept) await faults.tell(file, problem, 'record');
  faults.count(file, 'record', count - kept.length);
  await faults.end();
  if (sessions.length === 0) throw new CliError(`${nameOf(file)}: a capture without a session of RTR`);
  if (!sessions.some(({ transcript }) => transcript.complete)) {
    throw new CliError(`${nameOf(file)}: no session of the capture shows a whole database`);
  }
  if (strict && count > 0)
    throw new CliError(`${nameOf(file)}: ${count} faults in sessions of RTR (--strict)`);
  for (const session of sessions) {
    const { complete, current } = session.transcript;
    const what = complete
      ? 'what came after its last whole response was not heard'
      : 'no whole database was heard';
    if (!current) await io.stderr.write(`pathsec: ${nameOf(file)}: ${wordsOf(session)}: ${what}\n`);
  }
  return payloadsOfSessions(sessions, seed);
}

const wordsOf = ({ cache, router }: CapturedRtr): string => `${router} at ${cache}`;
